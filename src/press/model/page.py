"""Pages as they are drawn and bound."""

from __future__ import annotations

from dataclasses import dataclass

from press.model.type import Face


class Html(str):
    """Markup that press made itself: templates print it as it stands."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the markup, for template engines that escape all else."""
        return self


NO_MARKUP = Html()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationery:
    """What all pages of an edition share.

    Attributes:
        css: Style sheets, in order.
        faces: Faces of type.
        pictures: Folder of the prepared pictures.
    """

    css: tuple[str, ...]
    faces: tuple[Face, ...]
    pictures: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page, ready to be drawn.

    Attributes:
        number: Page number, from 1.
        html: The whole document of the page.
        articles: Names of the article elements on it, in order.
        weight: How much there is to draw, in lines; heavy pages are drawn first.
    """

    number: int
    html: str
    articles: tuple[str, ...] = ()
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FontUse:
    """A face as a drawn page uses it.

    Attributes:
        name: Name of its resource on the page.
        face: Number of the face in the stationery.
        glyphs: Glyphs drawn, with the text each stands for and its width in 1/1000 em.
    """

    name: str
    face: int
    glyphs: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPage:
    """A page as a PDF of its own; font programs are put in when pages are bound.

    Attributes:
        pdf: The file.
        fonts: The faces it uses.
        articles: Names of its article elements, in order: parts of one become one.
    """

    pdf: bytes
    fonts: tuple[FontUse, ...]
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """An entry of the bound file's outline."""

    title: str
    page: int
    level: int
    top: float  #: Distance from the page's upper edge, in points.


@dataclass(frozen=True, slots=True, kw_only=True)
class Colophon:
    """What the bound file says of itself.

    Attributes:
        title: Title of the file.
        author: The publisher.
        lang: BCP 47 language.
        date: When it was made, as seconds since 1970.
        bookmarks: The outline.
    """

    title: str
    author: str
    lang: str
    date: int
    bookmarks: tuple[Bookmark, ...] = ()
