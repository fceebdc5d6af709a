"""Bar codes drawn on a page by hand."""

from __future__ import annotations

import re

from press.prepress.barcode import add_on_modules, main_modules
from tests.adapters.press_files import box

MODULE = 0.3
HIGH = 18.0
CODE, OTHER = "9779876543003", "9771234567003"


def bars(
    code: str = CODE,
    add_on: str = "09",
    *,
    left: float = 20.0,
    top: float = 30.0,
    module: float = MODULE,
) -> str:
    """Return a code's bars, to be filled; their first stands `left` mm from the trim."""
    gap = "0" * 9
    modules = main_modules(code) + (gap + add_on_modules(add_on) if add_on else "")
    return " ".join(
        box(left + run.start() * module, top, len(run[0]) * module, HIGH)
        for run in re.finditer("1+", modules)
    )


def width(module: float = MODULE) -> float:
    """Return how wide a code with its add-on is, in millimetres."""
    return (95 + 9 + 20) * module
