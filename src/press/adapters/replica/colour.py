"""Inks as screens show them: the colour operators of pages and drawings.

Colours of the palette have a screen colour of their own; any other ink is shown as the
press's profile says. What is RGB or grey already stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Page, Stream

from press.model.ink import Colour, Ink
from press.ports import SoftProof

#: How far a share of ink may be from the palette's, for rounding.
CLOSE = 0.004
#: Whether a content stream may say anything of four inks.
_MENTIONS = re.compile(rb"(?<!\S)(?:k|K|cs|CS)(?!\S)")
#: What is nowhere in the streams of drawn pages: text in brackets, comments, images.
_HARD = re.compile(rb"[(%]|(?<!\S)BI(?!\S)")
#: Instructions about colour, in a stream without any of that.
_COLOURS = re.compile(
    rb"(?<!\S)(?:([qQ])|(/\S+)\s+(cs|CS)"
    rb"|((?:[-+.\d]+\s+)+)(k|K|sc|scn|SC|SCN|g|G|rg|RG))(?!\S)"
)
_FILL, _STROKE = "fill", "stroke"
_SPACE = frozenset({"cs", "CS"})
_INK = {"k": "rg", "K": "RG"}
_SPECIAL = frozenset({"sc", "scn", "SC", "SCN"})
_LIGHT = frozenset({"g", "rg", "G", "RG"})
_COLOUR = _SPACE | _INK.keys() | _SPECIAL | _LIGHT
INKS = 4

_Operands: TypeAlias = Sequence[Any]
_Lights: TypeAlias = tuple[Decimal, ...]


class Screen:
    """Turns ink into colours of screens."""

    def __init__(self, palette: Sequence[Colour], inks: SoftProof) -> None:
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
        data = stream.read_bytes()
        if not _MENTIONS.search(data):
            return
        turning = _Turning(self.shown, resources.get("/ColorSpace", Dictionary()))
        if _HARD.search(data):
            turned = [
                turning.turn(operands, str(operator))
                for operands, operator in _instructions(stream)
            ]
            stream.write(pikepdf.unparse_content_stream(turned))
        else:
            stream.write(_COLOURS.sub(turning.rewrite, data))

    def _shown(self, *parts: float) -> _Lights:
        for ink, screen in self._palette:
            if all(abs(a - b) <= CLOSE for a, b in zip(ink, parts, strict=True)):
                return screen
        lights = self._inks.to_screen(Ink(*parts))
        return tuple(_number(light) for light in lights)


class _Turning:
    """Turns the colours of one stream, instruction by instruction."""

    def __init__(self, shown: Callable[..., _Lights], spaces: Object) -> None:
        self._shown, self._spaces = shown, spaces
        #: Whether the colour space in force has four inks, and those kept by `q`.
        self._inked = {_FILL: False, _STROKE: False}
        self._saved: list[dict[str, bool]] = []

    def rewrite(self, found: re.Match[bytes]) -> bytes:
        """Return an instruction found in a stream, turned."""
        saves, name, space, numbers, word = found.groups()
        if saves:
            self.turn((), saves.decode())
            return found[0]
        operands: _Operands = [Name(name.decode())] if name else numbers.split()
        turned, operator = self.turn(operands, (space or word).decode())
        if turned is operands:
            return found[0]
        parts = [str(part).encode() for part in turned]
        return b" ".join((*parts, str(operator).encode()))

    def turn(self, operands: _Operands, word: str) -> tuple[_Operands, Operator]:
        """Return an instruction with four inks as three lights."""
        if word == "q":
            self._saved.append(dict(self._inked))
        elif word == "Q" and self._saved:
            self._inked = self._saved.pop()
        elif word in _COLOUR:
            operands, word = self._colour(operands, word)
        return operands, Operator(word)

    def _colour(self, operands: _Operands, word: str) -> tuple[_Operands, str]:
        kind = _STROKE if word.isupper() else _FILL
        if word in _SPECIAL:
            turned = self._inked[kind] and len(operands) == INKS
            return self._lights(operands) if turned else operands, word
        if word in _SPACE:
            self._inked[kind] = _is_cmyk(operands[0], self._spaces)
            return [Name.DeviceRGB] if self._inked[kind] else operands, word
        self._inked[kind] = False
        if word in _INK and len(operands) == INKS:
            return self._lights(operands), _INK[word]
        return operands, word

    def _lights(self, operands: _Operands) -> _Operands:
        return self._shown(*(float(part) for part in operands))


def _instructions(stream: Stream) -> Any:
    return pikepdf.parse_content_stream(stream)


def _is_cmyk(space: Object | None, named: Object) -> bool:
    """Tell whether a colour space has four inks; a name may stand for one."""
    if isinstance(space, Name) and str(space) in named:
        space = named[str(space)]
    if isinstance(space, Array) and len(space) > 1 and Name.ICCBased == space[0]:
        return bool(space[1].get("/N") == INKS)
    return isinstance(space, Name) and space == Name.DeviceCMYK


def _of_hex(colour: str) -> _Lights:
    return tuple(_number(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))


def _number(light: float) -> Decimal:
    """Return a share of light as PDF writes it, precise to a 256th."""
    return Decimal(f"{min(1.0, max(0.0, light)):.4f}").normalize() + 0
