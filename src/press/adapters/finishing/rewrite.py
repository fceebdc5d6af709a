"""One content stream made ready for the press: inks, overprint, nothing see-through.

The stream is read once, from its beginning to its end, with the graphics state kept
beside it. Whatever is not named here is copied byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from press.adapters.finishing import path as paths
from press.adapters.finishing.colour import DEVICE, is_black
from press.adapters.finishing.content import Kind, UnreadableError, instructions
from press.adapters.finishing.matrix import IDENTITY, Matrix
from press.adapters.finishing.names import KNOCK_OUT, OVERPRINT, Resources, Rules
from press.adapters.finishing.report import Report
from press.adapters.finishing.state import BOTH, INVISIBLE, STROKED, State
from press.model.ink import BLACK, Ink

_ACTUAL_TEXT = re.compile(
    rb"/ActualText\s*(\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*\))*\)|<[^<>]*+>)",
    re.DOTALL,
)
_RGB_INSIDE = re.compile(
    rb"/(?:CS|ColorSpace)\s*+(?!/(?:G|CMYK|DeviceGray|DeviceCMYK)\b)"
)
#: What `cs` and `CS` set, until a colour follows.
_INITIAL = {True: b"0 0 0 1 k", False: b"0 0 0 1 K"}


class Rewriter:
    """Rewrites one content stream.

    Attributes:
        see_through: Whether anything painted is see-through.
    """

    def __init__(
        self, rules: Rules, resources: Resources, state: State, report: Report
    ) -> None:
        self._rules, self._resources, self._report = rules, resources, report
        self._now, self._text = state, IDENTITY
        self._stack: list[State] = []
        self._marks: list[bool] = []
        self._out: list[bytes] = []
        self._path: list[bytes] = []
        self._path_start: int | None = None
        self._clips = False
        self.see_through = False

    def rewrite(self, data: bytes) -> bytes:
        """Return the content as it goes to press.

        Raises:
            UnreadableError: The content breaks the rules of PDF.
        """
        try:
            for kind, operator, operands, whole in instructions(data):
                if kind is Kind.PATH:
                    self._construct(whole)
                elif kind is Kind.PICTURE:
                    self._picture_inside(operator, whole)
                else:
                    action = self._ACTIONS.get(operator)
                    if action is None:
                        self._out.append(whole)
                    else:
                        action(self, operands, operator)
        except (ValueError, IndexError, TypeError) as error:
            raise UnreadableError from error
        self._out += [b"Q"] * len(self._stack)
        return b"\n".join(self._out)

    # ---- state

    def _save(self, _: bytes, operator: bytes) -> None:
        self._stack.append(self._now.copy())
        self._out.append(operator)

    def _restore(self, _: bytes, operator: bytes) -> None:
        if self._stack:
            self._now = self._stack.pop()
            self._out.append(operator)

    def _transform(self, operands: bytes, operator: bytes) -> None:
        self._now.matrix = _matrix(operands).then(self._now.matrix)
        self._copy(operands, operator)

    def _weigh(self, operands: bytes, operator: bytes) -> None:
        self._now.width = float(operands)
        self._copy(operands, operator)

    def _set_graphics(self, operands: bytes, operator: bytes) -> None:
        name = operands.strip()
        graphics = self._resources.graphics(name)
        veil = graphics.veil(self._now.veil)
        lifted = veil is not self._now.veil and not self._rules.opaque
        self._now.veil = veil
        if graphics.width is not None:
            self._now.width = graphics.width
        if graphics.size is not None:
            self._now.size = graphics.size
        if graphics.more or lifted:
            self._resources.keep_graphics(name)
            self._copy(operands, operator)

    # ---- colours

    def _colour(self, operands: bytes, operator: bytes) -> None:
        ink, words = self._rules.table.read(operands)
        filling = operator.islower()
        self._dye(ink, filling=filling)
        self._out.append(words + (b" k" if filling else b" K"))

    def _dye(self, ink: Ink | None, *, filling: bool) -> None:
        if filling:
            self._now.fill = ink
        else:
            self._now.stroke = ink

    def _set_space(self, operands: bytes, operator: bytes) -> None:
        filling = operator.islower()
        family = self._resources.space(operands.strip())
        if filling:
            self._now.fill_space = family
        else:
            self._now.stroke_space = family
        if family in DEVICE:
            self._dye(BLACK, filling=filling)
            self._out.append(_INITIAL[filling])
            return
        self._dye(None, filling=filling)
        if family:
            self._copy(operands, operator)

    def _set_colour(self, operands: bytes, operator: bytes) -> None:
        filling = operator.islower()
        family = self._now.fill_space if filling else self._now.stroke_space
        if family in DEVICE:
            if self._out and self._out[-1] is _INITIAL[filling]:
                self._out.pop()
            self._colour(operands, operator)
        elif family == "/Pattern":
            self._set_pattern(operands, operator)
        elif family:
            self._copy(operands, operator)

    def _set_pattern(self, operands: bytes, operator: bytes) -> None:
        *colour, name = operands.split()
        if colour:
            self._report.colour("a pattern that takes its colour from outside")
            return
        now = self._resources.pattern(name, self._now)
        if now is not None:
            self._copy(now, operator)

    # ---- type

    def _begin_text(self, _: bytes, operator: bytes) -> None:
        self._text = IDENTITY
        self._out.append(operator)

    def _move_text(self, operands: bytes, operator: bytes) -> None:
        self._text = _matrix(operands)
        self._copy(operands, operator)

    def _set_font(self, operands: bytes, operator: bytes) -> None:
        name, size = operands.split()
        self._now.size = float(size)
        self._resources.font(name)
        self._copy(operands, operator)

    def _set_rendering(self, operands: bytes, operator: bytes) -> None:
        self._now.rendering = int(operands)
        self._copy(operands, operator)

    def _show(self, operands: bytes, operator: bytes) -> None:
        now = self._now
        if now.rendering not in INVISIBLE:
            placed = self._text.then(now.matrix)
            inks = [now.stroke] if now.rendering in STROKED else [now.fill]
            inks += [now.stroke] if now.rendering in BOTH else []
            small = self._rules.overprints_type(abs(now.size) * placed.height)
            self._paint("type", placed[4:])
            self._overprint(wanted=small and all(map(is_black, inks)))
        self._copy(operands, operator)

    # ---- paths

    def _construct(self, path: bytes) -> None:
        if self._path_start is None:
            self._path_start = len(self._out)
        self._path.append(path)
        self._out.append(path)

    def _clip(self, _: bytes, operator: bytes) -> None:
        self._clips = True
        self._out.append(operator)

    def _paint_path(self, _: bytes, operator: bytes) -> None:
        path, now = b"\n".join(self._path), self._now
        if operator != b"n":
            if now.veil.why:
                self._paint("a shape", now.matrix.apply(*paths.corner(path)))
            self._overprint(wanted=self._is_rule(path, operator))
        self._out.append(operator)
        if self._clips:
            box = paths.thickness(path, now.matrix, even_odd=False)
            now.clip = min(now.clip, box)
        self._path, self._path_start, self._clips = [], None, False

    def _is_rule(self, path: bytes, operator: bytes) -> bool:
        """Whether what is painted is a black rule, thin enough to overprint."""
        now, kind = self._now, operator.lower()[:1]
        weight = now.width * now.matrix.scale
        if kind == b"s":
            return is_black(now.stroke) and self._rules.overprints_rule(weight)
        if not is_black(now.fill) or (kind == b"b" and not is_black(now.stroke)):
            return False
        even_odd = operator.endswith(b"*")
        thick = paths.thickness(path, now.matrix, even_odd=even_odd)
        if kind == b"b":
            thick += weight
        return self._rules.overprints_rule(min(thick, now.clip))

    # ---- pictures, drawings, shadings

    def _place(self, operands: bytes, operator: bytes) -> None:
        placed = self._resources.place(operands.strip(), self._now)
        if placed is None:
            return
        self.see_through |= placed.see_through
        if placed.what:
            self._paint(placed.what, self._now.matrix.apply(*placed.point))
        self._overprint(wanted=False)
        self._copy(placed.name, operator)

    def _picture_inside(self, dictionary: bytes, whole: bytes) -> None:
        if _RGB_INSIDE.search(dictionary):
            self._report.picture("a picture within the content is not in ink")
        self._paint("a picture", self._now.matrix[4:])
        self._overprint(wanted=False)
        self._out.append(whole)

    def _shade(self, operands: bytes, operator: bytes) -> None:
        name = self._resources.shading(operands.strip())
        if name is not None:
            self._paint("a gradient", self._now.matrix[4:])
            self._overprint(wanted=False)
            self._copy(name, operator)

    # ---- marked content

    def _mark(self, operands: bytes, operator: bytes) -> None:
        del operator
        words = None
        if found := _ACTUAL_TEXT.search(operands):
            words = found[1]
        elif operands.split()[1:] and not operands.rstrip().endswith(b">>"):
            words = self._resources.words(operands.split()[-1])
        self._marks.append(words is not None)
        if words is not None:
            self._out.append(b"/Span <</ActualText %s>> BDC" % words)

    def _end_mark(self, _: bytes, operator: bytes) -> None:
        if self._marks and self._marks.pop():
            self._out.append(operator)

    # ---- writing

    def _drop(self, operands: bytes, operator: bytes) -> None:
        """Write nothing: rendering intents, points marked, compatibility sections."""

    def _copy(self, operands: bytes, operator: bytes) -> None:
        self._out.append(operands.rstrip() + b" " + operator)

    def _paint(self, what: str, point: tuple[float, ...]) -> None:
        """Take note of what is painted see-through."""
        why = self._now.veil.why
        if not why:
            return
        self.see_through = True
        if self._rules.opaque:
            self._report.see_through(what, why, (point[0], point[1]))
        elif self._now.veil.mask:
            self._report.masked(what, (point[0], point[1]))

    def _overprint(self, *, wanted: bool) -> None:
        """Switch overprint before what is painted next.

        Between a path's construction and its painting PDF allows no operator of the
        graphics state (ISO 32000-1, figure 9), so the switch stands before the path.
        """
        if self._now.overprint == wanted:
            return
        name = OVERPRINT if wanted else KNOCK_OUT
        self._resources.switch(name)
        at = len(self._out) if self._path_start is None else self._path_start
        self._out.insert(at, f"{name} gs".encode())
        self._now.overprint = wanted

    _ACTIONS: ClassVar[dict[bytes, Callable[[Rewriter, bytes, bytes], None]]] = {
        **dict.fromkeys((b"q",), _save),
        **dict.fromkeys((b"Q",), _restore),
        **dict.fromkeys((b"cm",), _transform),
        **dict.fromkeys((b"w",), _weigh),
        **dict.fromkeys((b"gs",), _set_graphics),
        **dict.fromkeys((b"g", b"G", b"rg", b"RG", b"k", b"K"), _colour),
        **dict.fromkeys((b"cs", b"CS"), _set_space),
        **dict.fromkeys((b"sc", b"SC", b"scn", b"SCN"), _set_colour),
        **dict.fromkeys((b"BT",), _begin_text),
        **dict.fromkeys((b"Tm",), _move_text),
        **dict.fromkeys((b"Tf",), _set_font),
        **dict.fromkeys((b"Tr",), _set_rendering),
        **dict.fromkeys((b"Tj", b"TJ", b"'", b'"'), _show),
        **dict.fromkeys((b"W", b"W*"), _clip),
        **dict.fromkeys((b"f", b"F", b"f*", b"B", b"B*"), _paint_path),
        **dict.fromkeys((b"b", b"b*", b"S", b"s", b"n"), _paint_path),
        **dict.fromkeys((b"Do",), _place),
        **dict.fromkeys((b"sh",), _shade),
        **dict.fromkeys((b"BMC", b"BDC"), _mark),
        **dict.fromkeys((b"EMC",), _end_mark),
        **dict.fromkeys((b"MP", b"DP", b"BX", b"EX", b"ri"), _drop),
    }


def _matrix(operands: bytes) -> Matrix:
    return Matrix(*map(float, operands.split()))
