"""Text on a terminal: how wide it is, what must not reach it raw, where it goes."""

from __future__ import annotations

import os
import select
import unicodedata
from typing import TextIO

#: Joiners are part of writing (Persian, emoji), the only invisible characters let through.
_JOINERS = "\u200c\u200d"
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_WIDTHLESS = frozenset({"Mn", "Me", "Cf"})


def printable(text: str) -> str:
    r"""Write characters that would act on a terminal as escapes, such as \x1b.

    Control characters, bidirectional overrides, other invisible format characters and
    lone surrogates: copy that holds them can neither recolour, rewrite nor reorder
    what is shown.
    """
    return "".join(_printable_character(character) for character in text)


def _printable_character(character: str) -> str:
    if unicodedata.category(character) not in _UNSAFE or character in _JOINERS:
        return character
    return character.encode("unicode_escape").decode("ascii")


def cells(text: str) -> int:
    """Count the columns that a terminal uses for `text`.

    East Asian wide characters take two, marks that sit on another character none
    (Unicode Standard Annex 11).
    """
    return sum(_cells_of(character) for character in text)


def _cells_of(character: str) -> int:
    if unicodedata.category(character) in _WIDTHLESS:
        return 0
    if "\u1160" <= character <= "\u11ff":  # Korean vowels and finals join the initial.
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody watches this stream and lines on it can be drawn over."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def takes_colour(stream: TextIO) -> bool:
    """Whether this stream shows colours and nobody asked for none (no-color.org)."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


def put(text: str, stream: TextIO) -> None:
    """Write `text` as a line. A reader that went away (`press … | head`) is no error."""
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        silence(stream)


def silence(stream: TextIO) -> None:
    """Let everything written from now on vanish, also what Python writes when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def is_gone(stream: TextIO) -> bool:
    """Whether the other end of this stream was closed."""
    watch = select.poll()
    watch.register(stream.fileno(), 0)
    return bool(watch.poll(0))
