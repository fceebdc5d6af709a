"""What keeps a digest from being sent, or an editor should look at before it is."""

from __future__ import annotations

from collections.abc import Iterator

from press.digest.checks.client import check_clients
from press.digest.checks.colour import check_colours
from press.digest.checks.contrast import check_contrast
from press.digest.checks.frame import check_frame
from press.digest.checks.identity import check_identity, check_own_links
from press.digest.checks.image import check_images
from press.digest.checks.link import check_links
from press.digest.checks.mail import Mail
from press.digest.checks.parity import check_parity
from press.digest.checks.size import check_lines, check_size
from press.digest.checks.subject import check_preheader, check_subject
from press.model.finding import Finding

__all__ = ["Mail", "check"]


def check(mail: Mail) -> Iterator[Finding]:
    """Find what is wrong with one mail before it is personalised."""
    yield from check_subject(mail.view, mail.place)
    yield from check_preheader(mail.view, mail.place)
    yield from check_size(mail)
    yield from check_lines(mail)
    yield from check_frame(mail)
    yield from check_own_links(mail)
    yield from check_identity(mail)
    yield from check_images(mail)
    yield from check_links(mail)
    yield from check_parity(mail)
    yield from check_contrast(mail.palette)
    yield from check_colours(mail)
    if mail.mjml is not None:
        yield from check_clients(mail.mjml, mail.clients)
