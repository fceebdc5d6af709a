"""What the darkroom is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from press.adapters.pictures.cut import Cut
from press.model.ink import Ink

#: A layout's names of typefaces, each with the file of its regular face.
Lettering: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a picture is written.

    Attributes:
        quality: JPEG quality.
        subsampling: JPEG chroma: 0 is 4:4:4, 2 is 4:2:0.
        progressive: Whether a JPEG comes up coarse first.
    """

    quality: int
    subsampling: int
    progressive: bool


PRINT = Recipe(quality=88, subsampling=0, progressive=False)
MAIL = Recipe(quality=82, subsampling=2, progressive=True)
SCREEN = Recipe(quality=80, subsampling=2, progressive=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PressOrder:
    """What the press adds to an order.

    Attributes:
        profile: Hash of the press's profile.
        limit: The most ink at any point, in per cent of one ink.
        ground: The ink under transparent parts; None where the order's paper tells it.
        screen: Pixels the version for screens is wide, where it has so many.
        drawn: Pixels a drawing is wide that must be made pixels.
    """

    profile: str
    limit: float
    ground: Ink | None
    screen: int
    drawn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """All that decides what comes out, beside the picture itself.

    Attributes:
        cut: What is taken of it, and how large it comes out.
        paper: The colour under transparent parts, as "#rrggbb".
        recipe: How pixels are written.
        size: For drawings that stay drawings: width and height with their units.
        press: What the press adds; None where no press is known.
        lettering: Names of typefaces that drawings may ask for by the layout's names,
            each with the file of its regular face.
    """

    cut: Cut
    paper: str
    recipe: Recipe
    size: tuple[str, str] | None = None
    press: PressOrder | None = None
    lettering: Lettering = ()
