"""Ink: what a press prints with, and the colours of a layout in ink and on screens."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour as the four process inks, each from 0 to 1.

    Attributes:
        cyan: Share of cyan.
        magenta: Share of magenta.
        yellow: Share of yellow.
        black: Share of black.
    """

    cyan: float = 0.0
    magenta: float = 0.0
    yellow: float = 0.0
    black: float = 0.0

    @property
    def parts(self) -> tuple[float, float, float, float]:
        """The four shares in the order of the plates: C, M, Y, K."""
        return self.cyan, self.magenta, self.yellow, self.black

    @property
    def total(self) -> float:
        """All ink together, in per cent of one ink: at most 400."""
        return sum(self.parts) * 100

    @property
    def css(self) -> str:
        """The colour as CSS Color 5 writes it: device-cmyk(0 0 0 1)."""
        return f"device-cmyk({' '.join(f'{part:g}' for part in self.parts)})"

    def within(self, limit: float) -> Ink:
        """Return the colour with at most `limit` per cent of ink; black is kept.

        Cyan, magenta and yellow are thinned alike, as a printer's ink limit does.
        """
        colour = self.total - self.black * 100
        if self.total <= limit or not colour:
            return self
        share = max(0.0, limit - self.black * 100) / colour
        return replace(
            self,
            cyan=self.cyan * share,
            magenta=self.magenta * share,
            yellow=self.yellow * share,
        )


BLACK = Ink(black=1.0)
PAPER = Ink()


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """A colour of a layout's palette.

    Attributes:
        name: Its name in style sheets: var(--name).
        ink: How it is printed.
        screen: How screens and mail show it: "#rrggbb".
    """

    name: str
    ink: Ink
    screen: str
