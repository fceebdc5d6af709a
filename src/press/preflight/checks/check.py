"""What a check is, and words that checks share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from press.model.finding import Area, Finding, Place
from press.model.ink import Ink
from press.model.press_facts import (
    Box,
    FillMark,
    LineMark,
    PageMarks,
    Paint,
    PressFacts,
    TextMark,
)
from press.preflight.rules import FileKind, Rules

Judge = Callable[[PressFacts, Rules], Iterator[Finding]]
EVERY = frozenset(FileKind)
OURS = frozenset({FileKind.EDITION, FileKind.PAGE})
WHOLE = frozenset({FileKind.EDITION})
#: Text rendering modes that paint nothing.
UNSEEN = frozenset({3, 7})
#: Shares of ink that differ by less are one.
_SAME = 0.004
_POINTS_PER_MM = 72 / 25.4
_FULL = 0.996


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A question asked of a press file.

    Attributes:
        number: Its number in the list of checks.
        name: What it looks at, in a word or two.
        about: What must be so, in one line.
        severity: "error", "warning" or both, as in the list of findings.
        kinds: Files of which it is asked.
        judge: Answers it from facts read back; None where it is answered elsewhere.
        where: Who answers it then.
    """

    number: int
    name: str
    about: str
    severity: str
    kinds: frozenset[FileKind] = EVERY
    judge: Judge | None = None
    where: str = "the file read back"


def on(page: PageMarks | int, area: Area | None = None) -> Place:
    """Return a place on a page."""
    number = page if isinstance(page, int) else page.number
    return Place(page=number, area=area)


def painted(page: PageMarks) -> tuple[TextMark | LineMark | FillMark, ...]:
    """Return what a page paints in a colour of its own, without unseen text."""
    seen = (text for text in page.texts if text.mode not in UNSEEN)
    return (*seen, *page.lines, *page.fills)


def spot(area: Area) -> str:
    """Return where something stands, in words."""
    return f"({area})"


def others(count: int) -> str:
    """Return in how many more places a mark stands."""
    return f", and {count - 1} more like it" if count > 1 else ""


def is_white(paint: Paint) -> bool:
    """Whether a colour is no ink at all."""
    if paint.space.startswith(("Separation", "DeviceN")):
        return bool(paint.values) and max(paint.values) <= _SAME
    return paint.ink is not None and max(paint.ink.parts) <= _SAME


def is_black(ink: Ink) -> bool:
    """Whether an ink is full black, and nothing but black."""
    return ink.black >= _FULL and colours(ink) == 0


def is_registration(ink: Ink) -> bool:
    """Whether an ink is all four in full."""
    return min(ink.parts) >= _FULL


def colours(ink: Ink) -> int:
    """Return how many inks other than black it has."""
    return sum(part > _SAME for part in ink.parts[:3])


def plates(ink: Ink) -> int:
    """Return how many inks it has."""
    return sum(part > _SAME for part in ink.parts)


def is_all(paint: Paint) -> bool:
    """Whether a colour prints on every plate, as printer's marks do."""
    return paint.space == "Separation:All"


def percent(ink: Ink) -> str:
    """Return an ink as printers say it: C40 M0 Y0 K100."""
    shares = zip("CMYK", ink.parts, strict=True)
    return " ".join(f"{name}{share * 100:.0f}" for name, share in shares)


def trim_of(page: PageMarks) -> Box | None:
    """Return the trim of a page, None where it does not say."""
    return page.box("TrimBox")


def mm(points: float) -> float:
    """Return points as millimetres."""
    return points / _POINTS_PER_MM
