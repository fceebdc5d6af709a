"""Colours as CSS writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(
    r"rgba?\(\s*([\d.]+%?)[\s,]+([\d.]+%?)[\s,]+([\d.]+%?)(?:\s*[,/]\s*([\d.]+%?))?\s*\)"
)
_SHORT = 4
#: Names of colours: those of CSS 2, and others that are common in mails.
_NAMES = {
    "aqua": "#00ffff",
    "black": "#000000",
    "blue": "#0000ff",
    "brown": "#a52a2a",
    "coral": "#ff7f50",
    "crimson": "#dc143c",
    "cyan": "#00ffff",
    "darkblue": "#00008b",
    "darkgray": "#a9a9a9",
    "darkgreen": "#006400",
    "darkgrey": "#a9a9a9",
    "darkred": "#8b0000",
    "dimgray": "#696969",
    "dimgrey": "#696969",
    "firebrick": "#b22222",
    "fuchsia": "#ff00ff",
    "gainsboro": "#dcdcdc",
    "gold": "#ffd700",
    "gray": "#808080",
    "green": "#008000",
    "grey": "#808080",
    "indigo": "#4b0082",
    "ivory": "#fffff0",
    "lightblue": "#add8e6",
    "lightgray": "#d3d3d3",
    "lightgreen": "#90ee90",
    "lightgrey": "#d3d3d3",
    "lightyellow": "#ffffe0",
    "lime": "#00ff00",
    "linen": "#faf0e6",
    "magenta": "#ff00ff",
    "maroon": "#800000",
    "midnightblue": "#191970",
    "navy": "#000080",
    "olive": "#808000",
    "orange": "#ffa500",
    "orangered": "#ff4500",
    "pink": "#ffc0cb",
    "purple": "#800080",
    "rebeccapurple": "#663399",
    "red": "#ff0000",
    "royalblue": "#4169e1",
    "salmon": "#fa8072",
    "seagreen": "#2e8b57",
    "silver": "#c0c0c0",
    "skyblue": "#87ceeb",
    "slategray": "#708090",
    "slategrey": "#708090",
    "steelblue": "#4682b4",
    "tan": "#d2b48c",
    "teal": "#008080",
    "tomato": "#ff6347",
    "turquoise": "#40e0d0",
    "violet": "#ee82ee",
    "wheat": "#f5deb3",
    "white": "#ffffff",
    "whitesmoke": "#f5f5f5",
    "yellow": "#ffff00",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """A colour: channels 0 to 255, and how much it covers, 0 to 1."""

    red: float
    green: float
    blue: float
    cover: float = 1.0

    def over(self, ground: Paint) -> Paint:
        """Return the colour that is seen where it lies on an opaque one."""
        share = self.cover
        mixed = (
            share * mine + (1 - share) * theirs
            for mine, theirs in (
                (self.red, ground.red),
                (self.green, ground.green),
                (self.blue, ground.blue),
            )
        )
        red, green, blue = mixed
        return Paint(red=red, green=green, blue=blue)

    def __str__(self) -> str:
        channels = (self.red, self.green, self.blue)
        return "#" + "".join(f"{round(channel):02x}" for channel in channels)


BLACK = Paint(red=0, green=0, blue=0)
WHITE = Paint(red=255, green=255, blue=255)


def read_paint(text: str) -> Paint | None:
    """Return a colour such as "#fff", "rgb(0 0 0 / 50%)" or "teal"; None for others."""
    text = text.strip().lower()
    text = _NAMES.get(text, text)
    if text == "transparent":
        return Paint(red=0, green=0, blue=0, cover=0)
    if found := _HEX.fullmatch(text):
        digits = found[1]
        if len(digits) <= _SHORT:
            digits = "".join(digit * 2 for digit in digits)
        red, green, blue, *cover = (
            int(digits[at : at + 2], 16) for at in range(0, len(digits), 2)
        )
        return Paint(
            red=red, green=green, blue=blue, cover=cover[0] / 255 if cover else 1.0
        )
    if found := _RGB.fullmatch(text):
        return Paint(
            red=_number(found[1], 255),
            green=_number(found[2], 255),
            blue=_number(found[3], 255),
            cover=_number(found[4], 1) if found[4] else 1.0,
        )
    return None


def _number(text: str, whole: float) -> float:
    value = float(text[:-1]) / 100 * whole if text.endswith("%") else float(text)
    return min(max(value, 0.0), whole)
