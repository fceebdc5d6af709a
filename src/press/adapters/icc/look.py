"""A look at an ICC profile: what it says it is, and whether a press can use it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from press.model.finding import Finding, Place, error
from press.model.printer import Standard

#: Profiles of presses have 0.1 to 10 MB.
LARGEST = 32 * 1024 * 1024
HEADER, TAG = 128, 12
MOST_TAGS = 100
NEEDED = ("A2B0", "B2A0")
PRESS = "prtr"
KINDS = {
    "scnr": "a scanner or camera",
    "mntr": "a screen",
    PRESS: "a printer or press",
    "link": "a link of two devices",
    "spac": "a colour space",
    "abst": "an effect",
    "nmcl": "named colours",
}
_ASK = "ask the printer for the CMYK profile of the press and its paper"


class NoProfileError(Exception):
    """The file is no whole ICC profile; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a profile says it is.

    Attributes:
        version: Version of the format, such as 2.4.
        kind: Its class in four letters: "prtr" for printers and presses.
        space: Its colour space: "CMYK".
        tags: The names of its parts.
        description: What it calls itself.
        works: Whether colours were converted by it; only tried with those of presses.
    """

    version: float
    kind: str
    space: str
    tags: frozenset[str]
    description: str
    works: bool


def read(file: Path) -> bytes:
    """Return the whole file of a profile.

    Raises:
        NoProfileError: It cannot be read, or is too large.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise NoProfileError(f"it is larger than {LARGEST // 2**20} MB")
        return file.read_bytes()
    except OSError as fault:
        raise NoProfileError(f"it cannot be read ({fault.strerror})") from fault


def look(data: bytes) -> Look:
    """Return what a profile says it is (ICC.1:2001-04, 6.1 and 6.2).

    Raises:
        NoProfileError: It is none, or not whole.
    """
    if len(data) < HEADER + 4 or data[36:40] != b"acsp":
        raise NoProfileError("it is no ICC profile")
    size = struct.unpack_from(">I", data)[0]
    if size > len(data):
        raise NoProfileError(f"it has {len(data):,} of the {size:,} bytes it should")
    tags = _tags(data)
    # Loads Pillow: what a look told is kept, and `press check` goes without.
    from press.adapters.icc import littlecms  # noqa: PLC0415

    description = littlecms.description(data)
    if description is None:
        raise NoProfileError("littlecms cannot open it")
    kind, space = _letters(data[12:16]), _letters(data[16:20])
    of_press = kind == PRESS and space == "CMYK" and tags.issuperset(NEEDED)
    return Look(
        version=data[8] + (data[9] >> 4) / 10,
        kind=kind,
        space=space,
        tags=tags,
        description=" ".join(description.split()),
        works=of_press and littlecms.works(data),
    )


def _letters(four: bytes) -> str:
    return four.decode("ascii", "replace").strip()


def _tags(data: bytes) -> frozenset[str]:
    count = struct.unpack_from(">I", data, HEADER)[0]
    end = HEADER + 4 + count * TAG
    if not 0 < count <= MOST_TAGS or end > len(data):
        raise NoProfileError("its table of contents is broken")
    names = set()
    for at in range(HEADER + 4, end, TAG):
        name, offset, size = struct.unpack_from(">4sII", data, at)
        if offset + size > len(data):
            raise NoProfileError(f"its part {_letters(name)} is not whole")
        names.add(_letters(name))
    return frozenset(names)


def find_faults(
    seen: Look, called: str, standard: Standard, place: Place
) -> Iterator[Finding]:
    """Find what keeps a profile from being a press's in a PDF of that standard."""
    if seen.kind != PRESS:
        kind = KINDS.get(seen.kind, f"“{seen.kind}”")
        yield error(
            "profile.class",
            f"{called} is the profile of {kind}, not of a press (class {seen.kind})",
            place,
            _ASK,
        )
    if seen.space != "CMYK":
        yield error(
            "profile.space",
            f"{called} describes {seen.space} colours, but the press prints CMYK",
            place,
            _ASK,
        )
    if seen.kind != PRESS or seen.space != "CMYK":
        return
    most = 2 if standard is Standard.X1A else 4
    if int(seen.version) > most:
        yield error(
            "profile.version",
            f"{called} is an ICC profile of version {seen.version:g};"
            f" PDF/{standard.value.upper()} (PDF {standard.pdf_version}) takes"
            f" versions up to {most}",
            place,
            _remedy(seen.version),
        )
    missing = [name for name in NEEDED if name not in seen.tags]
    if missing:
        yield error(
            "profile.tables",
            f"{called} lacks the tables {' and '.join(missing)}, without which no"
            " colour can be turned into ink and back",
            place,
            _ASK,
        )
    elif not seen.works:
        yield error(
            "profile.corrupt",
            f"{called} is damaged: littlecms cannot convert colours with it",
            place,
            "get the file again",
        )


def _remedy(version: float) -> str:
    if int(version) == 4:  # noqa: PLR2004
        return (
            "ask the printer for the profile as version 2, or whether PDF/X-4 will do"
            " (standard: x-4)"
        )
    return "ask the printer for the profile as version 2 or 4"
