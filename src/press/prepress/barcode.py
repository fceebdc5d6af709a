"""The bar code of a serial: EAN-13 of its ISSN, and the issue as an add-on.

After the GS1 General Specifications (5.2) and the ISSN Manual: 977, the first seven
digits of the ISSN, two digits for variants of the price, and a check digit; beside it a
small symbol with the number of the issue, of a monthly 01 to 12.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.model.barcode import (
    HEIGHT,
    MODULE,
    MODULES,
    QUIET_BETWEEN,
    QUIET_LEFT,
    Barcode,
    BarcodePlace,
    BarcodeStyle,
)
from press.model.edition import EditionId
from press.model.finding import Finding, error
from press.model.ink import BLACK
from press.model.issn import COUNTED
from press.model.layout import Layout
from press.model.page import Html

SERIAL, VARIANT = "977", "00"
#: The digits' bars in the left half (set A), in the right half and mirrored (set B).
_SET_A = (
    *("0001101", "0011001", "0010011", "0111101", "0100011"),
    *("0110001", "0101111", "0111011", "0110111", "0001011"),
)
_SET_C = tuple(code.translate(str.maketrans("01", "10")) for code in _SET_A)
_SET_B = tuple(code[::-1] for code in _SET_C)
#: The sets of the left half. They tell the first digit, which has no bars of its own:
#: that of every serial is 9.
_SETS = "ABBABA"
#: The sets of an add-on: they tell its number's remainder by four.
_ADD_ON_SETS = ("AA", "AB", "BA", "BB")
_GUARD, _MIDDLE = "101", "01010"
_ADD_ON_GUARD, _ADD_ON_MIDDLE = "1011", "01"
_DIGIT = 7
#: Where the guard bars stand in the main symbol: they are longer.
_LONG = frozenset({0, 2, 46, 48, 92, 94})

#: At 100 %, in millimetres: the bars, how much longer guard bars are, the add-on's bars.
_BAR, _LONGER, _ADD_ON_BAR = 22.85, 1.65, 21.9
#: Size of the digits, and the baselines of those under the bars and over the add-on.
_TYPE, _UNDER, _OVER = 3.6, 25.7, 2.25
#: White over the bars, in millimetres.
_WHITE = 0.9
#: How far left of the bars the middle of the first digit stands, in modules.
_FIRST = 7.2
_FOOT = _BAR + _LONGER


def ean13(issn: str, variant: str = VARIANT) -> str:
    """Return the thirteen digits for an ISSN such as 9876-5434."""
    digits = SERIAL + issn.replace("-", "")[:COUNTED] + variant
    return digits + _check_digit(digits)


def add_on_of(edition: EditionId) -> str:
    """Return the issue of a monthly: the month of an edition such as 2024-09."""
    return edition.split("-")[1]


def _check_digit(digits: str) -> str:
    total = sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(digits))
    return str(-total % 10)


def main_modules(code: str) -> str:
    """Return the bars (1) and spaces (0) of a serial's code, module by module."""
    left = _digits(code[1:7], _SETS)
    right = "".join(_SET_C[int(digit)] for digit in code[7:])
    return f"{_GUARD}{left}{_MIDDLE}{right}{_GUARD}"


def add_on_modules(issue: str) -> str:
    """Return the bars and spaces of an add-on of two digits."""
    sets = _ADD_ON_SETS[int(issue) % len(_ADD_ON_SETS)]
    first, second = (
        _digits(digit, own) for digit, own in zip(issue, sets, strict=True)
    )
    return f"{_ADD_ON_GUARD}{first}{_ADD_ON_MIDDLE}{second}"


def _digits(digits: str, sets: str) -> str:
    pairs = zip(digits, sets, strict=True)
    return "".join(
        (_SET_A if own == "A" else _SET_B)[int(digit)] for digit, own in pairs
    )


# ---------------------------------------------------------------- drawing


def draw_barcode(
    issn: str, add_on: str, *, style: BarcodeStyle, family: str
) -> Barcode:
    """Return an issue's bar code, in black ink alone, with the white it needs.

    Args:
        issn: The paper's ISSN.
        add_on: Two digits for the issue.
        style: Its size.
        family: The family its digits are set in.
    """
    code = ean13(issn)
    start = QUIET_LEFT + len(main_modules(code)) + QUIET_BETWEEN
    says = f"Bar code: ISSN {issn}, issue {add_on}"
    bars = [
        *_bars(main_modules(code), QUIET_LEFT, 0.0, _BAR, _LONG),
        *_bars(add_on_modules(add_on), start, _FOOT - _ADD_ON_BAR, _FOOT),
    ]
    words = [*_words_under(code), *_words_over(add_on, start)]
    width, height = style.width, style.height
    view = f"0 {-_WHITE} {MODULE.mm * MODULES:.2f} {HEIGHT.mm:.2f}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width.mm:.3f}mm"'
        f' height="{height.mm:.3f}mm" viewBox="{view}" fill="{BLACK.css}">'
        f"<title>{says}</title>{''.join(bars)}"
        f'<g font-family="{family}" font-size="{_TYPE}" font-weight="600" text-anchor="middle">'
        f"{''.join(words)}</g></svg>"
    )
    return Barcode(code=code, add_on=add_on, width=width, height=height, svg=Html(svg))


def _bars(
    modules: str,
    left: int,
    top: float,
    foot: float,
    longer: frozenset[int] = frozenset(),
) -> Iterator[str]:
    for run in re.finditer("1+", modules):
        end = foot + (_LONGER if run.start() in longer else 0.0)
        yield (
            f'<rect x="{(left + run.start()) * MODULE.mm:.3f}" y="{top:.3f}"'
            f' width="{len(run[0]) * MODULE.mm:.3f}" height="{end - top:.3f}"/>'
        )


def _words_under(code: str) -> Iterator[str]:
    """Yield the digits under the bars, each in the middle of its own."""
    yield _word(code[0], QUIET_LEFT - _FIRST, _UNDER)
    halves = (len(_GUARD), len(_GUARD) + 6 * _DIGIT + len(_MIDDLE))
    for half, digits in zip(halves, (code[1:7], code[7:]), strict=True):
        for number, digit in enumerate(digits):
            middle = QUIET_LEFT + half + (number + 0.5) * _DIGIT
            yield _word(digit, middle, _UNDER)


def _words_over(add_on: str, start: int) -> Iterator[str]:
    """Yield the digits over the add-on."""
    step = _DIGIT + len(_ADD_ON_MIDDLE)
    for number, digit in enumerate(add_on):
        middle = start + len(_ADD_ON_GUARD) + _DIGIT / 2 + number * step
        yield _word(digit, middle, _OVER)


def _word(digit: str, module: float, baseline: float) -> str:
    x = module * MODULE.mm
    return f'<text x="{x:.3f}" y="{baseline:.3f}">{digit}</text>'


# ---------------------------------------------------------------- room


def find_no_room(layout: Layout) -> Iterator[Finding]:
    """Find a bar code that is too large for its place on the front page."""
    style = layout.furniture.barcode
    if style.where is BarcodePlace.CONTENTS and layout.furniture.contents[1]:
        needed, room, what = style.width, layout.narrowest, "wide, the contents panel"
    else:
        room = layout.leading * layout.furniture.masthead
        needed, what = style.height, "high, the masthead"
    if not room.fits(needed):
        yield error(
            "layout.barcode",
            f"at {style.size:.0%} the bar code is {needed.mm:.1f} mm {what} only"
            f" {room.mm:.1f} mm",
            style.place,
            "make it smaller, to 80% at least, or let it stand elsewhere",
        )
