"""Find the fonts that a layout names: in its folder, in packages, in the system."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from press.manifest.layout_file import FontPart, LayoutFile
from press.model.finding import Finding, error
from press.model.type import Face

#: Where systems keep fonts.
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "~/Library/Fonts",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedFace:
    """A face that a layout names.

    Attributes:
        family: What styles call it.
        weight: 100 to 900.
        italic: Whether it is the italic.
        file: Name of the font file, as the layout has it.
        package: What brings it: a package of Python, or of Debian for other scripts.
        script: The script it is for, where the layout can do without it.
        found: The font file; None where it is not there.
    """

    family: str
    weight: int = 400
    italic: bool = False
    file: str
    package: str = ""
    script: str = ""
    found: Path | None = None


def wanted_faces(file: LayoutFile, folder: Path) -> tuple[WantedFace, ...]:
    """Return the faces that a layout names, those for other scripts last."""
    fonts = (
        WantedFace(
            family=font.family,
            weight=font.weight,
            italic=font.italic,
            file=font.file,
            package=font.package,
            found=_font_file(font, folder),
        )
        for font in file.fonts
    )
    scripts = (
        WantedFace(
            family=script.family,
            file=script.file,
            package=script.package,
            script=script.script,
            found=_system_font(script.file),
        )
        for script in file.scripts
    )
    return (*fonts, *scripts)


def find_faces(
    file: LayoutFile, folder: Path
) -> tuple[tuple[Face, ...], tuple[Finding, ...]]:
    """Return the faces of a layout that are there, and an error for each that must be."""
    wanted = wanted_faces(file, folder)
    faces = tuple(
        Face(
            family=one.family,
            weight=one.weight,
            italic=one.italic,
            file=str(one.found),
            script=one.script,
        )
        for one in wanted
        if one.found is not None
    )
    lost = tuple(
        _no_font(font)
        for font, one in zip(file.fonts, wanted, strict=False)
        if one.found is None
    )
    return faces, lost


def _font_file(font: FontPart, folder: Path) -> Path | None:
    if font.package:
        spec = importlib.util.find_spec(font.package.replace("-", "_"))
        if spec is None or spec.origin is None:
            return None
        path = Path(spec.origin).parent / "files" / font.file
    else:
        path = (folder / "fonts" / font.file).resolve()
        if not path.is_relative_to(folder):
            return None
    return path if path.is_file() else None


def _no_font(font: FontPart) -> Finding:
    where = f"package {font.package}" if font.package else "this layout's fonts folder"
    return error(
        "font.missing",
        f"there is no font {font.file} in {where}",
        font.place_of("file"),
        "run ./press once: it installs the fonts of the layouts that come with press",
    )


def _system_font(name: str) -> Path | None:
    for folder in FONT_FOLDERS:
        found = sorted(Path(folder).expanduser().rglob(name))
        if found:
            return found[0]
    return None
