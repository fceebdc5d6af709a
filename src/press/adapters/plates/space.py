"""Colour spaces, and the inks their colours print with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from press.adapters.plates.function import read_function

Inks = tuple[float, float, float, float]
WHITE: Inks = (0.0, 0.0, 0.0, 0.0)
BLACK: Inks = (0.0, 0.0, 0.0, 1.0)
EVERY: Inks = (1.0, 1.0, 1.0, 1.0)
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space.

    Attributes:
        kind: DeviceCMYK, Separation, Pattern, …: its name without the slash.
        parts: How many components its colours have; 0 of patterns.
        inks: What a colour of it prints with.
        start: The colour it begins with.
        palette: Colours of an indexed space as inks.
    """

    kind: str
    parts: int
    inks: Callable[[Sequence[float]], Inks]
    start: Inks = BLACK
    palette: tuple[Inks, ...] = ()

    @property
    def one_ink(self) -> bool:
        """Whether a colour of it names its inks, and overprints all others."""
        return self.kind in {"Separation", "DeviceN"}


def from_cmyk(values: Sequence[float]) -> Inks:
    """Return inks as they stand."""
    cyan, magenta, yellow, black = values
    return cyan, magenta, yellow, black


def from_grey(values: Sequence[float]) -> Inks:
    """Return a grey: black ink alone."""
    return 0.0, 0.0, 0.0, 1.0 - values[0]


def from_rgb(values: Sequence[float]) -> Inks:
    """Return about what RGB prints with: greys are black alone.

    RGB has no place in a press file (check 15 says so); this is for its ink to count.
    """
    top = max(values)
    red, green, blue = values
    return top - red, top - green, top - blue, 1.0 - top


CMYK = Space("DeviceCMYK", 4, from_cmyk)
GREY = Space("DeviceGray", 1, from_grey)
RGB = Space("DeviceRGB", 3, from_rgb)
LAB = Space("Lab", 3, lambda values: (0.0, 0.0, 0.0, 1.0 - values[0] / 100))
PATTERN = Space("Pattern", 0, lambda _: BLACK)
_NAMED = {
    "/DeviceCMYK": CMYK,
    "/CMYK": CMYK,
    "/DeviceGray": GREY,
    "/G": GREY,
    "/CalGray": GREY,
    "/DeviceRGB": RGB,
    "/RGB": RGB,
    "/CalRGB": RGB,
    "/Lab": LAB,
    "/Pattern": PATTERN,
}
_BY_PARTS = {1: GREY, 3: RGB, 4: CMYK}


def read_space(source: Any, resources: Any = None) -> Space:
    """Return a colour space, by its name or as it is written out."""
    if isinstance(source, pikepdf.Name):
        named = _NAMED.get(str(source))
        own = None if named or resources is None else resources.get("/ColorSpace")
        if own is not None and str(source) in own:
            return read_space(own[str(source)])
        return named or GREY
    match str(source[0]):
        case "/ICCBased":
            made = _BY_PARTS.get(int(source[1].N), GREY)
        case "/Indexed" | "/I":
            made = _indexed(source, resources)
        case "/Separation":
            made = _separation(str(source[1])[1:], source)
        case "/DeviceN":
            made = _several([str(name)[1:] for name in source[1]])
        case kind:
            made = _NAMED.get(kind, GREY)
    return made


def _indexed(source: Any, resources: Any) -> Space:
    base = read_space(source[1], resources)
    table = source[3]
    data = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
    rows = range(min(int(source[2]) + 1, len(data) // max(base.parts, 1)))
    scale = (100.0 if base is LAB else 1.0) / 255
    palette = tuple(
        base.inks([v * scale for v in data[row * base.parts : (row + 1) * base.parts]])
        for row in rows
    )

    def look_up(values: Sequence[float]) -> Inks:
        return palette[min(max(int(values[0]), 0), len(palette) - 1)]

    return Space("Indexed", 1, look_up, palette[0], palette)


def _separation(name: str, source: Any) -> Space:
    """Return the space of one ink; what it looks like is asked of its own function."""
    if name in {*PROCESS, "All", "None"}:
        return _several([name], "Separation")
    base, tint = read_space(source[2]), read_function(source[3])
    if tint is None:
        return _several([name], "Separation")
    return Space(
        "Separation", 1, lambda values: base.inks(tint(values[0])), base.inks(tint(1.0))
    )


def _several(names: Sequence[str], kind: str = "DeviceN") -> Space:
    """Return the space of some named inks; one that is not known counts as black."""

    def inks(values: Sequence[float]) -> Inks:
        parts = [0.0, 0.0, 0.0, 0.0]
        for name, value in zip(names, values, strict=False):
            if name == "All":
                parts = [max(part, value) for part in parts]
            elif name != "None":
                at = PROCESS.index(name) if name in PROCESS else 3
                parts[at] = max(parts[at], value)
        return parts[0], parts[1], parts[2], parts[3]

    return Space(kind, len(names), inks, inks([1.0] * len(names)))
