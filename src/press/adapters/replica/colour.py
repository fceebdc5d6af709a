"""Inks as screens show them: the colour operators of pages and drawings.

Colours of the palette have a screen colour of their own; any other ink is shown as the
press's profile says. What is RGB or grey already stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Page, Stream

from press.model.ink import Colour, Ink
from press.ports import Inks

#: How far a share of ink may be from the palette's, for rounding.
CLOSE = 0.004
#: Whether a content stream may say anything of four inks.
_MENTIONS = re.compile(
    rb"(?<![^\s])[kK](?![^\s])|DeviceCMYK|(?<![^\s])(?:cs|CS)(?![^\s])"
)
_FILL, _STROKE = "fill", "stroke"
_SPACE = frozenset({"cs", "CS"})
_INK = {"k": "rg", "K": "RG"}
_SPECIAL = frozenset({"sc", "scn", "SC", "SCN"})
_LIGHT = frozenset({"g", "rg", "G", "RG"})
_COLOUR = _SPACE | _INK.keys() | _SPECIAL | _LIGHT
INKS = 4

_Instruction: TypeAlias = tuple[Sequence[Any], Operator]


class Screen:
    """Turns ink into colours of screens."""

    def __init__(self, palette: Sequence[Colour], inks: Inks) -> None:
        self._palette = [(one.ink.parts, _of_hex(one.screen)) for one in palette]
        self._inks = inks
        self._seen: set[tuple[int, int]] = set()
        self.shown = lru_cache(maxsize=None)(self._shown)

    def convert(self, page: Page) -> None:
        """Turn a page's inks, and those of the drawings and patterns on it."""
        page.contents_coalesce()
        contents = page.obj.get("/Contents")
        resources = page.obj.get("/Resources", Dictionary())
        if isinstance(contents, Stream):
            self._stream(contents, resources)
        self._resources(resources)

    def _resources(self, resources: Object) -> None:
        for name in ("/XObject", "/Pattern"):
            for one in list(resources.get(name, Dictionary()).as_dict().values()):
                if isinstance(one, Stream) and one.objgen not in self._seen:
                    self._seen.add(one.objgen)
                    self._drawing(one)

    def _drawing(self, one: Stream) -> None:
        """Turn the inks of a form or a tiling pattern."""
        if Name.Image == one.get("/Subtype"):
            return
        resources = one.get("/Resources", Dictionary())
        group = one.get("/Group", Dictionary())
        if _is_cmyk(group.get("/CS"), resources):
            group.CS = Name.DeviceRGB
        self._stream(one, resources)
        self._resources(resources)

    def _stream(self, stream: Stream, resources: Object) -> None:
        if not _MENTIONS.search(stream.read_bytes()):
            return
        spaces = resources.get("/ColorSpace", Dictionary())
        instructions: Any = pikepdf.parse_content_stream(stream)
        turned = list(self._turn(instructions, spaces))
        stream.write(pikepdf.unparse_content_stream(turned))

    def _turn(
        self, instructions: Sequence[Any], spaces: Object
    ) -> Iterator[_Instruction]:
        """Yield instructions with four inks as three lights."""
        inked: dict[str, bool] = {_FILL: False, _STROKE: False}
        saved: list[dict[str, bool]] = []
        for operands, operator in instructions:
            word = str(operator)
            if word == "q":
                saved.append(dict(inked))
            elif word == "Q" and saved:
                inked = saved.pop()
            elif word in _COLOUR:
                operands, operator = self._colour(word, operands, inked, spaces)  # noqa: PLW2901
            yield operands, operator

    def _colour(
        self, word: str, operands: Sequence[Any], inked: dict[str, bool], spaces: Object
    ) -> _Instruction:
        """Return an instruction that sets a colour; keep whether four inks are meant."""
        kind = _STROKE if word.isupper() else _FILL
        if word in _SPECIAL:
            turned = inked[kind] and len(operands) == INKS
            return self._lights(operands) if turned else operands, Operator(word)
        if word in _SPACE:
            inked[kind] = _is_cmyk(operands[0], spaces)
            name = Name.DeviceRGB if inked[kind] else operands[0]
            return [name], Operator(word)
        inked[kind] = False
        if word in _INK:
            return self._lights(operands), Operator(_INK[word])
        return operands, Operator(word)

    def _lights(self, operands: Sequence[Any]) -> list[Decimal]:
        return list(self.shown(*(float(part) for part in operands)))

    def _shown(self, *parts: float) -> tuple[Decimal, ...]:
        for ink, screen in self._palette:
            if all(abs(a - b) <= CLOSE for a, b in zip(ink, parts, strict=True)):
                return screen
        lights = self._inks.to_screen(Ink(*parts))
        return tuple(_number(light) for light in lights)


def _is_cmyk(space: Object | None, named: Object) -> bool:
    """Tell whether a colour space has four inks; a name may stand for one."""
    if isinstance(space, Name) and str(space) in named:
        space = named[str(space)]
    if isinstance(space, Array) and len(space) > 1 and Name.ICCBased == space[0]:
        return bool(space[1].get("/N") == INKS)
    return isinstance(space, Name) and space == Name.DeviceCMYK


def _of_hex(colour: str) -> tuple[Decimal, ...]:
    return tuple(_number(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))


def _number(light: float) -> Decimal:
    """Return a share of light as PDF writes it, precise to a 256th."""
    return Decimal(f"{min(1.0, max(0.0, light)):.4f}").normalize() + 0
