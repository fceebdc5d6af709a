"""Advertisements that were bought, shown as pictures that say whose they are."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfError, Stream, String
from PIL import Image

from press.adapters.replica.place import rectangle
from press.model.finding import Finding, Place, error
from press.model.press import PlacedAd

PPI = 150
POINTS = 72
QUALITY = 85
NAME = "/PressAd"


class Advertisements:
    """Puts pictures of advertisements onto the pages of a tagged book."""

    def __init__(self, book: Pdf) -> None:
        """Take the book they are put into."""
        self._book = book
        self._shown: dict[tuple[str, float, float], Stream] = {}
        self._root = book.Root.StructTreeRoot
        self.findings: list[Finding] = []

    def show(self, placed: Sequence[PlacedAd]) -> None:
        """Show every advertisement in its place, with words for those who cannot see."""
        for number, one in enumerate(placed):
            page = self._book.pages[one.page - 1]
            try:
                picture = self._picture(one)
            except (pypdfium2.PdfiumError, PdfError, ValueError) as wrong:
                self.findings.append(
                    error(
                        "replica.picture",
                        f"the advertisement of {one.advertiser} cannot be shown in the"
                        f" replica: {wrong}",
                        Place(page=one.page),
                        hint="ask for it anew, as PDF/X",
                    )
                )
                continue
            self._put(page, one, picture, f"{NAME}{number}")

    def _picture(self, one: PlacedAd) -> Stream:
        key = one.sha256, one.width, one.height
        if key not in self._shown:
            image = _render(one)
            out = io.BytesIO()
            image.save(out, "JPEG", quality=QUALITY, subsampling=0)
            stream = Stream(self._book, out.getvalue(), Filter=Name.DCTDecode)
            stream.Type, stream.Subtype = Name.XObject, Name.Image
            stream.Width, stream.Height = image.size
            stream.ColorSpace, stream.BitsPerComponent = Name.DeviceRGB, 8
            self._shown[key] = self._book.make_indirect(stream)
        return self._shown[key]

    def _put(self, page: Page, one: PlacedAd, picture: Stream, name: str) -> None:
        box = rectangle(page, one)
        left, low, right, high = (float(edge) for edge in box.as_list())
        parts = self._parts(page)
        mark = len(parts)
        page.contents_coalesce()
        drawn = page.obj.Contents.read_bytes()
        # What pages set for themselves, such as their scale, must not hold here.
        shown = (
            f"/Figure <</MCID {mark}>> BDC\nq {right - left:.2f} 0 0 {high - low:.2f}"
            f" {left:.2f} {low:.2f} cm {name} Do Q\nEMC\n"
        )
        content = b"q\n" + drawn + b"\nQ\n" + shown.encode()
        page.obj.Contents = self._book.make_stream(content)
        # The resources may be shared by pages; those of this one are its own.
        own = page.obj.get("/Resources", Dictionary())
        resources = Dictionary(dict(own.items()))
        pictures = dict(resources.get("/XObject", Dictionary()).items())
        resources.XObject = Dictionary({**pictures, name: picture})
        page.obj.Resources = resources
        parts.append(self._figure(page, one, box, mark))

    def _parts(self, page: Page) -> Any:
        """Return the list of elements that a page's marked content belongs to."""
        numbers: Any = self._root.ParentTree.Nums
        own = int(page.obj.StructParents)
        for at in range(0, len(numbers), 2):
            if int(numbers[at]) == own:
                return numbers[at + 1]
        raise ValueError("the page has no place in the tree of tags")

    def _figure(self, page: Page, one: PlacedAd, box: Array, mark: int) -> Object:
        """Add a figure after what begins on its page or before."""
        whole = self._root.K[0] if isinstance(self._root.K, Array) else self._root.K
        figure = self._book.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Figure,
                P=whole,
                Pg=page.obj,
                K=mark,
                Alt=String(f"Advertisement: {one.advertiser}"),
                A=Dictionary(O=Name.Layout, Placement=Name.Block, BBox=box),
            )
        )
        kids = list(whole.K) if isinstance(whole.K, Array) else [whole.K]
        leaves = {
            leaf.obj.objgen: number for number, leaf in enumerate(self._book.pages)
        }
        at = sum(
            1
            for kid in kids
            if min((leaves.get(g, 0) for g in _pages(kid)), default=0) < one.page
        )
        whole.K = Array([*kids[:at], figure, *kids[at:]])
        return figure


def _pages(element: Object) -> Iterator[tuple[int, int]]:
    """Yield the pages that an element of the tree begins on."""
    if "/Pg" in element:
        yield element.Pg.objgen
    elif "/K" in element:
        for kid in list(element.K) if isinstance(element.K, Array) else [element.K]:
            if isinstance(kid, Dictionary):
                yield from _pages(kid)
                return


def _render(one: PlacedAd) -> Image.Image:
    """Return an advertisement as its place shows it."""
    document = pypdfium2.PdfDocument(_cropped(one))
    try:
        bitmap = document[0].render(scale=PPI / POINTS)
        image: Image.Image = bitmap.to_pil().convert("RGB")
        return image
    finally:
        document.close()


def _cropped(one: PlacedAd) -> bytes:
    """Return an advertisement's PDF, its page as large as its place."""
    with Pdf.open(io.BytesIO(one.data)) as pdf:
        page = pdf.pages[0]
        left, low, right, high = (float(edge) for edge in page.trimbox.as_list())
        across, up = (left + right) / 2, (low + high) / 2
        wide, deep = one.width / 2, one.height / 2
        box = Array([across - wide, up - deep, across + wide, up + deep])
        for name in ("/CropBox", "/BleedBox", "/TrimBox"):
            page.obj[name] = box
        page.obj.MediaBox = box
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()
