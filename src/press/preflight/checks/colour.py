"""Colour: inks only, nothing transparent, black type in black ink."""

from __future__ import annotations

from collections.abc import Iterator

from press.model.finding import Area, Finding, error, warning
from press.model.press_facts import PageMarks, Paint, PressFacts, Zone
from press.model.printer import Standard
from press.preflight.checks.check import (
    UNSEEN,
    colours,
    is_all,
    is_registration,
    on,
    others,
    painted,
    percent,
    spot,
)
from press.preflight.rules import Rules

_INKS = frozenset({"DeviceCMYK", "DeviceGray", "Pattern", "mask", ""})
_PROCESS = frozenset({"Cyan", "Magenta", "Yellow", "Black", "All", "None"})
#: From this share of black on, type is meant to be black (GWG 2022, R0015).
_BLACK_TYPE = 0.85
_MOST_INK_OF_BLACK_TYPE = 220.0
#: Black type smaller than this must have black ink alone.
_LARGE_PT = 20.0


def _base(space: str) -> str:
    return space.removeprefix("Indexed:")


def _is_ink(space: str) -> bool:
    return _base(space) in _INKS or _base(space).startswith(("Separation", "DeviceN"))


def _painted(page: PageMarks) -> Iterator[tuple[str, str, Area | None, int]]:
    """Yield every use of a colour space: the space, what for, where, how often."""
    for text in page.texts:
        if text.mode not in UNSEEN:
            yield text.paint.space, "text", text.area, text.count
    for line in page.lines:
        if line.paint.space:
            yield line.paint.space, "a line", line.area, line.count
    for fill in page.fills:
        yield fill.paint.space, "a filled area", fill.area, fill.count
    for image in page.images:
        yield image.space, "a picture", image.area, image.count
    for shading in page.shadings:
        yield shading.space, "a gradient", None, 1


def spaces(facts: PressFacts, _: Rules) -> Iterator[Finding]:
    """All colour is ink: no RGB, Lab or ICC colour in content, pictures, gradients."""
    for page in facts.pages:
        met: dict[tuple[str, str], tuple[Area | None, int]] = {}
        for space, what, area, count in _painted(page):
            if not _is_ink(space):
                first, so_far = met.get((space, what), (area, 0))
                met[space, what] = first, so_far + count
        for (space, what), (area, count) in met.items():
            where = f" {spot(area)}" if area else ""
            yield error(
                "preflight.colour",
                f"{what} is in {_base(space)}, not in ink{where}{others(count)}",
                on(page, area),
                hint="convert it by the printer's profile",
            )
        unused = set(page.spaces) - {space for space, _ in met}
        for space in sorted(unused):
            if not _is_ink(space):
                yield error(
                    "preflight.colour",
                    f"the page chooses {_base(space)}, though nothing is painted in it",
                    on(page),
                )


def spots(facts: PressFacts, _: Rules) -> Iterator[Finding]:
    """No spot colours; the colour of all plates outside the trim only."""
    for page in facts.pages:
        named: dict[str, tuple[Area | None, int]] = {}
        for space, _what, area, count in _painted(page):
            for name in _names(space) - _PROCESS:
                first, so_far = named.get(name, (area, 0))
                named[name] = first, so_far + count
        for name, (area, count) in named.items():
            yield error(
                "preflight.spot-colour",
                f"“{name}” is a spot colour; the press has four inks"
                f"{f' {spot(area)}' if area else ''}{others(count)}",
                on(page, area),
                hint="convert it to the four inks",
            )
        for mark in painted(page):
            if mark.zone is Zone.PAGE and is_all(mark.paint):
                yield warning(
                    "preflight.spot-colour",
                    "something on the page is printed with every ink (Separation All)"
                    f" {spot(mark.area)}",
                    on(page, mark.area),
                )


def _names(space: str) -> set[str]:
    kind, _, names = _base(space).partition(":")
    if kind == "Separation":
        return {names}
    return set(names.split("+")) if kind == "DeviceN" else set()


def transparency(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Nothing is transparent, where the standard is PDF/X-1a."""
    if rules.printer.standard is not Standard.X1A:
        return
    for page in facts.pages:
        for what in page.transparency:
            yield error(
                "preflight.transparency",
                f"the page has something transparent: {what}",
                on(page),
                hint="flatten it before it is exported",
            )
        if page.groups:
            yield error(
                "preflight.transparency",
                f"the page has {len(page.groups)} transparency group"
                f"{'s' * (len(page.groups) > 1)}, which PDF/X-1a forbids",
                on(page),
            )


def groups(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Transparency is blended in ink, where the standard is PDF/X-4."""
    if rules.printer.standard is not Standard.X4:
        return
    for page in facts.pages:
        for group in page.groups:
            if group.space not in {"", "DeviceCMYK"}:
                which = "the page" if group.page else "a group on the page"
                yield error(
                    "preflight.blend-space",
                    f"{which} is blended in {group.space}; it must be DeviceCMYK",
                    on(page),
                )


def black_text(facts: PressFacts, _: Rules) -> Iterator[Finding]:
    """Black type is printed with black ink alone."""
    for page in facts.pages:
        for text in page.texts:
            ink = text.paint.ink
            if ink is None or text.mode in UNSEEN or ink.black < _BLACK_TYPE:
                continue
            much = ink.total > _MOST_INK_OF_BLACK_TYPE
            small = text.size < _LARGE_PT and colours(ink) > 0
            if is_registration(ink) or not (much or small):
                continue
            yield error(
                "preflight.black-text",
                f"black type of {text.size:g} pt is printed with more inks than black:"
                f" {percent(ink)} {spot(text.area)}{others(text.count)}",
                on(page, text.area),
                hint="make it K100: four inks never meet exactly",
            )


def registration(facts: PressFacts, _: Rules) -> Iterator[Finding]:
    """Nothing on the page is printed with all four inks in full."""
    for page in facts.pages:
        for mark in painted(page):
            if mark.zone is not Zone.SLUG and _is_full(mark.paint):
                yield error(
                    "preflight.registration-black",
                    "all four inks are printed in full, 400 %"
                    f" {spot(mark.area)}{others(mark.count)}",
                    on(page, mark.area),
                    hint="make it K100, or a black within the ink limit",
                )


def _is_full(paint: Paint) -> bool:
    return paint.ink is not None and is_registration(paint.ink)
