"""Colours of screens as ink, and ink as a content stream writes it."""

from __future__ import annotations

from collections.abc import Sequence

from press.model.ink import Ink
from press.ports import Inks

#: Digits after the point: a thousandth of an ink is less than any press can show.
DIGITS = 4
BLACK_FROM = 0.9995
DEVICE = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}


class InkTable:
    """Turns colours of devices into ink, each once."""

    def __init__(self, inks: Inks, limit: float) -> None:
        self._inks, self._limit = inks, limit
        self._read: dict[bytes, tuple[Ink, bytes]] = {}

    def read(self, operands: bytes) -> tuple[Ink, bytes]:
        """Return a colour as a content stream has it in ink, and as it is written.

        Raises:
            ValueError: It has neither one, three nor four numbers.
        """
        if operands not in self._read:
            ink = self.ink([float(one) for one in operands.split()])
            self._read[operands] = ink, written(ink)
        return self._read[operands]

    def ink(self, parts: Sequence[float]) -> Ink:
        """Return one, three or four components as ink.

        Greys are black ink alone. What is ink already stays as it is; what is turned
        into ink has no more of it than the limit.

        Raises:
            ValueError: There is another number of components.
        """
        match [min(1.0, max(0.0, one)) for one in parts]:
            case [grey]:
                return Ink(black=round(1 - grey, DIGITS))
            case [red, green, blue]:
                ink = self._inks.to_ink(red, green, blue).within(self._limit)
                return Ink(*(round(part, DIGITS) for part in ink.parts))
            case [cyan, magenta, yellow, black]:
                return Ink(cyan, magenta, yellow, black)
            case _:
                raise ValueError(f"a colour of {len(parts)} components")


def is_black(ink: Ink | None) -> bool:
    """Whether an ink is solid black, and black alone."""
    return ink is not None and (
        ink.black >= BLACK_FROM and ink.parts[:3] == (0.0, 0.0, 0.0)
    )


def written(ink: Ink) -> bytes:
    """Return an ink as operands: b"0 0 0 1"."""
    return " ".join(f"{round(part, DIGITS):g}" for part in ink.parts).encode()
