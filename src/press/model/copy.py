"""Copy: the text of an article before it is set.

The tree is small on purpose: what a newspaper column can set, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from press.model.finding import NOWHERE, Place


class Mark(StrEnum):
    """How a run of text differs from the text around it."""

    EMPHASIS = "em"  #: Italic in roman text.
    STRONG = "strong"  #: Bold.
    CODE = "code"  #: Literal text, never touched by typography.
    SUPERSCRIPT = "sup"
    SUBSCRIPT = "sub"
    DELETED = "del"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    r"""A stretch of text with the same marks.

    Attributes:
        text: The words. "\n" is a line break the writer asked for.
        marks: How it differs.
        link: The address it leads to, if it is a link.
        note: The number of the note it refers to; `text` is then that number.
    """

    text: str
    marks: frozenset[Mark] = frozenset()
    link: str | None = None
    note: int | None = None


Runs: TypeAlias = tuple[Run, ...]


class ParagraphRole(StrEnum):
    """What a paragraph is for."""

    BODY = "body"  #: Running text.
    SIGNATURE = "signature"  #: Who wrote a letter, and from where.
    CREDIT = "credit"  #: Whose words a block quote is.
    CONTRIBUTOR = "contributor"  #: "X is a …", at the end.


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text."""

    runs: Runs
    role: ParagraphRole = ParagraphRole.BODY
    place: Place = NOWHERE

    def texts(self) -> Iterator[Runs]:
        """Yield its text, piece by piece, in reading order."""
        yield self.runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosshead:
    """A heading inside the text; level 1 is the highest."""

    runs: Runs
    level: int = 1
    place: Place = NOWHERE

    def texts(self) -> Iterator[Runs]:
        """Yield its text, piece by piece, in reading order."""
        yield self.runs


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """A list; `start` counts an ordered one, None is a bulleted one."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None
    place: Place = NOWHERE

    def texts(self) -> Iterator[Runs]:
        """Yield its text, piece by piece, in reading order."""
        for item in self.items:
            yield from runs_of(item)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockQuote:
    """Somebody else's words, set apart."""

    blocks: tuple[Block, ...]
    place: Place = NOWHERE

    def texts(self) -> Iterator[Runs]:
        """Yield its text, piece by piece, in reading order."""
        yield from runs_of(self.blocks)


class Align(StrEnum):
    """How a table's column stands."""

    START = "start"
    CENTRE = "center"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. Every row has as many cells as `align`; an empty `head` is none."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    align: tuple[Align, ...]
    caption: Runs = ()
    place: Place = NOWHERE

    def texts(self) -> Iterator[Runs]:
        """Yield its text, piece by piece, in reading order."""
        yield from (self.caption, *self.head)
        for row in self.rows:
            yield from row


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Literal lines, such as program text; never broken by sense."""

    lines: tuple[str, ...]
    place: Place = NOWHERE

    def texts(self) -> Iterator[Runs]:
        """Yield its text, piece by piece, in reading order."""
        for line in self.lines:
            yield (Run(text=line),)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactBox:
    """A box of facts beside the text (a panel)."""

    title: str
    blocks: tuple[Block, ...]
    place: Place = NOWHERE

    def texts(self) -> Iterator[Runs]:
        """Yield its text, piece by piece, in reading order."""
        yield (Run(text=self.title),)
        yield from runs_of(self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Separator:
    """A break in the thread of the text: a blank line with a mark."""

    place: Place = NOWHERE

    def texts(self) -> Iterator[Runs]:
        """Yield its text, piece by piece, in reading order."""
        yield from ()


Block: TypeAlias = (
    Paragraph
    | Crosshead
    | ItemList
    | BlockQuote
    | Table
    | Listing
    | FactBox
    | Separator
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote; on paper all of them stand at the article's end.

    Attributes:
        number: As printed at the reference and before the note.
        blocks: What it says.
    """

    number: int
    blocks: tuple[Block, ...]
    place: Place = NOWHERE


def plain(runs: Runs) -> str:
    """Return the text of runs without their marks."""
    return "".join(run.text for run in runs)


def runs_of(blocks: tuple[Block, ...]) -> Iterator[Runs]:
    """Yield the text of blocks, piece by piece, in reading order."""
    for block in blocks:
        yield from block.texts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The body of an article: blocks in reading order, and its notes."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = field(default=())

    @property
    def words(self) -> int:
        """How many words there are, notes not counted."""
        return sum(len(plain(runs).split()) for runs in runs_of(self.blocks))

    @property
    def addresses(self) -> tuple[str, ...]:
        """What it links to: each address once, in reading order, its notes last."""
        noted = tuple(block for note in self.notes for block in note.blocks)
        runs = (run for runs in runs_of((*self.blocks, *noted)) for run in runs)
        return tuple(dict.fromkeys(run.link for run in runs if run.link))


NOTHING = Copy()
