"""Word documents (.docx): what their writer would see printed, and what nobody should."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from press.intake.credit import with_credits
from press.intake.editing import comments_told
from press.intake.head import Head, take_head
from press.intake.markup import read_markup
from press.intake.member import with_captions, with_members
from press.intake.package import Package
from press.intake.word_parts import WordParts
from press.model.finding import Checked, Finding, error, warning
from press.model.incoming import CopyFile
from press.model.story import Origin, Story
from press.ports import WordReader

#: What writers' styles mean; the engine gives paragraphs in them these classes.
STYLES: Final = (
    ("Title", "press-title"),
    ("Headline", "press-title"),
    ("Subtitle", "press-standfirst"),
    ("Standfirst", "press-standfirst"),
    ("Author", "press-byline"),
    ("Byline", "press-byline"),
    ("Date", "press-date"),
    ("Caption", "press-caption"),
    ("Image Caption", "press-caption"),
    ("Quote", "press-quote"),
    ("Intense Quote", "press-quote"),
    ("Block Text", "press-quote"),
    ("Quotations", "press-quote"),
)
_SHOWN: Final = 80


def read_word(file: CopyFile, reader: WordReader) -> Checked[tuple[Story, ...]]:
    """Read a Word document as a story.

    Tracked insertions are taken, deletions are not; comments, hidden words and what
    stands at the head or foot of pages never reach copy. All of them are listed.
    """
    opened = Package.open(file)
    if opened.value is None:
        return Checked(value=None, findings=opened.findings)
    package = opened.value
    parts = WordParts.of(package)
    if parts is None:
        finding = error(
            "intake.unreadable",
            f"{file.name} is no Word document that press can read",
            file.place,
            "open it in Word, and save it anew as .docx",
        )
        return Checked(value=None, findings=(*opened.findings, finding))
    words = parts.words()
    converted = reader.html(parts.packed(), STYLES)
    if converted is None:
        finding = error(
            "intake.unreadable",
            f"{file.name} is damaged: its text cannot be read",
            file.place,
            "open it in Word, and save it anew as .docx",
        )
        return Checked(value=None, findings=(*opened.findings, finding))
    story = _story(file, parts, converted)
    counted = replace(story.story, words=words - story.head.words)
    return Checked(value=(counted,), findings=(*opened.findings, *counted.findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    story: Story
    head: Head


def _story(file: CopyFile, parts: WordParts, converted: str) -> _Read:
    harvest = read_markup(converted)
    head = take_head(harvest.pieces)
    shown = with_members(
        with_captions(head.rest), parts.package.names, place=file.place
    )
    title = head.title or parts.property("title")
    found = [*_about(file, parts), *shown.findings]
    if not title:
        found.append(no_title(file))
    story = Story(
        origin=Origin(
            form="docx",
            file=file.name,
            id=file.stem,
            modified=moment(parts.property("modified")),
        ),
        slug=file.stem,
        title=title,
        standfirst=head.standfirst,
        byline=head.byline,
        date=head.date,
        lang=parts.property("language"),
        pieces=with_credits(shown.pieces),
        left=(*parts.left, *harvest.left),
        findings=tuple(found),
    )
    return _Read(story=story, head=head)


def no_title(file: CopyFile) -> Finding:
    """Say that a text came without a headline."""
    return warning(
        "intake.no-title",
        "it has no headline that is marked as one",
        file.place,
        "give the article a title: press makes up none",
    )


def moment(text: str) -> dt.datetime | None:
    """Return a moment as documents write it, in UTC; None for none."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _about(file: CopyFile, parts: WordParts) -> list[Finding]:
    """Say what is in a document besides its copy."""
    comments = [one.text for one in parts.left if one.why.startswith("comment of ")]
    found = []
    if parts.inserted or parts.deleted:
        found.append(
            warning(
                "intake.tracked-changes",
                f"{file.name} has tracked changes:"
                f" {_several(parts.inserted, 'insertion')} taken,"
                f" {_several(parts.deleted, 'deletion')} carried out",
                file.place,
                "ask whether all of them were agreed",
            )
        )
    found += comments_told(file.name, comments, file.place)
    for why in ("hidden in the document", "an equation"):
        words = [one.text for one in parts.left if one.why == why]
        if words:
            found.append(
                warning(
                    "intake.left-out",
                    f"{file.name}: left out, because it is {why}:"
                    f" “{_short(' … '.join(words))}”",
                    file.place,
                    "write into the article what belongs there",
                )
            )
    found += [
        warning(
            "intake.needs-picture",
            f"{file.name} shows {one.kind}, which press does not draw:"
            f" “{_short(one.words)}”",
            file.place,
            "bring a picture of it, or say in the article what it shows",
        )
        for one in parts.graphics
    ]
    found += [
        warning(
            "intake.missing-picture",
            f"{file.name} shows a picture that it does not hold: {_short(address)}",
            file.place,
            "ask its writer for the picture",
        )
        for address in parts.external
    ]
    return found


def _several(words: Sequence[str], what: str) -> str:
    if not words:
        return f"no {what}"
    return (
        f"{len(words)} {what}{'s' * (len(words) > 1)} (“{_short(' … '.join(words))}”)"
    )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
