"""One page of a press file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf

from press.adapters.press_reader.content import Content, read
from press.adapters.press_reader.shape import Canvas
from press.adapters.press_reader.space import entry
from press.adapters.press_reader.state import State
from press.model.press_facts import Box, FontFacts, PageMarks

BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")
_INHERITED = frozenset({"/MediaBox", "/CropBox", "/Rotate", "/Resources"})
_DEEPEST = 40
#: What pikepdf raises where a file holds something other than it should.
DAMAGE = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page, the fonts it uses, and what was repaired to read it."""

    marks: PageMarks
    fonts: tuple[FontFacts, ...]
    repairs: tuple[str, ...] = ()


def read_page(page: Any, number: int) -> ReadPage:
    """Read a page; what is damaged is one of its faults."""
    boxes = tuple(
        (name[1:], box) for name in BOXES if (box := _box(_inherited(page, name)))
    )
    canvas = _canvas(dict(boxes))
    content = Content(canvas, number)
    tally = content.tally
    resources = _inherited(page, "/Resources")
    try:
        content.group(entry(page, "/Group"), resources, page=True)
        content.follow(_content(page), resources, State(clip=canvas.media))
    except DAMAGE as error:
        tally.faults[f"its content cannot be read: {_said(error)}"] = None
    annotations = entry(page, "/Annots")
    kinds = annotations if isinstance(annotations, pikepdf.Array) else ()
    marks = PageMarks(
        number=number,
        boxes=boxes,
        rotate=int(_number(_inherited(page, "/Rotate"), 0)),
        user_unit=_number(entry(page, "/UserUnit"), 1),
        annotations=tuple(str(entry(one, "/Subtype") or "/?")[1:] for one in kinds),
        actions=entry(page, "/AA") is not None,
        spaces=tuple(sorted(tally.spaces)),
        texts=tally.texts(),
        lines=tally.lines(),
        fills=tally.fills(),
        images=tally.images(),
        shadings=tuple(tally.shadings),
        groups=tuple(tally.groups),
        transparency=tuple(tally.transparency),
        faults=tuple(tally.faults),
    )
    return ReadPage(marks=marks, fonts=tuple(content.fonts))


def _said(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]


def _content(page: Any) -> bytes:
    contents = entry(page, "/Contents")
    if isinstance(contents, pikepdf.Stream):
        return read(contents)
    if isinstance(contents, pikepdf.Array):
        return b"\n".join(
            read(one) for one in contents if isinstance(one, pikepdf.Stream)
        )
    return b""


def _inherited(page: Any, name: str) -> Any:
    """Return an entry of a page, or of the nodes above it where it is inherited."""
    node = page
    for _ in range(_DEEPEST):
        found = entry(node, name)
        if found is not None or name not in _INHERITED:
            return found
        node = entry(node, "/Parent")
    return None


def _box(value: Any) -> Box | None:
    if not isinstance(value, pikepdf.Array) or len(value) != 4:  # noqa: PLR2004
        return None
    sides = [_number(side, None) for side in value]
    if any(side is None for side in sides):
        return None
    one, two, three, four = (float(side or 0) for side in sides)
    return min(one, three), min(two, four), max(one, three), max(two, four)


def _number(value: Any, otherwise: Any) -> Any:
    try:
        return otherwise if value is None else round(float(value), 4)
    except (TypeError, ValueError):
        return otherwise


def _canvas(boxes: dict[str, Box]) -> Canvas:
    media = boxes.get("MediaBox", (0.0, 0.0, 612.0, 792.0))
    trim = boxes.get("TrimBox") or boxes.get("ArtBox") or boxes.get("CropBox") or media
    return Canvas(media=media, trim=trim, bleed=boxes.get("BleedBox") or trim)
