"""What the house knows of its website's furniture, and what somebody decided by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from press.model.finding import NOWHERE, Place
from press.model.story import Furniture, Piece

#: How much of a piece a pattern looks at, in characters: furniture is short.
LOOKED_AT = 600
ANYTHING = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureRule:
    """A rule that says which pieces are furniture.

    Attributes:
        kind: What they are.
        select: Marks of which a piece has one: ".cta-subscribe", "#h-read-more",
            "<aside>", "ref:900"; a mark that ends in "*" stands for all that begin so.
            Empty for any piece.
        pattern: What its words hold; None for whatever they say.
        name: What a verdict calls the rule: "rule .cta-subscribe".
        place: Where the rule stands.
    """

    kind: Furniture
    select: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    name: str = ""
    place: Place = NOWHERE

    def takes(self, piece: Piece, marks: frozenset[str]) -> bool:
        """Whether a piece is what this rule means.

        Args:
            piece: The piece.
            marks: Those of its marks that count.
        """
        if self.select and not any(_has(marks, wanted) for wanted in self.select):
            return False
        if self.pattern is None:
            return bool(self.select)
        return self.pattern.search(piece.text[:LOOKED_AT]) is not None


def _has(marks: frozenset[str], wanted: str) -> bool:
    if not wanted.endswith(ANYTHING):
        return wanted in marks
    return any(mark.startswith(wanted[:-1]) for mark in marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRules:
    """How a newspaper tells its website's furniture from copy.

    Attributes:
        rules: Its rules; the first that takes a piece counts.
        usual: Whether the rules that come with press count as well, after its own.
        names: What calls and mottos call the paper: its title and other names.
        domains: Its addresses on the web: "quoin.example".
    """

    rules: tuple[FurnitureRule, ...] = ()
    usual: bool = True
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What somebody decided about a story's pieces, each named by its words.

    Attributes:
        keep: Pieces that are copy, whatever rules and guesses say.
        drop: Pieces that are not.
    """

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
