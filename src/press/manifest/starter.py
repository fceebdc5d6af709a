"""Begin a newspaper, and begin next month's edition."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path
from string import Template

from press.manifest.character import UNPRINTABLE, is_blank
from press.manifest.folder import (
    ARTICLE,
    EDITION,
    FURNITURE,
    PAPER,
    edition_folder,
    is_file,
    names_in,
)
from press.manifest.next_edition import (
    cannot_write,
    first_layout,
    month_name,
    new_edition,
    write,
)
from press.manifest.plain import text
from press.manifest.style import STYLE
from press.manifest.wrong import cited
from press.model.errors import ManifestError, MissingToolError

__all__ = ["new_edition", "new_paper", "shipped_layouts"]

MODEL = Path(__file__).with_name("first-paper")
DRAWING = "images/from-copy-to-page.svg"
CHECK = "check it with `press check`"
NOT_COPIED = ("__pycache__", ".*")


def shipped_layouts() -> Path:
    """Return the folder of the layouts that come with press.

    Raises:
        MissingToolError: The installation is not complete.
    """
    package = Path(str(files("press")))
    for folder in (package / "starter" / "layouts", package.parents[1] / "layouts"):
        if names_in(folder):
            return folder
    raise MissingToolError("press's layouts are missing", hint="install press again")


def new_paper(
    folder: Path, title: str, *, edition_id: str, layouts: Path | None = None
) -> tuple[Path, ...]:
    """Begin a newspaper in an empty folder.

    Args:
        folder: Where; it is made if there is none.
        title: The paper's name.
        edition_id: Its first edition.
        layouts: The layouts it is to have; those that come with press if None.

    Returns:
        The files written.

    Raises:
        ManifestError: The folder is in use, or title or edition cannot be.
        CannotWriteError: The folder cannot be written.
    """
    if is_file(folder / PAPER):
        raise ManifestError(f"{folder} is a newspaper already", hint=CHECK)
    if folder.exists() and (not folder.is_dir() or names_in(folder)):
        raise ManifestError(f"{folder} is not empty", hint="choose an empty folder")
    name = " ".join(title.split())
    if is_blank(name) or UNPRINTABLE.search(name):
        raise ManifestError(f"{cited(name)} is not a title", hint="write it in letters")
    layouts = layouts or shipped_layouts()
    words = {
        "name": name,
        "title": text(name),
        "edition": edition_id,
        "month": month_name(edition_id),
        "subject": text(f"The first edition of {name}"),
        "layout": first_layout(layouts),
    }
    edition = edition_folder(edition_id)
    plan = {
        PAPER: PAPER,
        STYLE: STYLE,
        FURNITURE: FURNITURE,
        "README.md": "README.md",
        ".gitignore": "gitignore",
        f"{edition}/{EDITION}": EDITION,
        f"{edition}/articles/welcome/{DRAWING}": "articles/welcome.svg",
    }
    for model in sorted((MODEL / "articles").glob("*.md")):
        plan[f"{edition}/articles/{model.stem}/{ARTICLE}"] = f"articles/{model.name}"
    try:
        written = [
            write(folder / to, Template(_model(model)).substitute(words))
            for to, model in plan.items()
        ]
        shutil.copytree(
            layouts, folder / "layouts", ignore=shutil.ignore_patterns(*NOT_COPIED)
        )
    except OSError as problem:
        raise cannot_write(folder, problem) from problem
    copied = (path for path in (folder / "layouts").rglob("*") if path.is_file())
    return (*written, *sorted(copied))


def _model(name: str) -> str:
    return (MODEL / name).read_text(encoding="utf-8")
