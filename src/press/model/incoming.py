"""Files of copy as they were handed in, before a reader of their form took them apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from press.model.finding import NOWHERE, Place
from press.model.story import PieceKind, Sought


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFile:
    """A file with copy in it.

    Attributes:
        name: What findings call it: its path, with forward slashes.
        data: What it holds.
        beside: The files that lie beside it or below, as paths seen from it; pictures
            are looked for among them.
    """

    name: str
    data: bytes = field(repr=False)
    beside: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where findings about the whole of it lie."""
        return Place(file=self.name)

    @property
    def stem(self) -> str:
        """Its name without folder and suffix."""
        last = self.name.replace("\\", "/").rpartition("/")[2]
        return last.rpartition(".")[0] or last

    @property
    def own_name(self) -> str:
        """Its stem; its folder's name where it is only called `index`."""
        if self.stem.strip("_").lower() != "index":
            return self.stem
        folder = self.name.replace("\\", "/").rpartition("/")[0].rpartition("/")[2]
        return folder if folder.strip(".") else self.stem


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A picture that a document held.

    Attributes:
        name: What the converted text calls it.
        data: The picture.
    """

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A document turned into HTML by an engine.

    Attributes:
        html: What it says.
        pictures: The pictures in it.
    """

    html: str
    pictures: tuple[Enclosed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How the letters of a text file are written as bytes.

    Attributes:
        name: As Python calls it: "cp1252".
        shown: As people call it: "Windows-1252".
        sure: Whether the file says so itself, or can mean nothing else.
        strays: How many of its bytes cannot be read so, and are of another encoding.
    """

    name: str
    shown: str
    sure: bool
    strays: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignSetting:
    """A setting of front matter that another program reads.

    Attributes:
        name: Its name, with those it lies under: "featured_image.alt".
        values: What it says; several where it is a list.
        place: Where it stands.
    """

    name: str
    values: tuple[str, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignCode:
    """A shortcode in a text: what the website's machine would fill in.

    Attributes:
        name: Its name: "tweet".
        named: Its settings with a name.
        bare: Its settings without one.
        source: As it was written.
        place: Where it stands.
        known: Whether press reads it in articles.
    """

    name: str
    named: tuple[tuple[str, str], ...]
    bare: tuple[str, ...]
    source: str
    place: Place
    known: bool

    def setting(self, *names: str) -> str:
        """Return the first of these settings that is given; else the first bare one."""
        found = next((value for key, value in self.named if key in names and value), "")
        return found or next(iter(self.bare), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownBlock:
    """A block of Markdown on top of a text.

    Attributes:
        kind: What it is.
        source: As it was written.
        text: Its words.
        level: The level of a heading, counted from 1; 0 for none.
        is_html: Whether it is HTML.
        pictures: The pictures that it shows, in order.
        codes: The shortcodes in it.
        place: Where it begins.
    """

    kind: PieceKind
    source: str
    text: str
    level: int = 0
    is_html: bool = False
    pictures: tuple[Sought, ...] = ()
    codes: tuple[ForeignCode, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenMark:
    """What a website's machine reads in a text, and no reader: it was taken out.

    Attributes:
        text: As it was written: `{: .lead}`.
        place: Where it stood.
        remark: What it says, where it is a comment of an editor; empty where it is a mark.
    """

    text: str
    place: Place
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownFile:
    """A file of Markdown with the front matter of another program.

    Attributes:
        settings: Its front matter; empty where there is none.
        blocks: Its text.
        taken: What was taken out of its text.
    """

    settings: tuple[ForeignSetting, ...]
    blocks: tuple[MarkdownBlock, ...]
    taken: tuple[TakenMark, ...] = ()
