"""Readers' pages: what they show, and how they are filled."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass

from press.desk.counter import Choice, ReadersDesk
from press.model.article import Direction, usual_direction
from press.model.page import Html
from press.web.texts import Texts, texts_in

_STYLE = "style.css.j2"
#: Word joiner: no line ends here.
_UNBROKEN = "\u2060"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link below what a page says."""

    address: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page.

    Attributes:
        template: Which template it fills.
        title: Its headline.
        paragraphs: What it says.
        said: What was just done; may be empty.
        button: The words on its only button.
        links: Where readers can go from it.
        choices: Lists to choose from.
        name: A name in a field.
        email: An address in a field.
    """

    template: str
    title: str
    paragraphs: tuple[str, ...] = ()
    said: str = ""
    button: str = ""
    links: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all pages show of the paper.

    Attributes:
        title: As on the masthead.
        strapline: The line under it; may be empty.
        lang: Language of the paper.
        direction: In which its title runs: ltr or rtl.
        website: Address of its site.
        published_by: Words before the publisher's name.
        publisher: The name.
        address: The publisher's, line by line.
        style: The style sheet.
    """

    title: str
    strapline: str
    lang: str
    direction: Direction
    website: str
    published_by: str
    publisher: str
    address: tuple[str, ...]
    style: Html


class Pages:
    """Fills readers' pages in the paper's look and language.

    Attributes:
        texts: Their words.
        policy: The Content-Security-Policy under which they are shown: nothing but
            their own style sheet, and forms to where they come from.
    """

    def __init__(self, desk: ReadersDesk) -> None:
        house = desk.house
        self._templates = desk.templates
        self._title = house.title
        self.texts: Texts = texts_in(house.lang)
        style = desk.templates.fill(_STYLE, {"palette": desk.palette})
        digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
        self.policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self';"
            " base-uri 'none'; frame-ancestors 'none'"
        )
        self._site = Site(
            title=house.title,
            strapline=house.strapline,
            lang=house.lang,
            direction=usual_direction(house.lang),
            website=house.website,
            published_by=self.words(self.texts.published_by),
            publisher=house.imprint.publisher,
            address=house.imprint.address,
            style=Html(style),
        )

    def words(self, text: str, address: str = "") -> str:
        """Return a text of the pages with the paper's title and a reader's address."""
        whole = address.replace("…", f"{_UNBROKEN}…{_UNBROKEN}")
        return text.format(title=self._title, address=whole)

    def fill(self, page: Page) -> str:
        """Return a page's HTML."""
        values = {"page": page, "site": self._site, "texts": self.texts}
        return self._templates.fill(page.template, values)
