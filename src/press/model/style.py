"""House style: how this paper spells, what it avoids, and what subs are shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: Words of a paragraph from which on it is shown as overlong.
OVERLONG = 120


class StyleCheck(StrEnum):
    """One of the looks that are taken at copy; each can be switched off."""

    SPELLINGS = "spellings"  #: Spellings that the paper's list forbids.
    AVOID = "avoid"  #: Words and phrases that the paper does not use.
    SLIPS = "slips"  #: Slips that everybody makes, by press's own list.
    NAMES = "names"  #: Names spelt two ways.
    ENDINGS = "endings"  #: One word with -ise here and -ize there.
    DOUBLED = "doubled"  #: A word written twice.
    MARKS = "marks"  #: Quotation marks and brackets that are not closed or opened.
    STOPS = "stops"  #: American places of stops and commas in British copy.
    LENGTH = "length"  #: Overlong paragraphs.


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """What a paper says of its words in style.yaml.

    Attributes:
        languages: Of which articles it speaks (BCP 47): "en-GB".
        spellings: What the paper writes, with the forms that it forbids for it.
        avoid: Words and phrases that it does not use, each with the reason.
        names: Names as the paper spells them; two that are alike are both right.
        overlong: Words from which on a paragraph is too long.
        off: Looks that are not taken.
    """

    languages: tuple[str, ...]
    spellings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    avoid: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    overlong: int = OVERLONG
    off: frozenset[StyleCheck] = frozenset()

    def speaks_of(self, lang: str) -> bool:
        """Whether it speaks of articles in a language: "en" and "en-GB" are alike."""
        return any(_alike(lang.lower(), own.lower()) for own in self.languages)

    def looks(self, check: StyleCheck) -> bool:
        """Whether a look is taken."""
        return check not in self.off


def _alike(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")
