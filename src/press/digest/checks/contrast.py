"""Whether the mail's colours can be read, in light and in dark surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from press.model.digest import MailPalette
from press.model.finding import Finding, error

#: WCAG 2.2, success criterion 1.4.3, level AA, for text of any size.
LEAST = 4.5

#: What is written on what.
_PAIRS = (
    ("ink", "sheet"),
    ("ink", "panel"),
    ("quiet", "sheet"),
    ("quiet", "desk"),
    ("accent", "sheet"),
    ("accent", "panel"),
    ("button_ink", "button"),
)
#: Below this share of full light a channel counts in proportion (WCAG 2.2).
_DIM = 0.04045
_HEXADECIMAL = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two colours of a palette that stand on each other.

    Attributes:
        names: Of the text and of the ground.
        text: The colour of the text.
        ground: What it stands on.
        scheme: "light" or "dark".
    """

    names: tuple[str, str]
    text: str
    ground: str
    scheme: str


def check_contrast(palette: MailPalette) -> Iterator[Finding]:
    """Find colours that are too close to be read on each other."""
    for pair in _pairs(palette):
        for colour in (pair.text, pair.ground):
            if not _HEXADECIMAL.fullmatch(colour):
                message = f'"{colour}" is not a colour of the digest'
                yield error("digest.colour", message, hint="write it as #rrggbb")
                break
    for pair in too_close(palette):
        text, ground = pair.names
        yield error(
            "digest.contrast",
            f"{text} {pair.text} on {ground} {pair.ground} ({pair.scheme}) has a "
            f"contrast of {contrast(pair.text, pair.ground):.1f} to 1; {LEAST} can be "
            "read",
            hint=f"make {text} or {ground} darker or lighter in the layout",
        )


def too_close(palette: MailPalette) -> Iterator[Pair]:
    """Yield the pairs of a palette that cannot be read on each other."""
    for pair in _pairs(palette):
        written = all(_HEXADECIMAL.fullmatch(one) for one in (pair.text, pair.ground))
        if written and contrast(pair.text, pair.ground) < LEAST:
            yield pair


def _pairs(palette: MailPalette) -> Iterator[Pair]:
    for name, scheme in (("light", palette.light), ("dark", palette.dark)):
        for text, ground in _PAIRS:
            yield Pair(
                names=(text, ground),
                text=getattr(scheme, text),
                ground=getattr(scheme, ground),
                scheme=name,
            )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours such as "#1b1a17", 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= _DIM else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
