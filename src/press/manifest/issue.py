"""The editions there are, as the list of editions names them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from press.manifest.edition_file import EditionPart
from press.manifest.folder import EDITION, edition_folder, editions_of
from press.manifest.load import load
from press.manifest.schema import check
from press.manifest.tree import Scalar, Tree
from press.model.edition import EditionId
from press.model.finding import Checked, Place, warning
from press.model.web import Issue


def read_issue(root: Path, edition_id: str, zone: ZoneInfo) -> Checked[Issue]:
    """Read what the list of editions says of one; None for one without a digest.

    Its articles are not read, and no more of its manifest is checked than is shown.
    """
    file = f"{edition_folder(edition_id)}/{EDITION}"
    loaded = load(root, file, missing=f"{file} is not there", hint="")
    tree = loaded.value
    if tree is not None and tree.at("digest") is None:
        return Checked(value=None)
    part = tree.at("edition") if tree else None
    told = check(part, EditionPart).value if part else None
    if tree is None or told is None:
        finding = warning(
            "web.edition",
            f"edition {edition_id} cannot be read: the list of editions leaves it out",
            Place(file=file),
            f"look at it with press check {edition_id}",
        )
        return Checked(value=None, findings=(finding,))
    issue = Issue(
        id=EditionId(edition_id),
        title=told.title,
        number=told.number,
        published=dt.datetime.combine(told.on_sale, dt.time(), zone),
        subject=_line(tree, "subject"),
        preheader=_line(tree, "preheader"),
    )
    return Checked(value=issue)


def issues_of(root: Path) -> tuple[str, ...]:
    """Return the names of the editions there are, oldest first."""
    return editions_of(root)


def _line(tree: Tree, name: str) -> str:
    part = tree.at("digest", name)
    scalar = part.root if part else None
    return " ".join(scalar.text.split()) if isinstance(scalar, Scalar) else ""
