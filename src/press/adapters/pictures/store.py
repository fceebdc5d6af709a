"""What was made is kept, and found again as long as its source is untouched."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from press.adapters.pictures.fault import Fault
from press.adapters.pictures.source import Source
from press.model.errors import CannotWriteError
from press.model.finding import Severity
from press.model.picture import PictureFacts, PictureFormat

_NAME_LENGTH = 32
#: A file written to twice within the grain of its file system's clock looks untouched.
#: FAT has the coarsest, two seconds.
_GRAIN_NS = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a look at a source told.

    Attributes:
        facts: What it is.
        faults: What is odd about it.
        whole: Whether all of it was decoded, and nothing was missing.
    """

    facts: PictureFacts
    faults: tuple[Fault, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file that was made, and what was odd on the way.

    Attributes:
        name: The file that is drawn.
        pixels: Width and height.
        faults: What was odd.
        press: The file in the press's inks, for which the first one stands in.
        screen: The file for screens.
        bits: Whether its pixels are black and white only.
        ink: The most ink at any point, in per cent.
    """

    name: str
    pixels: tuple[int, int]
    faults: tuple[Fault, ...] = ()
    press: str = ""
    screen: str = ""
    bits: bool = False
    ink: float = 0.0

    @property
    def files(self) -> tuple[str, ...]:
        """All its files."""
        return tuple(filter(None, (self.name, self.press, self.screen)))


class Store:
    """A folder of prepared files under names of their content, and of notes on them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._notes = folder / "notes"

    def recall_seen(self, source: Source, recipe: str) -> Seen | None:
        """Return what a look at this very file told, if it was not touched since."""
        note = self._note(recipe, source.name, *map(str, source.identity))
        try:
            written = note.stat().st_mtime_ns
            record = json.loads(note.read_bytes())
            if written < source.changed_ns + _GRAIN_NS:
                return None
            return Seen(
                facts=PictureFacts(
                    format=PictureFormat(record["facts"]["format"]),
                    pixels=_pair(record["facts"]["pixels"]),
                    frames=int(record["facts"]["frames"]),
                    sha256=str(record["facts"]["sha256"]),
                    made_for=float(record["facts"]["made_for"]),
                    credit=str(record["facts"]["credit"]),
                    rights=str(record["facts"]["rights"]),
                ),
                faults=tuple(map(_fault, record["faults"])),
                whole=record["whole"] is True,
            )
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def remember_seen(self, source: Source, recipe: str, seen: Seen) -> None:
        """Note what a look at a file told."""
        note = self._note(recipe, source.name, *map(str, source.identity))
        record = {
            "facts": asdict(seen.facts),
            "faults": list(map(_record, seen.faults)),
            "whole": seen.whole,
        }
        self._write(note, json.dumps(record).encode())

    def recall_made(self, key: str) -> Made | None:
        """Return what was made under a key, if its files are still there and whole."""
        try:
            record = json.loads(self._note(key).read_bytes())
            made = Made(
                name=str(record["name"]),
                pixels=_pair(record["pixels"]),
                faults=tuple(map(_fault, record["faults"])),
                press=str(record["press"]),
                screen=str(record["screen"]),
                bits=record["bits"] is True,
                ink=float(record["ink"]),
            )
            if any(name != _name(self.read(name), name) for name in made.files):
                return None
        except (OSError, ValueError, LookupError, TypeError):
            return None
        return made

    def remember_made(self, key: str, made: Made) -> None:
        """Note what was made under a key."""
        record = {
            "name": made.name,
            "pixels": made.pixels,
            "faults": list(map(_record, made.faults)),
            "press": made.press,
            "screen": made.screen,
            "bits": made.bits,
            "ink": made.ink,
        }
        self._write(self._note(key), json.dumps(record).encode())

    def keep(self, data: bytes, suffix: str) -> str:
        """Keep a prepared file; return its name."""
        name = _name(data, suffix)
        self._write(self._folder / name, data)
        return name

    def read(self, name: str) -> bytes:
        """Return a prepared file."""
        return (self._folder / name).read_bytes()

    def _note(self, *words: str) -> Path:
        digest = hashlib.sha256("\0".join(words).encode("utf-8", "surrogateescape"))
        return self._notes / f"{digest.hexdigest()[:_NAME_LENGTH]}.json"

    def _write(self, path: Path, data: bytes) -> None:
        """Write a file whole or not at all, whoever else writes the same one."""
        part = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            part.replace(path)
        except OSError as error:
            raise CannotWriteError(
                f"{path.parent}: prepared pictures cannot be kept"
                f" ({error.strerror or error})",
                hint="make room, or make the folder writable",
            ) from error


def _name(data: bytes, suffix: str) -> str:
    """Return the name of a file that holds these data; any name may be its suffix."""
    digest = hashlib.sha256(data).hexdigest()
    return f"{digest[:_NAME_LENGTH]}.{suffix.rpartition('.')[2]}"


def _pair(record: list[int]) -> tuple[int, int]:
    width, height = record
    return int(width), int(height)


def _record(fault: Fault) -> tuple[str, ...]:
    return fault.code, fault.severity, fault.text, fault.hint or ""


def _fault(record: list[str]) -> Fault:
    code, severity, text, hint = record
    return Fault(code=code, severity=Severity(severity), text=text, hint=hint or None)
