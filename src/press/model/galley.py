"""A galley: an article set in one endless column, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from press.model.page import Html


class LineEnd(StrEnum):
    """What a line ends with; a jump wants the middle of a sentence."""

    WORD = "w"  #: In the middle of a sentence.
    SENTENCE = "s"  #: With a full stop or the like.
    HYPHEN = "h"  #: With a divided word.
    PARAGRAPH = "p"  #: With the paragraph.


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedWords:
    """Words that lead to an address; paper shows nothing of it.

    Attributes:
        url: The address.
        left: Where on their line or in their block they begin, in points.
        width: How wide they are, in points.
        top: How far down their block they begin, in points; 0 on a line.
        height: How high they are, in points; 0 is as high as their line.
    """

    url: str
    left: float
    width: float
    top: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleyLine:
    """One set line.

    Attributes:
        html: Its text as HTML, with inline marks closed within the line.
        indent: White before it, in points.
        measure: Room after the indent, in points.
        tracking: Added after every letter, in points.
        justified: Whether its spaces fill the measure.
        end: What it ends with.
        links: Words of it that lead to an address, counted from its indent.
    """

    html: str
    indent: float
    measure: float
    tracking: float = 0.0
    justified: bool = False
    end: LineEnd = LineEnd.WORD
    links: tuple[LinkedWords, ...] = ()


class BlockKind(StrEnum):
    """How a block of a galley may be broken over columns."""

    TEXT = "text"  #: Between lines, orphans and widows kept.
    HEAD = "head"  #: Never; stays with what follows.
    SOLID = "solid"  #: Never.


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleyBlock:
    """A paragraph, crosshead, table … of a galley.

    Attributes:
        kind: How it may be broken.
        css: Its classes.
        path: The elements it stands in, outermost first: ("ul#2", "li#5"); the number
            tells one list from the next.
        tag: Its own element.
        lines: Its lines; empty for a solid block.
        html: A solid block's inside.
        height: Grid lines it takes: as many as `lines`, or a solid block's depth.
        above: Grid lines of white before it; cut at the top of a column.
        orphans: Lines that must stay before a break.
        widows: Lines that must stay after a break.
        member: Which member of a group it belongs to, counted from 0.
        links: What in a solid block leads to an address.
    """

    kind: BlockKind
    css: str
    tag: str
    height: int
    path: tuple[str, ...] = ()
    lines: tuple[GalleyLine, ...] = ()
    html: str = ""
    above: int = 0
    orphans: int = 2
    widows: int = 2
    member: int = 0
    links: tuple[LinkedWords, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Galley:
    """An article's text, set.

    Attributes:
        measure: Width of the column, in points.
        blocks: In reading order.
    """

    measure: float
    blocks: tuple[GalleyBlock, ...]

    @property
    def lines(self) -> int:
        """Grid lines of the whole text in one column."""
        return sum(block.above + block.height for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Lines of one block that stand in one column.

    Attributes:
        block: Number of the block in its galley.
        start: First line.
        stop: Line after the last.
        above: Grid lines of white before it here.
    """

    block: int
    start: int
    stop: int
    above: int = 0


def lines_html(
    tag: str, css: str, lines: Sequence[GalleyLine], style: str = ""
) -> Html:
    """Return set lines as one element: breaks in place, spacing in `data-lines`."""
    text = "\n".join(line.html for line in lines)
    plan = ";".join(
        f"{line.indent:g},{line.measure:g},{line.tracking:g},{int(line.justified)}"
        for line in lines
    )
    style = f' style="{style}"' if style else ""
    return Html(f'<{tag} class="set {css}" data-lines="{plan}"{style}>{text}</{tag}>')
