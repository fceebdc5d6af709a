"""Whether pictures show, are light enough, and say what they show where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from press.digest.checks.facts import Image
from press.digest.checks.mail import Mail
from press.model.digest import MailPicture
from press.model.finding import Finding, Place, error, warning

#: Octets of one picture, and of all, that a telephone on the road still loads.
HEAVY = 200_000
HEAVY_ALL = 1_000_000

#: What every mail program shows, by its first octets.
_FORMATS = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
}
_REFUSED = (".svg", ".webp", ".avif", ".heic", ".tif", ".tiff", ".bmp", ".pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWeights:
    """How heavy a mail's pictures are.

    Attributes:
        each: Name and octets of every file, the heaviest first.
    """

    each: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Octets of all of them."""
        return sum(octets for _, octets in self.each)


def picture_weights(pictures: Iterable[MailPicture]) -> PictureWeights:
    """Return how heavy pictures are; a file that is shown twice is fetched once."""
    octets = {picture.name: len(picture.data) for picture in pictures}
    return PictureWeights(
        each=tuple(sorted(octets.items(), key=lambda one: (-one[1], one[0])))
    )


def check_images(mail: Mail) -> Iterator[Finding]:
    """Find pictures without words or size, and those no mail program can fetch."""
    pictures = {
        card.picture.url: mail.article(card.slug)
        for card in mail.view.stories
        if card.picture
    }
    for image in dict.fromkeys(mail.facts.images):
        article = pictures.get(image.address)
        place = article.place if article else mail.place
        yield from _check_alt(image, place)
        yield from _check_shown(image, place)
    relative = [
        image.address
        for image in mail.facts.images
        if urlsplit(image.address).scheme != "https"
    ]
    if relative:
        yield warning(
            "digest.media",
            f"{len(relative)} pictures have no https address and will not show "
            f"({relative[0]})",
            mail.place,
            "say in press.yaml under which address pictures are served (media:)",
        )
    yield from _check_files(mail)


def _check_alt(image: Image, place: Place) -> Iterator[Finding]:
    if image.alt is None:
        message = f"the picture {image.address} has no alt attribute"
        yield error("digest.alt", message, place, 'write alt="" in the template')
    elif not image.alt.strip():
        yield warning(
            "digest.alt",
            f"the picture {image.address} has no alternative text",
            place,
            "say in one sentence what it shows (alt:); half of the readers see "
            "that instead",
        )


def _check_shown(image: Image, place: Place) -> Iterator[Finding]:
    if not image.width.isdigit():
        said = f"its width is {image.width!r}" if image.width else "it says no width"
        yield warning(
            "digest.picture-size",
            f"Outlook shows the picture {image.address} in its full size: {said}",
            place,
            'write width="284px" on <mj-image>, or width="284" on <img>',
        )
    if not image.height:
        yield warning(
            "digest.picture-size",
            f"the picture {image.address} says no height, so that text jumps",
            place,
            'write height="auto" on <mj-image>, or the number of pixels',
        )
    if urlsplit(image.address).path.lower().endswith(_REFUSED):
        yield warning(
            "digest.picture-format",
            f"the picture {image.address} is in a format that mail programs refuse",
            place,
            "take JPEG, PNG or GIF",
        )


def _check_files(mail: Mail) -> Iterator[Finding]:
    for picture in mail.pictures:
        if not picture.data.startswith(tuple(_FORMATS)):
            yield warning(
                "digest.picture-format",
                f"{picture.name} is no {', '.join(dict.fromkeys(_FORMATS.values()))}",
                mail.place,
                "mail programs show no other format",
            )
    weights = picture_weights(mail.pictures)
    for name, octets in weights.each:
        if octets > HEAVY:
            yield warning(
                "digest.picture-weight",
                f"{name} weighs {octets:,} bytes; {HEAVY:,} is plenty for a mail",
                mail.place,
                "crop it, or take a picture with less detail",
            )
    if weights.total > HEAVY_ALL:
        heaviest = ", ".join(f"{name} {octets:,}" for name, octets in weights.each[:3])
        yield warning(
            "digest.picture-weight",
            f"all pictures weigh {weights.total:,} bytes; {HEAVY_ALL:,} is plenty",
            mail.place,
            f"show fewer; the heaviest are {heaviest}",
        )
