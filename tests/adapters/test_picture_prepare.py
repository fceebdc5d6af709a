"""What WeasyPrint sees of a picture: upright, opaque, cropped, sized and bare."""

from __future__ import annotations

import struct
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw, ImageOps, PngImagePlugin

from press.adapters.pictures import PillowPictureLab
from press.model.article import Focus, PictureKind
from press.model.errors import EngineError
from press.model.finding import Severity
from press.model.printer import Resolution
from tests.adapters.pictures import (
    a_job,
    a_photograph,
    a_profile_with_red_and_green_exchanged,
    alike,
    codes,
    seen,
)

SECRET = b"51.5074 Fleet Street, from J. Source"


def test_a_picture_is_resized_to_its_printed_size(lab, root, cache):
    a_photograph().save(root / "mill.jpg", quality=95)

    [prepared] = lab.prepare([a_job("mill.jpg")])

    image = seen(cache, prepared)
    assert image.format == "JPEG"
    assert image.size == prepared.value.pixels
    assert 240 <= prepared.value.ppi <= 240 * 1.2
    assert abs(image.width / image.height - 1.5) < 0.005
    assert alike(image, a_photograph().resize(image.size)) < 6


def test_a_picture_is_as_fine_as_the_layout_wants_it(lab, root):
    a_photograph().save(root / "mill.jpg")

    [prepared] = lab.prepare([replace(a_job("mill.jpg"), ppi=120)])

    assert 120 <= prepared.value.ppi <= 120 * 1.2


def test_a_picture_is_never_enlarged(lab, root):
    a_photograph((900, 600)).save(root / "mill.jpg")

    [prepared] = lab.prepare([a_job("mill.jpg")])

    assert prepared.value.pixels == (900, 600)
    assert prepared.value.ppi == pytest.approx(900 / (105 / 25.4))
    assert prepared.findings == ()


def test_a_jpeg_keeps_its_colours_full_size(lab, root, cache):
    a_photograph().save(root / "mill.jpg")

    [prepared] = lab.prepare([a_job("mill.jpg")])

    sampling = {layer[1:3] for layer in seen(cache, prepared).layer}
    assert sampling == {(1, 1)}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_picture_stands_upright_and_the_turn_is_noted(
    lab, root, cache, kind, orientation
):
    exif = Image.Exif()
    exif[0x0112] = orientation
    a_photograph((300, 200)).save(root / "mill", kind, exif=exif)
    with Image.open(root / "mill") as filed:
        upright = ImageOps.exif_transpose(filed)
    tall = orientation > 4

    [prepared] = lab.prepare([a_job("mill", (20, 30) if tall else (30, 20))])

    image = seen(cache, prepared)
    assert (image.height > image.width) == tall
    assert alike(image, upright.resize(image.size)) < 8
    assert 0x0112 not in image.getexif()
    assert codes(prepared) == (["picture.rotated"] if orientation > 1 else [])


@pytest.mark.parametrize("orientation", [1, 3, 6])
def test_a_turned_picture_is_cropped_around_its_focus(lab, root, cache, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    a_photograph((600, 600)).save(root / "mill.jpg", exif=exif, quality=95)
    with Image.open(root / "mill.jpg") as filed:
        upright = ImageOps.exif_transpose(filed)
    job = a_job("mill.jpg", (20, 10), focus=Focus(x=1, y=1))

    [prepared] = lab.prepare([job])

    image = seen(cache, prepared)
    assert alike(image, upright.crop((0, 300, 600, 600)).resize(image.size)) < 8


def test_a_chart_is_shown_whole(lab, root, cache):
    a_photograph((1500, 1000)).save(root / "chart.png")

    [prepared] = lab.prepare([a_job("chart.png", kind=PictureKind.CHART)])

    image = seen(cache, prepared)
    assert alike(image, a_photograph((1500, 1000)).resize(image.size)) < 6


def test_a_place_that_would_crop_a_chart_is_a_fault_of_press_itself(lab, root):
    a_photograph((1500, 1000)).save(root / "chart.png")
    job = a_job("chart.png", (105, 60), kind=PictureKind.CHART)

    with pytest.raises(EngineError, match="never cropped"):
        lab.prepare([job])


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF", "AVIF"])
def test_of_an_animation_the_first_frame_is_printed_and_told(lab, root, cache, kind):
    frames = [Image.new("RGB", (300, 200), name) for name in ("red", "blue", "green")]
    frames[0].save(root / "mill", kind, save_all=True, append_images=frames[1:])

    [prepared] = lab.prepare([a_job("mill", (30, 20))])

    [found] = prepared.findings
    red, green, blue = seen(cache, prepared).convert("RGB").getpixel((9, 9))
    assert red > 240
    assert max(green, blue) < 20
    assert (found.code, found.severity) == ("picture.frames", Severity.WARNING)
    assert "3 frames" in found.message


def metadata_of(kind: str) -> dict[str, object]:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[0x001D] = SECRET.decode()
    return {
        "exif": exif,
        "icc_profile": a_profile_with_red_and_green_exchanged().replace(
            "odd!".encode("utf-16-be"), "SECR".encode("utf-16-be")
        ),
        "xmp": b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>",
        **({"comment": SECRET} if kind in {"JPEG", "GIF"} else {}),
    }


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "GIF"])
@pytest.mark.parametrize("content", ["photograph", "flat"])
def test_nothing_a_file_says_beside_its_pixels_remains(lab, root, cache, kind, content):
    size = (900, 600)
    image = a_photograph(size) if content == "photograph" else Image.new("RGB", size)
    options = metadata_of(kind)
    if kind == "PNG":
        options["pnginfo"] = notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", SECRET.decode())
    if kind == "JPEG":  # IPTC lives in Photoshop's segment
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(SECRET) + 5)
        iptc += b"\x1c\x02\x78" + struct.pack(">H", len(SECRET)) + SECRET + b"\0"
        options["extra"] = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    image.save(root / "mill", kind, **options)
    assert SECRET in (root / "mill").read_bytes()
    job = a_job("mill", (20, 30))

    [prepared] = lab.prepare([job])
    mailed = lab.for_mail(job.picture, width=300, base="")

    data = (cache / prepared.value.name).read_bytes()
    for left in (data, mailed.value.data):
        assert SECRET not in left
        assert segments(left) <= {
            *("FFE0", "FFDB", "FFC0", "FFC2", "FFC4", "FFDA"),
            *("IHDR", "PLTE", "IDAT", "IEND"),
        }


def segments(data: bytes) -> set[str]:
    """The kinds of parts in a JPEG or PNG file."""
    found = set()
    at = 8 if data.startswith(b"\x89PNG") else 2
    while at < len(data) and "FFDA" not in found:
        if data.startswith(b"\x89PNG"):
            found.add(data[at + 4 : at + 8].decode())
            at += 12 + int.from_bytes(data[at : at + 4], "big")
        else:
            found.add(data[at : at + 2].hex().upper())
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found


@pytest.mark.parametrize("kind", ["PNG", "GIF", "JPEG"])
def test_a_picture_of_few_colours_is_written_without_loss(lab, root, cache, kind):
    chart = Image.new("RGB", (400, 300), "white")
    ImageDraw.Draw(chart).rectangle((50, 50, 200, 200), (200, 16, 46))
    chart.save(root / "chart", kind, quality=100, subsampling=0)
    with Image.open(root / "chart") as file:
        source = file.convert("RGB")

    [prepared] = lab.prepare([a_job("chart", (40, 30), kind=PictureKind.CHART)])

    image = seen(cache, prepared)
    assert image.format == "PNG"
    assert image.mode == "P"
    assert image.convert("RGB").tobytes() == source.tobytes()


def test_a_screenshot_is_kept_as_png_where_that_is_smaller(lab, root, cache):
    screenshot = Image.new("RGB", (1600, 1200), "white")
    draw = ImageDraw.Draw(screenshot)
    for line in range(40):
        draw.text((40, 30 * line), "All the news that fits. " * 6, (line * 6, 20, 90))
    screenshot.save(root / "screenshot.png")

    [prepared] = lab.prepare([a_job("screenshot.png", (160, 120))])

    assert seen(cache, prepared).format == "PNG"


def test_a_photograph_that_came_as_png_is_printed_as_jpeg(lab, root, cache):
    a_photograph((1600, 1200)).save(root / "mill.png", compress_level=1)

    [prepared] = lab.prepare([a_job("mill.png", (40, 30))])

    assert seen(cache, prepared).format == "JPEG"


@pytest.mark.parametrize(
    ("kind", "width", "severity"),
    [
        (PictureKind.PHOTO, 200, Severity.ERROR),
        (PictureKind.PHOTO, 413, Severity.ERROR),
        (PictureKind.PHOTO, 414, Severity.WARNING),
        (PictureKind.PHOTO, 620, Severity.WARNING),
        (PictureKind.PHOTO, 621, None),
        (PictureKind.CHART, 200, Severity.WARNING),
        (PictureKind.CHART, 621, None),
    ],
)
def test_too_few_pixels_for_the_printed_size_are_found(
    lab, root, kind, width, severity
):
    a_photograph((width, width * 2 // 3)).save(root / "mill.jpg")
    with Image.open(root / "mill.jpg") as image:
        height = 105 * image.height / image.width

    [prepared] = lab.prepare([a_job("mill.jpg", (105, height), kind=kind)])

    found = [found.severity for found in prepared.findings]
    assert found == ([severity] if severity else [])
    assert prepared.value is not None


def test_the_finding_of_a_small_picture_says_how_many_pixels_are_needed(lab, root):
    a_photograph((200, 133)).save(root / "mill.jpg")

    [prepared] = lab.prepare([a_job("mill.jpg")])

    [found] = prepared.findings
    assert found.code == "picture.resolution"
    assert found.message == "48 ppi at 105 mm; 150 are wanted"
    assert found.hint == "at least 620 pixels wide, or run it in fewer columns"


def test_pixels_are_counted_after_the_crop(lab, root):
    a_photograph((1200, 300)).save(root / "wide.jpg")

    [prepared] = lab.prepare([a_job("wide.jpg", (105, 105))])

    [found] = prepared.findings
    assert found.message == "72 ppi at 105 mm; 150 are wanted"
    assert found.hint.startswith("at least 2,480 pixels wide")


def test_the_limits_of_resolution_can_be_set(root, cache):
    coarse = Resolution(least=40, wanted=45, line_art=45)
    lab = PillowPictureLab(root, cache, resolution=coarse)
    a_photograph((200, 133)).save(root / "mill.jpg")

    [prepared] = lab.prepare([a_job("mill.jpg")])

    assert prepared.findings == ()


def test_every_fault_is_a_finding_of_its_own_picture_in_the_jobs_order(lab, root):
    for number in range(6):
        a_photograph((600 + number, 400)).save(root / f"{number}.jpg")
    (root / "3.jpg").write_bytes(b"<html>")
    (root / "4.jpg").unlink()

    prepared = lab.prepare([a_job(f"{number}.jpg", (60, 40)) for number in range(6)])

    assert [one.value is None for one in prepared] == [False] * 3 + [True] * 2 + [False]
    assert codes(prepared[3]) == ["picture.kind"]
    assert codes(prepared[4]) == ["picture.missing"]
