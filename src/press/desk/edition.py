"""Check an edition, start the next one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from press.adapters.cache import FolderCache
from press.desk.fingerprint import fingerprint, of_press
from press.desk.reading import CACHE, Desk, last_build, read_desk
from press.desk.segments import read_segments
from press.manifest.folder import ARTICLE, EDITION, PAPER, edition_folder
from press.manifest.next_edition import new_edition as begin
from press.model.finding import Finding
from press.model.record import decode, encode

#: What was found wrong with a digest is kept under this name.
KEPT = "digest-findings"


def check_edition(paper: Path, edition: str) -> tuple[Finding, ...]:
    """Return everything wrong with an edition that shows without drawing a page."""
    read = read_desk(paper, edition, decode=True)
    if read.value is None or read.value.edition.digest is None:
        return read.findings
    rules = read_segments(read.value.house).findings
    return (*read.findings, *rules, *_check_digest(read.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was found wrong with a digest, as it is kept."""

    findings: tuple[Finding, ...]


def _check_digest(desk: Desk) -> tuple[Finding, ...]:
    """Make the digest to check it, where anything it is made of has changed."""
    paper = last_build(desk)
    cache = FolderCache(desk.root / CACHE)
    key = fingerprint(
        of_press(),
        desk.layout.fingerprint,
        desk.sources,
        *(sha256(data).hexdigest() for data in (*paper.values(), *_manifests(desk))),
    )
    kept = cache.get(KEPT, key)
    if kept is not None:
        return decode(_Found, json.loads(kept)).findings
    from press.desk.mail import mail_desk  # noqa: PLC0415  (loads engines)
    from press.desk.web import make_pages  # noqa: PLC0415  (likewise)

    mail = mail_desk(desk)
    findings = (*mail.make(paper).findings, *make_pages(mail, paper).findings)
    cache.put(KEPT, key, json.dumps(encode(_Found(findings=findings))).encode())
    return findings


def _manifests(desk: Desk) -> Iterator[bytes]:
    """Yield the files that say what the digest holds, and where findings point to."""
    folder = desk.root / edition_folder(desk.edition.id)
    yield (desk.root / PAPER).read_bytes()
    yield (folder / EDITION).read_bytes()
    for article in desk.edition.articles:
        yield (folder / "articles" / article.slug / ARTICLE).read_bytes()


def new_edition(paper: Path, edition: str) -> tuple[Path, ...]:
    """Start an edition; return the files written.

    Raises:
        ManifestError: There is such an edition, or it cannot have that name.
        CannotWriteError: The folder cannot be written.
    """
    return begin(paper, edition)
