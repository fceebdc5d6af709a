"""Read the newspaper's own files: the four ways in.

Nothing here raises but `ManifestError`, where there is no newspaper or an edition has
an impossible name, and `MissingToolError`; every mistake in a file is a finding.
"""

from __future__ import annotations

from pathlib import Path

from press.manifest.article import read_one
from press.manifest.edition import read_manifest
from press.manifest.folder import find_paper
from press.manifest.house import read_paper
from press.manifest.known import Known, KnownLayout, KnownLayouts
from press.model.article import Article
from press.model.edition import Edition
from press.model.finding import Checked
from press.model.house import House

__all__ = [
    "Known",
    "KnownLayout",
    "KnownLayouts",
    "find_paper",
    "read_article",
    "read_edition",
    "read_house",
]


def read_house(root: Path) -> Checked[House]:
    """Read press.yaml in the newspaper's folder."""
    return read_paper(root)


def read_edition(
    root: Path, edition_id: str, house: House, known: Known
) -> Checked[Edition]:
    """Read an edition's manifest and every article it names.

    Args:
        root: The newspaper's folder.
        edition_id: The edition's name: 2024-09.
        house: The paper's own facts.
        known: The layouts there are.

    Returns:
        The edition, without what could not be read; with an error among the findings
        it must not be printed.

    Raises:
        ManifestError: No edition can have that name.
    """
    return read_manifest(root, edition_id, house, known)


def read_article(
    root: Path, edition_id: str, slug: str, *, lang: str = "en-GB"
) -> Checked[Article]:
    """Read one article of an edition.

    Args:
        root: The newspaper's folder.
        edition_id: The edition's name.
        slug: The article's name.
        lang: Its language where it names none.

    Raises:
        ManifestError: No edition can have that name.
    """
    return read_one(root, edition_id, slug, lang=lang)
