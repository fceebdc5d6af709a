"""What is measured on the plates of a page: ink, black type, overprint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from press.adapters.provers.plates import FULL, Inks
from press.model.length import Length
from press.model.printer import FINE_BLACK, InkLimit, Printer
from press.model.proof_result import Breach, Question

Mask = NDArray[np.bool_]

#: Ink is told in per cent of one ink; four roundings to 1/255 may add up to this.
ROUNDING = 0.8
#: Type with at least so much black is meant to be black (GWG 2022, R0015).
BLACK_FROM = round(0.85 * FULL)
#: Full black.
SOLID = FULL - 5
#: A tint: so much ink, in 1/255 of all that may lie below black.
TINT = 15
#: Dots at the edge of a letter that may differ.
STRAY = 3
PER_CENT = 100 / FULL
POINTS = 72
MM = 25.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One page, drawn four times.

    Attributes:
        number: Page number, from 1.
        whole: As it is printed.
        knocked_out: As if no ink were printed over another.
        type_only: Its type alone, knocked out.
        without_type: Everything else.
    """

    number: int
    whole: Inks
    knocked_out: Inks
    type_only: Inks
    without_type: Inks


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A piece of type: where it stands on a page, in pixels, and its size."""

    left: float
    right: float
    baseline: float
    size: Length


class Measure(Protocol):
    """Looks at pages, one after the other, and says what it found."""

    question: Question
    tests: int

    def look(self, page: Drawn) -> None:
        """Look at a page."""
        ...

    def breaches(self) -> tuple[Breach, ...]:
        """Return the rules broken."""
        ...

    def says(self) -> str:
        """Return what was measured, in words."""
        ...


@dataclass(frozen=True, slots=True)
class _Peak:
    """The most ink found, in per cent, and where."""

    ink: float = -1.0
    page: int = 0
    where: str = ""


class Coverage:
    """Ink at any point, and as the mean of any square (GWG 2022, R0026).

    A little fine black that overprints a strong colour is let pass, as it is by press's
    own check 19: where nothing but that is over the limit, and less than FINE_BLACK.
    """

    question = Question.INK

    def __init__(self, limit: InkLimit, ppi: int) -> None:
        self._limit, self._ppi = limit, ppi
        self._point, self._window, self._bad = _Peak(), _Peak(), _Peak()
        self._fine = 0.0
        self._over: dict[str, int] = {"ink-point": 0, "ink-window": 0}
        self.tests = 0

    def look(self, page: Drawn) -> None:
        """Look at a page."""
        total = page.whole.sum(axis=-1, dtype=np.uint16)
        self.tests += total.size
        point = self._peak(total * np.float32(PER_CENT), page.number)
        window = self._peak(self._means(total), page.number)
        if point.ink > self._limit.point + ROUNDING and not self._only_fine(
            page, total
        ):
            self._over["ink-point"] += 1
            self._bad = max(self._bad, point, key=lambda peak: peak.ink)
        self._over["ink-window"] += window.ink > self._limit.window + ROUNDING
        self._point = max(self._point, point, key=lambda peak: peak.ink)
        self._window = max(self._window, window, key=lambda peak: peak.ink)

    def _only_fine(self, page: Drawn, total: NDArray[np.uint16]) -> bool:
        """Whether a little black that overprints is all that is over the limit."""
        most = (self._limit.point + ROUNDING) / PER_CENT
        over = total > most
        if (over & (page.knocked_out.sum(axis=-1, dtype=np.uint16) > most)).any():
            return False
        fine = float(over.sum()) * (MM / self._ppi) ** 2
        if fine > FINE_BLACK:
            return False
        self._fine = max(self._fine, fine)
        return True

    def _means(self, total: NDArray[np.uint16]) -> NDArray[np.float64]:
        """Return the mean of every square, by the integral image of the page.

        With S(y, x) the sum of all above and to the left of a pixel, a square's sum is
        S(y + n, x + n) - S(y, x + n) - S(y + n, x) + S(y, x).
        """
        side = min(round(self._limit.side.mm / MM * self._ppi), *total.shape)
        sums = np.zeros((total.shape[0] + 1, total.shape[1] + 1))
        sums[1:, 1:] = total.cumsum(axis=0, dtype=np.float64).cumsum(axis=1)
        squares = (
            sums[side:, side:]
            - sums[:-side, side:]
            - sums[side:, :-side]
            + sums[:-side, :-side]
        )
        means: NDArray[np.float64] = squares * (PER_CENT / side**2)
        return means

    def _peak(self, ink: NDArray[np.floating], page: int) -> _Peak:
        y, x = np.unravel_index(int(ink.argmax()), ink.shape)
        return _Peak(float(ink[y, x]), page, _place(int(x), int(y), self._ppi))

    def breaches(self) -> tuple[Breach, ...]:
        """Return the limits passed."""
        kinds = (
            ("ink-point", self._bad, self._limit.point, "at a point"),
            ("ink-window", self._window, self._limit.window, self._square),
        )
        return tuple(
            Breach(
                rule=rule,
                message=f"{peak.ink:.1f} % of ink {where}, {peak.where};"
                f" the limit is {limit:g} %",
                count=self._over[rule],
                page=peak.page,
            )
            for rule, peak, limit, where in kinds
            if self._over[rule]
        )

    @property
    def _square(self) -> str:
        return f"in a square of {self._limit.side.mm:g} mm"

    def says(self) -> str:
        """Return the most ink found."""
        fine = ""
        if self._fine:
            fine = (
                f"; fine black over a strong colour, on {self._fine:.2g} mm² of a page"
                " at most, is over the limit and let pass"
            )
        return (
            f"at most {self._point.ink:.1f} % of ink at a point"
            f" (limit {self._limit.point:g} %), {self._window.ink:.1f} %"
            f" {self._square} (limit {self._limit.window:g} %){fine}"
        )


class BlackType:
    """Black type is black ink alone: no colour that could stand beside it."""

    question = Question.BLACK

    def __init__(self, ppi: int) -> None:
        self._ppi = ppi
        self._pages: list[Breach] = []
        self.tests = 0

    def look(self, page: Drawn) -> None:
        """Look at a page."""
        black = page.type_only[..., 3] >= BLACK_FROM
        self.tests += int(black.sum())
        mixed = black & page.type_only[..., :3].any(axis=-1)
        if (count := int(mixed.sum())) > 0:
            y, x = (int(at[0]) for at in mixed.nonzero())
            inks = "/".join(f"{ink * PER_CENT:.0f}" for ink in page.type_only[y, x])
            place = _place(x, y, self._ppi)
            message = f"black type in more than one ink: {inks} at {place}"
            self._pages.append(
                Breach(
                    rule="black-type", message=message, count=count, page=page.number
                )
            )

    def breaches(self) -> tuple[Breach, ...]:
        """Return black type that is not black ink alone."""
        if not self._pages:
            return ()
        first = self._pages[0]
        count = len(self._pages)
        return (
            Breach(
                rule=first.rule, message=first.message, count=count, page=first.page
            ),
        )

    def says(self) -> str:
        """Return how much black type there is."""
        if not self.tests:
            return "there is no black type"
        return f"{self.tests} dots of black type"


class OverprintedType:
    """Small black type prints over what lies below: no white shows beside it."""

    question = Question.OVERPRINT

    def __init__(
        self, printer: Printer, ppi: int, type_of: Callable[[int], Sequence[Box]]
    ) -> None:
        """Make it; `type_of` tells a page's type where size decides."""
        self._below, self._ppi = printer.overprint.type_below, ppi
        self._type_of = type_of
        self._kept = self._dead = 0
        self._pages: list[Breach] = []
        self.tests = 0

    def look(self, page: Drawn) -> None:
        """Look at a page."""
        tint = page.without_type[..., :3].astype(np.uint16)
        over = (
            (page.type_only[..., 3] >= SOLID)
            & ~page.type_only[..., :3].any(axis=-1)
            & (page.whole[..., 3] >= SOLID)
            & (tint.sum(axis=-1) > TINT)
        )
        self.tests += int(over.sum())
        there = page.whole[..., :3].sum(axis=-1, dtype=np.uint16)
        lost = over & (there * 2 < tint.sum(axis=-1))
        kept = over & ~lost
        self._kept += int(kept.sum())
        if lost.sum() > STRAY:
            self._judge(page.number, lost)
        # What prints over must vanish where nothing may; else the tint is the type's.
        still = kept & page.knocked_out[..., :3].any(axis=-1)
        self._dead += int(still.sum())

    def _judge(self, number: int, lost: Mask) -> None:
        small = lost & self._small(number, lost.shape)
        if (count := int(small.sum())) > STRAY:
            y, x = (int(at[0]) for at in small.nonzero())
            self._pages.append(
                Breach(
                    rule="overprint",
                    message="black type smaller than"
                    f" {self._below.pt:g} pt knocks out what lies below it,"
                    f" {_place(x, y, self._ppi)}",
                    count=count,
                    page=number,
                )
            )

    def _small(self, number: int, shape: tuple[int, ...]) -> Mask:
        """Return where type stands that is small, and none that is not."""
        small, large = np.zeros(shape, bool), np.zeros(shape, bool)
        for box in self._type_of(number):
            size = box.size.pt / POINTS * self._ppi
            top = max(0, round(box.baseline - size))
            down = slice(top, max(0, round(box.baseline + size / 3)))
            across = slice(max(0, int(box.left) - 1), max(0, int(box.right) + 2))
            kind = small if box.size.pt < self._below.pt else large
            kind[down, across] = True
        return small & ~large

    def breaches(self) -> tuple[Breach, ...]:
        """Return small black type that knocks out."""
        if self._dead > STRAY:
            message = "the colour below black type does not come from below it"
            return (Breach(rule="overprint-control", message=message),)
        if not self._pages:
            return ()
        first = self._pages[0]
        count = len(self._pages)
        return (
            Breach(
                rule="overprint", message=first.message, count=count, page=first.page
            ),
        )

    def says(self) -> str:
        """Return how much black type stands on colour."""
        if not self.tests:
            return "no black type stands on colour"
        return (
            f"{self._kept} of {self.tests} dots of black type on colour print over it"
        )


def _place(x: int, y: int, ppi: int) -> str:
    scale = MM / ppi
    return f"{x * scale:.0f} mm from the left and {y * scale:.0f} mm from the top"
