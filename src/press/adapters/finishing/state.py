"""The part of PDF's graphics state that decides what overprints and what is see-through."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from press.adapters.finishing.matrix import IDENTITY, Matrix
from press.model.ink import BLACK, Ink

INVISIBLE = (3, 7)  #: Text that is not painted.
STROKED = (1, 5)  #: Text of which only the outline is painted.
BOTH = (2, 6)


@dataclass(frozen=True, slots=True)
class Veil:
    """What makes things see-through (ISO 32000-1, 11.6)."""

    fill: float = 1.0
    stroke: float = 1.0
    mask: bool = False
    blend: str = "/Normal"

    @property
    def why(self) -> str:
        """What of it is at work, in words; empty where things are opaque."""
        if self.mask:
            return "a soft mask"
        if self.blend not in {"/Normal", "/Compatible"}:
            return f"the blend mode {self.blend[1:]}"
        least = min(self.fill, self.stroke)
        return f"an opacity of {least * 100:.0f} %" if least < 1 else ""


OPAQUE = Veil()


@dataclass(slots=True)
class State:
    """The graphics state, as far as finishing asks.

    Attributes:
        matrix: From the content's units to points on the bound page.
        fill: The ink that areas and letters get; None for patterns and the like.
        stroke: The ink of lines.
        fill_space: The colour space that `sc` and `scn` speak of.
        stroke_space: The one that `SC` and `SCN` speak of.
        width: Weight of lines.
        size: Size of type as `Tf` gives it.
        rendering: How letters are painted (Tr).
        clip: Thickness of the thinnest box that clips, in points.
        overprint: Whether overprint is on in what has been written.
        veil: What is see-through.
    """

    matrix: Matrix = IDENTITY
    fill: Ink | None = BLACK
    stroke: Ink | None = BLACK
    fill_space: str = "/DeviceGray"
    stroke_space: str = "/DeviceGray"
    width: float = 1.0
    size: float = 0.0
    rendering: int = 0
    clip: float = math.inf
    overprint: bool = False
    veil: Veil = field(default=OPAQUE)

    def copy(self) -> State:
        """Return a state that changes by itself."""
        return State(
            self.matrix,
            self.fill,
            self.stroke,
            self.fill_space,
            self.stroke_space,
            self.width,
            self.size,
            self.rendering,
            self.clip,
            self.overprint,
            self.veil,
        )

    @property
    def key(self) -> tuple[object, ...]:
        """All that what is drawn next depends on, but for its place."""
        return (
            *(round(value, 5) for value in self.matrix[:4]),
            *(self.fill, self.stroke, self.fill_space, self.stroke_space),
            *(self.width, self.size, self.rendering, round(self.clip, 4), self.veil),
        )
