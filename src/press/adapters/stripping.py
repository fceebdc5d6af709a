"""pikepdf: a press file's pages laid side by side on sheets, and taken apart.

Both ways what makes the file one for the press is carried over: output intent, metadata,
the file's own facts and its permanent identifier. The same press file gives the same
bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from press.model.errors import EngineError
from press.model.length import PT_PER_MM
from press.model.press import SheetSide

#: What a file says of itself as a whole.
CARRIED = ("/OutputIntents", "/Metadata", "/Lang", "/ViewerPreferences")
#: The first version of PDF that may keep its objects in streams.
OBJECT_STREAMS = "1.5"
#: How far trims of one file may differ, in points: a tenth of a millimetre.
SAME_TRIM = 0.28
#: Marks: white between bleed and mark, their length, the thickness of their lines.
WHITE_PT, LENGTH_PT, LINE_PT = 1 * PT_PER_MM, 5 * PT_PER_MM, 0.25
#: Under this, there is no room for marks outside of the bleed.
LEAST_PT = 2 * PT_PER_MM


@dataclass(frozen=True, slots=True)
class _Box:
    """A box of a page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def moved(self, across: float, up: float) -> _Box:
        return _Box(
            self.left + across, self.bottom + up, self.right + across, self.top + up
        )

    @property
    def array(self) -> Array:
        values = (self.left, self.bottom, self.right, self.top)
        return Array([round(value, 4) for value in values])


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page of the press file, with its boxes."""

    page: Page
    media: _Box
    bleed: _Box
    trim: _Box


class PikepdfStripper:
    """Lays finished pages out on sheets, and takes them apart."""

    def spreads(self, press_file: bytes, sides: Sequence[SheetSide]) -> bytes:
        """Return the printer's spreads of a press file, side after side.

        At the three edges that are cut the bleed shows, at the spine both pages end at
        their trim. Where the press file has marks, every spread gets its own: at the
        corners of both pages together, and where it is folded.

        Raises:
            EngineError: The file cannot be read, lacks a page or has several trims.
        """
        with _open(press_file) as pages, Pdf.new() as out:
            leaves = [_leaf(page) for page in pages.pages]
            _ask_for_one_trim(leaves)
            forms: dict[int, Object] = {}
            for side in sides:
                if not {side.left, side.right} <= set(range(1, len(leaves) + 1)):
                    raise EngineError(
                        f"pages {side.left} and {side.right} of {len(leaves)} pages"
                        " cannot be laid side by side"
                    )
                for number in (side.left, side.right):
                    if number not in forms:
                        forms[number] = _form(out, leaves[number - 1])
                _spread(out, side, leaves, forms)
            return _finished(out, pages)

    def pages(self, press_file: bytes) -> Sequence[bytes]:
        """Return every page as a press file of its own.

        Raises:
            EngineError: The file cannot be read.
        """
        made = []
        with _open(press_file) as pages:
            for page in pages.pages:
                with Pdf.new() as out:
                    out.pages.append(page)
                    out.remove_unreferenced_resources()
                    made.append(_finished(out, pages))
        return made


def _open(press_file: bytes) -> Pdf:
    try:
        return Pdf.open(io.BytesIO(press_file))
    except pikepdf.PdfError as error:
        raise EngineError(f"the press file cannot be read: {error}") from error


def _finished(out: Pdf, source: Pdf) -> bytes:
    """Return a file with all that the press file says of itself."""
    for key in CARRIED:
        if key in source.Root:
            value = source.Root[key]
            whole = value if value.is_indirect else source.make_indirect(value)
            out.Root[key] = out.copy_foreign(whole)
    if "/Info" in source.trailer:
        info = source.trailer.Info
        whole = info if info.is_indirect else source.make_indirect(info)
        out.trailer.Info = out.copy_foreign(whole)
    if "/ID" in source.trailer:  # the first of the two stays, the second is made anew
        out.trailer.ID = Array([bytes(one) for one in source.trailer.ID.as_list()])
    modes = pikepdf.ObjectStreamMode
    plain = source.pdf_version < OBJECT_STREAMS
    written = io.BytesIO()
    out.save(
        written,
        deterministic_id=True,
        compress_streams=True,
        force_version=source.pdf_version,
        fix_metadata_version=False,  # it is carried over to the byte
        object_stream_mode=modes.disable if plain else modes.generate,
    )
    return written.getvalue()


# ---------------------------------------------------------------- pages


def _leaf(page: Page) -> _Leaf:
    media = _box(page.mediabox)
    trim = _box(page.trimbox) if "/TrimBox" in page.obj else media
    bleed = _box(page.obj.BleedBox) if "/BleedBox" in page.obj else trim
    return _Leaf(page, media, bleed, trim)


def _box(values: Object | Array) -> _Box:
    left, bottom, right, top = (float(value) for value in values.as_list())
    return _Box(left, bottom, right, top)


def _ask_for_one_trim(leaves: Sequence[_Leaf]) -> None:
    for number, leaf in enumerate(leaves, 1):
        across = abs(leaf.trim.width - leaves[0].trim.width)
        if max(across, abs(leaf.trim.height - leaves[0].trim.height)) > SAME_TRIM:
            raise EngineError(
                f"page {number} is trimmed to another size than page 1:"
                " they cannot be laid side by side"
            )


def _form(out: Pdf, leaf: _Leaf) -> Object:
    """Return a page as a form, without what stands outside of its bleed."""
    form = out.copy_foreign(leaf.page.as_form_xobject(handle_transformations=False))
    form.BBox = leaf.bleed.array
    return form


# ---------------------------------------------------------------- spreads


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A side of a sheet: both pages' trims and the room around them, from 0,0."""

    left: _Leaf
    right: _Leaf

    @property
    def edge(self) -> tuple[float, float]:
        """Room on the left of the trim, and under it."""
        under = max(leaf.trim.bottom - leaf.media.bottom for leaf in self._both)
        return self.left.trim.left - self.left.media.left, under

    @property
    def _both(self) -> tuple[_Leaf, _Leaf]:
        return self.left, self.right

    @property
    def trim(self) -> _Box:
        across, under = self.edge
        height = self.left.trim.height
        width = self.left.trim.width + self.right.trim.width
        return _Box(across, under, across + width, under + height)

    @property
    def spine(self) -> float:
        return self.edge[0] + self.left.trim.width

    @property
    def bleed(self) -> _Box:
        trim = self.trim
        return _Box(
            trim.left - (self.left.trim.left - self.left.bleed.left),
            trim.bottom - max(one.trim.bottom - one.bleed.bottom for one in self._both),
            trim.right + (self.right.bleed.right - self.right.trim.right),
            trim.top + max(one.bleed.top - one.trim.top for one in self._both),
        )

    @property
    def media(self) -> _Box:
        trim = self.trim
        over = max(leaf.media.top - leaf.trim.top for leaf in self._both)
        beside = self.right.media.right - self.right.trim.right
        return _Box(0.0, 0.0, trim.right + beside, trim.top + over)


def _spread(
    out: Pdf, side: SheetSide, leaves: Sequence[_Leaf], forms: dict[int, Object]
) -> None:
    sheet = _Sheet(leaves[side.left - 1], leaves[side.right - 1])
    media, bleed, trim = sheet.media, sheet.bleed, sheet.trim
    spine = sheet.spine
    content = []
    for number, leaf, at, first, last, push in (
        (side.left, sheet.left, trim.left, bleed.left, spine, side.push),
        (side.right, sheet.right, spine, spine, bleed.right, -side.push),
    ):
        across, up = at - leaf.trim.left + push, trim.bottom - leaf.trim.bottom
        content.append(
            f"q {first:.4f} {bleed.bottom:.4f} {last - first:.4f} {bleed.height:.4f}"
            f" re W n 1 0 0 1 {across:.4f} {up:.4f} cm /P{number} Do Q"
        )
    pictured = {f"/P{number}": forms[number] for number in (side.left, side.right)}
    resources = Dictionary(XObject=Dictionary(pictured))
    drawn = list(_marks(sheet))
    if drawn:
        resources.ColorSpace = Dictionary(All=_registration(out))
        content += ["q /All CS 1 SCN", f"{LINE_PT} w", *drawn, "Q"]
    out.add_blank_page(page_size=(media.width, media.height))
    page = out.pages[-1].obj
    page.MediaBox, page.BleedBox, page.TrimBox = media.array, bleed.array, trim.array
    page.Resources = resources
    page.Contents = out.make_stream("\n".join(content).encode())


def _registration(out: Pdf) -> Array:
    """Return the colour that is printed by every plate."""
    tint = Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1
    )
    function = out.make_indirect(tint)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, function])


def _marks(sheet: _Sheet) -> Iterator[str]:
    """Yield crop marks, fold marks and register crosses, all outside of the bleed."""
    media, bleed, trim = sheet.media, sheet.bleed, sheet.trim
    room = (
        bleed.left - media.left,
        bleed.bottom - media.bottom,
        media.right - bleed.right,
        media.top - bleed.top,
    )
    if min(room) < LEAST_PT:
        return
    length = min(LENGTH_PT, min(room) - WHITE_PT)
    left, right = bleed.left - WHITE_PT, bleed.right + WHITE_PT
    under, over = bleed.bottom - WHITE_PT, bleed.top + WHITE_PT
    for x in (trim.left, sheet.spine, trim.right):
        yield _line(x, under, x, under - length)
        yield _line(x, over, x, over + length)
    for y in (trim.bottom, trim.top):
        yield _line(left, y, left - length, y)
        yield _line(right, y, right + length, y)
    middle, half = (trim.bottom + trim.top) / 2, length / 2
    for x in (left - half, right + half):
        yield _line(x - half, middle, x + half, middle)
        yield _line(x, middle - half, x, middle + half)


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x:.4f} {y:.4f} m {to_x:.4f} {to_y:.4f} l S"
