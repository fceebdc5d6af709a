"""Find the newspaper and the edition that a command is about."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from press.model.edition import EditionId
from press.model.errors import ManifestError


def find_paper(start: Path) -> Path:
    """Return the newspaper's folder: the nearest, from `start` upwards, with press.yaml.

    Raises:
        ManifestError: There is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "press.yaml").is_file():
            return folder
    raise ManifestError(
        f"there is no press.yaml in {start} or in any folder above it",
        hint="go to your newspaper's folder, or start one with `press new-paper DIR`",
    )


def find_edition(paper: Path, wanted: str) -> EditionId:
    """Return the edition's name for what was typed: 2024-09, or editions/2024-09/.

    Raises:
        ManifestError: The paper has no such edition.
    """
    editions = paper / "editions"
    names = sorted(folder.name for folder in editions.glob("*") if folder.is_dir())
    if wanted in names:
        return EditionId(wanted)
    typed = Path(wanted).resolve()
    if typed.parent == editions and typed.name in names:
        return EditionId(typed.name)
    raise ManifestError(
        f'there is no edition "{wanted}" in editions/', hint=_other_way(wanted, names)
    )


def newest_edition(paper: Path) -> EditionId:
    """Return the edition whose name comes last.

    Raises:
        ManifestError: The paper has none.
    """
    names = editions_of(paper)
    if not names:
        raise ManifestError(
            "the paper has no edition", hint="start one with `press new 2024-09`"
        )
    return names[-1]


def editions_of(paper: Path) -> list[EditionId]:
    """Return the names of the paper's editions, in order."""
    found = (paper / "editions").glob("*/edition.yaml")
    return sorted(EditionId(file.parent.name) for file in found)


def _other_way(wanted: str, names: list[str]) -> str:
    close = get_close_matches(wanted, names, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"start it with `press new {wanted}`"
