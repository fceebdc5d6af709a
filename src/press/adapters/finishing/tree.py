"""A page's content and all it reaches: forms, patterns, pictures, gradients."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from press.adapters.finishing import path as paths
from press.adapters.finishing.colour import DEVICE
from press.adapters.finishing.content import UnreadableError
from press.adapters.finishing.font import simplify
from press.adapters.finishing.graphics import keep, read
from press.adapters.finishing.matrix import IDENTITY, Matrix
from press.adapters.finishing.names import OVERPRINT, Graphics, Placed, Rules
from press.adapters.finishing.picture import NotForPressError, family, press_picture
from press.adapters.finishing.report import Report
from press.adapters.finishing.rewrite import Rewriter
from press.adapters.finishing.shading import NoInkError, in_ink
from press.adapters.finishing.state import OPAQUE, State
from press.model.press import PressJob

#: Digits of a stand-in's hash that are its name.
DIGITS = 32
INKS = ("/DeviceCMYK", "/DeviceGray", "/Separation")
#: What a form or tile keeps of its own.
KEPT = (
    *("/Type", "/Subtype", "/BBox", "/Matrix"),
    *("/PatternType", "/PaintType", "/TilingType", "/XStep", "/YStep"),
)
#: What a picture within the page has no use for.
USELESS = ("/Interpolate", "/Metadata", "/Alternates", "/OPI", "/OC", "/StructParent")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTUAL_TEXT = "/ActualText"


@dataclass(frozen=True, slots=True)
class Made:
    """A content stream made ready, and what its names stand for."""

    content: bytes
    resources: Dictionary
    see_through: bool


@dataclass(slots=True)
class Works:
    """What all pages of a file share: each thing is made ready once.

    Attributes:
        pdf: The file.
        job: What is wanted.
        rules: What decides how content is written.
    """

    pdf: Pdf
    job: PressJob
    rules: Rules
    _placed: dict[tuple[object, ...], tuple[Object, bool]] = field(default_factory=dict)
    _twins: dict[tuple[object, ...], Object] = field(default_factory=dict)
    _pictures: dict[str, Object | NotForPressError] = field(default_factory=dict)
    _standing_in: dict[object, str] = field(default_factory=dict)
    _shadings: dict[object, Object] = field(default_factory=dict)
    _switches: dict[str, Object] = field(default_factory=dict)
    _fonts: set[object] = field(default_factory=set)
    _open: list[object] = field(default_factory=list)

    def rewrite(self, data: bytes, shelf: Shelf, state: State) -> Made:
        """Rewrite a content stream and all it reaches."""
        rewriter = Rewriter(self.rules, shelf, state, shelf.report)
        try:
            content = rewriter.rewrite(data)
        except UnreadableError:
            shelf.report.content("the content of the page breaks the rules of PDF")
            content = b""
        return Made(content, shelf.kept(), rewriter.see_through)

    def nested(
        self, item: Object, shelf: Shelf, state: State, matrix: Matrix | None = None
    ) -> tuple[Object, bool] | None:
        """Return a form or tile made ready for a state, and if anything shows through.

        Where it is placed under another state it is written once more, if that makes a
        difference: letters may be small in one place and large in another. `matrix`
        takes the place of its own.
        """
        key = (item.objgen, matrix, *state.key)
        if key not in self._placed:
            if item.objgen in self._open:
                shelf.report.content("a drawing contains itself")
                return None
            self._open.append(item.objgen)
            self._placed[key] = self._nest(item, shelf, state, matrix)
            self._open.pop()
        return self._placed[key]

    def _nest(
        self, item: Object, shelf: Shelf, state: State, matrix: Matrix | None
    ) -> tuple[Object, bool]:
        own = item.get("/Resources", shelf.resources)
        group = item.get("/Group")
        within = state.copy()
        if group is not None:
            within.veil = OPAQUE
        inner = Shelf(self, own, shelf.report, within.matrix)
        made = self.rewrite(item.read_bytes(), inner, within)
        grouped = group is not None and not self.rules.opaque
        grouped = grouped and bool(state.veil.why or made.see_through)
        twin = (item.objgen, made.content, made.resources.unparse(), grouped, matrix)
        if twin not in self._twins:
            stream = Stream(self.pdf, made.content)
            for name in KEPT:
                if name in item:
                    stream[name] = item[name]
            if matrix is not None:
                stream.Matrix = Array([round(value, 6) for value in matrix])
            if group is not None and grouped:
                stream.Group = _in_inks(group)
            stream.Resources = made.resources
            self._twins[twin] = self.pdf.make_indirect(stream)
        return self._twins[twin], made.see_through

    def picture(self, image: Object, report: Report) -> Object | None:
        """Return the picture that goes to press for one on the bound page."""
        if image.objgen not in self._standing_in:
            own = hashlib.sha256(image.read_raw_bytes()).hexdigest()
            self._standing_in[image.objgen] = f"{own[:DIGITS]}.jpg"
        placed = self.job.pictures.get(self._standing_in[image.objgen])
        if placed is None:
            return self._as_it_is(image, report)
        if placed.press not in self._pictures:
            try:
                made = press_picture(self.pdf, Path(self.job.folder, placed.press))
                self._pictures[placed.press] = self.pdf.make_indirect(made)
            except NotForPressError as error:
                self._pictures[placed.press] = error
        found = self._pictures[placed.press]
        if isinstance(found, NotForPressError):
            report.picture(f"the press picture {placed.press} {found}")
            return None
        return found

    def _as_it_is(self, image: Object, report: Report) -> Object | None:
        space = family(image.get("/ColorSpace"))
        if space not in INKS and not image.get("/ImageMask", False):
            report.picture(
                f"a picture of {image.Width} × {image.Height} pixels is in "
                f"{space.removeprefix('/') or 'no colours'}, and nothing goes to press "
                "for it",
                "Pictures are made ready for the press; this one went past that.",
            )
            return None
        for name in USELESS:
            if name in image:
                del image[name]
        return image

    def shading(self, shading: Object) -> Object:
        """Return a gradient in inks.

        Raises:
            NoInkError: It is of a kind that is not understood.
        """
        key = shading.objgen if shading.is_indirect else shading.unparse()
        if key not in self._shadings:
            self._shadings[key] = in_ink(self.pdf, shading, self.rules.table)
        return self._shadings[key]

    def font(self, font: Object) -> None:
        """Make a font fit for the press."""
        if font.objgen not in self._fonts:
            simplify([font])
            self._fonts.add(font.objgen)

    def switch(self, name: str) -> Object:
        """Return one of press's own graphics states."""
        if name not in self._switches:
            on = name == OVERPRINT
            made = Dictionary(Type=Name.ExtGState, OP=on, op=on, OPM=int(on))
            self._switches[name] = self.pdf.make_indirect(made)
        return self._switches[name]


@dataclass(slots=True)
class Shelf:
    """What the names of one content stream stand for; what is asked for is kept.

    Attributes:
        works: What all pages share.
        resources: The resources of the content as it was bound.
        report: Takes what is wrong.
        base: From the content's units to points on the bound page, where it begins.
        shift: How the page moves, on whose own patterns that must be done again.
    """

    works: Works
    resources: Object
    report: Report
    base: Matrix = IDENTITY
    shift: Matrix | None = None
    _kept: dict[str, dict[str, Object]] = field(default_factory=dict)
    _graphics: dict[bytes, Graphics] = field(default_factory=dict)

    def kept(self) -> Dictionary:
        """Return the resources that are still needed."""
        return Dictionary(
            {
                kind: Dictionary({name: kind_[name] for name in sorted(kind_)})
                for kind, kind_ in sorted(self._kept.items())
            }
        )

    def graphics(self, name: bytes) -> Graphics:
        """Return what an entry of ExtGState sets."""
        if name not in self._graphics:
            self._graphics[name] = read(self._find("/ExtGState", name))
        return self._graphics[name]

    def keep_graphics(self, name: bytes) -> None:
        """Keep an entry of ExtGState."""
        entry = self._find("/ExtGState", name)
        opaque = self.works.rules.opaque
        self._keep("/ExtGState", _plain(name), keep(entry, opaque=opaque))

    def switch(self, name: str) -> None:
        """Add a graphics state of press's own."""
        self._keep("/ExtGState", name, self.works.switch(name))

    def space(self, name: bytes) -> str:
        """Return the family of a colour space; kept where it is no device's."""
        plain = _plain(name)
        if plain in DEVICE or plain == "/Pattern":
            return plain
        space = self._find("/ColorSpace", name)
        kind = str(space) if isinstance(space, Name) else str(space[0])
        if kind in DEVICE:
            return kind
        if kind == "/Separation" and family(space[2]) in INKS:
            self._keep("/ColorSpace", plain, space)
            return kind
        self.report.colour(f"a colour in {kind.removeprefix('/')}")
        return ""

    def font(self, name: bytes) -> None:
        """Keep a font."""
        if _plain(name) in self._kept.get("/Font", {}):
            return
        font = self._find("/Font", name)
        self.works.font(font)
        self._keep("/Font", _plain(name), font)

    def words(self, name: bytes) -> bytes | None:
        """Return the ActualText of a property list, as it is written."""
        found = self._find("/Properties", name).get(_ACTUAL_TEXT)
        return None if found is None else found.unparse()

    def pattern(self, name: bytes, state: State) -> bytes | None:
        """Return the name of a pattern made ready; None where it cannot be."""
        del state
        pattern = self._find("/Pattern", name)
        matrix = Matrix.of(pattern.get("/Matrix", IDENTITY))
        placed = matrix if self.shift is None else matrix.then(self.shift)
        if isinstance(pattern, Stream):
            start = State(matrix=matrix.then(self.base))
            made = self.works.nested(pattern, self, start, placed)
            return made and self._add("/Pattern", name, made[0])
        shading = self._in_ink(pattern.Shading)
        if shading is None:
            return None
        made_pattern = Dictionary(
            Type=Name.Pattern,
            PatternType=2,
            Matrix=Array([round(value, 6) for value in placed]),
            Shading=shading,
        )
        self._keep("/Pattern", _plain(name), made_pattern)
        return name

    def shading(self, name: bytes) -> bytes | None:
        """Return the name of a shading in inks; None where it cannot be."""
        shading = self._in_ink(self._find("/Shading", name))
        if shading is None:
            return None
        self._keep("/Shading", _plain(name), shading)
        return name

    def place(self, name: bytes, state: State) -> Placed | None:
        """Return a form or picture made ready; None where it cannot be."""
        item = self._find("/XObject", name)
        if item.get("/Subtype") == Name.Image:
            return self._place_picture(name, item, state)
        within = state.copy()
        matrix = Matrix.of(item.get("/Matrix", IDENTITY))
        within.matrix, within.overprint = matrix.then(state.matrix), False
        left, bottom, right, top = (float(edge) for edge in item.BBox)
        box = f"{left} {bottom} {right - left} {top - bottom} re".encode()
        clip = paths.thickness(box, within.matrix, even_odd=False)
        within.clip = min(within.clip, clip)
        made = self.works.nested(item, self, within)
        if made is None:
            return None
        return Placed(
            name=self._add("/XObject", name, made[0]),
            see_through=made[1],
            what="a drawing" if "/Group" in item else "",
            point=matrix.apply(left, top),
        )

    def _place_picture(self, name: bytes, item: Object, state: State) -> Placed | None:
        picture = self.works.picture(item, self.report)
        if picture is None:
            return None
        masked = "/SMask" in picture
        if masked and self.works.rules.opaque:
            point = state.matrix.apply(0, 1)
            self.report.see_through("a picture", "an alpha channel", point)
        return Placed(
            name=self._add("/XObject", name, picture),
            see_through=masked,
            what="a picture",
            point=(0, 1),
        )

    def _in_ink(self, shading: Object) -> Object | None:
        try:
            return self.works.shading(shading)
        except NoInkError:
            self.report.colour("a gradient")
            return None

    def _find(self, kind: str, name: bytes) -> Object:
        try:
            return self.resources[kind][_plain(name)]
        except KeyError as error:
            raise UnreadableError from error

    def _keep(self, kind: str, name: str, thing: Object) -> None:
        self._kept.setdefault(kind, {})[name] = thing

    def _add(self, kind: str, name: bytes, thing: Object) -> bytes:
        """Keep what a name stands for now, by another name where it is taken."""
        taken, number, given = self._kept.setdefault(kind, {}), 0, name
        while taken.setdefault(_plain(given), thing).objgen != thing.objgen:
            number += 1
            given = name + b"-%d" % number
        return given


def _plain(name: bytes) -> str:
    """Return a name as it stands in content without its escapes."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), name).decode()


def _in_inks(group: Object) -> Dictionary:
    """Return a transparency group that blends in the press's inks."""
    made = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)
    for name in ("/I", "/K"):
        if name in group:
            made[name] = group[name]
    return made
