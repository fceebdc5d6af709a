"""The composer: runs of copy in, set lines out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from press.measure.breaks import find_breaks, ideographic
from press.measure.lines import Measure, break_lines
from press.measure.linked import linked_words
from press.model.copy import Mark, Run, Runs
from press.model.galley import GalleyLine, LineEnd
from press.model.layout import Layout
from press.model.line import Line
from press.model.script import is_shaped
from press.model.type import Cut, TextAlign, TypeStyle, cut_of
from press.ports import Hyphenator, Shaper

IDEOGRAPHIC_TRACKING = 0.1
_SPACES = re.compile(r"[ \t\r\f\v\u2028\u2029]*\n[ \t\r\f\v]*|[ \t\r\f\v\u2028\u2029]+")
_TAGS = {
    Mark.STRONG: "strong",
    Mark.EMPHASIS: "em",
    Mark.CODE: "code",
    Mark.SUPERSCRIPT: "sup",
    Mark.SUBSCRIPT: "sub",
    Mark.DELETED: "s",
}
_RAISED = frozenset({Mark.SUPERSCRIPT})
#: Letters and signs that faces of other scripts may draw, taller than the paper's own.
_OTHER_SCRIPT = re.compile(
    "[\u0590-\u1dff\u2190-\u2bff\u2e80-\uffff\U00010000-\U0003ffff]"
)
_SENTENCE_END = (".", "?", "!", "…", ":", "”", "’", ")")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The room a paragraph is set in, in points.

    Attributes:
        width: From edge to edge.
        left: White on the left of every line.
        right: White on the right of every line.
        first: Indent of the first line.
        inset: Indent of the first lines beside a drop cap.
        inset_lines: How many lines stand beside it.
    """

    width: float
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    inset: float = 0.0
    inset_lines: int = 0


class Composer:
    """Sets copy in the type of a layout."""

    def __init__(
        self, layout: Layout, shaper: Shaper, hyphenator: Hyphenator | None
    ) -> None:
        self._layout, self._shaper, self._hyphenator = layout, shaper, hyphenator
        self._width = lru_cache(maxsize=None)(self._measure)

    def cut(self, style: TypeStyle, marks: frozenset[Mark] = frozenset()) -> Cut:
        """Return the cut that marks call for within a style."""
        return cut_of(style, marks, self._layout.code_family)

    def width(self, text: str, style: TypeStyle) -> float:
        """Return the width of a text on one line, in points."""
        return self._width(style.shown(text), self.cut(style))

    def cap_height(self, style: TypeStyle) -> float:
        """Return the height of capitals, in points."""
        return self._shaper.metrics(self.cut(style)).cap_height.pt

    def baseline(self, style: TypeStyle) -> float:
        """Return how far under the top of its line a baseline stands, in points."""
        face = self._shaper.metrics(self.cut(style))
        depth = face.ascent.pt + face.descent.pt
        return (style.leading.pt - depth) / 2 + face.ascent.pt

    def narrowest(self, runs: Runs, style: TypeStyle) -> float:
        """Return the width of the widest piece that cannot be divided, in points."""
        runs = tidy(runs, style)
        text = "".join(run.text for run in runs)
        if not text:
            return 0.0
        advances = self.advances(runs, style)
        breaks = find_breaks(text, lang="", hyphenator=None, settings=self._layout.text)
        widest, resume = 0.0, 0
        for one in breaks:
            widest = max(widest, sum(advances[resume : one.end]))
            resume = one.resume
        return widest

    def _measure(self, text: str, cut: Cut) -> float:
        return sum(self._shaper.advances(text, cut))

    def advances(self, runs: Runs, style: TypeStyle) -> list[float]:
        """Return the width of every character of runs, in points."""
        out: list[float] = []
        for run in runs:
            out += self._shaper.advances(run.text, self.cut(style, run.marks))
        return out

    def lines(
        self,
        runs: Runs,
        style: TypeStyle,
        room: Room,
        lang: str,
        *,
        divide: bool = True,
    ) -> tuple[GalleyLine, ...]:
        """Set a paragraph.

        Args:
            runs: Its text; line feeds are breaks that must be.
            style: Its type; a justified style fills the measure.
            room: Where it is set.
            lang: Language of its words.
            divide: Whether words may be divided.
        """
        runs = tidy(runs, style)
        text = "".join(run.text for run in runs)
        if not text:
            return ()
        measure = Measure(
            width=room.width - room.left - room.right,
            first=room.first,
            inset=room.inset,
            inset_lines=room.inset_lines,
            justified=style.align is TextAlign.JUSTIFY,
            tracking=self._tracking(text),
        )
        breaks = find_breaks(
            text,
            lang=lang,
            hyphenator=self._hyphenator if divide else None,
            settings=self._layout.text,
            literal=_literal(runs),
        )
        advances, hyphen = self.advances(runs, style), self.width("-", style)
        lines = break_lines(
            text,
            advances,
            breaks,
            measure,
            hyphen=hyphen,
            space=self.width(" ", style),
        )
        last = lines[-1].end if lines else 0
        return tuple(
            replace(
                _galley_line(line, runs, text, room, last),
                links=linked_words(line, runs, advances, hyphen),
            )
            for line in lines
        )

    def _tracking(self, text: str) -> float:
        """Return how far a text's letters may be tracked; joined letters never are."""
        if is_shaped(text):
            return 0.0
        if ideographic(text):
            return IDEOGRAPHIC_TRACKING
        return self._layout.text.tracking


def tidy(runs: Runs, style: TypeStyle) -> Runs:
    """Return runs with single spaces, none at either end, in the letters shown.

    Numbers of notes stand raised.
    """
    out: list[Run] = []
    for run in runs:
        text = _SPACES.sub(lambda m: "\n" if "\n" in m[0] else " ", run.text)
        before = out[-1].text[-1] if out else " "
        text = text.lstrip(" \n") if before in " \n" else text
        if text:
            marks = run.marks if run.note is None else run.marks | _RAISED
            out.append(replace(run, text=style.shown(text), marks=marks))
    while out:
        text = out[-1].text.rstrip(" \n")
        if text:
            out[-1] = replace(out[-1], text=text)
            break
        out.pop()
    return tuple(out)


def _literal(runs: Runs) -> list[tuple[int, int]]:
    out, at = [], 0
    for run in runs:
        if Mark.CODE in run.marks:
            out.append((at, at + len(run.text)))
        at += len(run.text)
    return out


def _galley_line(
    line: Line, runs: Runs, text: str, room: Room, last: int
) -> GalleyLine:
    return GalleyLine(
        html="".join(_pieces(line, runs)),
        indent=round(room.left + line.indent, 3),
        measure=round(line.measure, 3),
        tracking=round(line.tracking, 4),
        justified=line.justified,
        end=_end(line, text, last),
    )


def _pieces(line: Line, runs: Runs) -> Iterator[str]:
    """Yield a line's runs as HTML; a hyphen joins the last of them."""
    at = 0
    for run in runs:
        start, stop = max(line.start, at), min(line.end, at + len(run.text))
        if start < stop:
            piece = run.text[start - at : stop - at]
            if line.hyphen and stop == line.end:
                piece += "-"
            yield mark_up(piece, run.marks)
        at += len(run.text)


def mark_up(text: str, marks: frozenset[Mark]) -> str:
    """Return text as HTML inside the elements of its marks.

    Text of another script stands in a span, whose height the style sheet takes away: a
    taller face would push the lines under it off the grid.
    """
    out = html.escape(text, quote=False)
    if _OTHER_SCRIPT.search(text):
        out = f"<span>{out}</span>"
    for mark in sorted(marks):
        out = f"<{_TAGS[mark]}>{out}</{_TAGS[mark]}>"
    return out


def _end(line: Line, text: str, last: int) -> LineEnd:
    if line.end == last:
        return LineEnd.PARAGRAPH
    if line.hyphen:
        return LineEnd.HYPHEN
    ends = text[line.start : line.end].endswith(_SENTENCE_END)
    return LineEnd.SENTENCE if ends else LineEnd.WORD
