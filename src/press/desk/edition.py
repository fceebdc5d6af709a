"""Check an edition, start the next one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from press.adapters.cache import FolderCache
from press.desk.fingerprint import fingerprint, of_press
from press.desk.held_over import held_over
from press.desk.reading import CACHE, Desk, last_build, read_desk
from press.desk.segments import read_segments
from press.manifest.folder import ARTICLE, EDITION, PAPER, edition_folder
from press.manifest.next_edition import edition_before
from press.manifest.next_edition import new_edition as begin
from press.model.finding import Checked, Finding, Place, note
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


def new_edition(
    paper: Path, edition: str, *, last: str = ""
) -> Checked[tuple[Path, ...]]:
    """Start an edition: another one's plan, and the articles that were held over there.

    Args:
        paper: The newspaper's folder.
        edition: The new edition's name.
        last: The edition that it continues; empty for the one before it.

    Returns:
        The manifest written and the folders of articles copied.

    Raises:
        ManifestError: There is such an edition, or it cannot have that name.
        CannotWriteError: The folder cannot be written.
    """
    before = last or edition_before(paper, edition)
    held = held_over(paper, before) if before else ()
    written = begin(paper, edition, last_id=before, held=held or ())
    findings = []
    if held is None:
        findings.append(
            note(
                "edition.not-built",
                f"{before} has no build in build/{before}/: which of its articles were"
                " held over is not known, and none was moved on",
                hint=f"build {before} first, or copy their folders by hand",
            )
        )
    for folder in written[1:]:
        where = f"{edition_folder(edition)}/articles/{folder.name}/{ARTICLE}"
        findings.append(
            note(
                "edition.moved-on",
                f"“{folder.name}” was held over from {before} and runs now",
                Place(file=where, article=folder.name),
                f"its folder there stays, so that {before} can be built again",
            )
        )
    return Checked(value=written, findings=tuple(findings))
