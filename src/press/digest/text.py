"""The plain-text part, made from the articles themselves and not from the HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, groupby

from press.digest.inert import every_text, split
from press.digest.view import AlsoSection, Card, DigestView, Offer
from press.model.copy import plain

WIDTH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A numbered link under an article."""

    number: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article in the plain-text part; every text is wrapped already.

    Attributes:
        kicker: May be empty.
        headline: As on the web.
        teaser: With the numbers of its links in brackets.
        names: Who wrote it.
        minutes: How long it takes to read.
        page: The page of the paper it begins on; None where it is not known.
        references: The article's own address first, then the links of the teaser.
    """

    kicker: str
    headline: str
    teaser: str
    names: tuple[str, ...]
    minutes: int
    page: int | None
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySection:
    """Articles under a name, which may be empty."""

    name: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoLines:
    """A section of the printed edition: its other articles, a wrapped text each."""

    section: str
    entries: tuple[str, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """What the plain-text template sees; `digest` has the facts of the edition."""

    digest: DigestView
    strapline: str
    note: tuple[str, ...]
    lead: Story
    sections: tuple[StorySection, ...]
    offer: Offer | None
    also: tuple[AlsoLines, ...]
    imprint: tuple[str, ...]


def compose_text(view: DigestView) -> TextView:
    """Set a digest in plain text."""
    view = every_text(view, split)
    offer = view.offer and Offer(
        headline=wrap(view.offer.headline),
        text=wrap(view.offer.text),
        button=view.offer.button,
        link=view.offer.link,
    )
    numbers = count(1)
    return TextView(
        digest=view,
        strapline=wrap(view.strapline),
        note=tuple(wrap(paragraph) for paragraph in view.note),
        lead=_story(view.hero, numbers),
        sections=tuple(
            StorySection(
                name=section.name,
                stories=tuple(_story(card, numbers) for card in section.cards),
            )
            for section in view.sections
        ),
        offer=offer,
        also=tuple(_also(section, numbers) for section in view.also),
        imprint=tuple(
            wrap(line)
            for line in (view.publisher, *view.address, *view.contact, *view.notices)
        ),
    )


def _story(card: Card, numbers: Iterator[int]) -> Story:
    references = [Reference(number=next(numbers), address=card.link)]
    words: list[str] = []
    for link, runs in groupby(card.teaser, key=lambda run: run.link):
        words.append(plain(tuple(runs)))
        if link:
            words.append(f" [{_known(references, link, numbers).number}]")
    return Story(
        kicker=wrap(card.kicker),
        headline=wrap(card.headline),
        teaser=wrap("".join(words)),
        names=card.names,
        minutes=card.minutes,
        page=card.page,
        references=tuple(references),
    )


def _also(section: AlsoSection, numbers: Iterator[int]) -> AlsoLines:
    references: list[Reference] = []
    entries: list[str] = []
    for entry in section.entries:
        words = f"* {entry.headline}"
        if entry.page:
            words += f", page {entry.page}"
        if entry.link:
            words += f" [{_known(references, entry.link, numbers).number}]"
        entries.append(wrap(words).replace("\n", "\n  "))
    return AlsoLines(
        section=section.section, entries=tuple(entries), references=tuple(references)
    )


def _known(
    references: list[Reference], address: str, numbers: Iterator[int]
) -> Reference:
    """Return the reference to an address, a new one if there is none yet."""
    for reference in references:
        if reference.address == address:
            return reference
    references.append(Reference(number=next(numbers), address=address))
    return references[-1]


# --- Wrapping ------------------------------------------------------------------------

_WIDE = "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60"
_PIECE = re.compile(rf"\s+|[{_WIDE}]|[^\s{_WIDE}]+")


def wrap(text: str, width: int = WIDTH) -> str:
    """Break text into lines; a word or address that is too long keeps its own line.

    Widths are counted in cells of a terminal: ideographs take two, marks none.
    """
    lines: list[str] = []
    line, used = "", 0
    for piece in _PIECE.findall(text.strip()):
        cells = 1 if piece.isspace() else _cells(piece)
        if line and used + cells > width:
            lines.append(line.rstrip())
            line, used = "", 0
        if not piece.isspace():
            line += piece
            used += cells
        elif line:
            line += " "
            used += 1
    return "\n".join([*lines, line.rstrip()] if line else lines)


def _cells(text: str) -> int:
    return sum(
        0
        if unicodedata.category(character) in {"Mn", "Me", "Cf"}
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )
