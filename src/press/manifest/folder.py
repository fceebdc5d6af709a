"""Where things lie in the newspaper's folder, and what lies outside of it."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

from press.manifest.address import EDITION_ID
from press.manifest.nearest import nearest
from press.manifest.wrong import cited
from press.model.errors import ManifestError
from press.model.finding import Checked, Finding, Place, error

PAPER = "press.yaml"
FURNITURE = "furniture.yaml"
EDITION = "edition.yaml"
ARTICLE = "index.md"
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")
DRIVE = re.compile(r"[a-zA-Z]:")
MOST_NAMES = 1000


def find_paper(folder: Path) -> Path:
    """Return the newspaper's folder: the nearest one upwards that holds press.yaml.

    Raises:
        ManifestError: There is none.
    """
    start = folder.resolve()
    for candidate in (start, *start.parents):
        if is_file(candidate / PAPER):
            return candidate
    raise ManifestError(
        f"no newspaper here: neither {start} nor a folder above it holds {PAPER}",
        hint="go to a newspaper's folder, or begin one with `press new-paper DIR`",
    )


def edition_folder(edition_id: str) -> str:
    """Return an edition's folder, as a path from the newspaper's.

    Raises:
        ManifestError: No edition can have that name.
    """
    if EDITION_ID.fullmatch(edition_id) is None:
        raise ManifestError(
            f"{cited(edition_id)} is not an edition's name",
            hint="an edition is named by its year and month: 2024-09",
        )
    return f"editions/{edition_id}"


def editions_of(root: Path) -> tuple[str, ...]:
    """Return the names of the editions there are, oldest first."""
    return tuple(
        name
        for name in names_in(root / "editions")
        if EDITION_ID.fullmatch(name) and is_file(root / "editions" / name / EDITION)
    )


def articles_of(root: Path, edition_id: str) -> tuple[str, ...]:
    """Return the names of the articles in an edition's folder."""
    articles = root / edition_folder(edition_id) / "articles"
    return tuple(n for n in names_in(articles) if is_file(articles / n / ARTICLE))


def names_in(folder: Path) -> tuple[str, ...]:
    """Return the names in a folder, sorted; nothing where it cannot be read."""
    try:
        return tuple(sorted(entry.name for entry in folder.iterdir()))
    except OSError:
        return ()


def is_file(path: Path) -> bool:
    """Whether a path leads to a file; no where it cannot be asked."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_inside(root: Path, path: Path) -> bool:
    """Whether a path, symbolic links followed, stays inside a folder."""
    home = os.path.realpath(root)
    return Path(os.path.realpath(path)).is_relative_to(home)


def find_picture(root: Path, folder: str, name: str, place: Place) -> Checked[str]:
    """Find the file of a picture.

    Args:
        root: The newspaper's folder.
        folder: The article's folder, from there.
        name: The path in the article.
        place: Where the article says so.

    Returns:
        The path from the newspaper's folder.
    """
    if refused := _not_a_path(name, place):
        return Checked(value=None, findings=(refused,))
    for written in dict.fromkeys((name, unquote(name))):
        path = os.path.normpath(f"{folder}/{written}")
        if "\0" in written or path.startswith("..") or not is_inside(root, root / path):
            message = f"{cited(name)} lies outside this newspaper's folder"
            hint = "put the picture into the article's folder"
            return _none(error("picture.outside", message, place, hint))
        if exact := _as_on_disk(root, folder, path):
            return Checked(value=exact)
    return _none(_missing(root, folder, name, place))


def _not_a_path(name: str, place: Place) -> Finding | None:
    if not name.strip():
        return error("picture.missing", "no file is named here", place)
    if "\\" in name or name[0] in "/~" or DRIVE.match(name + " ") or _is_file_url(name):
        message = f"{cited(name)} lies outside this newspaper's folder"
        hint = "write the path from the article's folder, with forward slashes"
        return error("picture.outside", message, place, hint)
    if SCHEME.match(name):
        message = f"{cited(name)} lies on the web, not in the article's folder"
        hint = "save the picture in images/ and name that file"
        return error("picture.outside", message, place, hint)
    return None


def _is_file_url(name: str) -> bool:
    return name.lower().startswith("file:")


def _as_on_disk(root: Path, folder: str, path: str) -> str | None:
    """Return a path spelt as on disk: accents composed or not, the same capitals."""
    found = folder if path.startswith(f"{folder}/") else ""
    for part in path.removeprefix(found).strip("/").split("/"):
        names = names_in(root / found)
        same = [name for name in names if _composed(name) == _composed(part)]
        if not same:
            return None
        exact = part if part in same else same[0]
        found = f"{found}/{exact}" if found else exact
    return found if is_file(root / found) else None


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _missing(root: Path, folder: str, name: str, place: Place) -> Finding:
    home = root / folder
    if _is_folder(home / name):
        message = f"{cited(name)} is a folder, not a picture"
        return error("picture.missing", message, place)
    names = []
    for path in home.rglob("*"):
        if path.is_file() and path.suffix != ".md":
            names.append(path.relative_to(home).as_posix())
        if len(names) >= MOST_NAMES:
            break
    near = nearest(name, names)
    hint = f"nearest: {near}" if near else f"put the picture into {folder}/images"
    return error("picture.missing", f"there is no picture {name}", place, hint)


def _none(finding: Finding) -> Checked[str]:
    return Checked(value=None, findings=(finding,))
