"""Pages rewritten twice: as their coloured plates look, and as their black plate does.

Nothing of a page is drawn here. Its operators are taken over one by one with other
colours: for the coloured plates 1 - C, 1 - M, 1 - Y as RGB, for the black plate 1 - K as
grey. PDFium renders both exactly, so that each channel is a plate. What overprints and
has no ink on a plate is left out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from press.adapters.plates.picture import Pictures
from press.adapters.plates.plate import MIXING, PLAIN, Operation, Plate
from press.adapters.plates.shading import separate_shading
from press.adapters.plates.space import CMYK, GREY, PATTERN, RGB, Inks, read_space
from press.adapters.plates.state import IDENTITY, How, Paint, State
from press.adapters.plates.unpack import hold_content_back

COLOUR, BLACK = 0, 1
BOTH = (COLOUR, BLACK)
DEEPEST = 12
#: A hundred times what a full page has.
MOST_OPERATORS = 3_000_000
TO_CLIP, UNSEEN = 4, 3
#: Text rendering modes that stroke, and those that do not fill.
STROKING, UNFILLED = {1, 2, 5, 6}, {1, 3, 5, 7}
TILING = 1
CONSTRUCTION = {"m", "l", "c", "v", "y", "h", "re"}
DEVICE = {"g": GREY, "rg": RGB, "k": CMYK}
#: Which painting operator does the one half of another: only fill, only stroke.
ONLY_FILL = {"B": "f", "b": "f", "B*": "f*", "b*": "f*"}
ONLY_STROKE = {"B": "S", "B*": "S", "b": "s", "b*": "s"}
FILLS = {"f", "F", "f*", *ONLY_FILL}
STROKES = {"S", "s", *ONLY_STROKE}
_Parts = tuple[Any, Any]


class Separator:
    """Rewrites pages of one file, as they overprint or as if nothing did.

    Attributes:
        pictures: The pictures that were placed; they are made at the end.
    """

    def __init__(
        self, pdf: pikepdf.Pdf, scale: float, *, overprint: bool = True
    ) -> None:
        self.pdf = pdf
        self.scale = scale
        self._start = State(overprints=overprint)
        self.pictures = Pictures(pdf)
        self._forms: dict[object, tuple[_Parts, int]] = {}
        self._spent = 0

    def page(self, page: pikepdf.Page) -> tuple[Dictionary, Dictionary]:
        """Return a page as its coloured plates look, and as its black plate does.

        Raises:
            ValueError: It takes more operators than a page can need.
        """
        self._spent = 0
        resources = page.resources
        plates = _Walk(self, resources, self._start, 0).run(page)
        made = [
            Dictionary(
                Type=Name.Page,
                Resources=plate.resources(resources),
                Contents=self.pdf.make_stream(
                    pikepdf.unparse_content_stream(plate.out)
                ),
            )
            for plate in plates
        ]
        return made[0], made[1]

    def form(self, source: Any, outer: Any, state: State, depth: int) -> _Parts:
        """Return a form for each rendering, as it is placed."""
        inside = state.moved([float(v) for v in source.get("/Matrix", IDENTITY)])
        size = tuple(round(value, 1) for value in inside.matrix[:4])
        key = (source.objgen, replace(inside, matrix=IDENTITY), size)
        if source.is_indirect and key in self._forms:
            parts, spent = self._forms[key]
            self.spend(spent)
            return parts
        resources, before = source.get("/Resources", outer), self._spent
        plates = _Walk(self, resources, inside, depth).run(source)
        made = [self._copy(source, plate, resources) for plate in plates]
        self._forms[key] = (made[0], made[1]), self._spent - before
        return made[0], made[1]

    def spend(self, operators: int) -> None:
        """Count what is drawn of a page: drawings in drawings may multiply."""
        self._spent += operators
        if self._spent > MOST_OPERATORS:
            raise ValueError("it takes more operators than a page can need")

    def _copy(self, source: Any, plate: Plate, resources: Any) -> pikepdf.Stream:
        copy = self.pdf.make_stream(pikepdf.unparse_content_stream(plate.out))
        for key in source.keys() - {"/Length", "/Filter", "/DecodeParms"}:
            copy[key] = source[key]
        copy.Resources = plate.resources(resources)
        return copy


class _Walk:
    """Goes through one content, operator by operator."""

    def __init__(
        self, separator: Separator, resources: Any, state: State, depth: int
    ) -> None:
        self._separator = separator
        self._resources = Dictionary() if resources is None else resources
        self._now = state
        self._stack: list[State] = []
        self._depth = depth
        self._plates = (Plate(), Plate())
        self._do: dict[str, Callable[[str, Operation], None]] = {
            "q": self._save,
            "Q": self._restore,
            "cm": self._move,
            "gs": self._extra,
            "Tr": self._render,
            "Do": self._place,
            "sh": self._shade,
            "INLINE IMAGE": self._inline,
            **dict.fromkeys(("g", "rg", "k", "G", "RG", "K"), self._device),
            **dict.fromkeys(("cs", "CS"), self._space),
            **dict.fromkeys(("sc", "scn", "SC", "SCN"), self._colour),
            **dict.fromkeys((*FILLS, *STROKES, "n"), self._paint),
            **dict.fromkeys(("Tj", "TJ", "'", '"'), self._show),
            **dict.fromkeys(("Tm", "Td", "TD", "T*", "ET"), self._next_line),
        }

    def run(self, content: Any) -> tuple[Plate, Plate]:
        """Return the content of both renderings."""
        hold_content_back(content)
        colour, black = self._plates
        operations = pikepdf.parse_content_stream(content)
        self._separator.spend(len(operations))
        for operation in operations:
            name = str(operation.operator)
            do = self._do.get(name)
            if do is not None:
                do(name, operation)
                continue
            if name in CONSTRUCTION and colour.path is None:
                colour.path, black.path = len(colour.out), len(black.out)
            colour.out.append(operation)
            black.out.append(operation)
        return self._plates

    def _both(self, operation: Operation) -> None:
        for plate in self._plates:
            plate.add(operation)

    # ------------------------------------------------------------ graphics state

    def _save(self, _: str, operation: Operation) -> None:
        self._stack.append(self._now)
        self._both(operation)

    def _restore(self, _: str, operation: Operation) -> None:
        if self._stack:
            self._now = self._stack.pop()
            self._both(operation)

    def _move(self, _: str, operation: Operation) -> None:
        operands = operation.operands
        self._now = self._now.moved([float(value) for value in operands])
        self._both(operation)

    def _extra(self, _: str, operation: Operation) -> None:
        operands = operation.operands
        extra = self._find("/ExtGState", operands[0])
        if extra is not None:
            self._now = self._now.with_extra(extra)
            self._both(operation)

    def _render(self, _: str, operation: Operation) -> None:
        operands = operation.operands
        self._now = replace(self._now, render=int(operands[0]))
        self._both(operation)

    def _find(self, kind: str, name: Any) -> Any:
        group = self._resources.get(kind)
        return None if group is None else group.get(str(name))

    # ------------------------------------------------------------ colours

    def _device(self, name: str, operation: Operation) -> None:
        operands = operation.operands
        space = DEVICE[name.lower()]
        inks = space.inks([float(value) for value in operands])
        self._set(Paint(space, inks), fill=name.islower())

    def _space(self, name: str, operation: Operation) -> None:
        operands = operation.operands
        space = read_space(operands[0], self._resources)
        if space is PATTERN:
            self._both(operation)
        self._set(Paint(space, space.start), fill=name == "cs")

    def _colour(self, name: str, operation: Operation) -> None:
        operands = operation.operands
        fill = name.islower()
        values = list(operands)
        if values and isinstance(values[-1], Name):
            self._pattern(values[-1], fill=fill)
            return
        space = (self._now.fill if fill else self._now.stroke).space
        if space is PATTERN or len(values) != space.parts:
            return
        self._set(Paint(space, space.inks([float(one) for one in values])), fill=fill)

    def _set(self, paint: Paint, *, fill: bool) -> None:
        if fill:
            self._now = replace(self._now, fill=paint)
        else:
            self._now = replace(self._now, stroke=paint)
        if paint.space is not PATTERN and paint.inks is not None:
            for plate, operation in zip(
                self._plates, _operations(paint.inks, fill), strict=True
            ):
                plate.add(operation)

    def _pattern(self, name: Name, *, fill: bool) -> None:
        """Set a pattern; one that brings no colour of its own is painted as it is."""
        pattern = self._find("/Pattern", name)
        if pattern is None or self._depth >= DEEPEST:
            return
        self._set(Paint(PATTERN, None), fill=fill)
        if int(pattern.PatternType) == TILING:
            parts = self._separator.form(
                pattern, self._resources, State(), self._depth + 1
            )
        else:
            shadings = separate_shading(
                self._separator.pdf, pattern.Shading, self._resources
            )
            parts = (
                _with_shading(pattern, shadings[0]),
                _with_shading(pattern, shadings[1]),
            )
        space, colour = ("cs", "scn") if fill else ("CS", "SCN")
        for plate, part in zip(self._plates, parts, strict=True):
            plate.add(([Name.Pattern], Operator(space)))
            plate.add(([plate.name("/Pattern", part)], Operator(colour)))

    # ------------------------------------------------------------ paths

    def _paint(self, name: str, operation: Operation) -> None:
        for number, plate in enumerate(self._plates):
            fill = self._now.fills[number] if name in FILLS else How.LEAVE
            stroke = self._now.strokes[number] if name in STROKES else How.LEAVE
            start, plate.path = plate.path, None
            if fill is How.LEAVE is stroke:
                plate.end_path(start)
                continue
            painted = operation
            if fill is How.LEAVE:
                painted = ([], Operator(ONLY_STROKE.get(name, name)))
            elif stroke is How.LEAVE:
                painted = ([], Operator(ONLY_FILL.get(name, name)))
            self._put(plate, [painted], How.MIX in (fill, stroke), start)

    def _put(
        self,
        plate: Plate,
        operations: Iterable[Operation],
        mix: bool,  # noqa: FBT001
        start: int | None = None,
    ) -> None:
        """Add what prints; on some inks only, it may darken and nothing else.

        Between a path's construction and its painting there is no place for `gs`.
        """
        mix = mix and not self._now.blended
        if mix:
            at = len(plate.out) if start is None else start
            plate.out.insert(at, ([MIXING], Operator("gs")))
        plate.out.extend(operations)
        if mix:
            plate.add(([PLAIN], Operator("gs")))

    # ------------------------------------------------------------ text

    def _next_line(self, _: str, operation: Operation) -> None:
        for plate in self._plates:
            plate.held.clear()
            plate.out.append(operation)

    def _show(self, name: str, operation: Operation) -> None:
        mode = self._now.render
        for number, plate in enumerate(self._plates):
            fill = How.LEAVE if mode in UNFILLED else self._now.fills[number]
            stroke = self._now.strokes[number] if mode in STROKING else How.LEAVE
            if fill is How.LEAVE is stroke and mode < TO_CLIP:
                plate.held.append(operation)
                if name not in {"Tj", "TJ"}:
                    self._move_on(plate)
                continue
            self._move_on(plate)
            self._put(plate, [operation], How.MIX in (fill, stroke))

    def _move_on(self, plate: Plate) -> None:
        """Let text that is left out still take its room."""
        if plate.held:
            plate.add(([UNSEEN], Operator("Tr")))
            plate.out.extend(plate.held)
            plate.add(([self._now.render], Operator("Tr")))
            plate.held.clear()

    # ------------------------------------------------------------ pictures and forms

    def _place(self, _: str, operation: Operation) -> None:
        operands = operation.operands
        thing = self._find("/XObject", operands[0])
        if thing is None or self._depth >= DEEPEST:
            return
        if thing.get("/Subtype") == Name.Form:
            parts = self._separator.form(
                thing, self._resources, self._now, self._depth + 1
            )
            self._draw(parts, (How.PAINT, How.PAINT))
        else:
            self._picture(thing)

    def _picture(self, thing: Any) -> None:
        parts = self._separator.pictures.place(
            thing, self._resources, self._now.matrix, self._separator.scale
        )
        stencil = bool(thing.get("/ImageMask", False))
        self._draw(parts, self._now.fills if stencil else (How.PAINT, How.PAINT))

    def _draw(self, parts: _Parts, hows: tuple[How, How]) -> None:
        for plate, part, how in zip(self._plates, parts, hows, strict=True):
            if how is not How.LEAVE:
                name = plate.name("/XObject", part)
                self._put(plate, [([name], Operator("Do"))], how is How.MIX)

    def _inline(self, _: str, operation: Operation) -> None:
        operands = operation.operands
        self._picture(inline_picture(self._separator.pdf, operands[0]))

    def _shade(self, _: str, operation: Operation) -> None:
        operands = operation.operands
        shading = self._find("/Shading", operands[0])
        if shading is None:
            return
        parts = separate_shading(self._separator.pdf, shading, self._resources)
        for plate, part in zip(self._plates, parts, strict=True):
            plate.add(([plate.name("/Shading", part)], Operator("sh")))


def inline_picture(pdf: pikepdf.Pdf, inline: pikepdf.PdfInlineImage) -> pikepdf.Stream:
    """Return a picture that stands in the content as one of its own."""
    copy = pdf.make_stream(inline.read_raw_bytes())
    for key, value in inline.obj.items():
        copy[key] = value
    return copy


def _with_shading(pattern: Any, shading: Any) -> Dictionary:
    made = Dictionary(pattern)
    made.Shading = shading
    return made


@cache
def _operations(inks: Inks, fill: bool) -> tuple[Operation, Operation]:  # noqa: FBT001
    """Return what sets a colour in each rendering."""
    shown = [round(1 - min(max(ink, 0.0), 1.0), 5) for ink in inks]
    return (
        (Array(shown[:3]), Operator("rg" if fill else "RG")),
        (Array(shown[3:]), Operator("g" if fill else "G")),
    )
