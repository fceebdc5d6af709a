"""Pages: pictures prepared, templates filled, drawn and bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from press.compose.article import PictureKey
from press.compose.forme import Forme
from press.compose.page import compose_page, jobs
from press.compose.stylesheet import style_sheet
from press.compose.view import ArticleView, PageView, Rect
from press.desk.drawing import DrawingDesk
from press.desk.tools import Tools
from press.model.article import Direction
from press.model.finding import Checked, Finding
from press.model.package import Package
from press.model.page import Bookmark, Colophon, DrawnPage, Sheet, Stationery
from press.model.picture import PictureJob, PreparedPicture
from press.model.press import PlacedPicture
from press.ports import Progress
from press.preflight.passage import passages
from press.preflight.proof import Area, Copyreading, Label, Reference, Thread

PAGE_TEMPLATE = "page.html.j2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The print edition made.

    Attributes:
        bound: The pages in one file, pictures for position only.
        fonts: Names of the faces used, with their files.
        views: The pages as their templates got them.
        pictures: The pictures, by the name of what stands in for them.
        reading: What the finished file must say.
        bookmarks: The outline.
    """

    bound: bytes
    fonts: tuple[tuple[str, str], ...]
    views: tuple[PageView, ...]
    pictures: Mapping[str, PlacedPicture]
    reading: Copyreading
    bookmarks: tuple[Bookmark, ...]


class PageDesk:
    """Makes the print edition of a forme."""

    def __init__(self, forme: Forme, tools: Tools, progress: Progress) -> None:
        self._forme, self._tools, self._progress = forme, tools, progress
        self._findings: list[Finding] = []

    def make(self) -> Checked[Printed]:
        """Return the pages bound in one file, with what belongs to them."""
        pictures = self._pictures()
        views = [
            compose_page(self._forme, page, pictures)
            for page in self._forme.flatplan.pages
        ]
        stationery = self._stationery()
        # A page that lost a picture is not drawn: what is wrong with it is known.
        lost = {key[0] for key in jobs(self._forme) if key not in pictures}
        sheets = [self._sheet(view) for view in views if view.number not in lost]
        drawn = self._draw(sheets, stationery)
        self._tools.typesetter.close()  # the rest needs its memory
        pages = [page for page in drawn if page is not None]
        if len(pages) < len(views):
            return Checked(value=None, findings=tuple(self._findings))
        colophon = self._colophon(views)
        bound = self._tools.bindery.bind(pages, stationery, colophon)
        used = sorted({use.face for page in pages for use in page.fonts})
        fonts = tuple(
            (
                f"{face.family} {face.weight}{' italic' if face.italic else ''}",
                face.file,
            )
            for face in (stationery.faces[number] for number in used)
        )
        printed = Printed(
            bound=bound,
            fonts=fonts,
            views=tuple(views),
            pictures={
                one.name: PlacedPicture(press=one.press, screen=one.screen)
                for one in pictures.values()
                if one.press
            },
            reading=self._reading(views),
            bookmarks=colophon.bookmarks,
        )
        return Checked(value=printed, findings=tuple(self._findings))

    # ------------------------------------------------------------ pictures

    def _pictures(self) -> Mapping[PictureKey, PreparedPicture]:
        wanted = jobs(self._forme)
        keys = sorted(wanted)
        done = self._prepared([wanted[key] for key in keys])
        out = {}
        for key, made in zip(keys, done, strict=True):
            self._findings += [_on_page(found, key[0]) for found in made.findings]
            if made.value is not None:
                out[key] = made.value
        return out

    def _prepared(
        self, wanted: Sequence[PictureJob]
    ) -> Sequence[Checked[PreparedPicture]]:
        """Prepare pictures in forks: they take the memory of what they decode along."""
        workshop, lab = self._tools.workshop, self._tools.pictures
        count = workshop.workers
        parts = [wanted[first::count] for first in range(count)]
        made = workshop.map(lab.prepare, parts)
        return [made[number % count][number // count] for number in range(len(wanted))]

    # ------------------------------------------------------------ drawing

    def _stationery(self) -> Stationery:
        layout = self._forme.layout
        sheets = [
            file.read_text(encoding="utf-8")
            for file in sorted(Path(layout.folder).glob("*.css"))
        ]
        return Stationery(
            css=(style_sheet(layout), *sheets),
            faces=layout.faces,
            pictures=str(self._tools.prepared),
        )

    def _sheet(self, view: PageView) -> Sheet:
        html = self._tools.templates.fill(PAGE_TEMPLATE, {"page": view})
        return Sheet(
            number=view.number,
            html=html,
            articles=tuple(article.id for article in view.articles),
            weight=html.count("\n"),
        )

    def _draw(
        self, sheets: Sequence[Sheet], stationery: Stationery
    ) -> list[DrawnPage | None]:
        """Draw the pages that no earlier build has drawn."""
        desk = DrawingDesk(self._tools, self._progress)
        made = desk.draw(sheets, stationery, self._forme.layout.fingerprint)
        self._findings += (finding for one in made for finding in one.findings)
        return [one.value for one in made]

    # ------------------------------------------------------------ binding

    def _colophon(self, views: Sequence[PageView]) -> Colophon:
        edition, house = self._forme.edition, self._forme.house
        return Colophon(
            title=f"{house.title}, {edition.title}",
            author=house.imprint.publisher,
            lang=edition.lang,
            date=self._forme.date,
            bookmarks=tuple(_bookmarks(views, self._forme)),
        )

    def _reading(self, views: Sequence[PageView]) -> Copyreading:
        forme = self._forme
        frames: dict[str, list[Area]] = {}
        panels: dict[str, list[Area]] = {}
        for view in views:
            for article in view.articles:
                frames.setdefault(article.id, []).extend(
                    _area(view.number, frame.rect) for frame in article.frames
                )
                panels.setdefault(article.id, []).extend(
                    _area(view.number, figure.rect)
                    for figure in article.figures
                    if figure.panel
                )
        threads = tuple(
            Thread(
                article=name,
                passages=tuple(passages(forme.packages[name])),
                frames=tuple(frames[name]),
                panels=tuple(panels[name]),
                leftwards=forme.packages[name].article.direction is Direction.RTL,
            )
            for name in sorted(frames)
        )
        sizes = tuple(
            (page.number, forme.layout.style(forme.layout.grid(page.grid).body).size.pt)
            for page in forme.flatplan.pages
        )
        return Copyreading(
            threads=threads,
            labels=tuple(_labels(views, forme)),
            references=tuple(
                Reference(
                    article=jump.package,
                    from_page=jump.from_page,
                    to_page=jump.to_page,
                )
                for jump in forme.flatplan.jumps
            ),
            leading=forme.layout.leading.pt,
            sizes=sizes,
        )


def _labels(views: Sequence[PageView], forme: Forme) -> Iterator[Label]:
    """Yield the words that stand alone on the pages."""
    for view in views:
        for one in view.articles:
            package = forme.packages[one.id]
            if one.headline:
                heads = package.article.printed_headline, package.article.short_headline
                yield Label(
                    article=one.id,
                    area=_area(view.number, one.headline.rect),
                    ways=tuple(filter(None, heads)),
                    size=one.headline.size.pt,
                )
            for rect, ways in _words_alone(one, package):
                area = _area(view.number, rect)
                yield Label(article=one.id, area=area, ways=ways)


def _words_alone(
    one: ArticleView, package: Package
) -> Iterator[tuple[Rect, tuple[str, ...]]]:
    article = package.article
    quotes = [quote for each in package.articles for quote in each.pull_quotes]
    captions = [
        f"{picture.caption} {picture.credit}"
        for each in package.articles
        for picture in each.pictures
    ]
    if one.standfirst:
        yield one.standfirst.rect, (article.standfirst,)
    for view in one.quotes:
        yield view.rect, tuple(way for quote in quotes for way in (quote, f"“{quote}”"))
    for figure in one.figures:
        if figure.caption:
            yield figure.caption.rect, tuple(captions)


def _area(page: int, rect: Rect) -> Area:
    return Area(
        page=page,
        left=rect.left.pt,
        top=rect.top.pt,
        right=(rect.left + rect.width).pt,
        bottom=(rect.top + rect.height).pt,
    )


def _on_page(finding: Finding, page: int) -> Finding:
    return replace(finding, place=replace(finding.place, page=page))


def _bookmarks(views: Sequence[PageView], forme: Forme) -> Iterator[Bookmark]:
    section = ""
    for view in views:
        if view.section != section:
            section = view.section
            yield Bookmark(title=section, page=view.number, level=1, top=0.0)
        for article in view.articles:
            if article.part == 0:
                package = forme.packages[article.id]
                title = article.flag or package.article.printed_headline
                top = article.rect.top.pt
                yield Bookmark(title=title, page=view.number, level=2, top=top)
