"""Pictures of the readers' replica, in the place of what stood in for them."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from pikepdf import PdfImage
from PIL import Image, ImageFile

from press.model.finding import Severity
from press.model.press import PlacedPicture
from tests.adapters.books import a_book, make, the_replica

DRAWN = "q 80 0 0 60 0 0 cm /one Do Q"


def a_stand_in() -> bytes:
    out = io.BytesIO()
    Image.new("L", (8, 6), 128).save(out, "JPEG", comment=b"one")
    return out.getvalue()


STAND_IN = a_stand_in()
NAME = hashlib.sha256(STAND_IN).hexdigest()[:32] + ".jpg"
RESOURCES = {"Image": {"one": STAND_IN}}


def colours(mode: str) -> Image.Image:
    across = Image.linear_gradient("L").resize((16, 12))
    down = across.rotate(180)
    return Image.merge("RGB", (across, down, across)).convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def placed(folder: Path, name: str, data: bytes) -> dict[str, Any]:
    (folder / name).write_bytes(data)
    picture = PlacedPicture(press="press.tif", screen=name)
    return {"pictures": {NAME: picture}, "folder": str(folder)}


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_jpeg_is_shown_byte_for_byte(tmp_path: Path, mode: str) -> None:
    data = saved(colours(mode), "JPEG", quality=80)
    job = placed(tmp_path, "a.jpg", data)

    with the_replica(a_book(DRAWN, resources=RESOURCES), **job) as book:
        image = book.pages[0].Resources.XObject["/one"]
        assert image.read_raw_bytes() == data
        assert (image.Width, image.Height) == (16, 12)
        assert image.ColorSpace == ("/DeviceRGB" if mode == "RGB" else "/DeviceGray")


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P"])
def test_a_png_keeps_every_pixel(tmp_path: Path, mode: str) -> None:
    wanted = colours(mode)
    job = placed(tmp_path, "a.png", saved(wanted, "PNG"))

    with the_replica(a_book(DRAWN, resources=RESOURCES), **job) as book:
        image = PdfImage(book.pages[0].Resources.XObject["/one"]).as_pil_image()
        assert image.size == (16, 12)
        assert image.convert("RGB").tobytes() == wanted.convert("RGB").tobytes()


def test_what_is_transparent_shows_paper(tmp_path: Path) -> None:
    job = placed(tmp_path, "a.png", saved(Image.new("RGBA", (4, 4)), "PNG"))

    with the_replica(a_book(DRAWN, resources=RESOURCES), **job) as book:
        image = PdfImage(book.pages[0].Resources.XObject["/one"]).as_pil_image()
        assert image.getpixel((0, 0)) == (255, 255, 255)


def test_a_picture_on_two_pages_is_in_the_file_once(tmp_path: Path) -> None:
    data = saved(colours("RGB"), "JPEG")
    job = placed(tmp_path, "a.jpg", data)

    made = make(a_book(DRAWN, DRAWN, resources=RESOURCES), **job)

    assert made.value is not None
    assert made.value.count(data) == 1
    assert STAND_IN not in made.value


def test_a_picture_that_nothing_stands_for_stays(tmp_path: Path) -> None:
    other = {"Image": {"one": saved(colours("RGB"), "JPEG")}}
    job = placed(tmp_path, "a.jpg", saved(colours("L"), "JPEG"))

    with the_replica(a_book(DRAWN, resources=other), **job) as book:
        shown = book.pages[0].Resources.XObject["/one"].read_raw_bytes()
        assert shown == other["Image"]["one"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        saved(colours("RGB"), "JPEG")[:40],
        saved(colours("CMYK"), "JPEG"),
        saved(colours("RGB"), "TIFF"),
        saved(colours("RGB"), "PNG")[:80],
    ],
    ids=["empty", "text", "half a JPEG", "inks", "TIFF", "half a PNG"],
)
def test_a_picture_that_cannot_be_shown_is_an_error_with_its_page(
    tmp_path: Path, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does
    job = placed(tmp_path, "a.jpg", data)

    made = make(a_book("", resources={}), **job)
    assert made.findings == ()
    made = make(a_book(DRAWN, resources=RESOURCES), **job)

    (found,) = made.findings
    assert made.value is None
    assert (found.code, found.severity) == ("replica.picture", Severity.ERROR)
    assert (found.place.page, "a.jpg" in found.message) == (1, True)


def test_a_picture_that_is_gone_is_an_error_said_once(tmp_path: Path) -> None:
    gone = {NAME: PlacedPicture(press="a.tif", screen="gone.jpg")}

    made = make(
        a_book(DRAWN, DRAWN, resources=RESOURCES),
        pictures=gone,
        folder=str(tmp_path),
    )

    assert [one.code for one in made.findings] == ["replica.picture"]
    assert made.value is None
