"""What the list of editions tells of those that came before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from press.manifest.digest_file import DigestPart
from press.manifest.edition_file import EditionPart
from press.manifest.folder import EDITION, edition_folder, editions_of
from press.manifest.load import load
from press.manifest.schema import check
from press.model.edition import EditionId
from press.model.house import House
from press.model.web import Issue


def read_issues(root: Path, before: str, house: House) -> Iterator[Issue]:
    """Yield the editions with a digest whose names come before one's.

    An edition that cannot be read is left out: its own build says what is wrong with it.
    """
    zone = ZoneInfo(house.timezone)
    for name in editions_of(root):
        issue = _issue(root, name, zone) if name < before else None
        if issue is not None:
            yield issue


def _issue(root: Path, name: str, zone: ZoneInfo) -> Issue | None:
    file = f"{edition_folder(name)}/{EDITION}"
    tree = load(root, file, missing=file, hint="").value
    parts = (tree.at("edition"), tree.at("digest")) if tree else (None, None)
    if parts[0] is None or parts[1] is None:
        return None
    edition = check(parts[0], EditionPart).value
    digest = check(parts[1], DigestPart).value
    if edition is None or digest is None:
        return None
    return Issue(
        id=EditionId(name),
        title=edition.title,
        number=edition.number,
        published=dt.datetime.combine(edition.on_sale, dt.time(), zone),
        subject=digest.subject,
        preheader=digest.preheader,
    )
