"""Lines of plain text."""

from __future__ import annotations

import re
import unicodedata

WIDTH = 72

_WIDE = "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60"
_PIECE = re.compile(rf"\s+|[{_WIDE}]|[^\s{_WIDE}]+")


def wrap(text: str, width: int = WIDTH) -> str:
    """Break text into lines; a word or address that is too long keeps its own line.

    Widths are counted in cells of a terminal: ideographs take two, marks none.
    """
    lines: list[str] = []
    line, used = "", 0
    for piece in _PIECE.findall(text.strip()):
        cells = 1 if piece.isspace() else _cells(piece)
        if line and used + cells > width:
            lines.append(line.rstrip())
            line, used = "", 0
        if not piece.isspace():
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
