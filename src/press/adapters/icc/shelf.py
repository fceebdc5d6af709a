"""ICC profiles found by path, by file name, or by what they call themselves."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import PIL

from press.adapters.icc.look import Look, NoProfileError, find_faults, look, read
from press.adapters.icc.sources import OWN, how_to_get, own, stand_in
from press.model.finding import Checked, error, ready, warning
from press.model.press import Profile
from press.model.printer import PressProfile, Printer
from press.model.record import decode, encode
from press.ports import Cache

SUFFIXES = (".icc", ".icm")
#: Another number for every change of what a look tells.
FORMAT = 1
_LINUX = (
    "/usr/share/color/icc",
    "/usr/local/share/color/icc",
    "/usr/share/scribus/profiles",
    "/usr/share/texlive/texmf-dist/tex/generic/colorprofiles",
)
_LINUX_HOME = (".local/share/icc", ".color/icc")
_MACOS = ("/Library/ColorSync/Profiles", "/System/Library/ColorSync/Profiles")
_MACOS_HOME = ("Library/ColorSync/Profiles",)


def colour_folders() -> tuple[Path, ...]:
    """Return the folders in which this system keeps profiles, the person's own first."""
    mac = sys.platform == "darwin"
    try:
        home = Path.home()
    except RuntimeError:
        at_home = []
    else:
        at_home = [home / name for name in (_MACOS_HOME if mac else _LINUX_HOME)]
    return (*at_home, *(Path(name) for name in (_MACOS if mac else _LINUX)))


class IccShelf:
    """Finds profiles in the newspaper's folder, in the system's, and press's own."""

    def __init__(
        self,
        paper: Path,
        folders: Sequence[Path] | None = None,
        cache: Cache | None = None,
    ) -> None:
        """Take the newspaper's folder, folders to search, and what keeps each look.

        Without folders the system's own are searched.
        """
        self._paper, self._cache = paper, cache
        self._folders = colour_folders() if folders is None else tuple(folders)

    def find(self, wanted: PressProfile, printer: Printer) -> Checked[Profile]:
        """Return the profile the printer asks for, or one that stands in for it."""
        file = self.locate(wanted.name)
        if file is None and "/" in wanted.name:
            missing = error(
                "profile.missing",
                f"there is no ICC profile {wanted.name}",
                printer.profile.place,
                "a path is seen from the newspaper's folder: correct it, or give the"
                f" name alone; {how_to_get(wanted.name)}",
            )
            return Checked(value=None, findings=(missing,))
        if file is None:
            return self._stand_in(wanted, printer)
        try:
            data = read(file)
            seen = self._look(data)
        except NoProfileError as fault:
            broken = error(
                "profile.corrupt",
                f"the ICC profile {wanted.name} cannot be used: {fault}",
                printer.profile.place,
                f"get the file again: {how_to_get(wanted.name)}",
            )
            return Checked(value=None, findings=(broken,))
        called = f"the ICC profile {wanted.name}"
        faults = tuple(
            find_faults(seen, called, printer.standard, printer.profile.place)
        )
        if not ready(faults):
            return Checked(value=None, findings=faults)
        return Checked(value=_profile(data, seen, wanted), findings=faults)

    def locate(self, name: str) -> Path | None:
        """Return the file that a path or a name means, None where there is none."""
        if not name.strip():
            return None
        with_suffix = [name, *(f"{name}{suffix}" for suffix in SUFFIXES)]
        for one in with_suffix:
            file = self._paper / Path(one).expanduser()
            if _is_file(file):
                return file
        ours = own(name)
        if ours is not None:
            return OWN / f"{ours.name}.icc"
        if Path(name).name != name:
            return None
        names = {one.casefold() for one in with_suffix}
        for file in self._installed():
            if file.name.casefold() in names:
                return file
        return next(
            (file for file in self._installed() if self._says(file, name)), None
        )

    def _stand_in(self, wanted: PressProfile, printer: Printer) -> Checked[Profile]:
        chosen = stand_in(printer.ink)
        data = read(OWN / f"{chosen.name}.icc")
        seen = self._look(data)
        why = (
            f"the ICC profile {wanted.name} is not installed"
            if wanted.name.strip()
            else "no ICC profile is named"
        )
        finding = warning(
            "profile.stand-in",
            f"{why}: {chosen.name} ({seen.description}) stands in for it, and the file"
            f" for the printer says so ({chosen.condition})",
            printer.profile.place,
            how_to_get(wanted.name),
        )
        condition = PressProfile(name=chosen.name, condition=chosen.condition)
        profile = _profile(data, seen, condition, stand_in=True)
        return Checked(value=profile, findings=(finding,))

    def _says(self, file: Path, name: str) -> bool:
        """Whether a profile calls itself by a name."""
        try:
            says = self._look(read(file)).description
        except NoProfileError:
            return False
        return says.casefold() == " ".join(name.split()).casefold()

    def _look(self, data: bytes) -> Look:
        """Look at a profile, or remember what a look told before."""
        if self._cache is None:
            return look(data)
        key = hashlib.sha256(f"{FORMAT} {PIL.__version__} ".encode() + data).hexdigest()
        kept = self._cache.get("profiles", key)
        if kept is not None:
            return decode(Look, json.loads(kept))
        seen = look(data)
        self._cache.put("profiles", key, json.dumps(encode(seen)).encode())
        return seen

    def _installed(self) -> Iterator[Path]:
        """Yield the profiles of the system's folders, in the same order every time."""
        for folder in self._folders:
            for place, inner, files in os.walk(folder):
                inner.sort()
                for name in sorted(files):
                    file = Path(place, name)
                    if file.suffix.casefold() in SUFFIXES and _is_file(file):
                        yield file


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def _profile(
    data: bytes, seen: Look, wanted: PressProfile, *, stand_in: bool = False
) -> Profile:
    ours = own(wanted.name)
    return Profile(
        data=data,
        description=seen.description,
        version=seen.version,
        condition=wanted.condition or (ours.condition if ours else seen.description),
        describes=wanted.describes or seen.description,
        stand_in=stand_in,
        sha256=hashlib.sha256(data).hexdigest(),
    )
