"""Reads style sheets as far as checks ask: rules, what they stand in, declarations.

Comments, strings and addresses are blanked out first, character by character, so that
what is left can be read by its braces and semicolons, and every offset stays true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLANKED = re.compile(
    r"""/\*.*?(?:\*/|\Z)                       # a comment
      | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'  # a string
      | (?<=url\()[^"')]*(?=\))                # an address
    """,
    re.VERBOSE | re.DOTALL,
)
_STOP = re.compile(r"[{};]")
_BRACE = re.compile(r"[{}]")
_COMMA = re.compile(r"[(),\[\]]")
_AT_NAME = re.compile(r"@([\w-]+)")
_IMPORTANT = re.compile(r"!\s*important\s*$", re.IGNORECASE)
#: At-rules that hold rules.
_GROUPS = frozenset({"media", "supports", "layer", "container", "document", "scope"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One declaration, its name in small letters; strings in its value are blank."""

    name: str
    value: str
    important: bool
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: selectors, or an at-rule.

    Attributes:
        prelude: What stands before the brace: the selectors, or "@media print".
        within: The at-rules it stands in, from the outside inwards.
        declarations: What it says; empty for an at-rule that holds rules.
        nested: Whether it stands in another rule with selectors.
        offset: Where it begins.
    """

    prelude: str
    within: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    nested: bool
    offset: int

    @property
    def at(self) -> str:
        """The at-rule's name, such as "media"; empty for a rule with selectors."""
        return at_name(self.prelude)

    @property
    def selectors(self) -> tuple[str, ...]:
        """Its selectors; none for an at-rule."""
        return () if self.at else tuple(_apart(self.prelude))


def at_name(prelude: str) -> str:
    """Return the name of an at-rule in small letters, empty for anything else."""
    found = _AT_NAME.match(prelude)
    return found[1].lower() if found else ""


def read_sheet(css: str) -> Iterator[Rule]:
    """Read a style sheet; what it holds that is no rule is passed over."""
    blank = _blank(css)
    yield from _rules(blank, 0, len(blank), (), nested=False)


def read_style(style: str) -> tuple[Declaration, ...]:
    """Read the declarations of a style attribute."""
    blank = _blank(style)
    return tuple(_declarations(blank, 0, len(blank)))


def _blank(css: str) -> str:
    return _BLANKED.sub(_blanked, css)


def _blanked(found: re.Match[str]) -> str:
    text = found[0]
    if text[:1] in {'"', "'"}:
        return text[0] + "_" * (len(text) - 2) + text[0]
    filling = " " if text.startswith("/*") else "_"
    return re.sub(r"[^\n]", filling, text)


def _rules(
    css: str, start: int, end: int, within: tuple[str, ...], *, nested: bool
) -> Iterator[Rule]:
    position = start
    while stop := _STOP.search(css, position, end):
        offset, prelude = _trimmed(css, position, stop.start())
        name = at_name(prelude)
        position = stop.end()
        close = _close(css, position, end) if stop[0] == "{" else position
        if stop[0] == "{" or (stop[0] == ";" and name):
            holds_rules = stop[0] == ";" or name in _GROUPS
            said = () if holds_rules else tuple(_declarations(css, position, close))
            yield Rule(
                prelude=prelude,
                within=within,
                declarations=said,
                nested=nested,
                offset=offset,
            )
        if stop[0] == "{":
            around = (*within, prelude) if name else within
            yield from _rules(css, position, close, around, nested=nested or not name)
            position = close + 1


def _close(css: str, start: int, end: int) -> int:
    """Return the offset of the brace that closes the block begun before `start`."""
    depth = 1
    for brace in _BRACE.finditer(css, start, end):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return end


def _declarations(css: str, start: int, end: int) -> Iterator[Declaration]:
    position = start
    while position < end:
        stop = _STOP.search(css, position, end)
        until = stop.start() if stop else end
        if stop and stop[0] == "{":  # a rule inside this one
            position = _close(css, stop.end(), end) + 1
            continue
        offset, text = _trimmed(css, position, until)
        name, colon, value = text.partition(":")
        if colon and name.strip():
            important = _IMPORTANT.search(value)
            yield Declaration(
                name=name.strip().lower(),
                value=_IMPORTANT.sub("", value).strip(),
                important=bool(important),
                offset=offset,
            )
        position = until + 1


def _trimmed(css: str, start: int, end: int) -> tuple[int, str]:
    text = css[start:end]
    return start + len(text) - len(text.lstrip()), text.strip()


def _apart(selectors: str) -> Iterator[str]:
    """Yield the selectors of a list that is parted by commas."""
    depth = begin = 0
    for found in _COMMA.finditer(selectors):
        if found[0] in "([":
            depth += 1
        elif found[0] in ")]":
            depth -= 1
        elif not depth:
            yield selectors[begin : found.start()].strip()
            begin = found.end()
    yield selectors[begin:].strip()
