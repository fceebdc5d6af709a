"""What the desk is asked to do, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from press.model.edition import EditionId


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOrder:
    """An order to build an edition.

    Attributes:
        paper: The newspaper's folder.
        edition: Which edition.
        out: Where to put what is made; None is `build/<edition>` in the paper's folder.
        proof: Whether to make a picture of every page too.
        strict: Whether warnings hold up the edition like errors.
    """

    paper: Path
    edition: EditionId
    out: Path | None = None
    proof: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made.

    Attributes:
        folder: The folder that holds all of it.
        files: The files, by name.
    """

    folder: Path
    files: tuple[Path, ...]
