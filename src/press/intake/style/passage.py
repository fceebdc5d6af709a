"""Passages: the stretches of an article that are read as one, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from press.model.article import Article
from press.model.copy import (
    Block,
    BlockQuote,
    Crosshead,
    FactBox,
    ItemList,
    Listing,
    Mark,
    Paragraph,
    Runs,
    Separator,
    Table,
)
from press.model.finding import Place

#: What stands for literal text and for what is deleted: never judged.
UNREAD = "\ufffc"
#: Settings of the front matter that are sentences, and those that are headings.
SENTENCES, HEADINGS = ("standfirst", "contributor"), ("title", "headline", "kicker")
#: Lines of the file in which a passage's words are looked for, at most.
REACH = 80
_UNREAD_MARKS = frozenset({Mark.CODE, Mark.DELETED})
#: How a sign that typography has set may be typed.
_TYPED = {
    "’": "['’‘]",
    "‘": "['’‘]",
    "“": '["“”]',
    "”": '["“”]',
    "–": "(?:–|—|-{1,3})",
    "—": "(?:–|—|-{1,3})",
    "…": r"(?:…|\.{3})",
}
_BETWEEN = r"[\s\u00a0\u202f*_\\]+"


class PassageKind(StrEnum):
    """What a passage is, as far as a sub-editor cares."""

    TEXT = "text"  #: A paragraph.
    QUOTED = "quoted"  #: A paragraph of somebody else's words, set apart.
    HEADING = "heading"  #: A headline or crosshead: its capitals may mean nothing.
    CELL = "cell"  #: A cell of a table: no sentence.


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of text that is read as one.

    Attributes:
        text: Its words, typography done.
        article: The article's slug.
        lang: Its language.
        kind: What it is.
        place: Where it begins.
        lines: The lines of its file, to find the column in.
    """

    text: str
    article: str
    lang: str
    kind: PassageKind
    place: Place
    lines: tuple[str, ...] = ()

    def point(self, start: int, stop: int) -> Place:
        """Return the place of a part of the text; the passage's where it is not found.

        The file holds the copy as it was typed, the passage as typography has set it.
        """
        words = self.text[start:stop].replace(UNREAD, " ")
        if self.place.line is None or not words.split():
            return self.place
        first = self.place.line - 1
        typed = "\n".join(self.lines[first : first + REACH])
        before = _pattern(words).findall(self.text, 0, start)
        found = list(_pattern(words).finditer(typed))
        if not found:
            return self.place
        match = found[min(len(before), len(found) - 1)]
        line = typed.count("\n", 0, match.start())
        column = match.start() - (typed.rfind("\n", 0, match.start()) + 1)
        source = self.lines[first + line]
        return Place(
            file=self.place.file,
            line=first + line + 1,
            column=column + 1,
            width=max(1, min(len(match[0]), len(source) - column)),
            source=source,
            article=self.place.article,
        )


def _pattern(words: str) -> re.Pattern[str]:
    """Return what finds words as they may have been typed."""
    parts = ("".join(_TYPED.get(c) or re.escape(c) for c in w) for w in words.split())
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(before + _BETWEEN.join(parts) + after)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list that is written as a text."""
    return frozenset(text.split())


def passages(article: Article, lines: tuple[str, ...]) -> Iterator[Passage]:
    """Yield everything of an article that is printed and read, in its order."""
    body = article.body
    notes = tuple(block for note in body.notes for block in note.blocks)
    read = _read((*body.blocks, *notes), article.place, PassageKind.TEXT)
    texts = ((_text(runs).strip(), kind, place) for runs, kind, place in read)
    for text, kind, place in (*_settings(article), *texts):
        if text:
            yield Passage(
                text=text,
                article=article.slug,
                lang=article.lang,
                kind=kind,
                place=place,
                lines=lines,
            )


def _settings(article: Article) -> Iterator[tuple[str, PassageKind, Place]]:
    """Yield what the front matter has, and what stands under pictures."""
    for names, kind in (
        (HEADINGS, PassageKind.HEADING),
        (SENTENCES, PassageKind.TEXT),
    ):
        for name in names:
            yield getattr(article, name), kind, article.place_of(name)
    for picture in article.pictures:
        yield picture.caption, PassageKind.TEXT, picture.place


def _text(runs: Runs) -> str:
    return "".join(
        UNREAD * len(run.text)
        if run.marks & _UNREAD_MARKS
        else ""
        if run.note is not None
        else run.text
        for run in runs
    )


def _read(
    blocks: tuple[Block, ...], above: Place, kind: PassageKind
) -> Iterator[tuple[Runs, PassageKind, Place]]:
    for block in blocks:
        place = block.place if block.place.line is not None else above
        if isinstance(block, Paragraph):
            yield block.runs, kind, place
        elif isinstance(block, Crosshead):
            yield block.runs, PassageKind.HEADING, place
        elif isinstance(block, Table):
            yield from ((runs, PassageKind.CELL, place) for runs in block.texts())
        elif isinstance(block, BlockQuote):
            yield from _read(block.blocks, place, PassageKind.QUOTED)
        elif not isinstance(block, Listing | Separator):
            yield from _read(_inside(block), place, kind)


def _inside(block: ItemList | FactBox) -> tuple[Block, ...]:
    if isinstance(block, FactBox):
        return block.blocks
    return tuple(one for item in block.items for one in item)
