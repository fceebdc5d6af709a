"""Documents of other offices: OpenDocument (.odt), Rich Text (.rtf), InCopy (.icml)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from press.intake.credit import with_credits
from press.intake.editing import changes_told, comments_told
from press.intake.head import take_head
from press.intake.icml import read_incopy
from press.intake.markup import read_markup
from press.intake.markup.words import words_of
from press.intake.member import with_captions, with_data, with_members
from press.intake.open_document import OpenText, read_open_text
from press.intake.package import LARGEST_TEXT, Package, local, read_xml
from press.intake.rich_text import read_rich_text
from press.intake.tree import class_names, page_tree, written
from press.intake.word import no_title
from press.model.finding import Checked, Finding, error
from press.model.incoming import Converted, CopyFile
from press.model.story import Origin, Piece, Story
from press.ports import DocumentConverter

_CONTENT: Final = "content.xml"
_RTF: Final = b"{\\rtf"
_LARGEST_RTF: Final = 200_000_000
#: A book has half as many; more take minutes.
_MOST_MARKS: Final = 2_000_000
#: What pandoc calls the parts of the head that it writes.
_HEAD: Final = {
    "title": "press-title",
    "subtitle": "press-standfirst",
    "author": "press-byline",
    "date": "press-date",
}


def read_odt(
    file: CopyFile, converter: DocumentConverter
) -> Checked[tuple[Story, ...]]:
    """Read an OpenDocument text as a story.

    Raises:
        MissingToolError: The engine is not installed.
    """
    opened = Package.open(file)
    if opened.value is None:
        return Checked(value=None, findings=opened.findings)
    content = opened.value.xml(_CONTENT)
    if content is None:
        return _unreadable(file, opened.findings)
    converted = converter.convert(file.data, "odt")
    if converted is None:
        return _unreadable(file, opened.findings)
    open_text = read_open_text(content)
    story = _story(file, "odt", converted, open_text)
    told = (*_about(file, open_text), *story.findings)
    return _done(replace(story, findings=told), opened.findings)


def read_rtf(
    file: CopyFile, converter: DocumentConverter
) -> Checked[tuple[Story, ...]]:
    """Read a Rich Text file as a story.

    Raises:
        MissingToolError: The engine is not installed.
    """
    if file.data.lstrip()[:5] != _RTF or len(file.data) > _LARGEST_RTF:
        return _unreadable(file, ())
    marks = file.data.count(b"\\") + file.data.count(b"{")
    if marks > _MOST_MARKS:
        finding = error(
            "intake.too-large",
            f"{file.name} has {marks:,} control words; {_MOST_MARKS:,} is the limit",
            file.place,
            "save it as .docx",
        )
        return Checked(value=None, findings=(finding,))
    rich = read_rich_text(file.data)
    converted = converter.convert(rich.data, "rtf")
    if converted is None:
        return _unreadable(file, ())
    text = OpenText(
        words=rich.words + _words_of_head(converted.html),
        left=rich.left,
        insertions=rich.insertions,
        deletions=rich.deletions,
    )
    story = _story(file, "rtf", converted, text)
    told = (*_about(file, text), *story.findings)
    return _done(replace(story, findings=told), ())


def read_icml(file: CopyFile) -> Checked[tuple[Story, ...]]:
    """Read an InCopy story; press does so itself, for pandoc can only write them."""
    root = read_xml(file.data) if len(file.data) <= LARGEST_TEXT else None
    if root is None or not any(local(one) == "Story" for one in root.iter()):
        return _unreadable(file, ())
    incopy = read_incopy(root)
    text = OpenText(
        words=0,
        left=incopy.left,
        insertions=incopy.changes.insertions,
        deletions=incopy.changes.deletions,
    )
    story = _story(file, "icml", incopy.converted, text)
    told = (*_about(file, text), *story.findings)
    return _done(replace(story, findings=told), ())


def _done(story: Story, findings: tuple[Finding, ...]) -> Checked[tuple[Story, ...]]:
    return Checked(value=(story,), findings=(*findings, *story.findings))


def _story(file: CopyFile, form: str, converted: Converted, text: OpenText) -> Story:
    harvest = read_markup(_named_head(converted.html))
    head = take_head(_in_styles(harvest.pieces, text))
    left = text.left
    held = tuple(one.name for one in converted.pictures)
    shown = with_members(
        with_captions(head.rest), (*held, *file.beside), place=file.place
    )
    found = list(shown.findings)
    if not head.title:
        found.append(no_title(file))
    return Story(
        origin=Origin(form=form, file=file.name, id=file.stem),
        slug=file.stem,
        title=head.title,
        standfirst=head.standfirst,
        byline=head.byline,
        date=head.date,
        pieces=with_data(with_credits(shown.pieces), converted.pictures),
        left=(*left, *harvest.left),
        words=(text.words or harvest.words)
        - head.words
        + sum(one.words for one in left),
        findings=tuple(found),
    )


def _words_of_head(html: str) -> int:
    """Return how many words the engine sets over the text: those of its properties."""
    heads = page_tree(html).iter("header")
    return sum(len(words_of(one).split()) for one in heads)


def _in_styles(pieces: tuple[Piece, ...], text: OpenText) -> Iterable[Piece]:
    """Return pieces with the styles that the engine did not hand on, found by words."""
    waiting = list(text.styled)
    for piece in pieces:
        meaning = next((one for one, words in waiting if words == piece.text), "")
        if meaning and piece.text:
            waiting.remove((meaning, piece.text))
            yield replace(piece, marks=(meaning, *piece.marks))
        else:
            yield piece


def _named_head(html: str) -> str:
    """Return HTML in which what the engine calls title and author is called so by us."""
    root = page_tree(html)
    for header in root.iter("header"):
        for node in header.iter("h1", "p"):
            for name in class_names(node):
                if name in _HEAD:
                    node.set("class", _HEAD[name])
    return written(root)


def _about(file: CopyFile, text: OpenText) -> Iterable[Finding]:
    yield from changes_told(file.name, text.insertions, text.deletions, file.place)
    comments = [one.text for one in text.left if one.why.startswith("comment")]
    yield from comments_told(file.name, comments, file.place)


def _unreadable(
    file: CopyFile, findings: tuple[Finding, ...]
) -> Checked[tuple[Story, ...]]:
    finding = error(
        "intake.unreadable",
        f"{file.name} is damaged, or is no document of the kind its name says",
        file.place,
        "open it in the program that wrote it, and save it anew, best as .docx",
    )
    return Checked(value=None, findings=(*findings, finding))
