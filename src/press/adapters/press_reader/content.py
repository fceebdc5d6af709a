"""What a page paints: its content streams, followed operator by operator."""

from __future__ import annotations

import zlib
from copy import copy
from typing import Any

import pikepdf

from press.adapters.press_reader.font import numbers_glyphs, read_font, two_bytes
from press.adapters.press_reader.image import Picture, read_image
from press.adapters.press_reader.shape import (
    IDENTITY,
    Canvas,
    Matrix,
    placed,
    times,
    within,
)
from press.adapters.press_reader.space import (
    components,
    entry,
    name_of,
    outputs,
)
from press.adapters.press_reader.state import Font, State
from press.adapters.press_reader.stream import follow_stream
from press.adapters.press_reader.tally import Tally
from press.model.press_facts import (
    Box,
    FontFacts,
    GroupMark,
    ShadingMark,
)

#: Forms in forms in forms: deeper ones are not followed.
_DEEPEST = 24
#: Operators that are followed on one page: a hundred times what a full page has.
_MOST = 3_000_000
#: Bytes of one content stream.
LARGEST = 256 << 20
_HARMLESS_WHEN_PACKED = 1 << 16
_UNIT: Box = (0.0, 0.0, 1.0, 1.0)
_CLEAR = frozenset({"/Normal", "/Compatible"})
_HALFTONES = ("/TR", "/TR2", "/HT", "/BG", "/BG2", "/UCR", "/UCR2")


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
        follow_stream(self, content, resources, state)

    def _follow_within(self, thing: Any, resources: Any, state: State) -> None:
        self._inside.append(thing.objgen)
        try:
            self.follow(read(thing), resources, state)
        finally:
            self._inside.pop()

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
        self._follow_within(form, resources if own is None else own, inner)

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
        self._follow_within(pattern, resources if own is None else own, inner)

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


def _matrix(value: Any) -> Matrix:
    if not isinstance(value, pikepdf.Array) or len(value) != 6:  # noqa: PLR2004
        return IDENTITY
    a, b, c, d, e, f = (float(part) for part in value)
    return a, b, c, d, e, f
