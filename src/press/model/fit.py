"""Fit: how well copy fills the room it was given, in lines and words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadFit:
    """How an article's head came out.

    Attributes:
        lines: Lines of the headline.
        columns: Columns it spans.
        size: Its size in points.
        short: Whether the short headline was taken.
        standfirst_out: Whether the standfirst found no room.
    """

    lines: int
    columns: int
    size: float
    short: bool = False
    standfirst_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well a package's copy fills its room.

    Pages are always filled, so an article that is too short or too long shows in what
    was done to it. All of that is counted in column lines: what its copy, with pictures
    as they are and no pull quotes, needs more (over) or less (under) than its boxes hold.

    Attributes:
        package: The package's id.
        section: Its section.
        pages: The pages it stands on, in its order; empty where it was held over.
        words: Words of its text, as this edition prints it.
        lines: Column lines of its running text, without tables and listings.
        running: Words of its running text.
        articles: How many articles it holds: more than one in a group.
        cropped: Column lines that its pictures gave up, to make room for text.
        stretched: Column lines by which its pictures were made deeper, to fill room.
        quoted: Column lines that pull quotes fill.
        slack: Column lines that stay white.
        head: Its head; None where it was held over.
        wants: Column lines that it would need at least; 0 where it stands in the paper.
    """

    package: str
    section: str
    pages: tuple[int, ...]
    words: int
    lines: int
    cropped: int = 0
    stretched: int = 0
    quoted: int = 0
    slack: int = 0
    head: HeadFit | None = None
    wants: int = 0
    running: int = 0
    articles: int = 1

    @property
    def over(self) -> int:
        """Column lines too many; below 0 where there are too few."""
        if not self.pages:
            return self.wants
        return self.cropped - self.stretched - self.quoted - self.slack

    @property
    def over_words(self) -> int:
        """The like in words of its own running text."""
        words = self.running or self.words
        return round(self.over * words / max(1, self.lines))
