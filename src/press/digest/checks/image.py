"""Whether pictures show, and say what they show where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from press.digest.checks.facts import Image
from press.digest.checks.mail import Mail
from press.model.finding import Finding, Place, error, warning


def check_images(mail: Mail) -> Iterator[Finding]:
    """Find pictures without words, and pictures that no mail program can fetch."""
    pictures = {
        card.picture.url: mail.article(card.slug)
        for card in mail.view.stories
        if card.picture
    }
    for image in mail.facts.images:
        article = pictures.get(image.address)
        place = article.place if article else mail.place
        yield from _check_alt(image, place)
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
