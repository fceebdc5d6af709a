"""Lines of plain text."""

from __future__ import annotations

import re
import unicodedata

WIDTH = 72

_WIDE = "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60"
#: A line breaks at these, and not at a no-break space.
_BLANK = r"[^\S\u00a0\u2007\u202f]"
_PIECE = re.compile(rf"(?P<blank>{_BLANK}+)|[{_WIDE}]|(?:(?!{_BLANK})[^{_WIDE}])+")


def wrap(text: str, width: int = WIDTH) -> str:
    """Break text into lines; a word or address that is too long keeps its own line.

    Widths are counted in cells of a terminal: ideographs take two, marks none.
    """
    lines: list[str] = []
    line, used = "", 0
    for found in _PIECE.finditer(text.strip()):
        piece, is_blank = found[0], found["blank"] is not None
        cells = 1 if is_blank else _cells(piece)
        if line and used + cells > width:
            lines.append(line.rstrip())
            line, used = "", 0
        if not is_blank:
            line += piece
            used += cells
        elif line:
            line += " "
            used += 1
    return "\n".join([*lines, line.rstrip()] if line else lines)


def _cells(text: str) -> int:
    return sum(
        0
        if unicodedata.category(character) in {"Mn", "Me", "Cf"}
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )
