"""Gradients in inks.

A gradient that runs in RGB is asked for its colour at many places, each of which becomes
ink; what lies between two of them is mixed from inks.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from press.adapters.finishing.colour import DEVICE, InkTable

#: Places at which a gradient is asked; more cannot be told apart on paper.
SAMPLES = 256
AXIAL, RADIAL = 2, 3
MOST = 65535


class NoInkError(Exception):
    """A gradient cannot be turned into ink; never leaves this package."""


def in_ink(pdf: Pdf, shading: Object, table: InkTable) -> Object:
    """Return a shading in DeviceCMYK.

    Raises:
        NoInkError: It is of a kind that is not understood.
    """
    space = shading.get("/ColorSpace")
    family = str(space) if isinstance(space, Name) else ""
    if family == "/DeviceCMYK":
        return shading
    kind = int(shading.ShadingType)
    if family not in DEVICE or kind not in {AXIAL, RADIAL}:
        raise NoInkError
    made = Dictionary(ShadingType=kind, ColorSpace=Name.DeviceCMYK)
    for key in ("/Coords", "/Domain", "/Extend", "/BBox"):
        if key in shading:
            made[key] = shading[key]
    if "/Background" in shading:
        ground = table.ink([float(part) for part in _list(shading.Background)])
        made.Background = Array([round(part, 4) for part in ground.parts])
    start, end = _domain(shading)
    made.Function = _sampled(pdf, shading.Function, table, (start, end))
    return pdf.make_indirect(made)


def _sampled(
    pdf: Pdf, function: Object, table: InkTable, domain: tuple[float, float]
) -> Object:
    start, end = domain
    inks = (
        table.ink(_value(function, start + (end - start) * step / (SAMPLES - 1)))
        for step in range(SAMPLES)
    )
    numbers = [round(part * MOST) for ink in inks for part in ink.parts]
    return Stream(
        pdf,
        struct.pack(f">{len(numbers)}H", *numbers),
        Dictionary(
            FunctionType=0,
            Domain=Array([start, end]),
            Range=Array([0, 1] * 4),
            Size=Array([SAMPLES]),
            BitsPerSample=16,
        ),
    )


def _value(function: Object, at: float) -> Sequence[float]:
    """Return what a function gives.

    Raises:
        NoInkError: It is of a kind that is not understood.
    """
    if isinstance(function, Array):
        return [part for one in _list(function) for part in _value(one, at)]
    low, high = _domain(function)
    at = min(high, max(low, at))
    match int(function.FunctionType):
        case 2:
            return _exponential(function, at)
        case 3:
            return _stitched(function, at)
        case _:
            raise NoInkError


def _exponential(function: Object, at: float) -> list[float]:
    first = [float(part) for part in _list(function.get("/C0", Array([0])))]
    last = [float(part) for part in _list(function.get("/C1", Array([1])))]
    share = at ** float(function.N)
    return [a + share * (b - a) for a, b in zip(first, last, strict=True)]


def _stitched(function: Object, at: float) -> Sequence[float]:
    parts = _list(function.Functions)
    low, high = _domain(function)
    limits = [low, *(float(one) for one in _list(function.Bounds)), high]
    codes = [float(one) for one in _list(function.Encode)]
    number = sum(at >= limit for limit in limits[1:-1])
    start, end = limits[number : number + 2]
    first, last = codes[2 * number : 2 * number + 2]
    share = (at - start) / (end - start) if end > start else 0.0
    return _value(parts[number], first + share * (last - first))


def _domain(thing: Object) -> tuple[float, float]:
    low, high = thing.get("/Domain", Array([0, 1]))
    return float(low), float(high)


def _list(array: Object) -> list[Object]:
    return list(array.as_list()) if hasattr(array, "as_list") else list(array)
