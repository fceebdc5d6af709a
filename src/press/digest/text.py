"""The plain-text part, made from the articles themselves and not from the HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from press.digest.inert import every_text, split
from press.digest.plain_copy import numbered, plain_copy
from press.digest.view import AlsoSection, Card, DigestView, Offer
from press.digest.wrap import wrap


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
        body: The text where it runs in full; empty for a teaser.
        cut: Whether `body` ends where members read on.
        names: Who wrote it.
        minutes: How long it takes to read.
        page: The page of the paper it begins on; None where it is not known.
        for_members: Whether only members may read all of it.
        references: The article's own address first, then those of its text.
    """

    kicker: str
    headline: str
    teaser: str
    body: str
    cut: bool
    names: tuple[str, ...]
    minutes: int
    page: int | None
    for_members: bool
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

    def number(address: str) -> int:
        return _known(references, address, numbers).number

    teaser = wrap(numbered(card.teaser, number))
    return Story(
        kicker=wrap(card.kicker),
        headline=wrap(card.headline),
        teaser=teaser,
        body=plain_copy(card.copy, number) if card.copy else "",
        cut=card.cut,
        names=card.names,
        minutes=card.minutes,
        page=card.page,
        for_members=card.for_members,
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
