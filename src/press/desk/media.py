"""Publish the pictures of a digest: from the last build to where `media` serves them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from press.adapters.store import FsspecStore
from press.digest.checks.facts import read_mail
from press.digest.media import Published, publish_pictures
from press.manifest.read import read_house
from press.model.edition import EditionId
from press.model.errors import ManifestError
from press.model.finding import Checked, Finding, Place, error, ready, warning
from press.model.house import House

MAIL = "digest.html"
PICTURES = "pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaOrder:
    """An order to publish a digest's pictures.

    Attributes:
        paper: The newspaper's folder.
        edition: Which edition.
        to: Where to put them; None is `media_store` of press.yaml.
        dry: Whether to put nothing and only say what would be put.
    """

    paper: Path
    edition: EditionId
    to: str | None = None
    dry: bool = False


def publish_media(order: MediaOrder) -> Checked[Published]:
    """Put the pictures of an edition's last build where the digest looks for them.

    Raises:
        CannotWriteError: The store cannot be read or written.
        ManifestError: There is no build, or nobody said where its pictures go.
        MissingToolError: What the store needs is not installed.
    """
    read = read_house(order.paper)
    house = read.value
    if house is None or not ready(read.findings):
        return Checked(value=None, findings=read.findings)
    to = order.to or house.media_store
    if not to:
        raise ManifestError(
            "nobody says where the digest's pictures go",
            hint="write media_store: public/media into press.yaml, or give --to",
        )
    build = _newest(order.paper / "build", order.edition)
    if build is None:
        raise ManifestError(
            f"edition {order.edition} is not built",
            hint=f"press build-edition {order.edition} makes its digest and pictures",
        )
    files = sorted(path for path in (build / PICTURES).glob("*") if path.is_file())
    pictures = {f"{order.edition}/{path.name}": path.read_bytes() for path in files}
    findings = [*read.findings, *_not_there(house, order, build, pictures.keys())]
    if not ready(findings):
        return Checked(value=None, findings=tuple(findings))
    store = FsspecStore(to, order.paper)
    made = publish_pictures(pictures, store, dry=order.dry)
    return Checked(value=made.value, findings=(*findings, *made.findings))


def _newest(builds: Path, edition: str) -> Path | None:
    """Return the folder in which the digest was made last, with the paper or alone."""
    folders = (builds / edition, builds / f"{edition}-digest")
    made = [folder for folder in folders if (folder / MAIL).is_file()]
    return max(
        made, key=lambda folder: (folder / MAIL).stat().st_mtime_ns, default=None
    )


def _not_there(
    house: House, order: MediaOrder, build: Path, names: Collection[str]
) -> Iterator[Finding]:
    """Yield what the build's mails look for and would not find."""
    if not house.media:
        yield warning(
            "media.address",
            "press.yaml does not say under which address the pictures are served: the"
            " digest looks for them nowhere on the web",
            Place(file="press.yaml"),
            "write media: https://… into press.yaml and build the edition again",
        )
        return
    below = f"{house.media.rstrip('/')}/"
    for mail in sorted(build.glob("digest*.html")):
        for image in read_mail(mail.read_text(encoding="utf-8")).images:
            name = image.address.removeprefix(below)
            if image.address.startswith(below) and name not in names:
                yield error(
                    "media.missing",
                    f"{mail.name} shows {image.address}, which is not in the build",
                    Place(file=f"build/{order.edition}/{mail.name}"),
                    f"press build-edition {order.edition} makes both anew",
                )
