"""The system's libraries that WeasyPrint sets type with."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SECONDS = 60
#: By the program that installs them: what the system calls Pango and its like.
PACKAGES = (
    ("apt-get", "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    ("dnf", "dnf install pango harfbuzz"),
    ("apk", "apk add pango harfbuzz-subset"),
    ("brew", "brew install pango"),
)


def _text(function: str) -> Callable[[ctypes.CDLL], str]:
    """Return what reads a version that a library tells as text."""

    def read(library: ctypes.CDLL) -> str:
        tell = getattr(library, function)
        tell.restype = ctypes.c_char_p
        return str(tell().decode())

    return read


def _fontconfig(library: ctypes.CDLL) -> str:
    """Return Fontconfig's version, which it tells as one number: 21400 is 2.14.0."""
    number = int(library.FcGetVersion())
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"


def _untold(_library: ctypes.CDLL) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A library of the system.

    Attributes:
        name: What people call it.
        files: Its file, as Linux and as macOS have it.
        version: Reads its version; empty where it tells none.
        must: Whether WeasyPrint starts only with it.
    """

    name: str
    files: tuple[str, ...]
    version: Callable[[ctypes.CDLL], str] = _untold
    must: bool = True


#: Those that WeasyPrint 70 loads (weasyprint/text/ffi.py), by the names it uses.
LIBRARIES = (
    Library(name="GObject", files=("libgobject-2.0.so.0", "libgobject-2.0.0.dylib")),
    Library(
        name="Pango",
        files=("libpango-1.0.so.0", "libpango-1.0.dylib"),
        version=_text("pango_version_string"),
    ),
    Library(name="PangoFT2", files=("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib")),
    Library(
        name="HarfBuzz",
        files=("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
        version=_text("hb_version_string"),
    ),
    Library(
        name="HarfBuzz subset",
        files=("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        must=False,
    ),
    Library(
        name="Fontconfig",
        files=("libfontconfig.so.1", "libfontconfig.1.dylib"),
        version=_fontconfig,
    ),
)


def find_libraries(
    libraries: tuple[Library, ...] = LIBRARIES,
) -> Iterator[tuple[Library, str | None]]:
    """Yield every library with its version, None where it cannot be loaded."""
    for library in libraries:
        loaded = _load(library)
        yield library, None if loaded is None else library.version(loaded)


def how_to_install() -> str:
    """Return the command that installs them on this system."""
    for program, command in PACKAGES:
        if shutil.which(program):
            return f"run: {'' if program == 'brew' else 'sudo '}{command}"
    return "install Pango, Fontconfig and HarfBuzz with its subset library"


def why_not_loaded(python: str = sys.executable) -> str:
    """Return why WeasyPrint cannot be loaded, by a Python of its own; empty if it can."""
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter
            [python, "-W", "ignore", "-c", "import weasyprint"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return ""
    said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
    return said[-1]


def _load(library: Library) -> ctypes.CDLL | None:
    for file in library.files:
        try:
            return ctypes.CDLL(file)
        except OSError:
            continue
    return None
