"""PDF's graphics state, as far as a printer asks about it."""

from __future__ import annotations

from dataclasses import dataclass

from press.adapters.press_reader.shape import ENDLESS, IDENTITY, Matrix
from press.model.press_facts import KNOCK_OUT, Box, Laid, Paint

BLACK = Paint("DeviceGray", (0.0,))


@dataclass(frozen=True, slots=True)
class Font:
    """A font as text uses it."""

    name: str = ""
    two_bytes: bool = False
    numbers_glyphs: bool = False
    drawn: bool = False


NO_FONT = Font()


@dataclass(slots=True)
class State:
    """What the operators of a content stream set."""

    matrix: Matrix = IDENTITY
    clip: Box = ENDLESS
    fill: Paint = BLACK
    stroke: Paint = BLACK
    width: float = 1.0
    fill_laid: Laid = KNOCK_OUT
    stroke_laid: Laid = KNOCK_OUT
    font: Font = NO_FONT
    size: float = 0.0
    stretch: float = 1.0
    rise: float = 0.0
    leading: float = 0.0
    mode: int = 0
    text: Matrix = IDENTITY
    line: Matrix = IDENTITY
