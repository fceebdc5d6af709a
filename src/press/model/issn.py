"""The ISSN: the number under which libraries and tills know a serial (ISO 3297)."""

from __future__ import annotations

#: Digits of an ISSN without the last, which checks them.
COUNTED = 7
MODULUS = 11
TEN = "X"


def check_digit(digits: str) -> str:
    """Return the check digit of an ISSN's first seven digits: 0 to 9, or X for ten.

    Each digit counts as often as its distance from the end, 8 to 2; with the check
    digit the sum is a multiple of 11.
    """
    total = sum((COUNTED + 1 - i) * int(digit) for i, digit in enumerate(digits))
    digit = -total % MODULUS
    return TEN if digit == MODULUS - 1 else str(digit)
