"""The Markdown that writers may use: CommonMark and what a newspaper needs beyond it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, emphasis, image
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_inline, footnote_ref
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

#: Levels of nesting that are read as such; two for each level of a list.
DEEPEST: Final = 90

#: Pictures within pictures' descriptions, notes within notes: deeper ones are text.
_INNERMOST: Final = 5

_LABEL: Final = re.compile(r"\[\^[^\s\[\]]{1,200}\]")
_CONTAINER: Final = re.compile(r"\s*[A-Za-z][\w-]*")
_MARKS: Final = re.compile(r"^[\s>*+-]+")

Rule = Callable[[StateInline, bool], bool]


#: An address as nearly all are: no brackets, no backslash.
_SIMPLE: Final = re.compile(r"[^\x00-\x20\x7f()<\\][^\x00-\x20\x7f()\\]*")
#: An address with spaces, which Markdown would print as it stands.
_SPACED: Final = re.compile(r"[^\s<>()\"][^\n<>()\"]*(?:\([^\n<>()\"]*\)[^\n<>()\"]*)*")
_CLOSED: Final = re.compile(r" *\)| +\"")
_BEFORE_TITLE: Final = frozenset("\"'()\n")


@dataclass(slots=True, kw_only=True)
class _Destination:
    """An address between round brackets, in the engine's terms."""

    ok: bool
    pos: int
    str: str


def _destination(text: str, start: int, end: int) -> _Destination:
    """Read an address; unlike CommonMark's it may hold spaces, as file names do."""
    match = _SIMPLE.match(text, start, end)
    if match and match.end() < end and text[match.end()] in ") \n":
        found = _Destination(ok=True, pos=match.end(), str=unescapeAll(match[0]))
    else:
        result = parseLinkDestination(text, start, end)
        found = _Destination(ok=result.ok, pos=result.pos, str=result.str)
    if not found.ok or text[found.pos : found.pos + 1] != " ":
        return found
    spaced = _SPACED.match(text, start, end)
    after = text[found.pos : found.pos + 40].lstrip(" ")[:1]
    if spaced is None or after in _BEFORE_TITLE:
        return found
    address = spaced[0].rstrip(" ")
    if not _CLOSED.match(text, start + len(address), end):
        return found
    return _Destination(ok=True, pos=start + len(address), str=unescapeAll(address))


class _Helpers:
    """The engine's helpers with our own way to read addresses."""

    parseLinkLabel = staticmethod(parseLinkLabel)  # noqa: N815 - the engine's name
    parseLinkTitle = staticmethod(parseLinkTitle)  # noqa: N815 - the engine's name
    parseLinkDestination = staticmethod(_destination)  # noqa: N815 - the engine's name


class _Markdown(MarkdownIt):
    """Hands addresses on as they stand; the house judges them itself."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the engine's name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the engine's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the engine's name
        return link


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the engine's shape
    """Set what is nested too deeply as one paragraph; the engine would drop it."""
    if silent or state.level < DEEPEST:
        return False
    line = start + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    text = state.getLines(start, line, state.blkIndent, keepLastLF=False)
    token = state.push("paragraph_open", "p", 1)
    token.map = [start, line]
    token.meta = {"too_deep": True}
    inline = state.push("inline", "", 0)
    inline.map = [start, line]
    inline.content = "\n".join(_MARKS.sub("", part) for part in text.split("\n"))
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True


def _limited(rule: Rule) -> Rule:
    """Keep a rule that reads its own inside again from doing so without end."""

    def limited(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the engine's shape
        depth = state.env.get("depth", 0)
        if depth >= _INNERMOST:
            return False
        state.env["depth"] = depth + 1
        try:
            return rule(state, silent)
        finally:
            state.env["depth"] = depth

    return limited


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the engine's shape
    """Read `**` as bold wherever it touches text.

    CommonMark prints the asterisks of `**Figure 1:**A chart`, and of most Chinese and
    Japanese, because a punctuation mark stands inside and a letter outside.
    """
    start, known = state.pos, len(state.delimiters)
    if not emphasis.tokenize(state, silent):
        return False
    before = state.src[start - 1 : start] if start else ""
    after = state.src[state.pos : state.pos + 1]
    for delimiter in state.delimiters[known:]:
        if delimiter.length == 2 and state.src[start] == "*":  # noqa: PLR2004 - bold
            delimiter.close = delimiter.close or bool(before.strip())
            delimiter.open = delimiter.open or bool(after.strip())
    return True


def _reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the engine's shape
    """Read `[^label]`, whether or not the note is given: that is checked later."""
    if not _LABEL.match(state.src, state.pos, state.posMax):
        return False
    return footnote_ref(state, silent, always_match=True)


@functools.cache
def parser() -> MarkdownIt:
    """Return the reader of Markdown, made once."""
    md = _Markdown("commonmark", {"maxNesting": DEEPEST + 10})
    md.helpers = _Helpers  # type: ignore[assignment]  # the engine asks for a module
    md.enable(["table", "strikethrough"])
    md.use(footnote_plugin, inline=False, move_to_end=False)
    md.use(sub_plugin)
    md.use(superscript_plugin)
    md.use(
        container_plugin,
        "press",
        validate=lambda params, _markup: bool(_CONTAINER.match(params)),
    )
    md.inline.ruler.at("emphasis", _emphasis)
    md.inline.ruler.at("image", _limited(image))
    md.inline.ruler.at("footnote_ref", _reference)
    md.inline.ruler.before("sup", "footnote_inline", _limited(footnote_inline))
    md.block.ruler.before("table", "too_deep", _too_deep)
    return md


@functools.cache
def parser_within_html() -> MarkdownIt:
    """Return the reader of Markdown that stands inside a block of HTML."""
    md = parser.__wrapped__()
    md.disable("html_block")
    return md
