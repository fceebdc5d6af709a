"""What the finished pages must say: the copy, frame by frame, to be held against them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle of a page, in points from its upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Text that must stand in the frames or in a panel.

    Attributes:
        ways: The forms in which it may be set; the first that matches counts.
        aside: Whether it may stand in a panel instead.
        head: Whether it is a heading, which stays with what follows.
    """

    ways: tuple[str, ...]
    aside: bool = False
    head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """An article's text and the frames it runs through.

    Attributes:
        article: The package.
        passages: What it must say, in order.
        frames: Where it runs, in reading order.
        panels: Where asides stand.
        leftwards: Whether its lines run from right to left.
    """

    article: str
    passages: tuple[Passage, ...]
    frames: tuple[Area, ...]
    panels: tuple[Area, ...]
    leftwards: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words that stand alone: a headline, standfirst, byline, caption or pull quote.

    Attributes:
        article: The package.
        area: Where they stand.
        ways: What they may be; one of them must be there, whole, and nothing else.
        size: Their type size in points; lines of another size are no part of them. 0 is
            any.
    """

    article: str
    area: Area
    ways: tuple[str, ...]
    size: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A jump, with the words that must stand on either page."""

    article: str
    from_page: int
    to_page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copyreading:
    """All that the finished file is held against.

    Attributes:
        threads: Every article's text.
        labels: Headlines, captions and other words that stand alone.
        references: Every jump.
        leading: The baseline grid, in points.
        sizes: Sizes of body type, in points, by page.
    """

    threads: tuple[Thread, ...]
    labels: tuple[Label, ...] = ()
    references: tuple[Reference, ...]
    leading: float
    sizes: tuple[tuple[int, float], ...]
