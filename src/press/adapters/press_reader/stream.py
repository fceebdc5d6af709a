"""One content stream, followed operator by operator."""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import copy
from typing import Any, Protocol

import pikepdf

from press.adapters.press_reader.image import Picture, read_inline
from press.adapters.press_reader.shape import (
    IDENTITY,
    Matrix,
    Path,
    placed,
    times,
    within,
)
from press.adapters.press_reader.space import entry, initial, name_of
from press.adapters.press_reader.state import NO_FONT, Font, State
from press.adapters.press_reader.tally import Tally
from press.adapters.press_reader.token import operations, shown
from press.model.press_facts import Box, Laid, Outline, Paint

_NOWHERE: Box = (1e9, 1e9, -1e9, -1e9)
_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_STROKES = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_STEPS = frozenset({b"m", b"l"})
_EVEN_ODD = frozenset({b"f*", b"B*", b"b*"})
_ENDS = _FILLS | _STROKES | {b"n"}
_DEVICES = {b"g": "DeviceGray", b"rg": "DeviceRGB", b"k": "DeviceCMYK"}
#: What a graphics state may set that the next one need not set again.
_SETS = frozenset({"/OP", "/op", "/OPM", "/SMask", "/LW", "/Font"})
_STROKED = frozenset({1, 5})
_LETTER = 0.5  # of the type size: about how wide one is
_DESCENT = -0.22
_ASCENT = 0.78
Handler = Callable[["_Stream", list[bytes]], None]


class Whole(Protocol):
    """What a stream asks of the page that it is part of."""

    tally: Tally
    left: int

    def font(self, font: Any) -> Font:
        """Return a font of the file as text uses it."""
        ...

    def place(self, item: Any, resources: Any, state: State) -> None:
        """Place an image or a form."""
        ...

    def show(self, picture: Picture, state: State) -> None:
        """Count a picture where it is placed."""
        ...

    def mask(self, mask: Any, resources: Any, state: State) -> None:
        """Take note of a soft mask."""
        ...

    def pattern(self, pattern: Any, resources: Any, state: State) -> None:
        """Follow a pattern."""
        ...

    def shading(self, shading: Any, resources: Any) -> None:
        """Take note of a gradient."""
        ...

    def transparent(self, extra: Any) -> None:
        """Take note of what a graphics state says on transparency."""
        ...


def follow_stream(whole: Whole, content: bytes, resources: Any, state: State) -> None:
    """Follow one content stream to its end, from the state it is drawn in."""
    _Stream(whole, resources, state).follow(content)


class _Stream:
    """One content stream with the state its operators set."""

    def __init__(self, whole: Whole, resources: Any, state: State) -> None:
        self.whole = whole
        self.tally = whole.tally
        self.resources = resources
        self.now = copy(state)
        self.stack: list[State] = []
        self.path = Path()
        self.clips = False
        self._spaces: dict[bytes, str] = {}
        #: Graphics states that set nothing that follows from one operator to the next.
        self._idle: set[bytes] = set()

    def follow(self, content: bytes) -> None:
        """Follow all operators."""
        for operator, operands in operations(content):
            self.whole.left -= 1
            if self.whole.left < 0:
                self.tally.faults["more operators than a page can need"] = None
                return
            try:
                if operator in _STEPS:
                    self.path.xs.append(float(operands[-2]))
                    self.path.ys.append(float(operands[-1]))
                elif operator in _ENDS:
                    self._end(operator)
                else:
                    handler = _HANDLERS.get(operator)
                    if handler is not None:
                        handler(self, operands)
            except (ValueError, IndexError, OverflowError):
                word = operator[:12].decode("latin-1")
                self.tally.faults[f"a damaged operator {word}"] = None

    # ------------------------------------------------------------ paths

    def _end(self, operator: bytes) -> None:
        path, now = self.path, self.now
        self.path = Path()
        if not path.xs:
            return
        around = placed(path.box, now.matrix)
        if operator != b"n":
            self._paint(operator, path, around)
        if self.clips:
            now.clip = within(around, now.clip) or _NOWHERE
            self.clips = False

    def _paint(self, operator: bytes, path: Path, around: Box) -> None:
        now = self.now
        weight = now.width * _scale(now.matrix) if operator in _STROKES else 0.0
        half = weight / 2
        left, bottom, right, top = around
        wide = left - half, bottom - half, right + half, top + half
        box = within(wide, now.clip)
        if box is None:
            return
        if operator in _FILLS:
            self.tally.fill((now.fill, now.fill_laid), box)
            if operator not in _STROKES:
                thin = path.thin(now.matrix, even_odd=operator in _EVEN_ODD)
                if thin:
                    weight, outline = thin
                    kind = round(weight, 2), now.fill, now.fill_laid, outline
                    self.tally.line(kind, box)
        if operator in _STROKES:
            outline = Outline.EDGE if operator in _FILLS else Outline.STROKE
            kind = round(weight, 2), now.stroke, now.stroke_laid, outline
            self.tally.line(kind, box)

    def clip(self, _: list[bytes]) -> None:
        self.clips = True

    def curve(self, operands: list[bytes]) -> None:
        values = [float(word) for word in operands]
        self.path.xs += values[0::2]
        self.path.ys += values[1::2]
        self.path.curved = True

    def rectangle(self, operands: list[bytes]) -> None:
        x, y, width, height = (float(word) for word in operands[-4:])
        self.path.rectangle(x, y, width, height)

    # ------------------------------------------------------------ state

    def save(self, _: list[bytes]) -> None:
        self.stack.append(copy(self.now))

    def restore(self, _: list[bytes]) -> None:
        if self.stack:
            self.now = self.stack.pop()

    def move(self, operands: list[bytes]) -> None:
        self.now.matrix = times(_six(operands), self.now.matrix)

    def width(self, operands: list[bytes]) -> None:
        self.now.width = float(operands[-1])

    def extra(self, operands: list[bytes]) -> None:
        word = operands[-1]
        if word in self._idle:
            return
        extra = self._resource("/ExtGState", word)
        if extra is None:
            return
        if _SETS.isdisjoint(extra.keys()):
            self._idle.add(word)
        self.whole.transparent(extra)
        mask = entry(extra, "/SMask")
        if isinstance(mask, pikepdf.Dictionary):
            self.whole.mask(mask, self.resources, self.now)
        self._lay(extra)
        if entry(extra, "/LW") is not None:
            self.now.width = float(extra.LW)
        font = entry(extra, "/Font")
        if isinstance(font, pikepdf.Array) and len(font) > 1:
            self.now.font, self.now.size = self.whole.font(font[0]), float(font[1])

    def _lay(self, extra: Any) -> None:
        """Take overprint over: op goes with OP where it is not said."""
        now = self.now
        strokes, fills = entry(extra, "/OP"), entry(extra, "/op")
        mode = entry(extra, "/OPM")
        if strokes is None and fills is None and mode is None:
            return
        fills = strokes if fills is None else fills
        opm = now.fill_laid.mode if mode is None else int(mode)
        fill = now.fill_laid.overprint if fills is None else bool(fills)
        stroke = now.stroke_laid.overprint if strokes is None else bool(strokes)
        now.fill_laid, now.stroke_laid = Laid(fill, opm), Laid(stroke, opm)

    # ------------------------------------------------------------ colour

    def device_fill(self, name: str, operands: list[bytes]) -> None:
        self.now.fill = self._device(name, operands)

    def device_stroke(self, name: str, operands: list[bytes]) -> None:
        self.now.stroke = self._device(name, operands)

    def _device(self, name: str, operands: list[bytes]) -> Paint:
        values = tuple(round(float(word), 4) for word in operands)
        return Paint(self._space(b"/" + name.encode()), values)

    def _space(self, word: bytes) -> str:
        name = self._spaces.get(word)
        if name is None:
            space = pikepdf.Name(word.decode("latin-1"))
            name = self._spaces[word] = name_of(space, self.resources)
            self.tally.spaces.add(name)
        return name

    def space_fill(self, operands: list[bytes]) -> None:
        self.now.fill = initial(self._space(operands[-1]))

    def space_stroke(self, operands: list[bytes]) -> None:
        self.now.stroke = initial(self._space(operands[-1]))

    def colour_fill(self, operands: list[bytes]) -> None:
        self.now.fill = self._colour(self.now.fill, operands)

    def colour_stroke(self, operands: list[bytes]) -> None:
        self.now.stroke = self._colour(self.now.stroke, operands)

    def _colour(self, before: Paint, operands: list[bytes]) -> Paint:
        if operands[-1].startswith(b"/"):
            pattern = self._resource("/Pattern", operands[-1])
            if pattern is not None:
                self.whole.pattern(pattern, self.resources, self.now)
            return Paint("Pattern")
        return Paint(before.space, tuple(round(float(word), 4) for word in operands))

    # ------------------------------------------------------------ text

    def begin(self, _: list[bytes]) -> None:
        self.now.text = self.now.line = IDENTITY

    def font(self, operands: list[bytes]) -> None:
        found = self._resource("/Font", operands[-2])
        self.now.font = NO_FONT if found is None else self.whole.font(found)
        self.now.size = float(operands[-1])

    def stand(self, operands: list[bytes]) -> None:
        self.now.text = self.now.line = _six(operands)

    def step(self, operands: list[bytes]) -> None:
        across, upwards = float(operands[-2]), float(operands[-1])
        moved = times((1.0, 0.0, 0.0, 1.0, across, upwards), self.now.line)
        self.now.text = self.now.line = moved

    def step_leading(self, operands: list[bytes]) -> None:
        self.now.leading = -float(operands[-1])
        self.step(operands)

    def next_line(self, _: list[bytes]) -> None:
        self.step([b"0", b"%f" % -self.now.leading])

    def show(self, operands: list[bytes]) -> None:
        now = self.now
        codes = shown(operands)
        if not codes:
            return
        font = now.font
        letters = len(codes) // 2 if font.two_bytes else len(codes)
        missing = 0
        if font.numbers_glyphs and b"\0\0" in codes:
            missing = sum(not any(codes[at : at + 2]) for at in range(0, len(codes), 2))
        matrix = times(now.text, now.matrix)
        size = round(abs(now.size) * math.hypot(matrix[2], matrix[3]), 2)
        base = now.rise
        box = placed(
            (
                0.0,
                base + _DESCENT * now.size,
                letters * _LETTER * now.size * now.stretch,
                base + _ASCENT * now.size,
            ),
            matrix,
        )
        stroked = now.mode in _STROKED
        paint = now.stroke if stroked else now.fill
        laid = now.stroke_laid if stroked else now.fill_laid
        kind = size, paint, laid, font.name, now.mode
        seen = within(box, now.clip)
        if seen is not None:
            self.tally.text(kind, seen, letters, missing)
        # What follows without a step stands about behind this.
        along = (1.0, 0.0, 0.0, 1.0, letters * _LETTER * now.size * now.stretch, 0.0)
        now.text = times(along, now.text)

    def show_next(self, operands: list[bytes]) -> None:
        self.next_line(operands)
        self.show(operands)

    def mode(self, operands: list[bytes]) -> None:
        self.now.mode = int(operands[-1])

    def stretch(self, operands: list[bytes]) -> None:
        self.now.stretch = float(operands[-1]) / 100

    def rise(self, operands: list[bytes]) -> None:
        self.now.rise = float(operands[-1])

    def leading(self, operands: list[bytes]) -> None:
        self.now.leading = float(operands[-1])

    # ------------------------------------------------------------ things

    def place(self, operands: list[bytes]) -> None:
        item = self._resource("/XObject", operands[-1])
        if item is not None:
            self.whole.place(item, self.resources, self.now)

    def inline(self, operands: list[bytes]) -> None:
        self.whole.show(read_inline(operands[0], self.resources), self.now)

    def shade(self, operands: list[bytes]) -> None:
        shading = self._resource("/Shading", operands[-1])
        if shading is not None:
            self.whole.shading(shading, self.resources)

    def _resource(self, kind: str, word: bytes) -> Any:
        name = word.decode("latin-1")
        found = entry(entry(self.resources, kind), name)
        if found is None:
            self.tally.faults[f"{kind[1:]} {name} is not in the file"] = None
        return found


def _six(operands: list[bytes]) -> Matrix:
    a, b, c, d, e, f = (float(word) for word in operands[-6:])
    return a, b, c, d, e, f


def _scale(matrix: Matrix) -> float:
    a, b, c, d = matrix[:4]
    return math.sqrt(abs(a * d - b * c))


def _device(word: bytes, *, stroke: bool) -> Handler:
    name = _DEVICES[word]
    if stroke:
        return lambda stream, operands: stream.device_stroke(name, operands)
    return lambda stream, operands: stream.device_fill(name, operands)


_HANDLERS: dict[bytes, Handler] = {
    b"W": _Stream.clip,
    b"W*": _Stream.clip,
    b"re": _Stream.rectangle,
    b"c": _Stream.curve,
    b"v": _Stream.curve,
    b"y": _Stream.curve,
    b"q": _Stream.save,
    b"Q": _Stream.restore,
    b"cm": _Stream.move,
    b"w": _Stream.width,
    b"gs": _Stream.extra,
    b"cs": _Stream.space_fill,
    b"CS": _Stream.space_stroke,
    b"sc": _Stream.colour_fill,
    b"scn": _Stream.colour_fill,
    b"SC": _Stream.colour_stroke,
    b"SCN": _Stream.colour_stroke,
    b"BT": _Stream.begin,
    b"Tf": _Stream.font,
    b"Tm": _Stream.stand,
    b"Td": _Stream.step,
    b"TD": _Stream.step_leading,
    b"T*": _Stream.next_line,
    b"Tj": _Stream.show,
    b"TJ": _Stream.show,
    b"'": _Stream.show_next,
    b'"': _Stream.show_next,
    b"Tr": _Stream.mode,
    b"Tz": _Stream.stretch,
    b"Ts": _Stream.rise,
    b"TL": _Stream.leading,
    b"Do": _Stream.place,
    b"BI": _Stream.inline,
    b"sh": _Stream.shade,
    **{word: _device(word, stroke=False) for word in _DEVICES},
    **{word.upper(): _device(word, stroke=True) for word in _DEVICES},
}
