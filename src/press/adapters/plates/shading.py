"""Gradients of inks, as gradients that PDFium renders without a change of colours."""

from __future__ import annotations

from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name

from press.adapters.plates.space import CMYK, GREY, RGB, Space, read_space

#: PostScript that takes a colour to 1 - C, 1 - M, 1 - Y, and to 1 - K.
_MAX = "2 copy lt {exch} if pop"
_COLOUR = {
    "DeviceCMYK": "{pop 1 exch sub 3 1 roll 1 exch sub 3 1 roll 1 exch sub 3 1 roll}",
    "DeviceGray": "{pop 1 1 1}",
    "DeviceRGB": f"{{3 copy {_MAX} {_MAX} 1 exch sub dup 5 1 roll add 3 1 roll"
    " 3 index add 3 1 roll 3 index add 3 1 roll 4 -1 roll pop}",
}
_BLACK = {
    "DeviceCMYK": "{4 1 roll pop pop pop 1 exch sub}",
    "DeviceGray": "{}",
    "DeviceRGB": f"{{{_MAX} {_MAX}}}",
}


def separate_shading(pdf: pikepdf.Pdf, shading: Any, resources: Any) -> tuple[Any, Any]:
    """Return a gradient for the coloured plates and one for the black plate."""
    space = read_space(shading.ColorSpace, resources)
    return (
        _with_space(pdf, shading, _spell(pdf, space, coloured=True)),
        _with_space(pdf, shading, _spell(pdf, space, coloured=False)),
    )


def _with_space(pdf: pikepdf.Pdf, shading: Any, space: Array) -> Any:
    if isinstance(shading, pikepdf.Stream):
        copy: Any = pdf.make_stream(shading.read_bytes())
        for key in shading.keys() - {"/Length", "/Filter", "/DecodeParms"}:
            copy[key] = shading[key]
    else:
        copy = Dictionary(shading)
    copy.ColorSpace = space
    return copy


def _spell(pdf: pikepdf.Pdf, space: Space, *, coloured: bool) -> Array:
    """Return a colour space that shows only what prints on the plates in question."""
    names = Array([Name(f"/Part{number}") for number in range(max(space.parts, 1))])
    base = Name.DeviceRGB if coloured else Name.DeviceGray
    if space in (CMYK, GREY, RGB):
        tint = _calculator(pdf, space, coloured=coloured)
    else:
        tint = _samples(pdf, space, coloured=coloured)
    return Array([Name.DeviceN, names, base, tint])


def _calculator(pdf: pikepdf.Pdf, space: Space, *, coloured: bool) -> Any:
    words = (_COLOUR if coloured else _BLACK)[space.kind]
    return pdf.make_stream(
        words.encode(),
        FunctionType=4,
        Domain=[0, 1] * space.parts,
        Range=[0, 1] * (3 if coloured else 1),
    )


def _samples(pdf: pikepdf.Pdf, space: Space, *, coloured: bool) -> Any:
    """Return the tints of a space of one component as a table."""
    parts = max(space.parts, 1)
    inks = np.array([space.inks([step / 255] * parts) for step in range(256)])
    shown = 1 - (inks[:, :3] if coloured else inks[:, 3:])
    return pdf.make_stream(
        np.rint(np.clip(shown, 0, 1) * 255).astype(np.uint8).tobytes(),
        FunctionType=0,
        Domain=[0, 1],
        Range=[0, 1] * (3 if coloured else 1),
        Size=[256],
        BitsPerSample=8,
    )
