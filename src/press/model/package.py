"""A package: what stands in one box on a page, usually one article."""

from __future__ import annotations

from dataclasses import dataclass, field

from press.model.article import Article
from press.model.finding import NOWHERE, Place

#: From this priority on an article may be held over when space is short.
OPTIONAL_FROM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One article, or several that run together under one flag.

    Attributes:
        id: The article's slug, or "<section>/<template>" for a group.
        section: Name of its section.
        template: Name of its template.
        grid: Name of the grid of its section's pages.
        priority: The most important of its articles' priorities.
        articles: As this edition wants them, typography done; more than one in a group.
        order: Its place in the section's order, counted from 0.
        splash: Whether it leads the front page.
        page: The page it must stand on.
        columns: The columns it must span.
        jump: The page it continues on; None leaves it to the flatplan, 0 forbids it.
        place: Where the manifest says so.
        address: Its short address, printed with a QR code at its end; empty for none.
        code: That QR code, as SVG.
    """

    id: str
    section: str
    template: str
    grid: str
    priority: int
    articles: tuple[Article, ...]
    order: int = 0
    splash: bool = False
    page: int | None = None
    columns: int | None = None
    jump: int | None = None
    place: Place = field(default=NOWHERE)
    address: str = ""
    code: str = ""

    @property
    def must_run(self) -> bool:
        """Whether it may not be held over."""
        return self.priority < OPTIONAL_FROM or self.page is not None

    @property
    def address_text(self) -> str:
        """What is printed beside its QR code: the address on a line of its own."""
        return f"Links and sources:\n{self.address.removeprefix('https://')}"

    @property
    def article(self) -> Article:
        """Its first article."""
        return self.articles[0]
