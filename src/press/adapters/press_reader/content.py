"""What a page paints: its content streams, followed operator by operator."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from copy import copy
from typing import Any

import pikepdf

from press.adapters.press_reader.font import numbers_glyphs, read_font, two_bytes
from press.adapters.press_reader.image import Picture, read_image, read_inline
from press.adapters.press_reader.shape import (
    IDENTITY,
    Canvas,
    Matrix,
    Path,
    placed,
    times,
    within,
)
from press.adapters.press_reader.space import (
    components,
    entry,
    initial,
    name_of,
    outputs,
)
from press.adapters.press_reader.state import NO_FONT, Font, State
from press.adapters.press_reader.tally import Tally
from press.adapters.press_reader.token import operations, shown
from press.model.press_facts import (
    Box,
    FontFacts,
    GroupMark,
    Laid,
    Outline,
    Paint,
    ShadingMark,
)

#: Forms in forms in forms: deeper ones are not followed.
_DEEPEST = 24
#: Operators that are followed on one page: a hundred times what a full page has.
_MOST = 3_000_000
#: Bytes of one content stream.
LARGEST = 256 << 20
_HARMLESS_WHEN_PACKED = 1 << 16
_NOWHERE: Box = (1e9, 1e9, -1e9, -1e9)
_UNIT: Box = (0.0, 0.0, 1.0, 1.0)
_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_STROKES = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_STEPS = frozenset({b"m", b"l"})
_EVEN_ODD = frozenset({b"f*", b"B*", b"b*"})
_ENDS = _FILLS | _STROKES | {b"n"}
_DEVICES = {b"g": "DeviceGray", b"rg": "DeviceRGB", b"k": "DeviceCMYK"}
_CLEAR = frozenset({"/Normal", "/Compatible"})
_HALFTONES = ("/TR", "/TR2", "/HT", "/BG", "/BG2", "/UCR", "/UCR2")
_SETS = frozenset({"/OP", "/op", "/OPM", "/SMask", "/LW", "/Font"})
_STROKED = frozenset({1, 5})
_LETTER = 0.5  # of the type size: about how wide one is
_DESCENT = -0.22
_ASCENT = 0.78
Handler = Callable[["_Stream", list[bytes]], None]


class Content:
    """Follows the content of one page.

    Attributes:
        tally: What it paints.
        fonts: The fonts it uses.
    """

    def __init__(self, canvas: Canvas, page: int) -> None:
        self.tally = Tally(canvas)
        self.fonts: list[FontFacts] = []
        self.left = _MOST
        self._page = page
        self._fonts: dict[tuple[int, int], Font] = {}
        self._pictures: dict[tuple[int, int], Picture] = {}
        self._patterns: set[tuple[int, int]] = set()
        self._inside: list[tuple[int, int]] = []

    def follow(self, content: bytes, resources: Any, state: State) -> None:
        """Follow a content stream to its end."""
        if len(self._inside) > _DEEPEST:
            self.tally.faults["drawings stand too deep in one another"] = None
            return
        _Stream(self, resources, state).follow(content)

    def font(self, font: Any) -> Font:
        """Return a font of the file as text uses it."""
        key = font.objgen
        if key not in self._fonts or key == (0, 0):
            facts = read_font(font, self._page)
            self.fonts.append(facts)
            self._fonts[key] = Font(
                name=facts.name,
                two_bytes=two_bytes(font),
                numbers_glyphs=numbers_glyphs(font),
                drawn=facts.kind == "Type3",
            )
        return self._fonts[key]

    def picture(self, image: Any, resources: Any) -> Picture:
        """Return what an image of the file is."""
        key = image.objgen
        if key not in self._pictures:
            self._pictures[key] = read_image(image, resources)
        return self._pictures[key]

    def place(self, item: Any, resources: Any, state: State) -> None:
        """Place an image or a form."""
        kind = str(entry(item, "/Subtype"))
        if kind == "/Image":
            picture = self.picture(item, resources)
            self.show(picture, state)
        elif kind == "/Form":
            self._form(item, resources, state)
        else:
            self.tally.faults[f"a drawing of an unknown kind, {kind}"] = None

    def show(self, picture: Picture, state: State) -> None:
        """Count a picture where it is placed."""
        if picture.soft_mask:
            self.tally.transparency["the soft mask of a picture"] = None
        box = within(placed(_UNIT, state.matrix), state.clip)
        if box is None:
            return
        if picture.space == "mask":
            self.tally.fill((state.fill, state.fill_laid), box)
        self.tally.image((picture, picture.ppi(state.matrix), state.fill_laid), box)

    def _form(self, form: Any, resources: Any, state: State) -> None:
        if form.objgen in self._inside:
            self.tally.faults["a drawing that holds itself"] = None
            return
        self.group(entry(form, "/Group"), resources, page=False)
        inner = copy(state)
        inner.matrix = times(_matrix(entry(form, "/Matrix")), state.matrix)
        own = entry(form, "/Resources")
        self._inside.append(form.objgen)
        self.follow(read(form), resources if own is None else own, inner)
        self._inside.pop()

    def group(self, group: Any, resources: Any, *, page: bool) -> None:
        """Take note of a transparency group."""
        if str(entry(group, "/S")) == "/Transparency":
            space = entry(group, "/CS")
            name = "" if space is None else name_of(space, resources)
            self.tally.groups[GroupMark(space=name, page=page)] = None

    def mask(self, mask: Any, resources: Any, state: State) -> None:
        """Take note of a soft mask and of what it is made of."""
        self.tally.transparency["a soft mask"] = None
        group = entry(mask, "/G")
        if isinstance(group, pikepdf.Stream):
            self._form(group, resources, state)

    def pattern(self, pattern: Any, resources: Any, state: State) -> None:
        """Follow a pattern, the first time it is met."""
        if pattern.objgen in self._patterns:
            return
        if pattern.objgen != (0, 0):
            self._patterns.add(pattern.objgen)
        if int(entry(pattern, "/PatternType") or 0) != 1:
            self.shading(entry(pattern, "/Shading"), resources)
            extra = entry(pattern, "/ExtGState")
            if extra is not None:
                self.transparent(extra)
            return
        inner = State(matrix=_matrix(entry(pattern, "/Matrix")))
        inner.fill, inner.stroke = state.fill, state.stroke
        if entry(pattern, "/PaintType") != 2:  # noqa: PLR2004  (2: a stencil)
            inner.fill = inner.stroke = State().fill
        own = entry(pattern, "/Resources")
        self._inside.append(pattern.objgen)
        self.follow(read(pattern), resources if own is None else own, inner)
        self._inside.pop()

    def shading(self, shading: Any, resources: Any) -> None:
        """Take note of a gradient."""
        if shading is None:
            self.tally.faults["a gradient that is not in the file"] = None
            return
        space = name_of(entry(shading, "/ColorSpace"), resources)
        function = entry(shading, "/Function")
        mark = ShadingMark(
            space=space,
            components=components(space),
            outputs=0 if function is None else outputs(function),
        )
        self.tally.shadings[mark] = None

    def transparent(self, extra: Any) -> None:
        """Take note of what a graphics state says on transparency and halftones."""
        for key in ("/ca", "/CA"):
            value = entry(extra, key)
            if value is not None and float(value) < 1:
                self.tally.transparency[f"{key[1:]} {float(value):g}"] = None
        mode = entry(extra, "/BM")
        modes = mode if isinstance(mode, pikepdf.Array) else [mode]
        for one in modes:
            if one is not None and str(one) not in _CLEAR:
                self.tally.transparency[f"blend mode {str(one)[1:]}"] = None
        for key in _HALFTONES:
            value = entry(extra, key)
            if value is not None and str(value) not in {"/Default", "/Identity"}:
                self.tally.faults[f"the file sets the press's own {key[1:]}"] = None


class _Stream:
    """One content stream with the state its operators set."""

    def __init__(self, content: Content, resources: Any, state: State) -> None:
        self.content = content
        self.tally = content.tally
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
            self.content.left -= 1
            if self.content.left < 0:
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
        self.content.transparent(extra)
        mask = entry(extra, "/SMask")
        if isinstance(mask, pikepdf.Dictionary):
            self.content.mask(mask, self.resources, self.now)
        self._lay(extra)
        if entry(extra, "/LW") is not None:
            self.now.width = float(extra.LW)
        font = entry(extra, "/Font")
        if isinstance(font, pikepdf.Array) and len(font) > 1:
            self.now.font, self.now.size = self.content.font(font[0]), float(font[1])

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
                self.content.pattern(pattern, self.resources, self.now)
            return Paint("Pattern")
        return Paint(before.space, tuple(round(float(word), 4) for word in operands))

    # ------------------------------------------------------------ text

    def begin(self, _: list[bytes]) -> None:
        self.now.text = self.now.line = IDENTITY

    def font(self, operands: list[bytes]) -> None:
        found = self._resource("/Font", operands[-2])
        self.now.font = NO_FONT if found is None else self.content.font(found)
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
            self.content.place(item, self.resources, self.now)

    def inline(self, operands: list[bytes]) -> None:
        self.content.show(read_inline(operands[0], self.resources), self.now)

    def shade(self, operands: list[bytes]) -> None:
        shading = self._resource("/Shading", operands[-1])
        if shading is not None:
            self.content.shading(shading, self.resources)

    def _resource(self, kind: str, word: bytes) -> Any:
        name = word.decode("latin-1")
        found = entry(entry(self.resources, kind), name)
        if found is None:
            self.tally.faults[f"{kind[1:]} {name} is not in the file"] = None
        return found


def read(stream: pikepdf.Stream) -> bytes:
    """Return the bytes of a content stream.

    Raises:
        ValueError: They are more than a page can need.
    """
    raw = stream.read_raw_bytes()
    if (
        len(raw) > _HARMLESS_WHEN_PACKED
        and str(stream.get("/Filter")) == "/FlateDecode"
    ):
        unpacked = zlib.decompressobj()
        try:
            unpacked.decompress(raw, LARGEST)
        except zlib.error:
            pass
        else:
            if unpacked.unconsumed_tail:
                raise ValueError(f"its content is larger than {LARGEST >> 20} MB")
    return stream.read_bytes()


def _six(operands: list[bytes]) -> Matrix:
    a, b, c, d, e, f = (float(word) for word in operands[-6:])
    return a, b, c, d, e, f


def _matrix(value: Any) -> Matrix:
    if not isinstance(value, pikepdf.Array) or len(value) != 6:  # noqa: PLR2004
        return IDENTITY
    a, b, c, d, e, f = (float(part) for part in value)
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
