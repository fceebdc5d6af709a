"""Room for text: what head, pictures and quotes leave of a box, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from press.flatplan.arrange import Arrangement, Tie
from press.model.flatplan import FigurePlace, Frame, QuotePlace
from press.model.furniture import FigureShape, HeadShape, Measured
from press.model.layout import Head

#: A frame of text is never shorter than this, in grid lines.
SHORTEST_FRAME = 4
#: Text above and below a quote is at least this long.
BESIDE_QUOTE = 8
#: Where in its leg a quote stands, as a share of the free lines, by its number.
QUOTE_AT = (0.46, 0.6, 0.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnished:
    """A box with its furniture in place.

    Attributes:
        columns: Columns of the box.
        height: Grid lines of the box.
        top: First free line of every column.
        foot: Line after the last free one of every column.
        figures: Figures as placed.
        head_line: First line of the head.
    """

    columns: int
    height: int
    top: tuple[int, ...]
    foot: tuple[int, ...]
    figures: tuple[FigurePlace, ...]
    head_line: int

    @property
    def lines(self) -> int:
        """Free lines in all."""
        return sum(max(0, b - a) for a, b in zip(self.top, self.foot, strict=True))

    def free(self, column: int) -> int:
        """Free lines of a column."""
        return self.foot[column] - self.top[column]


def shape_of(measured: Measured, tie: Tie) -> FigureShape:
    """Return the shape of a tied figure."""
    shape = measured.figures[tie.figure].over(tie.columns)
    if shape is None:
        raise ValueError(f"figure {tie.figure} cannot span {tie.columns} columns")
    return shape


def furnish(
    measured: Measured,
    arrangement: Arrangement,
    head: HeadShape | None,
    size: tuple[int, int],
    depth: int,
    *,
    byline: int,
) -> Furnished:
    """Put head, figures and byline into a box.

    Args:
        measured: The package.
        arrangement: What spans what.
        head: The head; None for none.
        size: Columns and grid lines of the box.
        depth: Grid lines of the lead figure.
        byline: Grid lines of the byline; 0 for none.
    """
    columns, height = size
    head_depth = head.depth if head else 0
    top, foot = [head_depth] * columns, [height] * columns
    figures, head_line = [], 0
    lead = arrangement.lead
    if lead is not None:
        shape = shape_of(measured, lead)
        block = depth + shape.caption_depth
        line = head_depth if arrangement.head is Head.OVER else 0
        if arrangement.head is Head.UNDER:
            head_line = block
        for column in range(lead.column, lead.column + lead.columns):
            side = arrangement.head is Head.SIDE
            top[column] = block if side else head_depth + block
        figures.append(
            FigurePlace(
                figure=lead.figure,
                column=lead.column,
                line=line,
                depth=depth,
                shape=shape,
            )
        )
    for tie in arrangement.others:
        shape = shape_of(measured, tie)
        place = _at_foot(tie, shape, height)
        figures.append(place)
        for column in range(tie.column, tie.column + tie.columns):
            foot[column] = place.line - 1
    first = next((c for c in range(columns) if foot[c] > top[c]), 0)
    top[first] += byline
    return Furnished(
        columns=columns,
        height=height,
        top=tuple(top),
        foot=tuple(foot),
        figures=tuple(figures),
        head_line=head_line,
    )


def _at_foot(tie: Tie, shape: FigureShape, height: int) -> FigurePlace:
    depth = min(max(round(shape.natural), shape.least), shape.most)
    # the white under a caption is not wanted at the foot of a box
    line = height - depth - shape.caption_depth + (1 if shape.html else 0)
    return FigurePlace(
        figure=tie.figure, column=tie.column, line=line, depth=depth, shape=shape
    )


def place_quotes(
    measured: Measured, room: Furnished, count: int
) -> tuple[QuotePlace, ...] | None:
    """Stand quotes in the longest legs, the first leg last; None where they do not fit."""
    middle = room.columns // 2
    legs = sorted(
        range(room.columns),
        key=lambda c: (c == 0 and room.columns > 1, -room.free(c), c != middle, c),
    )
    out = []
    for number in range(count):
        if number >= len(legs):
            return None
        column, depth = legs[number], measured.quotes[number].depth
        free = room.free(column) - depth
        if free < 2 * BESIDE_QUOTE:
            return None
        share = QUOTE_AT[number % len(QUOTE_AT)]
        above = min(max(BESIDE_QUOTE, round(free * share)), free - BESIDE_QUOTE)
        line = room.top[column] + above
        out.append(QuotePlace(quote=number, column=column, line=line, lines=depth))
    return tuple(out)


def cut_frames(
    room: Furnished, quotes: Sequence[QuotePlace], *, rightmost_first: bool
) -> tuple[Frame, ...] | None:
    """Return the slots in reading order; None when one is too short for text."""
    out: list[Frame] = []
    order = range(room.columns)
    for column in reversed(order) if rightmost_first else order:
        if room.free(column) <= 0:
            continue
        at = room.top[column]
        mine = sorted((q.line, q.lines) for q in quotes if q.column == column)
        for line, lines in mine:
            out.append(Frame(column=column, line=at, lines=line - at))
            at = line + lines
        out.append(Frame(column=column, line=at, lines=room.foot[column] - at))
    if not out or any(frame.lines < SHORTEST_FRAME for frame in out):
        return None
    return tuple(out)
