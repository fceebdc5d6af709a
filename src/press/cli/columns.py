"""Lines made of pieces in colours, cut and filled to a width that terminals have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from press.cli.terminal import cells, printable

PLAIN = "\x1b[0m"
ELLIPSIS = "…"


class Tint(StrEnum):
    """A colour of a terminal; what it says is always said in words too."""

    NONE = ""
    BOLD = "\x1b[1m"
    FAINT = "\x1b[2m"
    GOOD = "\x1b[32m"
    CARE = "\x1b[33m"
    BAD = "\x1b[31m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """Words in one colour."""

    words: str
    tint: Tint = Tint.NONE


def ink(words: str, tint: Tint = Tint.NONE) -> Ink:
    """Return words in a colour; none of them can act on the terminal."""
    return Ink(words=printable(words), tint=tint)


def width_of(line: Iterable[Ink]) -> int:
    """Count the columns that a line takes."""
    return sum(cells(piece.words) for piece in line)


def cut(words: str, width: int) -> str:
    """Return as much of a text as a width holds; a cut shows."""
    if cells(words) <= width:
        return words
    while words and cells(words) > width - 1:
        words = words[:-1]
    return words + ELLIPSIS


def cut_name(name: str, width: int) -> str:
    """Return as much of a name as a width holds, without its middle.

    Names of articles often differ at their ends alone.
    """
    if cells(name) <= width:
        return name
    end = name[-((width - 1) // 3) :]
    return cut(name, width - cells(end)) + end


def fill(left: Sequence[Ink], width: int, right: Ink | None = None) -> tuple[Ink, ...]:
    """Return a line of just that width, with something at its right end."""
    room = width - (cells(right.words) + 1 if right else 0)
    kept: list[Ink] = []
    for piece in left:
        space = room - width_of(kept)
        if space > 0:
            kept.append(Ink(words=cut(piece.words, space), tint=piece.tint))
    gap = Ink(words=" " * (room - width_of(kept) + (1 if right else 0)))
    return (*kept, gap, right) if right else (*kept, gap)


def wrap(parts: Sequence[Ink], width: int, between: str) -> list[tuple[Ink, ...]]:
    """Return parts on as many lines as they need; a part is cut only if it must be."""
    lines: list[list[Ink]] = [[]]
    for part in parts:
        line = lines[-1]
        needed = cells(part.words) + (cells(between) if line else 0)
        if line and width_of(line) + needed > width:
            lines.append([])
            line = lines[-1]
        if line:
            line.append(Ink(words=between, tint=Tint.FAINT))
        line.append(Ink(words=cut(part.words, width), tint=part.tint))
    return [tuple(line) for line in lines if line]


def drawn(line: Iterable[Ink], *, colour: bool) -> str:
    """Write a line, in colours where the terminal has them."""
    return "".join(
        f"{piece.tint.value}{piece.words}{PLAIN}"
        if colour and piece.tint
        else piece.words
        for piece in line
    ).rstrip()
