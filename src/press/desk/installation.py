"""What press itself needs: Python, its packages and the libraries that set type.

Nothing here needs a package of Python's, so that it can say which are missing.
"""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata

from press.adapters.weasy.libraries import (
    find_libraries,
    how_to_install,
    why_not_loaded,
)
from press.model.need import Need, State

CHAPTER = "press"
LIBRARIES = "libraries"
REQUIRED = re.compile(r"[A-Za-z0-9._-]+")
INSTALL = "run ./press once in its checkout, or install press again with pip"


def find_packages(distribution: str = "press") -> tuple[Need, ...]:
    """Return Python, press and the packages it cannot do without."""
    packages, lost = 0, []
    for asked in metadata.requires(distribution) or ():
        named = REQUIRED.match(asked)
        if named is None or "extra ==" in asked:
            continue
        packages += 1
        if _version(named[0]) is None:
            lost.append(named[0])
    return (
        _found("press", _version(distribution) or ""),
        _found("Python", f"{platform.python_version()}, {sys.executable}"),
        Need(
            chapter=CHAPTER,
            name="packages",
            state=State.MISSING if lost else State.FOUND,
            says=", ".join(lost) if lost else f"all {packages}",
            how_to_get=INSTALL if lost else "",
            must=True,
        ),
    )


def find_typesetter() -> Iterator[Need]:
    """Yield WeasyPrint and the libraries that it sets type with."""
    for library, version in find_libraries():
        yield Need(
            chapter=LIBRARIES,
            name=library.name,
            state=State.MISSING if version is None else State.FOUND,
            says=_not_loaded(library.files[0]) if version is None else version,
            how_to_get=how_to_install() if version is None else "",
            must=library.must,
        )
    why = why_not_loaded()
    yield Need(
        chapter=LIBRARIES,
        name="WeasyPrint",
        state=State.BROKEN if why else State.FOUND,
        says=f"cannot be loaded: {why}" if why else _version("weasyprint") or "",
        how_to_get=how_to_install() if why else "",
        must=True,
    )


def _not_loaded(file: str) -> str:
    return f"{file} cannot be loaded"


def _found(name: str, says: str) -> Need:
    return Need(chapter=CHAPTER, name=name, state=State.FOUND, says=says, must=True)


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None
