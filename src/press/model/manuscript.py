"""An imported article before it is a folder, and the record of how it came about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from press.model.story import Furniture, Origin, Surety


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A piece of a story that did not reach copy.

    Attributes:
        number: By which `--keep` names it, counted from 1 over the article.
        kind: What it is.
        surety: Who says so.
        by: In words.
        text: Its words.
        markdown: How copy would say it; empty where paper cannot.
        after: How many pieces of the story stand before it.
    """

    number: int
    kind: Furniture
    surety: Surety
    by: str
    text: str
    markdown: str
    after: int

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A picture in the article's folder.

    Attributes:
        file: Its path from there: "images/warehouse.jpg".
        address: Where it was had.
        sha256: Of its bytes as they came.
        caption: What its file says that it shows; empty for nothing.
        credit: Who made it, as its file says.
    """

    file: str
    address: str
    sha256: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPicture:
    """A picture as front matter tells it.

    Attributes:
        file: Its path from the article's folder; empty for what was no picture, such as a
            dot that counts readers.
        alt: What it shows.
        caption: What is printed under it.
        credit: Who made it.
    """

    file: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The front matter of an imported article."""

    title: str = ""
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    date: dt.date | None = None
    lang: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""
    lead_image: FrontPicture | None = None
    images: tuple[FrontPicture, ...] = ()
    images_missing: tuple[str, ...] = ()
    pull_quotes: tuple[str, ...] = ()
    contributor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCount:
    """The words of a story: `source` is `kept` and `dropped` together.

    Attributes:
        source: Words that the source has.
        kept: Words that reached copy, its captions and notes.
        dropped: Words that are listed as dropped, by readers of forms too.
    """

    source: int
    kept: int
    dropped: int

    @property
    def closes(self) -> bool:
        """Whether no word was lost, and none came from nowhere."""
        return self.source == self.kept + self.dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """What a story says on paper.

    Attributes:
        front: What is known about it.
        blocks: Its text in Markdown, block by block, notes last.
        dropped: What did not reach it.
        words: The count of its words.
        corrections: What the web corrected, for the corrections column.
    """

    front: Front
    blocks: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    words: WordCount
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """How an article's folder came about: its `import.json`.

    Attributes:
        origin: Where from.
        imported: When it was last read, UTC.
        front: The front matter as it was imported: setting and its lines of YAML.
        blocks: The text as it was imported.
        source: The words of all pieces of the story, in order; for fingerprints.
        dropped: What did not reach copy.
        kept: What somebody brought back: the words of those pieces.
        gone: What somebody dropped by hand: the words of those pieces.
        pictures: Which pictures came from where.
        words: The count of words.
        changed: What a person changed since, as of the last import: settings, and the
            first words of blocks.
    """

    origin: Origin
    imported: dt.datetime
    front: tuple[tuple[str, str], ...]
    blocks: tuple[str, ...]
    source: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    kept: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    pictures: tuple[Fetched, ...] = ()
    words: WordCount | None = None
    changed: tuple[str, ...] = ()
