"""What is no copy is masked before Markdown is read, wherever it stands.

Comments, scripts and shortcodes do not keep to Markdown's paragraphs: a comment may hold
blank lines, a shortcode may stand inside a link's address. Each becomes a short token that
Markdown carries along untouched; literal text gets its words back (`unmask`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from press.manifest.body.remark import OPENER, remark_at
from press.manifest.body.shortcode import SHORTCODE, Shortcode, Use, understand

#: The token's brackets. Private-use characters were taken out before, so that no writer
#: can make a token.
OPEN: Final = "\ue000"
CLOSE: Final = "\ue001"
TOKEN: Final = re.compile(f"{OPEN}(\\d+){CLOSE}")
_DRESSED: Final = re.compile(
    rf'(?:<!--|<(?:script|style)>|<aside data-mask="|</aside>)?{TOKEN.pattern}(?:-->|</(?:script|style)>|">)?'
)


class MaskKind(StrEnum):
    """What a mask covers."""

    COMMENT = "comment"
    REMARK = "remark"  #: A comment as the templates of websites have them.
    SCRIPT = "script"
    SHORTCODE = "shortcode"
    ATTRIBUTES = "attributes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """A stretch of the text that is no copy.

    Attributes:
        kind: What it is.
        text: As it stands in the file.
        line: Where it begins, as a line of the text, counted from 0.
        shortcode: The shortcode, taken apart, if it is one.
    """

    kind: MaskKind
    text: str
    line: int
    shortcode: Shortcode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A text with its masks.

    Attributes:
        text: The text with a token for each mask.
        masks: The masks; a token holds the index of its own.
        lines: For each line of `text`, the line of the text before masking.
    """

    text: str
    masks: tuple[Mask, ...]
    lines: tuple[int, ...]


_FENCE: Final = re.compile(r"^[ \t>]*+(`{3,}+|~{3,}+)([^\n]*+)$", re.MULTILINE)
_TICKS: Final = re.compile(r"(?P<break>\n[ \t]*+\n)|\\[\\`]|(?P<ticks>`++)")
_OPENER: Final = re.compile(
    r"\\[\\<{]|(?P<comment><!--)|(?P<script><(?:script|style)\b)"
    rf"|(?P<remark>{OPENER})"
    r"|(?P<short>\{\{[<%]|\{%)|(?P<attributes>\{:[^{}\n]*+\}|\{\#[^{}\s]++[^{}\n]*+\})[ \t]*+$",
    re.MULTILINE | re.IGNORECASE,
)
_END_OF_SCRIPT: Final = {
    name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in ("script", "style")
}


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where fenced code stands."""
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        mark = match[1]
        if opened is None:
            if not (mark[0] == "`" and "`" in match[2]):
                opened = match
        elif (
            mark[0] == opened[1][0]
            and len(mark) >= len(opened[1])
            and not match[2].strip()
        ):
            yield opened.start(), match.end()
            opened = None
    if opened is not None:
        yield opened.start(), len(text)


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where inline code stands, as CommonMark pairs its backticks."""
    runs: list[re.Match[str] | None] = [
        None if match["break"] else match
        for match in _TICKS.finditer(text, start, end)
        if match["break"] or match["ticks"]
    ]
    partner = _partners(runs)
    index = 0
    while index < len(runs):
        run, other = runs[index], partner[index]
        closing = runs[other] if other else None
        if run is None or closing is None:
            index += 1
            continue
        yield run.start(), closing.end()
        index = other + 1


def _partners(runs: Sequence[re.Match[str] | None]) -> list[int]:
    """Return for each run of backticks the next of its length; 0 if there is none."""
    partner = [0] * len(runs)
    next_of: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        run = runs[index]
        if run is None:  # a blank line: no code reaches over it
            next_of.clear()
            continue
        length = run.end() - run.start()
        partner[index] = next_of.get(length, 0)
        next_of[length] = index
    return partner


def code_in(text: str) -> list[tuple[int, int]]:
    """Return where code stands, in order."""
    ranges: list[tuple[int, int]] = []
    last = 0
    for start, end in (*_fences(text), (len(text), len(text))):
        ranges += _spans(text, last, start)
        ranges.append((start, end))
        last = end
    return ranges


@dataclass(slots=True)
class _Masking:
    """One pass over a text."""

    text: str
    masks: list[Mask] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=lambda: [0])
    last: int = 0
    line: int = 0
    #: Openers that are known to have no end, so that nobody looks again.
    endless: set[str] = field(default_factory=set)

    def run(self) -> Masked:
        """Mask all that is to be masked."""
        code = iter(code_in(self.text))
        start, end = next(code)
        for match in _OPENER.finditer(self.text):
            at = match.start()
            while at >= end and end < len(self.text):
                start, end = next(code)
            if at < self.last or start <= at < end or match.lastgroup is None:
                continue
            self._mask(match)
        self._keep(len(self.text))
        return Masked(
            text="".join(self.pieces),
            masks=tuple(self.masks),
            lines=tuple(self.lines),
        )

    def _keep(self, end: int) -> None:
        piece = self.text[self.last : end]
        self.pieces.append(piece)
        count = piece.count("\n")
        self.lines.extend(range(self.line + 1, self.line + count + 1))
        self.line += count
        self.last = end

    def _cover(self, start: int, end: int, kind: MaskKind, dress: str) -> None:
        self._keep(start)
        shortcode = None
        covered = self.text[start:end]
        if kind is MaskKind.SHORTCODE:
            match = SHORTCODE.match(covered)
            shortcode = understand(match) if match else None
        self.pieces.append(dress.replace("*", f"{OPEN}{len(self.masks)}{CLOSE}"))
        self.masks.append(
            Mask(kind=kind, text=covered, line=self.line, shortcode=shortcode)
        )
        self.line += covered.count("\n")
        self.last = end

    def _mask(self, match: re.Match[str]) -> None:
        match match.lastgroup:
            case "comment":
                self._cover_comment(match.start())
            case "script":
                self._cover_script(match)
            case "remark":
                self._cover_remark(match)
            case "short":
                self._cover_shortcode(match.start())
            case _:
                end = match.end("attributes")
                self._cover(match.start(), end, MaskKind.ATTRIBUTES, "*")

    def _cover_comment(self, start: int) -> None:
        end = -1 if "comment" in self.endless else self.text.find("-->", start + 2)
        if end < 0:
            self.endless.add("comment")
            return
        self._cover(start, end + 3, MaskKind.COMMENT, "<!--*-->")

    def _cover_script(self, match: re.Match[str]) -> None:
        name = match["script"][1:].lower()
        end = (
            None
            if name in self.endless
            else _END_OF_SCRIPT[name].search(self.text, match.start())
        )
        if end is None:
            self.endless.add(name)
            return
        self._cover(match.start(), end.end(), MaskKind.SCRIPT, f"<{name}>*</{name}>")

    def _cover_remark(self, match: re.Match[str]) -> None:
        remark = remark_at(match, self.endless)
        if remark is None:
            self._cover_shortcode(match.start())
        else:
            self._cover(remark.start, remark.end, MaskKind.REMARK, "<!--*-->")

    def _cover_shortcode(self, start: int) -> None:
        match = SHORTCODE.match(self.text, start)
        if match is None:
            return
        shortcode = understand(match)
        dress = "*"
        if shortcode.use is Use.BOX:
            dress = "</aside>*" if shortcode.closes else '<aside data-mask="*">'
        self._cover(start, match.end(), MaskKind.SHORTCODE, dress)


def mask(text: str) -> Masked:
    """Mask what is no copy; code keeps what stands in it."""
    if not _OPENER.search(text):
        return Masked(text=text, masks=(), lines=tuple(range(text.count("\n") + 1)))
    return _Masking(text).run()


def unmask(text: str, masks: Sequence[Mask]) -> str:
    """Give literal text its words back."""
    if OPEN not in text:
        return text
    return _DRESSED.sub(lambda match: masks[int(match[1])].text, text)


def bare(text: str) -> str:
    """Return text without tokens."""
    return TOKEN.sub("", text) if OPEN in text else text
