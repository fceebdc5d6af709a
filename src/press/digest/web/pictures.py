"""Pictures of web pages: made once, used by pages and feeds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from press.digest.address import PICTURES, Addresses
from press.digest.compose import CARD_SHAPE
from press.digest.web.view import SharedPicture
from press.digest.xhtml import Figure
from press.model.article import Article, Picture, PictureKind
from press.model.digest import MailPicture
from press.model.finding import Finding
from press.ports import MailPictures

#: Widths in CSS pixels: an article's lead, pictures in its text, portraits, and the
#: pictures of cards, which are all of one shape.
LEAD_WIDTH = 760
TEXT_WIDTH = 640
PORTRAIT_WIDTH = 160
CARD_WIDTH = 360


@dataclass(slots=True, kw_only=True)
class PictureDesk:
    """Makes the pictures of one edition's pages.

    Attributes:
        lab: Makes a picture ready.
        addresses: Where pages and pictures lie.
        made: The pictures by the names of their files.
        findings: What is wrong with them.
    """

    lab: MailPictures
    addresses: Addresses
    made: dict[str, MailPicture] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def lead(self, article: Article) -> Figure | None:
        """Return an article's lead picture."""
        picture = article.lead
        return self._figure(picture, LEAD_WIDTH) if picture else None

    def card(self, article: Article) -> Figure | None:
        """Return an article's lead picture as a card shows it, without a caption."""
        picture = article.lead
        if picture is None:
            return None
        if picture.kind is PictureKind.PHOTO:
            picture = replace(picture, crop=CARD_SHAPE)
        figure = self._figure(picture, CARD_WIDTH)
        return figure and replace(figure, caption="", credit="")

    def within(self, picture: Picture) -> Figure | None:
        """Return a picture of the text."""
        portrait = picture.kind is PictureKind.PORTRAIT
        return self._figure(picture, PORTRAIT_WIDTH if portrait else TEXT_WIDTH)

    def shared(self, figure: Figure | None) -> SharedPicture | None:
        """Return what others show with a link to a page that has this picture."""
        if figure is None:
            return None
        name = figure.src.rpartition("/")[2]
        made = self.made[name]
        width, height = made.pixels if made.pixels[0] else (made.width, made.height)
        address = self.addresses.absolute(self.addresses.picture(name))
        return SharedPicture(address=address, width=width, height=height, alt=made.alt)

    def absolute(self, figure: Figure) -> Figure:
        """Return a picture as feeds show it, which know no folders."""
        path = self.addresses.picture(figure.src.rpartition("/")[2])
        return replace(figure, src=self.addresses.absolute(path))

    def _figure(self, picture: Picture, width: int) -> Figure | None:
        checked = self.lab.for_mail(picture, width=width, base=PICTURES)
        self.findings += checked.findings
        made = checked.value
        if made is None:
            return None
        self.made[made.name] = made
        return Figure(
            src=f"{PICTURES}/{made.name}",
            width=made.width,
            height=made.height,
            alt=picture.alt,
            caption=picture.caption,
            credit=picture.credit,
            kind=picture.kind.value,
        )
