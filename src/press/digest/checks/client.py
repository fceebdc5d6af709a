"""What a layout's author wrote that readers' mail programs do not know.

Only the author's own CSS and HTML are asked about, not what the engine makes of MJML:
that is written for old mail programs. Each thing is told once, with its first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from press.digest.checks.client_table import ClientTable, Gap, client_table
from press.digest.checks.css import Declaration, Rule, at_name, read_sheet, read_style
from press.model.finding import Finding, warning
from press.model.mail_client import MailClient
from press.model.template import Filled

#: What every good mail uses although some mail programs do not know it, and why.
ALLOWED = {
    "css-at-media": "the mail is whole without it: one column, light colours",
    "css-at-media-prefers-color-scheme": "without it the mail stays light",
    "css-at-media-prefers-reduced-motion": "without it nothing is worse than before",
    "css-border-radius": "without it corners are square",
    "css-color-scheme": "a hint; without it the mail stays light",
    "css-important": "styles of the head need it against those of the elements",
    "css-pseudo-class-hover": "it changes what stands under a pointer, and no more",
    "css-selector-attribute": "only Outlook writes [data-ogsc]; others need not know it",
    "css-selector-child": "without it a rule of the head does nothing",
    "css-selector-descendant": "without it a rule of the head does nothing",
    "css-selector-chaining": "without it a rule of the head does nothing",
    "css-text-decoration": "without it links are underlined",
    "html-dir": "tables of the engine say the direction again",
    "html-lang": "it helps screen readers; without it nothing looks different",
}

#: How many of the table's notes a hint quotes.
_NOTES = 2

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SHEET = re.compile(
    r"<(?P<tag>mj-style|style)\b(?P<said>[^>]*)>(?P<css>.*?)</(?P=tag)\s*>",
    re.DOTALL,
)
_TAG = re.compile(r"""<(?P<name>[a-z][\w-]*)(?P<said>(?:[^"'<>]|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""([a-z][\w:-]*)\s*=\s*("[^"]*"|'[^']*')""")
_INLINE = re.compile(r"""\binline\s*=\s*["']inline["']""")
_REFERENCE = re.compile(r"&[#\w]+;")
_FUNCTION = re.compile(r"([a-z-]+)\(")
_UNIT = re.compile(r"(?<![\w#.-])[+-]?(?:\d+\.?\d*|\.\d+)([a-z]+|%)(?![\w-])")
_WORD = re.compile(r"(?<![\w-])[a-z]+(?:-[a-z]+)*(?![\w(-])")
_FEATURE = re.compile(r"\(\s*([a-z-]+)")
_PSEUDO = re.compile(r"::?([a-z-]+)")
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^()]*\)")
_COMPOUND = re.compile(r"[^\s>+~]+")
_COMBINATORS = ((">", "child"), ("+", "adjacent"), ("~", "sibling"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """Something that was used.

    Attributes:
        token: What the table calls it.
        shown: What the author wrote.
        offset: Where.
        only_with: What a mail program must know to get as far as this.
    """

    token: str
    shown: str
    offset: int
    only_with: tuple[str, ...] = ()


def check_clients(
    mjml: Filled, clients: Iterable[MailClient], allowed: Iterable[str] = ALLOWED
) -> Iterator[Finding]:
    """Find what the author of a mail's template uses and some mail programs ignore.

    Args:
        mjml: The filled template, as it was before the engine.
        clients: The mail programs that count.
        allowed: Names of features that are not told.
    """
    table = client_table()
    wanted = [client for client in MailClient if client in set(clients)]
    passed = set(allowed)
    told: dict[str, list[_Use]] = {}
    for use in _uses(mjml.text):
        feature = table.features.get(use.token)
        if feature and feature.gaps and feature.name not in passed:
            told.setdefault(use.token, []).append(use)
    for uses in told.values():
        yield from _told(uses, wanted, table, mjml)


def _told(
    uses: list[_Use], wanted: list[MailClient], table: ClientTable, mjml: Filled
) -> Iterator[Finding]:
    """Yield what is wrong with one thing, at the first place where it matters."""
    for use in uses:
        gaps = [
            (table.names[client], gap)
            for client, gap in table.features[use.token].gaps
            if client in wanted and _reached(client, use.only_with, table)
        ]
        ignored = [_named(name, gap) for name, gap in gaps if gap.ignores]
        if not ignored:
            continue
        in_part = [name for name, gap in gaps if not gap.ignores]
        part = f", and works only in part in {_listed(in_part)}" if in_part else ""
        notes = dict.fromkeys(text for _, gap in gaps for text in gap.notes)
        hint = "see that the mail is good without it, or take it out"
        yield warning(
            "digest.client",
            f"“{use.shown}” is ignored by {_listed(ignored)}{part}",
            mjml.place_of(use.offset),
            ". ".join([hint, *(f"Known: {one}" for one in list(notes)[:_NOTES])]),
        )
        return


def _reached(client: MailClient, tokens: tuple[str, ...], table: ClientTable) -> bool:
    """Whether a mail program reads as far as a declaration."""
    for token in tokens:
        feature = table.features.get(token)
        gap = dict(feature.gaps).get(client) if feature else None
        if gap and gap.ignores and not gap.only_in:
            return False
    return True


def _named(name: str, gap: Gap) -> str:
    return f"{name} ({', '.join(gap.only_in)})" if gap.only_in else name


def _listed(names: list[str]) -> str:
    head = ", ".join(names[:-1])
    return f"{head} and {names[-1]}" if head else names[-1]


# --- What was used -------------------------------------------------------------------


def _uses(mjml: str) -> Iterator[_Use]:
    text = _COMMENT.sub(lambda found: " " * len(found[0]), mjml)
    for sheet in _SHEET.finditer(text):
        inline = bool(_INLINE.search(sheet["said"]))
        for rule in read_sheet(sheet["css"]):
            yield from _in_rule(rule, sheet.start("css"), inline=inline)
    bare = _SHEET.sub(lambda found: " " * len(found[0]), text)
    for tag in _TAG.finditer(bare):
        if not tag["name"].startswith("mj"):
            yield from _in_tag(tag)


def _in_tag(tag: re.Match[str]) -> Iterator[_Use]:
    name = tag["name"]
    yield _Use(token=f"element:{name}", shown=f"<{name}>", offset=tag.start())
    for found in _ATTRIBUTE.finditer(tag["said"]):
        offset = tag.start("said") + found.start()
        yield _Use(token=f"attribute:{found[1]}", shown=f"{found[1]}=", offset=offset)
        if found[1] == "style":
            style = _REFERENCE.sub(lambda one: "_" * len(one[0]), found[2][1:-1])
            for said in read_style(style):
                yield from _in_declaration(said, tag.start("said") + found.start(2) + 1)


def _in_rule(rule: Rule, start: int, *, inline: bool) -> Iterator[_Use]:
    """Yield what a rule uses; of one that is written into elements, its words only."""
    if any(at_name(one) == "keyframes" for one in rule.within):
        return
    around = () if inline else tuple(_at_tokens(rule.within))
    here = start + rule.offset
    for token, shown in () if inline else _prelude_tokens(rule):
        yield _Use(token=token, shown=shown, offset=here, only_with=around)
    for said in rule.declarations:
        yield from _in_declaration(said, start, around)


def _prelude_tokens(rule: Rule) -> Iterator[tuple[str, str]]:
    if rule.at:
        yield from ((one, _at_shown(one)) for one in _at_tokens((rule.prelude,)))
    for selector in rule.selectors:
        yield from ((token, selector) for token in _selector_tokens(selector))
    if rule.nested:
        yield "selector:nesting", rule.prelude


def _at_tokens(preludes: Iterable[str]) -> Iterator[str]:
    for prelude in preludes:
        name = at_name(prelude)
        yield f"at:{name}"
        if name == "media":
            yield from (f"media:{found}" for found in _FEATURE.findall(prelude))


def _at_shown(token: str) -> str:
    kind, _, name = token.partition(":")
    return f"@{name}" if kind == "at" else f"@media ({name})"


def _selector_tokens(selector: str) -> Iterator[str]:
    if "[" in selector:
        yield "selector:attribute"
    yield from (f"pseudo:{found}" for found in _PSEUDO.findall(selector))
    bare = _PSEUDO.sub("", _BRACKETS.sub("", selector))
    yield from (f"selector:{name}" for sign, name in _COMBINATORS if sign in bare)
    compounds = _COMPOUND.findall(bare)
    if re.search(r"[^\s>+~]\s+[^\s>+~]", bare.strip()):
        yield "selector:descendant"
    for compound in compounds:
        if compound.count(".") + compound.count("#") > 1:
            yield "selector:chaining"
        if "#" in compound:
            yield "selector:id"
        if compound == "*":
            yield "selector:universal"


def _in_declaration(
    said: Declaration, start: int, only_with: tuple[str, ...] = ()
) -> Iterator[_Use]:
    value = said.value.lower()
    name = "--*" if said.name.startswith("--") else said.name
    units = (f"unit:{found}" for found in _UNIT.findall(value))
    functions = (f"function:{found}" for found in _FUNCTION.findall(value))
    words = _WORD.findall(value)
    tokens = dict.fromkeys(
        (
            f"property:{name}",
            *(f"value:{name}={word}" for word in words),
            *(f"word:{word}" for word in words),
            *(["word:!important"] if said.important else []),
            *(["property:background-image"] if _shows_picture(name, value) else []),
            *functions,
            *units,
        )
    )
    for token in tokens:
        kind, _, what = token.partition(":")
        shown = {
            "property": said.name if what == name else f"{said.name}: url()",
            "function": f"{what}()",
        }.get(kind, what.replace("=", ": "))
        yield _Use(
            token=token,
            shown=shown,
            offset=start + said.offset,
            only_with=only_with,
        )


def _shows_picture(name: str, value: str) -> bool:
    return name == "background" and "url(" in value
