"""Awkward pictures that nobody here made end as they must."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from press.adapters.pictures import PillowPictureLab
from press.model.article import Picture
from press.model.finding import Severity
from press.model.picture import PictureFormat, PictureJob
from tests.adapters.pictures import a_job, alike, seen
from tests.adapters.press_pictures import (
    LIMIT,
    PROFILE,
    a_press_profile,
    a_printer,
    most_ink,
    on_screen,
    printed,
    shown_by_the_press,
)

ROOT = Path(__file__).parents[2]
ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

#: File -> upright size, and what is found in it at 40 × 30 mm: in a look, in making it.
FINE = {
    "cmyk-fogra39-icc.jpg": ("jpeg", (1800, 1200), [], []),
    "cmyk-tiff-lzw.tif": ("tiff", (900, 600), [], []),
    "exif-orientation-3.jpg": ("jpeg", (1800, 1200), [], [("picture.rotated", NOTE)]),
    "exif-orientation-6.jpg": ("jpeg", (1800, 1200), [], [("picture.rotated", NOTE)]),
    "animated.gif": (
        "gif",
        (159, 159),
        [],
        [("picture.frames", WARNING), ("picture.resolution", WARNING)],
    ),
    "photo.webp": ("webp", (1800, 1200), [], []),
    "fox-8bit.avif": ("avif", (1204, 800), [], []),
    "photo.heic": ("heic", (800, 1200), [], []),
    "transparent-soft-alpha.png": ("png", (1800, 1200), [], []),
    "gray-16bit.png": ("png", (900, 600), [], []),
    "progressive.jpg": ("jpeg", (1800, 1200), [], []),
    "really-a-png.jpg": ("png", (600, 400), [("picture.kind", NOTE)], []),
    "tiny-200px.jpg": ("jpeg", (200, 133), [], [("picture.resolution", WARNING)]),
    "panorama.jpg": ("jpeg", (5184, 650), [], []),
    "huge-112mp.jpg": ("jpeg", (12960, 8640), [], []),
    "naïve café’s photo (1).jpg": ("jpeg", (900, 600), [], []),
    "IMG_0001.JPG": ("jpeg", (900, 600), [], []),
    "iptc-caption-credit.jpg": ("jpeg", (1500, 1000), [], []),
    "gps-location.jpg": ("jpeg", (1500, 1000), [], []),
    "illustration.svg": ("svg", (395, 211), [], []),
    "svg-no-size.svg": ("svg", (400, 200), [], []),
}
REFUSED = {
    "truncated.jpg": ("picture.truncated", ERROR),
    "zero-bytes.jpg": ("picture.kind", ERROR),
    "one-pixel.gif": ("picture.tracking", WARNING),
}


@pytest.fixture
def awkward(corpus):
    return corpus / "awkward" / "images"


@pytest.fixture
def lab(awkward, cache):
    return PillowPictureLab(awkward, cache)


@pytest.fixture
def press_lab(awkward, cache):
    if not PROFILE.is_file():
        pytest.skip("press's own profile is not there")
    return PillowPictureLab(
        awkward, cache, printer=a_printer(), profile=a_press_profile()
    )


def a_small_job(file: str) -> PictureJob:
    return a_job(file, (40, 30))


def kinds(checked) -> list[tuple[str, Severity]]:
    return [(found.code, found.severity) for found in checked.findings]


def made(lab, cache, file: str) -> Image.Image:
    [prepared] = lab.prepare([a_job(file, (60, 40))])
    image: Image.Image = seen(cache, prepared)
    return image.convert("RGB")


def test_every_awkward_picture_is_expected_to_end_some_way(awkward):
    expected = json.loads((awkward / "EXPECT.json").read_text("utf-8"))

    assert set(expected) == set(FINE) | set(REFUSED)


@pytest.mark.parametrize("file", FINE)
def test_an_awkward_picture_is_made_ready(lab, cache, file):
    kind, pixels, in_a_look, in_making = FINE[file]

    looked = lab.inspect(Picture(file=file))
    [prepared] = lab.prepare([a_small_job(file)])

    assert (looked.value.format, looked.value.pixels) == (PictureFormat(kind), pixels)
    assert kinds(looked) == in_a_look
    assert kinds(prepared) == in_making
    assert (cache / prepared.value.name).stat().st_size
    assert prepared.value.name.isascii()


@pytest.mark.parametrize("file", REFUSED)
def test_a_picture_that_cannot_be_used_is_refused(lab, file):
    [prepared] = lab.prepare([a_small_job(file)])
    mailed = lab.for_mail(Picture(file=file), width=600, base="")

    assert (prepared.value, mailed.value) == (None, None)
    assert kinds(prepared) == kinds(mailed) == [REFUSED[file]]
    assert prepared.findings[0].place.file == file


def test_a_truncated_picture_names_the_row(lab):
    [prepared] = lab.prepare([a_small_job("truncated.jpg")])

    assert re.fullmatch(
        r"ends early \(row 7[45]\d of 1,200\)", prepared.findings[0].message
    )


def test_a_tiny_picture_over_two_columns_is_an_error(lab):
    [prepared] = lab.prepare([a_job("tiny-200px.jpg", (105, 70))])

    [found] = prepared.findings
    assert (found.code, found.severity) == ("picture.resolution", ERROR)
    assert found.message == "48 ppi at 105 mm; 150 are wanted"


@pytest.mark.parametrize("file", ["cmyk-fogra39-icc.jpg", "cmyk-tiff-lzw.tif"])
def test_cmyk_looks_as_its_twin_in_rgb(lab, awkward, cache, file):
    with Image.open(awkward / "progressive.jpg") as twin:
        twin.load()

    image = made(lab, cache, file)

    assert alike(image, twin.resize(image.size)) < 12


def test_grey_of_sixteen_bits_is_whole(lab, awkward):
    assert lab.find_damaged([Picture(file="gray-16bit.png")]) == ()


def test_grey_of_sixteen_bits_looks_as_its_twin_in_rgb(lab, awkward, cache):
    with Image.open(awkward / "progressive.jpg") as twin:
        twin.load()

    image = made(lab, cache, "gray-16bit.png")

    assert alike(image, twin.convert("L").convert("RGB").resize(image.size)) < 8


@pytest.mark.parametrize("file", ["exif-orientation-3.jpg", "exif-orientation-6.jpg"])
def test_a_turned_photograph_stands_upright(lab, awkward, cache, file):
    with Image.open(awkward / file) as filed:
        upright = ImageOps.exif_transpose(filed)

    image = made(lab, cache, file)

    assert alike(image, upright.resize(image.size)) < 8


def test_where_and_by_whom_a_photograph_was_taken_is_gone(lab, awkward, cache):
    for file in ("gps-location.jpg", "iptc-caption-credit.jpg", "photo.heic"):
        [prepared] = lab.prepare([a_small_job(file)])
        mailed = lab.for_mail(Picture(file=file), width=300, base="")

        for data in ((cache / prepared.value.name).read_bytes(), mailed.value.data):
            for told in (
                b"Exif",
                b"Photoshop",
                b"http://ns.adobe.com",
                b"OONI",
                b"ICC",
            ):
                assert told not in data


@pytest.mark.parametrize(
    ("at", "byte"), [(224, 255), (225, 255), (223, 132), (194, 255), (239, 255)]
)
def test_damage_that_crashes_the_heic_decoder_is_a_finding(awkward, tmp_path, at, byte):
    data = bytearray((awkward / "photo.heic").read_bytes())
    data[at] = byte
    (tmp_path / "phone.heic").write_bytes(data)
    lab = PillowPictureLab(tmp_path, tmp_path / "cache")

    looked = lab.inspect(Picture(file="phone.heic"))
    [prepared] = lab.prepare([a_small_job("phone.heic")])

    assert kinds(looked) == kinds(prepared) == [("picture.damaged", ERROR)]


def test_a_heic_that_ends_early_is_an_error(awkward, tmp_path):
    data = (awkward / "photo.heic").read_bytes()
    (tmp_path / "phone.heic").write_bytes(data[: len(data) // 2])
    lab = PillowPictureLab(tmp_path, tmp_path / "cache")

    [prepared] = lab.prepare([a_small_job("phone.heic")])

    assert kinds(prepared) == [("picture.truncated", ERROR)]


#: What the press gets of each: kind of file, kind of pixels; "" where it stays lines.
PRESS = {
    "animated.gif": ("TIFF", "CMYK"),
    "gray-16bit.png": ("JPEG", "L"),
    "illustration.svg": ("TIFF", "CMYK"),
    "svg-no-size.svg": ("", ""),
}


@pytest.mark.parametrize("file", FINE)
def test_an_awkward_picture_is_made_ready_for_the_press(press_lab, cache, file):
    job = a_small_job(file)

    [prepared] = press_lab.prepare([job])

    expected = FINE[file][3]
    if file == "illustration.svg":
        expected = [("picture.flattened", NOTE)]
    kind, mode = PRESS.get(file, ("JPEG", "CMYK"))
    assert kinds(prepared) == expected
    if not kind:
        assert (prepared.value.press, prepared.value.screen) == ("", "")
        return
    image = printed(cache, prepared)
    assert (image.format, image.mode, image.size) == (kind, mode, prepared.value.pixels)
    assert prepared.value.ink <= LIMIT
    if mode == "CMYK":
        assert most_ink(image) == prepared.value.ink
    if kind == "JPEG":
        assert list(dict(image.applist)) == ["APP14" if mode == "CMYK" else "APP0"]
    for name in (prepared.value.name, prepared.value.press, prepared.value.screen):
        data = (cache / name).read_bytes()
        for told in (b"Exif", b"Photoshop", b"adobe.com", b"OONI", b"ICC", b"acsp"):
            assert told not in data


@pytest.mark.parametrize("file", REFUSED)
def test_the_press_gets_nothing_of_a_picture_that_cannot_be_used(press_lab, file):
    [prepared] = press_lab.prepare([a_small_job(file)])

    assert prepared.value is None
    assert kinds(prepared) == [REFUSED[file]]


@pytest.mark.parametrize(
    "file",
    [
        "cmyk-fogra39-icc.jpg",
        "cmyk-tiff-lzw.tif",
        "gray-16bit.png",
        "exif-orientation-6.jpg",
        "photo.webp",
        "gps-location.jpg",
        "transparent-soft-alpha.png",
    ],
)
def test_ink_on_paper_looks_as_the_picture_does(press_lab, lab, cache, file):
    """Neither negative nor turned: as close as the paper's colours allow."""
    plain = made(lab, cache, file)

    [prepared] = press_lab.prepare([a_job(file, (60, 40))])

    image = shown_by_the_press(printed(cache, prepared))
    assert alike(image.resize(plain.size), plain) < 30
    screen = on_screen(cache, prepared)
    assert alike(screen.resize(plain.size), plain) < 12


def test_the_credit_of_an_agencys_picture_is_read(lab):
    facts = lab.inspect(Picture(file="iptc-caption-credit.jpg")).value

    assert facts.credit == "Jane O’Neill/OONI"
    assert facts.rights == "© 2017 OONI CC BY 3.0"


HUGE = """
import re, sys
from pathlib import Path
from press.adapters.pictures import PillowPictureLab
from press.model.article import Picture
from press.model.length import Length
from press.model.picture import PictureJob

root, cache = map(Path, sys.argv[1:3])
options = {}
if "press" in sys.argv:
    from tests.adapters.press_pictures import a_press_profile, a_printer

    options = {"printer": a_printer(), "profile": a_press_profile()}
job = PictureJob(
    picture=Picture(file="huge-112mp.jpg"),
    width=Length.of_mm(246),
    height=Length.of_mm(164),
)
[prepared] = PillowPictureLab(root, cache, **options).prepare([job])
assert bool(prepared.value.press) == bool(options)
assert prepared.value.ppi >= 240
# What getrusage says begins with the memory of the process that started this one.
print(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted as Linux does")
@pytest.mark.parametrize("use", ["page", "press"])
def test_112_megapixels_take_little_memory(awkward, tmp_path, use):
    if not PROFILE.is_file():
        pytest.skip("press's own profile is not there")

    done = subprocess.run(
        [sys.executable, "-c", HUGE, awkward, tmp_path, use],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )

    assert int(done.stdout) < 120 * 1024
