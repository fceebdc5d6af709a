"""The room that a mail's tables leave for what stands in them.

Outlook draws with Word, which makes a table as wide as the widths of its cells add up
to. The engine takes a section's padding off the width of everything but the columns
that only Outlook sees: with 12 pixels at both sides, they add up to 24 too many, and
the sheet sticks out of the mail (mrml 6.0.1; the official engine takes it off).

A picture that names a width may be wider than its column, too; the official engine makes
it as wide as the column.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache

_TOKEN = re.compile(
    r"""(?P<open><!--\[if\s[^\]!]*\bmso\b[^\]]*\]>)
      | (?P<close><!\[endif\]-->)
      | <(?P<end>/?)(?P<name>table|tr|td|th)\b(?P<values>[^<>]*)>""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r'(\swidth=")\s*([\d.]+)(%|px)?\s*(?=")')
_STYLE = re.compile(r'(\sstyle="(?:[^"]*;)?\s*width:\s*)([\d.]+)(%|px)(?=\s*[;"])')
_PADDING = re.compile(r'[;"\s]padding(-left|-right)?:([^;"]*)')
_PIXELS = re.compile(r"([\d.]+)(?:px)?")
#: Most tags of a mail are the same few again and again: each is read once.
_KEPT = 4096
#: What a cell holds that holds a picture alone.
_PICTURE = re.compile(r"\s*(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell, or a table, and how wide it is to be.

    Attributes:
        start: Where its tag begins.
        tag: The tag.
        width: In CSS pixels; None where it does not say.
        ghost: Whether only Outlook sees it.
    """

    start: int
    tag: str
    width: float | None
    ghost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Cells side by side, or one table, and the room they stand in.

    Attributes:
        room: In CSS pixels; None where nothing around them says.
        cells: In order.
    """

    room: float | None
    cells: tuple[Cell, ...]

    @property
    def width(self) -> float:
        """How wide its cells are together."""
        return sum(cell.width or 0 for cell in self.cells)

    @property
    def fits(self) -> bool:
        """Whether its cells are no wider than its room."""
        return self.room is None or math.floor(self.width) <= math.ceil(self.room)


@dataclass(slots=True)
class _Node:
    """A table, row or cell, and what stands in it."""

    name: str
    start: int = 0
    tag: str = ""
    ghost: bool = False
    inside: list[_Node] = field(default_factory=list)


def rows(html: str) -> list[Row]:
    """Return the rows and the tables of a mail as Outlook reads it, outermost first."""
    return _rows(html, lambda row: row)


def fit_columns(html: str) -> str:
    """Make the columns and tables that only Outlook sees no wider than their room."""
    pieces: list[str] = []
    done = 0
    cells = (cell for row in _rows(html, _mended) for cell in row.cells)
    mended = [cell for cell in cells if not html.startswith(cell.tag, cell.start)]
    for cell in sorted(mended, key=lambda cell: cell.start):
        end = html.index(">", cell.start) + 1
        pieces += (html[done : cell.start], cell.tag)
        done = end
    return "".join((*pieces, html[done:]))


def fit_pictures(html: str) -> str:
    """Make pictures no wider than the columns they stand in."""
    pieces: list[str] = []
    done = 0
    wide = [row for row in rows(html) if not row.fits and len(row.cells) == 1]
    for row in sorted(wide, key=lambda row: row.cells[0].start):
        cell = row.cells[0]
        start = cell.start + len(cell.tag)
        picture = _PICTURE.match(html, start)
        if picture and row.room is not None and row.room >= 1:
            width = math.floor(row.room)
            image = _ATTRIBUTE.sub(rf"\g<1>{width}", picture[0])
            pieces += (html[done : cell.start], _narrowed(cell, width).tag, image)
            done = picture.end()
    return "".join((*pieces, html[done:]))


def _read(html: str) -> _Node:
    """Read the tables of a mail; what is not closed is closed with what holds it."""
    stack = [_Node("")]
    ghost = False
    for token in _TOKEN.finditer(html):
        name = token["name"]
        if name is None:
            ghost = token["open"] is not None
        elif not token["end"]:
            node = _Node(name, token.start(), token[0], ghost)
            stack[-1].inside.append(node)
            stack.append(node)
        elif any(one.name == name for one in stack):
            while stack.pop().name != name:
                pass
    return stack[0]


def _rows(html: str, settle: Callable[[Row], Row]) -> list[Row]:
    """Return the rows and the tables of a mail, each settled before those inside."""
    found: list[Row] = []
    _gather(_read(html), None, settle, found)
    return found


def _gather(
    around: _Node, room: float | None, settle: Callable[[Row], Row], found: list[Row]
) -> None:
    """Add what stands in an element, row by row, and then what stands in that."""
    groups = [around.inside] if around.name == "tr" else [[n] for n in around.inside]
    for nodes in groups:
        named = [node for node in nodes if node.name != "tr"]
        row = Row(room=room, cells=tuple(_cell(node, room) for node in named))
        if named:
            row = settle(row)
            found.append(row)
        for node, cell in zip(named, row.cells, strict=True):
            if node.inside:
                _gather(node, _inside(cell, room), settle, found)
        for node in nodes:
            if node.name == "tr" and node.inside:
                _gather(node, room, settle, found)


def _cell(node: _Node, room: float | None) -> Cell:
    width, unit = _said(node.tag)
    if width is not None and unit == "%":
        width = None if room is None else room * width / 100
    return Cell(start=node.start, tag=node.tag, width=width, ghost=node.ghost)


@lru_cache(_KEPT)
def _said(tag: str) -> tuple[float | None, str]:
    """Return the width that a tag says, and its unit."""
    found = _STYLE.search(tag) or _ATTRIBUTE.search(tag)
    return (float(found[2]), found[3] or "") if found else (None, "")


def _inside(cell: Cell, room: float | None) -> float | None:
    """Return the room inside a cell."""
    width = room if cell.width is None else cell.width
    return None if width is None else width - _padding(cell.tag)


@lru_cache(_KEPT)
def _padding(values: str) -> float:
    """Return what a cell keeps free at its sides, in CSS pixels."""
    left = right = 0.0
    for side, value in _PADDING.findall(values):
        sizes = [_pixels(one) for one in value.split()] or [0.0]
        if side == "-left":
            left = sizes[0]
        elif side == "-right":
            right = sizes[0]
        else:
            right = sizes[1] if len(sizes) > 1 else sizes[0]
            left = sizes[3] if len(sizes) > 3 else right  # noqa: PLR2004
    return left + right


def _pixels(value: str) -> float:
    found = _PIXELS.fullmatch(value)
    return float(found[1]) if found else 0.0


# ---------------------------------------------------------------- mending


def _mended(row: Row) -> Row:
    """Return a row that fits, as far as it is Outlook's alone."""
    if row.room is None or row.fits or not all(cell.ghost for cell in row.cells):
        return row
    share = row.room / row.width
    return replace(row, cells=tuple(_scaled(cell, share) for cell in row.cells))


def _scaled(cell: Cell, share: float) -> Cell:
    """Return a cell that is smaller by a share, where it says a width."""
    if cell.width is None:
        return cell
    return _narrowed(cell, math.floor(cell.width * share))


def _narrowed(cell: Cell, width: int) -> Cell:
    """Return a cell whose tag says another width, wherever it says one in pixels."""

    def say(found: re.Match[str]) -> str:
        return found[0] if found[3] == "%" else f"{found[1]}{width}{found[3] or ''}"

    tag = _STYLE.sub(say, _ATTRIBUTE.sub(say, cell.tag))
    return replace(cell, tag=tag, width=float(width))
