"""Check an edition, start the next one."""

from __future__ import annotations

from pathlib import Path

from press.desk.reading import read_desk
from press.manifest.next_edition import new_edition as begin
from press.model.finding import Finding


def check_edition(paper: Path, edition: str) -> tuple[Finding, ...]:
    """Return everything wrong with an edition that shows without drawing a page."""
    return read_desk(paper, edition, decode=True).findings


def new_edition(paper: Path, edition: str) -> tuple[Path, ...]:
    """Start an edition; return the files written.

    Raises:
        ManifestError: There is such an edition, or it cannot have that name.
        CannotWriteError: The folder cannot be written.
    """
    return begin(paper, edition)
