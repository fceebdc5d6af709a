"""The pictures readers see, in the place of those that stood in for them."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator
from pathlib import Path

from pikepdf import Dictionary, Name, Object, Page, Pdf, Stream
from PIL import Image, UnidentifiedImageError

from press.model.finding import Finding, Place, error
from press.model.press import ReplicaJob

#: Hexadecimal digits of a stand-in's hash that are its name.
DIGITS = 32
_SPACES = {"1": Name.DeviceGray, "L": Name.DeviceGray, "RGB": Name.DeviceRGB}
_PNG_HEAD = 8


class Pictures:
    """Puts screen pictures in the place of stand-ins, each file in the book once."""

    def __init__(self, book: Pdf, job: ReplicaJob) -> None:
        self._book, self._job = book, job
        self._shown: dict[str, Stream | None] = {}
        self._seen: set[tuple[int, int]] = set()
        self.findings: list[Finding] = []

    def replace(self, page: Page, number: int) -> None:
        """Replace the stand-ins of a page, in its drawings too."""
        self._replace_in(page.obj.get("/Resources", Dictionary()), number)

    def _replace_in(self, resources: Object, number: int) -> None:
        placed = resources.get("/XObject", Dictionary())
        for name, one in list(placed.as_dict().items()):
            if Name.Image == one.get("/Subtype"):
                shown = self._screen(one, number)
                if shown is not None:
                    placed[name] = shown
            elif one.objgen not in self._seen:
                self._seen.add(one.objgen)
                self._replace_in(one.get("/Resources", Dictionary()), number)

    def _screen(self, image: Object, number: int) -> Stream | None:
        """Return what is shown in an image's place; None where it stands for nothing."""
        digest = hashlib.sha256(image.read_raw_bytes()).hexdigest()[:DIGITS]
        placed = self._job.pictures.get(f"{digest}.jpg")
        if placed is None:
            return None
        if placed.screen not in self._shown:
            self._shown[placed.screen] = self._read(placed.screen, number)
        return self._shown[placed.screen]

    def _read(self, name: str, number: int) -> Stream | None:
        try:
            data = (Path(self._job.folder) / name).read_bytes()
            return _embed(self._book, data)
        except (OSError, UnidentifiedImageError, ValueError, SyntaxError) as wrong:
            self.findings.append(
                error(
                    "replica.picture",
                    f"the picture “{name}” cannot be shown in the replica: {wrong}",
                    Place(page=number),
                    hint="delete .press/cache and build again",
                )
            )
            return None


def _embed(book: Pdf, data: bytes) -> Stream:
    """Return a picture file as an image: a JPEG byte for byte, a PNG as it is packed."""
    with Image.open(io.BytesIO(data)) as image:
        if image.format == "JPEG":
            if image.mode not in _SPACES:
                raise ValueError(f"a JPEG in {image.mode}, not in RGB or grey")
            stream = Stream(book, data, Filter=Name.DCTDecode)
            stream.ColorSpace, stream.BitsPerComponent = _SPACES[image.mode], 8
        elif image.format == "PNG":
            stream = _packed(book, image, data)
        else:
            raise ValueError(f"{image.format}, not JPEG or PNG")
        stream.Type, stream.Subtype = Name.XObject, Name.Image
        stream.Width, stream.Height = image.size
        stream.Interpolate = True
        return stream


def _packed(book: Pdf, image: Image.Image, data: bytes) -> Stream:
    """Return a PNG's pixels as it packs them: PDF knows its predictors (7.4.4.4)."""
    image.load()
    plain = image.mode in _SPACES and not image.info.get("interlace")
    if not plain or "transparency" in image.info:
        whole = io.BytesIO()
        _on_paper(image).save(whole, "PNG", optimize=True)
        data = whole.getvalue()
    chunks = list(_chunks(data))
    width, _, bits, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    space = Name.DeviceRGB if kind else Name.DeviceGray
    stream = Stream(book, b"".join(body for name, body in chunks if name == b"IDAT"))
    stream.Filter, stream.ColorSpace = Name.FlateDecode, space
    stream.BitsPerComponent = bits
    stream.DecodeParms = Dictionary(
        Predictor=15, Colors=3 if kind else 1, BitsPerComponent=bits, Columns=width
    )
    return stream


def _on_paper(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("L" if image.mode in {"LA", "I;16"} else "RGB")
    sheet = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(sheet, image.convert("RGBA")).convert("RGB")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG, by name (ISO 15948, 5.3)."""
    at = _PNG_HEAD
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if at + size + 12 > len(data):
            raise ValueError("the file is cut off")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += size + 12
