"""The ticket: what went into a build, so that it can be made again."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from press.desk.fingerprint import ENGINES
from press.desk.reading import Desk
from press.packing.report import Ticket


def ticket_of(desk: Desk, fonts: tuple[tuple[str, str], ...]) -> Ticket:
    """Return a build's ticket.

    Args:
        desk: What was read.
        fonts: Names of the faces used, with their files.
    """
    edition = f"editions/{desk.edition.id}"
    files = ["press.yaml", f"{edition}/edition.yaml"]
    files += [f"{edition}/articles/{a.slug}/index.md" for a in desk.edition.articles]
    inputs = [(name, _hash(desk.root / name)) for name in sorted(set(files))]
    inputs.append((f"layouts/{desk.layout.name}/", desk.layout.fingerprint))
    return Ticket(
        edition=desk.edition.id,
        versions=tuple((name, version(name)) for name in ENGINES),
        fonts=tuple((name, _hash(Path(file))) for name, file in fonts),
        inputs=(*inputs, *desk.sources),
    )


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
