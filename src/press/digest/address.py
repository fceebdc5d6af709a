"""Where the web pages of an edition lie, on a host and seen from each other."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from press.digest.link import clean
from press.model.article import Article, Slug, WebUse
from press.model.edition import EditionId
from press.model.house import House

INDEX = "index.html"
ATOM = "atom.xml"
RSS = "rss.xml"
PICTURES = "pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The addresses of one edition's pages.

    Every address names its file, so that hosts that know no index serve it, too.

    Attributes:
        web: The address of the folder that is served.
        edition: The edition.
    """

    web: str
    edition: EditionId

    def absolute(self, path: str) -> str:
        """Return the address of a file, by its path from the folder that is served."""
        return f"{self.web.rstrip('/')}/{path}"

    @property
    def digest(self) -> str:
        """The path of the digest."""
        return f"{self.edition}/{INDEX}"

    def article(self, slug: Slug) -> str:
        """Return the path of an article's page."""
        return f"{self.edition}/{article_file(slug)}"

    def picture(self, name: str) -> str:
        """Return the path of a picture."""
        return f"{self.edition}/{PICTURES}/{name}"

    @property
    def host(self) -> str:
        """The host that serves the pages."""
        return urlsplit(self.web).hostname or ""


def article_file(slug: Slug) -> str:
    """Return the name of an article's page; `index.html` is the digest's."""
    return "_index.html" if slug == "index" else f"{slug}.html"


def web_address(house: House, edition: EditionId) -> str:
    """Return where an edition's digest is read on the web; empty for nowhere.

    It can stand in both parts of a mail as it is.
    """
    if not house.web:
        return ""
    addresses = Addresses(web=house.web, edition=edition)
    address = clean(addresses.absolute(addresses.digest))
    return address.replace("&", "%26").replace("'", "%27")


def article_address(house: House, edition: EditionId, article: Article) -> str:
    """Return where an article is read: its own address, or its page among ours."""
    if article.url or not house.web or article.web is WebUse.NONE:
        return article.url
    addresses = Addresses(web=house.web, edition=edition)
    return addresses.absolute(addresses.article(article.slug))
