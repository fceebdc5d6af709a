"""What a setting costs: an art director's dislikes as numbers, each with its name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from press.flatplan.room import Furnished
from press.model.flatplan import Frame, Term
from press.model.galley import LineEnd

SLACK, WORST_SLACK = 0.6, 0.6
CROP = 9.0
QUOTE_DROPPED = 1.4
HYPHEN_AT_FOOT = 0.3
#: Text in one frame should be at least and at most so many lines.
SHORT_FRAME, LONG_LEG = 8, 60
SHORT, LONG = 0.5, 0.12
#: Least share of the box that pictures should have, by priority, and its price.
PICTURE_SHARE = (0.30, 0.26, 0.18, 0.0, 0.0)
MOST_PICTURE = 0.58
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
class Priced:
    """A filled box, as its price needs it.

    Attributes:
        arrangement: Price of the arrangement.
        head: Price of the head.
        dropped: Quotes left out.
        room: The furnished box.
        frames: Its frames.
        slack: Unused lines of every frame.
        ends: What every frame's last line ends with.
        jumps: Whether the text goes on elsewhere.
    """

    arrangement: float
    head: float
    dropped: int
    room: Furnished
    frames: tuple[Frame, ...]
    slack: tuple[int, ...]
    ends: tuple[LineEnd, ...]
    jumps: bool


@dataclass(frozen=True, slots=True)
class Price:
    """The tariff for boxes of one priority and width."""

    priority: int
    columns: int
    width: float

    def base(self, arrangement: float, head: float, dropped: int) -> float:
        """Return what a box costs at least, before it is filled."""
        return arrangement + head + QUOTE_DROPPED * dropped + self.width

    def terms(self, one: Priced) -> tuple[Term, ...]:
        """Return a filled box's costs by name, those that are nothing left out."""
        costs = (
            ("pictures left out or small in number", one.arrangement),
            ("headline size and shape", one.head),
            ("pull quotes left out", QUOTE_DROPPED * one.dropped),
            ("width for its priority", self.width),
            ("empty lines", self._slack(one)),
            ("crop", self._crop(one)),
            ("size of pictures", self._share(one)),
            ("length of legs", self._legs(one)),
            ("hyphens at column ends", HYPHEN_AT_FOOT * _hyphens(one)),
        )
        return tuple(
            Term(name=name, cost=round(cost, 3)) for name, cost in costs if cost > 0
        )

    @staticmethod
    def _slack(one: Priced) -> float:
        return (
            0.0 if one.jumps else SLACK * sum(one.slack) + WORST_SLACK * max(one.slack)
        )

    @staticmethod
    def _crop(one: Priced) -> float:
        return sum(
            CROP * abs(place.depth - place.shape.natural) / place.shape.natural
            for place in one.room.figures
            if not place.shape.html and place.shape.least != place.shape.most
        )

    def _share(self, one: Priced) -> float:
        figures = one.room.figures
        if not figures or all(place.shape.html for place in figures):
            return 0.0
        area = sum(p.lines * p.shape.columns for p in figures)
        share = area / (one.room.columns * one.room.height)
        wanted = PICTURE_SHARE[self.priority - 1]
        return SMALL_PICTURE * max(0.0, wanted - share) + LARGE_PICTURE * max(
            0.0, share - MOST_PICTURE
        )

    @staticmethod
    def _legs(one: Priced) -> float:
        return sum(
            SHORT * max(0, SHORT_FRAME - frame.lines)
            + LONG * max(0, frame.lines - LONG_LEG)
            for frame in one.frames
        )


def _hyphens(one: Priced) -> int:
    return sum(end is LineEnd.HYPHEN for end in one.ends)


@lru_cache(maxsize=256)
def price(priority: int, columns: int, grid_columns: int) -> Price:
    """Return the tariff for boxes of one priority and width.

    On a grid of fewer columns than five, a width counts as the like share of five.
    """
    last = len(WIDTHS[0]) - 1
    place = (
        (columns - 1) * last / max(1, grid_columns - 1)
        if grid_columns != last + 1
        else columns - 1
    )
    low = int(place)
    share = place - low
    row = WIDTHS[priority - 1]
    width = row[low] * (1 - share) + row[min(low + 1, last)] * share
    return Price(priority, columns, width)
