"""All looks that a sub-editor takes at an edition's copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from press.intake.style.house import HouseLists
from press.intake.style.marks import find_stops, find_unpaired
from press.intake.style.names import find_names
from press.intake.style.passage import Passage, passages
from press.intake.style.slips import find_slips
from press.intake.style.words import find_doubled, find_endings, find_overlong
from press.model.article import Article
from press.model.finding import Finding
from press.model.style import HouseStyle, StyleCheck

#: Countries whose English puts stops outside of quoted fragments.
_BRITISH = frozenset({"en-gb", "en-ie"})
#: Languages that give every noun a capital: no word shows there that it is a name.
_ALL_NOUNS = frozenset({"de", "lb"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """An article on the subs' table.

    Attributes:
        article: It, typography done.
        lines: The lines of its file, to point into.
    """

    article: Article
    lines: tuple[str, ...] = ()


def find_style(copy: Sequence[Submitted], style: HouseStyle) -> Iterator[Finding]:
    """Yield what a sub-editor would mark in an edition's copy. Nothing is changed.

    Args:
        copy: The edition's articles.
        style: The paper's house style.
    """
    lists = HouseLists(style)
    read = [
        list(passages(one.article, one.lines))
        for one in copy
        if style.speaks_of(one.article.lang)
    ]
    everything = [passage for article in read for passage in article]
    english = [one for one in everything if _language(one) == "en"]
    if style.looks(StyleCheck.MARKS):
        for article in read:
            yield from find_unpaired(article)
    for passage in everything:
        yield from lists.find(passage)
        if style.looks(StyleCheck.LENGTH):
            yield from find_overlong(passage, style.overlong)
    yield from _find_english(english, style)
    if style.looks(StyleCheck.NAMES):
        named = [one for one in everything if _language(one) not in _ALL_NOUNS]
        yield from find_names(named, style.names)


def _language(passage: Passage) -> str:
    return passage.lang.lower().partition("-")[0]


def _find_english(read: Sequence[Passage], style: HouseStyle) -> Iterator[Finding]:
    """Yield what can be told of English alone."""
    for passage in read:
        if style.looks(StyleCheck.SLIPS):
            yield from find_slips(passage)
        if style.looks(StyleCheck.DOUBLED):
            yield from find_doubled(passage)
        if style.looks(StyleCheck.STOPS) and passage.lang.lower() in _BRITISH:
            yield from find_stops(passage)
    if style.looks(StyleCheck.ENDINGS):
        yield from find_endings(read)
