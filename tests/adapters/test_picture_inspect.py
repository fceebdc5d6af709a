"""A look at a picture tells what it is, and refuses what press cannot use."""

from __future__ import annotations

import io
import os
import struct
import zlib

import pytest
from PIL import Image

from press.model.article import Picture
from press.model.finding import Place, Severity
from press.model.picture import PictureFormat
from tests.adapters.pictures import codes

FORMATS = [
    ("JPEG", PictureFormat.JPEG, "jpg"),
    ("PNG", PictureFormat.PNG, "png"),
    ("GIF", PictureFormat.GIF, "gif"),
    ("WEBP", PictureFormat.WEBP, "webp"),
    ("TIFF", PictureFormat.TIFF, "tif"),
    ("AVIF", PictureFormat.AVIF, "avif"),
]


def a_file(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **options)
    return file.getvalue()


def a_png_head(width: int, height: int, *, colour: int = 2) -> bytes:
    """A PNG that promises a size and holds next to nothing: a bomb."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def a_jpeg_that_claims(width: int, height: int, **options) -> bytes:
    data = bytearray(a_file("JPEG", (64, 64), **options))
    start = next(
        at
        for at in range(len(data))
        if data[at] == 0xFF and data[at + 1] in {0xC0, 0xC2}
    )
    data[start + 5 : start + 9] = struct.pack(">HH", height, width)
    return bytes(data)


@pytest.mark.parametrize(("kind", "expected", "suffix"), FORMATS)
def test_a_picture_is_what_its_content_says(lab, root, kind, expected, suffix):
    (root / f"mill.{suffix}").write_bytes(a_file(kind))

    seen = lab.inspect(Picture(file=f"mill.{suffix}"))

    assert seen.findings == ()
    assert (seen.value.format, seen.value.pixels) == (expected, (60, 40))
    assert seen.value.frames == 1


@pytest.mark.parametrize(("kind", "expected", "_suffix"), FORMATS)
def test_a_name_that_lies_is_noted_and_not_believed(lab, root, kind, expected, _suffix):
    (root / "mill.svg").write_bytes(a_file(kind))

    seen = lab.inspect(Picture(file="mill.svg"))

    [found] = seen.findings
    assert seen.value.format is expected
    assert (found.code, found.severity) == ("picture.kind", Severity.NOTE)
    assert f"{kind} named .svg" in found.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html>\n<html><body>404</body></html>", "HTML page"),
        (b"\xef\xbb\xbf<!-- x --><HTML><svg/></HTML>", "HTML page"),
        (b"%PDF-1.7\n%", "PDF"),
        (b"8BPS\0\1", "Photoshop"),
        (b"PK\x03\x04", "ZIP"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "film"),
        (b"Not found", "not a picture"),
        (b'{"not": "a picture"}', "not a picture"),
    ],
)
def test_what_is_no_picture_is_said_to_be_what_it_is(lab, root, content, words):
    (root / "mill.jpg").write_bytes(content)

    seen = lab.inspect(Picture(file="mill.jpg"))

    [found] = seen.findings
    assert seen.value is None
    assert (found.code, found.severity) == ("picture.kind", Severity.ERROR)
    assert words in found.message
    assert found.place == Place(file="mill.jpg")


def test_a_finding_stands_at_the_line_that_asks_for_the_picture(lab, root):
    (root / "mill.jpg").write_bytes(b"")
    place = Place(file="articles/mill/index.md", line=18, column=8)

    seen = lab.inspect(Picture(file="mill.jpg", place=place))

    assert seen.findings[0].place == place
    assert seen.findings[0].message == "mill.jpg: is empty"


def test_a_missing_picture_is_an_error_that_names_the_nearest(lab, root):
    (root / "images").mkdir()
    (root / "images" / "mill-1.jpg").write_bytes(a_file())

    seen = lab.inspect(Picture(file="images/mill.jpg"))

    [found] = seen.findings
    assert (found.code, seen.value) == ("picture.missing", None)
    assert found.hint == "nearest: images/mill-1.jpg"


@pytest.mark.parametrize("file", ["l" * 300 + ".jpg", "a\udc80.jpg", "gone/mill.jpg"])
def test_a_name_that_no_file_can_have_is_missing(lab, file):
    seen = lab.inspect(Picture(file=file))

    assert codes(seen) == ["picture.missing"]


@pytest.mark.parametrize(
    "file",
    [
        "",
        ".",
        "..",
        "../secret.jpg",
        "images/../../secret.jpg",
        "/etc/hostname",
        "~/secret.jpg",
        "mill\0.jpg",
        "..\\secret.jpg",
        "C:/secret.jpg",
        "file:secret.jpg",
        "https://example.org/mill.jpg",
        "//host/share/mill.jpg",
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(lab, root, file):
    (root.parent / "secret.jpg").write_bytes(a_file())

    seen = lab.inspect(Picture(file=file))

    assert seen.value is None
    assert codes(seen) == ["picture.outside"]


def test_a_link_that_leaves_the_folder_is_refused(lab, root):
    (root.parent / "secret.jpg").write_bytes(a_file())
    (root / "mill.jpg").symlink_to(root.parent / "secret.jpg")

    seen = lab.inspect(Picture(file="mill.jpg"))

    assert codes(seen) == ["picture.outside"]


def test_a_link_within_the_folder_is_followed(lab, root):
    (root / "archive.jpg").write_bytes(a_file())
    (root / "mill.jpg").symlink_to(root / "archive.jpg")

    assert lab.inspect(Picture(file="mill.jpg")).value is not None


def test_a_pipe_is_not_waited_for(lab, root):
    os.mkfifo(root / "mill.jpg")

    seen = lab.inspect(Picture(file="mill.jpg"))

    assert codes(seen) == ["picture.kind"]


def test_a_name_spelled_with_other_code_points_is_found(lab, root):
    (root / "cafe\u0301.jpg").write_bytes(a_file())

    assert lab.inspect(Picture(file="caf\u00e9.jpg")).value is not None


@pytest.mark.parametrize(
    "name",
    [
        "naïve café’s photo (1).jpg",
        "a'b\"c#d?e%20f.jpg",
        "UPPER.JPG",
        "l" * 240 + ".jpg",
    ],
)
def test_awkward_file_names_work(lab, root, name):
    (root / name).write_bytes(a_file())

    seen = lab.inspect(Picture(file=name))

    assert seen.findings == ()
    assert seen.value is not None


@pytest.mark.parametrize("size", [(1, 1), (1, 30), (600, 1)])
def test_a_tracking_pixel_is_left_out_and_told(lab, root, size):
    (root / "pixel.gif").write_bytes(a_file("GIF", size))

    seen = lab.inspect(Picture(file="pixel.gif"))

    [found] = seen.findings
    assert seen.value is None
    assert (found.code, found.severity) == ("picture.tracking", Severity.WARNING)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_the_size_is_that_of_the_upright_picture(lab, root, kind, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    (root / "mill").write_bytes(a_file(kind, exif=exif))

    seen = lab.inspect(Picture(file="mill"))

    assert seen.value.pixels == ((60, 40) if orientation < 5 else (40, 60))


def test_an_orientation_that_stands_behind_the_pixels_of_a_png_counts(lab, root):
    exif = Image.Exif()
    exif[0x0112] = 6
    data = a_file("PNG", exif=exif)
    at = data.index(b"eXIf") - 4
    length = 12 + int.from_bytes(data[at : at + 4], "big")
    exif_chunk, end = data[at : at + length], data.index(b"IEND") - 4
    moved = data[:at] + data[at + length : end] + exif_chunk + data[end:]
    (root / "mill.png").write_bytes(moved)

    assert lab.inspect(Picture(file="mill.png")).value.pixels == (40, 60)


@pytest.mark.parametrize("seed", range(8))
def test_broken_metadata_is_no_matter(lab, root, seed):
    broken = b"Exif\0\0" + bytes((seed * 37 + at * 91) % 256 for at in range(40))
    (root / "mill.jpg").write_bytes(a_file("JPEG", exif=broken))

    seen = lab.inspect(Picture(file="mill.jpg"))

    assert seen.findings == ()
    assert seen.value.pixels == (60, 40)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (a_png_head(13_000, 13_000), "169 megapixels (507 MB decoded)"),
        (a_png_head(10_000, 10_000, colour=6), "100 megapixels (400 MB decoded)"),
        (a_png_head(30_000, 30_000, colour=0), "900 megapixels"),
        (a_jpeg_that_claims(60_000, 60_000), "3600 megapixels"),
        (
            a_jpeg_that_claims(10_000, 10_000, progressive=True, subsampling=0),
            "100 megapixels (600 MB decoded)",
        ),
        (
            b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff\x3f\0" * 2,
            "269 megapixels",
        ),
        (
            b"RIFF\x16\0\0\0WEBPVP8L\x0a\0\0\0/" + b"\xff\xff\xff\x0f" + b"\0" * 5,
            "269 megapixels",
        ),
    ],
)
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_head(
    lab, root, data, words
):
    (root / "bomb").write_bytes(data)

    seen = lab.inspect(Picture(file="bomb"))

    [found] = seen.findings
    assert seen.value is None
    assert (found.code, found.severity) == ("picture.too-large", Severity.ERROR)
    assert words in found.message


def test_a_large_jpeg_that_can_be_shrunk_while_reading_is_taken(lab, root):
    (root / "camera.jpg").write_bytes(a_jpeg_that_claims(12_960, 8_640))

    seen = lab.inspect(Picture(file="camera.jpg"))

    assert seen.value.pixels == (12_960, 8_640)


def test_frames_are_counted(lab, root):
    frames = [Image.new("RGB", (40, 30), name) for name in ("red", "teal", "blue")]
    frames[0].save(root / "a.gif", save_all=True, append_images=frames[1:])

    assert lab.inspect(Picture(file="a.gif")).value.frames == 3
