"""Headlines broken so that lines are even and none ends in a small word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

#: Words that no line of a headline may end with.
# fmt: off
SMALL_WORDS = frozenset((
    "a", "an", "the", "of", "to", "in", "on", "for", "and", "or", "by", "with",
    "from", "as", "at", "that", "who", "was", "is", "its", "his", "her", "their",
    "our", "my", "your", "no", "not", "be", "are", "were", "but", "if", "so",
    "than", "into", "over", "per", "via",
))
# fmt: on
SMALL_WORD = 1.6
SHORT_LAST = 1.5
#: More small words and a higher cost than any way has.
_NONE = (1 << 30, inf)


@dataclass(frozen=True, slots=True)
class Broken:
    """A headline's lines.

    Attributes:
        lines: The lines.
        cost: How uneven they are (0 is even), small words at line ends included.
        small: Lines that end in a small word, because no other way fits.
    """

    lines: tuple[str, ...]
    cost: float
    small: int = 0


def break_headline(
    words: Sequence[str],
    widths: Sequence[float],
    space: float,
    measure: float,
    lines: int,
) -> Broken | None:
    """Break a headline into exactly so many lines, as evenly as can be.

    With C(k, j) the least cost of the first j words in k lines,
    C(k, j) = min over i of C(k-1, i) + ((measure - width(i..j)) / measure)² ·10
    where ways with fewer lines that end in a small word come first, whatever they
    cost. The last line should be at least half as long as the longest.

    Args:
        words: The headline's words.
        widths: Their widths, in points.
        space: Width of a word space, in points.
        measure: Room for a line, in points.
        lines: Lines wanted.

    Returns:
        None when the words do not fit so many lines.
    """
    count = len(words)
    best = [[_NONE] * (count + 1) for _ in range(lines + 1)]
    back = [[0] * (count + 1) for _ in range(lines + 1)]
    best[0][0] = 0, 0.0
    for k in range(1, lines + 1):
        for stop in range(k, count + 1):
            for start, width in _starts(widths, space, measure, stop, k - 1):
                small, cost = best[k - 1][start]
                small += stop < count and _is_small(words[stop - 1])
                cost += ((measure - width) / measure) ** 2 * 10
                if (small, cost) < best[k][stop]:
                    best[k][stop], back[k][stop] = (small, cost), start
    if best[lines][count] == _NONE:
        return None
    return _read_back(words, widths, space, back, best[lines][count])


def _starts(
    widths: Sequence[float], space: float, measure: float, stop: int, least: int
) -> Iterator[tuple[int, float]]:
    """Yield where a line that ends before word `stop` may start, and its width."""
    width = -space
    for start in range(stop - 1, least - 1, -1):
        width += widths[start] + space
        if width > measure:
            return
        yield start, width


def _read_back(
    words: Sequence[str],
    widths: Sequence[float],
    space: float,
    back: list[list[int]],
    found: tuple[int, float],
) -> Broken:
    spans, stop = [], len(words)
    for k in range(len(back) - 1, 0, -1):
        start = back[k][stop]
        spans.append((start, stop))
        stop = start
    spans.reverse()
    small, cost = found
    cost += SMALL_WORD * small
    lengths = [sum(widths[a:b]) + space * (b - a - 1) for a, b in spans]
    if len(spans) > 1 and lengths[-1] < max(lengths) / 2:
        cost += SHORT_LAST
    return Broken(tuple(" ".join(words[a:b]) for a, b in spans), cost, small)


def _is_small(word: str) -> bool:
    return word.lower().strip("“‘”’,") in SMALL_WORDS
