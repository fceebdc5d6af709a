"""Arrangements: the ways head, pictures and quotes can stand in a box.

An arrangement fixes which columns everything spans and to which edge it is tied; depths
follow later, from the text that has to fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from press.model.furniture import Figure, Measured
from press.model.layout import Head, Template


class Edge(StrEnum):
    """The edge of the body a figure is tied to."""

    TOP = "top"
    FOOT = "foot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A figure's columns and edge."""

    figure: int
    column: int
    columns: int
    edge: Edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What spans what.

    Attributes:
        head: Where the head stands.
        head_columns: Columns the head spans.
        lead: The lead figure; None for none.
        others: Further figures, at the foot.
        price: What it costs against the best arrangement.
    """

    head: Head
    head_columns: int
    lead: Tie | None
    others: tuple[Tie, ...]
    price: float


#: Price of a figure that is not shown, by the article's priority 1 to 5: the first, and
#: every further one.
UNSHOWN_FIRST = (18.0, 11.0, 7.0, 3.0, 0.5)
UNSHOWN_MORE = (2.2, 2.0, 1.5, 0.8, 0.2)
LEFT = 0.4
FOOT = 0.6
#: Price of a lead figure narrower than LEAD_SHARE of its box, by priority.
NARROW_LEAD = (30.0, 14.0, 4.0, 0.0, 0.0)
LEAD_SHARE = 0.55
#: Figures tried at the foot, the columns one may span there, and its depth.
NEXT_FIGURES, WIDEST_FOOT, DEEPEST_FOOT = 3, 3, 34


def arrangements(
    measured: Measured,
    template: Template,
    columns: int,
    priority: int,
    shown: Sequence[int],
) -> list[Arrangement]:
    """Return the arrangements of a box so many columns wide, cheapest first.

    Args:
        measured: The package.
        template: Its template.
        columns: Columns of the box.
        priority: 1 to 5.
        shown: Numbers of the figures that may stand here; others stand elsewhere.
    """
    figures = measured.figures
    pictures = [i for i in shown if figures[i].picture is not None]
    panels = [i for i in shown if figures[i].picture is None]
    found: list[Arrangement] = []
    leads = [*pictures[:1], *([] if pictures else panels[:1])]
    for lead in [None, *leads]:
        for head, span, tie in _heads(lead, figures, template, columns):
            rest = [i for i in (*panels, *pictures) if i != lead]
            for others in _feet(rest, figures, columns, tie):
                here = {tie.figure} if tie else set()
                here |= {other.figure for other in others}
                left = [figures[i] for i in shown if i not in here]
                if any(figure.picture is None for figure in left):
                    continue  # a panel holds text: it may not be left out
                first = bool(pictures) and pictures[0] not in here
                price = _unshown(left, priority, first=first)
                price += _odd(tie, columns, priority)
                price += FOOT * len(others)
                found.append(
                    Arrangement(
                        head=head,
                        head_columns=span,
                        lead=tie,
                        others=others,
                        price=price,
                    )
                )
    return sorted(found, key=lambda one: one.price)


def _heads(
    lead: int | None, figures: tuple[Figure, ...], template: Template, columns: int
) -> Iterator[tuple[Head, int, Tie | None]]:
    if lead is None:
        yield Head.OVER, columns, None
        return
    for k in range(1, columns + 1):
        if figures[lead].over(k) is None:
            continue
        right = Tie(figure=lead, column=columns - k, columns=k, edge=Edge.TOP)
        if Head.OVER in template.heads:
            yield Head.OVER, columns, right
            if 1 < k < columns:
                left = Tie(figure=lead, column=0, columns=k, edge=Edge.TOP)
                yield Head.OVER, columns, left
        if k == columns and Head.UNDER in template.heads and columns > 1:
            yield Head.UNDER, columns, right
        if k < columns and Head.SIDE in template.heads and k >= columns / 2:
            yield Head.SIDE, columns - k, right


def _feet(
    rest: list[int], figures: tuple[Figure, ...], columns: int, lead: Tie | None
) -> Iterator[tuple[Tie, ...]]:
    """Yield ways to stand further figures at the foot, from the right; at most two."""
    yield ()
    panels = [i for i in rest if figures[i].picture is None]
    if lead is None and not panels:
        return
    rest = rest[:NEXT_FIGURES]
    for number, one in enumerate(rest):
        widest = columns if one in panels else min(columns, WIDEST_FOOT)
        for k in range(1, widest + 1):
            if not _stands(figures[one], k):
                continue
            tie = Tie(figure=one, column=columns - k, columns=k, edge=Edge.FOOT)
            yield (tie,)
            for two in rest[number + 1 :]:
                for m in {k, columns - k}:
                    if 0 < m <= columns - k and _stands(figures[two], m):
                        left = columns - k - m
                        yield (
                            tie,
                            Tie(figure=two, column=left, columns=m, edge=Edge.FOOT),
                        )


def _stands(figure: Figure, columns: int) -> bool:
    shape = figure.over(columns)
    if shape is None:
        return False
    return figure.picture is None or shape.natural <= DEEPEST_FOOT


def _unshown(left: Sequence[Figure], priority: int, *, first: bool) -> float:
    """Return the price of the figures left out; `first`: the lead is one of them."""
    price = 0.0
    for _ in left:
        if first:
            price += UNSHOWN_FIRST[priority - 1]
            first = False
        else:
            price += UNSHOWN_MORE[priority - 1]
    return price


def _odd(lead: Tie | None, columns: int, priority: int) -> float:
    """Return the price of a lead figure in an unusual place."""
    if lead is None:
        return 0.0
    price = LEFT if lead.column == 0 and lead.columns < columns else 0.0
    if columns > 1:
        share = lead.columns / columns
        price += NARROW_LEAD[priority - 1] * max(0.0, LEAD_SHARE - share)
    return price
