"""Letters made of straight lines, for what is written outside the trim.

A slug in a face of type would need a font of its own in the file; a draughtsman's letters
need none. There are capitals, figures and a few signs, four units wide and six high.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from press.model.marks import Stroke

HIGH = 6
#: From one letter to the next, in units.
STEP = 6
#: Every letter as lines through points "xy"; spaces stand between lines.
LETTERS = {
    "A": "002640 0333",
    "B": "00063645443303 3342413000",
    "C": "4536160501103041",
    "D": "0006264442200000",
    "E": "46060040 0333",
    "F": "460600 0333",
    "G": "45361605011030414323",
    "H": "0006 4046 0343",
    "I": "2026",
    "J": "4641301001",
    "K": "0006 460340",
    "L": "060040",
    "M": "0006234640",
    "N": "00064046",
    "O": "100105163645413010",
    "P": "00063645443303",
    "Q": "100105163645413010 2240",
    "R": "00063645443303 2340",
    "S": "453616050413334241301001",
    "T": "0646 2026",
    "U": "060110304146",
    "V": "062046",
    "W": "0610233046",
    "X": "0046 0640",
    "Y": "062346 2320",
    "Z": "06460040",
    "0": "100105163645413010 0145",
    "1": "0526 2620",
    "2": "05163645440040",
    "3": "0516364544334241301001 1333",
    "4": "30360242",
    "5": "460604344341301001",
    "6": "4536160501103041423302",
    "7": "064610",
    "8": "13040516364544331302011030414233",
    "9": "0110304145361605041344",
    "-": "1333",
    ".": "2021",
    ",": "2110",
    ":": "2122 2425",
    "/": "0046",
    "'": "2625",
    "&": "40051626351301103042",
}
SPELT = {"–": "-", "—": "-", "·": "-", "’": "'", "‘": "'", "№": "No"}


def write(
    text: str, left: float, baseline: float, height: float, room: float
) -> Iterator[Stroke]:
    """Yield the strokes of a text of that height, cut where it needs more room.

    Accents are left off; of what else there is no letter, a gap is left.
    """
    unit = height / HIGH
    plain = unicodedata.normalize("NFKD", "".join(SPELT.get(one, one) for one in text))
    letters = [one for one in plain.upper() if not unicodedata.combining(one)]
    for number, one in enumerate(letters[: int(room / (STEP * unit))]):
        start = left + number * STEP * unit
        for line in LETTERS.get(one, "").split():
            points = [
                (start + int(line[at]) * unit, baseline + int(line[at + 1]) * unit)
                for at in range(0, len(line), 2)
            ]
            for begin, end in pairwise(points):
                yield Stroke(*begin, *end)
