"""What a setting costs: an art director's dislikes as numbers, each with its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from press.flatplan.fill import Slot
from press.model.flatplan import Term
from press.model.furniture import FigureShape
from press.model.galley import LineEnd

SLACK, WORST_SLACK = 0.6, 0.6
#: A column may end so many lines short; the square of each further one costs so much.
SHORT_COLUMN, SHORTER = 4, 0.3
CROP = 9.0
QUOTE_DROPPED = 1.4
HYPHEN_AT_FOOT = 0.3
#: Text in one frame should be at least and at most so many lines.
SHORT_FRAME, LONG_LEG = 8, 60
SHORT, LONG = 0.5, 0.12
#: Least share of the box that pictures should have, by priority, and its price.
PICTURE_SHARE = (0.36, 0.26, 0.18, 0.0, 0.0)
MOST_PICTURE = 0.58
COARSE = 12.0
#: Price of a column that holds no text but the contributor line and the QR code.
BARE = 8.0
#: Price of an opening that leaves more than a page holds, so that it jumps twice.
JUMPS_TWICE = 16.0
#: Grid lines that an opening should be deep at least, and the price of each missing.
DEEP_OPENING, SHALLOW = 20, 1.0
#: What an opening may cost beyond any other box.
WORST_OPENING = JUMPS_TWICE + SHALLOW * DEEP_OPENING
#: Pictures with fewer pixels an inch cost it.
FINE_PPI = 150.0
SMALL_PICTURE, LARGE_PICTURE = 22.0, 40.0
#: Price of a box narrower or wider than suits its priority, by columns 1 to 5.
WIDTHS = (
    (40.0, 16.0, 5.0, 0.8, 0.0),
    (16.0, 3.5, 0.0, 0.3, 1.2),
    (5.0, 0.0, 0.3, 2.5, 5.0),
    (0.4, 0.0, 2.0, 5.0, 8.0),
    (0.0, 0.8, 3.0, 6.0, 8.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A filled box, as its price needs it.

    Attributes:
        arrangement: Price of the arrangement.
        head: Price of the head.
        dropped: Quotes left out.
        columns: Columns of the box.
        height: Grid lines of the box.
        figures: Depths and shapes of the figures.
        slots: Its slots.
        slack: Unused lines of every slot.
        ends: What every slot's last line ends with.
        bare: Slots that hold no text but the contributor line and the QR code.
        opening: Whether the article only begins here.
        twice: Whether the rest is more than a page holds.
    """

    arrangement: float
    head: float
    dropped: int
    columns: int
    height: int
    figures: Sequence[tuple[int, FigureShape]]
    slots: Sequence[Slot]
    slack: Sequence[int]
    ends: Iterable[LineEnd]
    bare: int = 0
    opening: bool = False
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Tariff:
    """The prices of boxes of one priority and width."""

    priority: int
    width: float

    def base(self, arrangement: float, head: float, dropped: int) -> float:
        """Return what a box costs at least, before it is filled."""
        return arrangement + head + QUOTE_DROPPED * dropped + self.width

    def cost(self, one: Draft) -> float:
        """Return what a filled box costs."""
        return (
            self.base(one.arrangement, one.head, one.dropped)
            + _slack(one)
            + _crop(one)
            + _coarse(one)
            + self._share(one)
            + _legs(one)
            + _hyphens(one)
            + BARE * one.bare
            + _shallow(one)
            + _twice(one)
        )

    def terms(self, one: Draft) -> tuple[Term, ...]:
        """Return a filled box's costs by name, those that are nothing left out."""
        costs = (
            ("pictures left out or oddly placed", one.arrangement),
            ("headline size and shape", one.head),
            ("pull quotes left out", QUOTE_DROPPED * one.dropped),
            ("width for its priority", self.width),
            ("empty lines", _slack(one)),
            ("crop", _crop(one)),
            ("pictures with few pixels", _coarse(one)),
            ("size of pictures", self._share(one)),
            ("length of legs", _legs(one)),
            ("hyphens at column ends", _hyphens(one)),
            ("columns without text", BARE * one.bare),
            ("shallow opening", _shallow(one)),
            ("more left than a page holds", _twice(one)),
        )
        return tuple(
            Term(name=name, cost=round(cost, 3)) for name, cost in costs if cost > 0
        )

    def _share(self, one: Draft) -> float:
        if all(shape.html for _, shape in one.figures):
            return 0.0
        area = sum((d + s.caption_depth) * s.columns for d, s in one.figures)
        share = area / (one.columns * one.height)
        wanted = PICTURE_SHARE[self.priority - 1]
        small = SMALL_PICTURE * max(0.0, wanted - share)
        return small + LARGE_PICTURE * max(0.0, share - MOST_PICTURE)


def _slack(one: Draft) -> float:
    worst = max(one.slack)
    short = SHORTER * max(0, worst - SHORT_COLUMN) ** 2
    return SLACK * sum(one.slack) + WORST_SLACK * worst + short


def _crop(one: Draft) -> float:
    return sum(
        CROP * abs(depth - shape.natural) / shape.natural
        for depth, shape in one.figures
        if shape.least != shape.most
    )


def _coarse(one: Draft) -> float:
    few = (max(0.0, 1 - shape.ppi / FINE_PPI) for _, shape in one.figures)
    return COARSE * sum(few)


def _legs(one: Draft) -> float:
    return sum(
        SHORT * max(0, SHORT_FRAME - lines) + LONG * max(0, lines - LONG_LEG)
        for _, _, lines in one.slots
    )


def _hyphens(one: Draft) -> float:
    return HYPHEN_AT_FOOT * sum(end is LineEnd.HYPHEN for end in one.ends)


def _shallow(one: Draft) -> float:
    return SHALLOW * max(0, DEEP_OPENING - one.height) if one.opening else 0.0


def _twice(one: Draft) -> float:
    return JUMPS_TWICE if one.opening and one.twice else 0.0


@lru_cache(maxsize=256)
def tariff(priority: int, columns: int, grid_columns: int) -> Tariff:
    """Return the prices of boxes of one priority and width.

    On a grid of other than five columns, a width counts as the like share of five.
    """
    row = WIDTHS[priority - 1]
    last = len(row) - 1
    place = (columns - 1) * last / max(1, grid_columns - 1)
    low = min(int(place), last)
    share = place - low
    width = row[low] * (1 - share) + row[min(low + 1, last)] * share
    return Tariff(priority, width)
