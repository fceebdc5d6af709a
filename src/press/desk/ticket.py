"""The ticket: what went into a build, so that it can be made again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from press.desk.barcode import barcode_of
from press.desk.fingerprint import ENGINES
from press.desk.reading import Desk
from press.packing.job import Job
from press.packing.report import Ticket


def job_of(desk: Desk, colour: Sequence[int], pages: int) -> Job:
    """Return the job for the printer; `colour` are the pages with more than black."""
    edition, house, layout = desk.edition, desk.house, desk.layout
    barcode = barcode_of(edition, house, layout)
    return Job(
        paper=house.title,
        publisher=house.imprint.publisher,
        edition=edition.id,
        title=edition.title,
        issue=edition.number,
        on_sale=edition.on_sale,
        pages=pages,
        colour=tuple(colour),
        printer=layout.printer,
        profile=desk.profile,
        barcode=f"{barcode.code}+{barcode.add_on}" if barcode else "",
    )


def ticket_of(
    desk: Desk, fonts: tuple[tuple[str, str], ...], job: Job | None = None
) -> Ticket:
    """Return a build's ticket.

    Args:
        desk: What was read.
        fonts: Names of the faces used, with their files.
        job: The job for the printer.
    """
    edition = f"editions/{desk.edition.id}"
    files = ["press.yaml", f"{edition}/edition.yaml"]
    files += [f"{edition}/articles/{a.slug}/index.md" for a in desk.edition.articles]
    files += [one.file for one in desk.advertisements]
    inputs = [(name, _hash(desk.root / name)) for name in sorted(set(files))]
    inputs.append((f"layouts/{desk.layout.name}/", desk.layout.fingerprint))
    return Ticket(
        edition=desk.edition.id,
        versions=tuple((name, version(name)) for name in ENGINES),
        fonts=tuple((name, _hash(Path(file))) for name, file in fonts),
        inputs=(*inputs, *desk.sources),
        job=job,
    )


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
