"""Room for text: what head, pictures and quotes leave of a box, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from press.flatplan.arrange import Arrangement, Tie
from press.flatplan.fill import Slot
from press.model.flatplan import FigurePlace, QuotePlace
from press.model.furniture import FigureShape, HeadShape, Measured
from press.model.layout import Head

#: A frame of text is never shorter than this, in grid lines.
SHORTEST_FRAME = 4
#: A column that furniture fills may leave so many lines white.
MOST_WHITE = 1
#: Text above and below a quote is at least this long.
BESIDE_QUOTE = 8
#: Where in its leg a quote stands, as a share of the free lines, by its number.
QUOTE_AT = (0.46, 0.6, 0.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """A box with head, byline and figures, before its height is known.

    In a box of h lines with a lead figure of d lines, column c is free from
    `top[c] + d·lifted[c]` to `h - foot[c]`.
    """

    top: tuple[int, ...]
    lifted: tuple[int, ...]
    foot: tuple[int, ...]

    @property
    def taken(self) -> int:
        """Lines taken by all but the lead figure's own depth."""
        return sum(self.top) + sum(self.foot)

    @property
    def wide(self) -> int:
        """Columns that the lead figure's depth is taken from."""
        return sum(self.lifted)

    def free(self, height: int, depth: int) -> list[tuple[int, int]]:
        """Return the first free line of every column, and the line after the last."""
        return [
            (top + depth * lift, height - foot)
            for top, lift, foot in zip(self.top, self.lifted, self.foot, strict=True)
        ]


def shape_of(measured: Measured, tie: Tie) -> FigureShape:
    """Return the shape of a tied figure.

    Raises:
        ValueError: The figure cannot span so many columns.
    """
    shape = measured.figures[tie.figure].over(tie.columns)
    if shape is None:
        raise ValueError(f"figure {tie.figure} cannot span {tie.columns} columns")
    return shape


def build_shell(
    measured: Measured,
    arrangement: Arrangement,
    head: HeadShape,
    columns: int,
    byline: int,
    first: int,
) -> Shell:
    """Put head, byline and figures into a box.

    Args:
        measured: The package.
        arrangement: What spans what.
        head: The head.
        columns: Columns of the box.
        byline: Grid lines of the byline; 0 for none.
        first: The column in which the text begins.
    """
    top, lifted, foot = [head.depth] * columns, [0] * columns, [0] * columns
    lead = arrangement.lead
    if lead is not None:
        caption = shape_of(measured, lead).caption_depth
        side = arrangement.head is Head.SIDE
        for column in range(lead.column, lead.column + lead.columns):
            lifted[column] = 1
            top[column] = caption if side else head.depth + caption
    for tie in arrangement.others:
        shape = shape_of(measured, tie)
        for column in range(tie.column, tie.column + tie.columns):
            foot[column] = foot_depth(shape) + 1
    top[first] += byline
    return Shell(top=tuple(top), lifted=tuple(lifted), foot=tuple(foot))


def usual_depth(shape: FigureShape) -> int:
    """Return the depth a figure has where nothing asks for another."""
    return min(max(round(shape.natural), shape.least), shape.most)


def foot_depth(shape: FigureShape) -> int:
    """Return the lines a figure takes at the foot, the white under a panel left out."""
    return usual_depth(shape) + (0 if shape.html else shape.caption_depth)


def place_figures(
    measured: Measured,
    arrangement: Arrangement,
    head: HeadShape,
    height: int,
    depth: int,
) -> tuple[FigurePlace, ...]:
    """Return the figures of a box, the lead first."""
    out = []
    lead = arrangement.lead
    if lead is not None:
        out.append(
            FigurePlace(
                figure=lead.figure,
                column=lead.column,
                line=head.depth if arrangement.head is Head.OVER else 0,
                depth=depth,
                shape=shape_of(measured, lead),
            )
        )
    for tie in arrangement.others:
        shape = shape_of(measured, tie)
        out.append(
            FigurePlace(
                figure=tie.figure,
                column=tie.column,
                line=height - foot_depth(shape),
                depth=usual_depth(shape),
                shape=shape,
            )
        )
    return tuple(out)


def place_quotes(
    measured: Measured, free: list[tuple[int, int]], shown: Sequence[int]
) -> tuple[QuotePlace, ...] | None:
    """Stand quotes in the longest legs, the first leg last; None where they do not fit."""
    if not shown:
        return ()
    middle = len(free) // 2
    legs = sorted(
        range(len(free)),
        key=lambda c: (
            c == 0 and len(free) > 1,
            free[c][0] - free[c][1],
            c != middle,
            c,
        ),
    )
    if len(shown) > len(legs):
        return None
    out = []
    for number, quote in enumerate(shown):
        column, depth = legs[number], measured.quotes[quote].depth
        top, foot = free[column]
        room = foot - top - depth
        if room < 2 * BESIDE_QUOTE:
            return None
        share = QUOTE_AT[number % len(QUOTE_AT)]
        above = min(max(BESIDE_QUOTE, round(room * share)), room - BESIDE_QUOTE)
        out.append(
            QuotePlace(quote=quote, column=column, line=top + above, lines=depth)
        )
    return tuple(out)


def cut_slots(
    free: list[tuple[int, int]],
    quotes: tuple[QuotePlace, ...],
    *,
    rightmost_first: bool,
) -> list[Slot] | None:
    """Return the slots in reading order; None when one is too short for text."""
    out: list[Slot] = []
    order = range(len(free))
    for column in reversed(order) if rightmost_first else order:
        at, foot = free[column]
        if foot < at:
            return None  # furniture would stand on furniture
        if foot - at <= MOST_WHITE:
            continue
        for quote in quotes:
            if quote.column == column:
                if quote.line - at < SHORTEST_FRAME:
                    return None
                out.append((column, at, quote.line - at))
                at = quote.line + quote.lines
        if foot - at < SHORTEST_FRAME:
            return None
        out.append((column, at, foot - at))
    return out or None
