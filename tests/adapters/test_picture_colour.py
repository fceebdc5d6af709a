"""Any kind of pixel comes out opaque, in sRGB or grey of 8 bits."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image, ImageChops

from press.model.article import Picture
from press.model.finding import Severity
from tests.adapters.pictures import (
    a_job,
    a_job_of,
    a_photograph,
    a_profile_with_red_and_green_exchanged,
    alike,
    codes,
    seen,
)


def test_transparent_parts_show_the_paper(lab, root, cache):
    for mode in ("RGBA", "LA"):
        image = Image.new("RGBA", (400, 400), (0, 0, 0, 0)).convert(mode)
        image.save(root / f"{mode}.png")
    keyed = Image.new("P", (400, 400), 0)
    keyed.putpalette([0, 0, 0, 255, 0, 0])
    keyed.save(root / "keyed.gif", transparency=0)
    Image.new("RGB", (400, 400)).save(root / "key.png", transparency=(0, 0, 0))
    names = ["RGBA.png", "LA.png", "keyed.gif", "key.png"]
    jobs = [a_job_of(Picture(file=name), (20, 20), paper="#f0e0c0") for name in names]

    for prepared in lab.prepare(jobs):
        image = seen(cache, prepared)

        assert not image.has_transparency_data
        assert image.convert("RGB").getpixel((9, 9)) == (0xF0, 0xE0, 0xC0)


def test_soft_edges_mix_with_the_paper(lab, root, cache):
    Image.new("RGBA", (400, 400), (255, 0, 0, 128)).save(root / "soft.png")

    [prepared] = lab.prepare([a_job("soft.png", (20, 20))])

    red, green, blue = seen(cache, prepared).convert("RGB").getpixel((9, 9))
    assert (red, green, blue) == (255, 127, 127)


def test_sixteen_bits_are_scaled_and_not_clipped(lab, root, cache):
    wide = Image.frombytes(
        "I;16", (256, 100), struct.pack("<256H", *range(128, 65536, 256)) * 100
    )
    wide.save(root / "grey.png")
    wide.save(root / "little.tif")
    Image.frombytes(
        "I;16B", (256, 100), struct.pack(">256H", *range(128, 65536, 256)) * 100
    ).save(root / "big.tif")

    for name in ("grey.png", "little.tif", "big.tif"):
        [prepared] = lab.prepare([a_job(name, (256, 100))])

        image = seen(cache, prepared)
        assert image.mode == "L"
        assert all(abs(image.getpixel((x, 50)) - x) <= 2 for x in range(256))


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_cmyk_without_a_profile_is_not_negative_and_told(lab, root, cache, suffix):
    photograph = a_photograph((400, 300))
    photograph.convert("CMYK").save(root / f"mill.{suffix}")

    [prepared] = lab.prepare([a_job(f"mill.{suffix}", (40, 30))])

    image = seen(cache, prepared)
    assert alike(image, photograph.resize(image.size)) < 12
    assert codes(prepared) == ["picture.colour"]


def test_cmyk_without_adobes_marker_is_taken_as_it_stands(lab, root, cache):
    photograph = a_photograph((400, 300))
    file = io.BytesIO()
    ImageChops.invert(photograph.convert("CMYK")).save(file, "JPEG", quality=95)
    data = file.getvalue()
    marker = data.index(b"\xff\xee")
    length = int.from_bytes(data[marker + 2 : marker + 4], "big") + 2
    (root / "mill.jpg").write_bytes(data[:marker] + data[marker + length :])

    [prepared] = lab.prepare([a_job("mill.jpg", (40, 30))])

    image = seen(cache, prepared)
    assert alike(image, photograph.resize(image.size)) < 12
    assert codes(prepared) == ["picture.colour", "picture.colour"]


def test_a_profile_is_applied_and_gone(lab, root, cache):
    Image.new("RGB", (300, 200), (250, 10, 10)).save(
        root / "mill.png", icc_profile=a_profile_with_red_and_green_exchanged()
    )

    [prepared] = lab.prepare([a_job("mill.png", (30, 20))])

    image = seen(cache, prepared).convert("RGB")
    red, green, _ = image.getpixel((9, 9))
    assert green > 230
    assert red < 40
    assert "icc_profile" not in image.info


@pytest.mark.parametrize("profile", [b"no profile at all", b"\0" * 200])
def test_a_profile_that_cannot_be_used_is_told(lab, root, profile):
    a_photograph((300, 200)).save(root / "mill.jpg", icc_profile=profile)

    [prepared] = lab.prepare([a_job("mill.jpg", (30, 20))])

    assert prepared.value is not None
    assert codes(prepared) == ["picture.colour"]


def test_a_grey_picture_in_three_colours_becomes_grey(lab, root, cache):
    grain = Image.effect_noise((400, 300), 60)
    grain.convert("RGB").save(root / "mill.png")
    grain.save(root / "grey.jpg")

    for name in ("mill.png", "grey.jpg"):
        [prepared] = lab.prepare([a_job(name, (40, 30))])

        assert seen(cache, prepared).mode == "L"


def test_a_kind_of_pixel_that_cannot_be_read_is_an_error(lab, root):
    Image.new("F", (300, 200), 0.5).save(root / "depth.tif")

    [prepared] = lab.prepare([a_job("depth.tif", (30, 20))])

    [found] = prepared.findings
    assert prepared.value is None
    assert (found.code, found.severity) == ("picture.colour", Severity.ERROR)
