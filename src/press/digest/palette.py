"""The mail's colours, from those of the layout."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from press.digest.checks.contrast import contrast
from press.model.digest import DARK, LIGHT, MailPalette, MailScheme

#: Which colours of a layout the mail takes for what.
_FROM_PRINT = {
    "paper": ("sheet",),
    "tint": ("panel",),
    "ink": ("ink",),
    "grey": ("quiet",),
    "accent": ("accent", "button"),
}
#: How far the accent must stand off from a dark ground, to one.
_STANDS_OFF = 5.5
_STEPS = 20


def mail_palette(colours: Iterable[tuple[str, str]]) -> MailPalette:
    """Return the mail's colours, from a layout's (name, "#rrggbb") pairs.

    In light surroundings they are print's. Dark surroundings have their own, with the
    layout's accent made light enough. A colour named `mail-desk` or `mail-dark-ink`,
    say, takes the place of the one so named in `MailScheme`.
    """
    named = dict(colours)
    light = LIGHT
    for name, uses in _FROM_PRINT.items():
        if name in named:
            light = replace(light, **dict.fromkeys(uses, named[name]))
    dark = DARK
    if "accent" in named:
        lifted = _lifted(named["accent"], DARK.panel)
        dark = replace(dark, accent=lifted, button=lifted)
    return MailPalette(
        light=_with_own(light, named, "mail-"),
        dark=_with_own(dark, named, "mail-dark-"),
    )


def _with_own(scheme: MailScheme, named: dict[str, str], prefix: str) -> MailScheme:
    own = {
        field.name: named[name]
        for field in fields(scheme)
        if (name := prefix + field.name.replace("_", "-")) in named
    }
    return replace(scheme, **own)


def _lifted(colour: str, ground: str) -> str:
    """Return a colour with as much white as it needs to stand off from a dark ground."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(_STEPS + 1):
        mixed = (round(value + (255 - value) * step / _STEPS) for value in channels)
        lifted = "#" + "".join(f"{value:02x}" for value in mixed)
        if contrast(lifted, ground) >= _STANDS_OFF:
            return lifted
    return "#ffffff"
