"""Pictures made of pixels, on the plates."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.adapters.press_files import OVER, a_jpeg, an_image, at, box, placed, plates

INKS = (51, 102, 153, 204)
PER_CENT = (20, 40, 60, 80)
TURNED = [1, 0, 1, 0, 1, 0, 1, 0]
TINT = f"0.3 0 0.2 0 k {box(10, 10, 60, 60)} f"
Make = Callable[[pikepdf.Pdf], Any]


def shown(make: Make, *before: str) -> tuple[int, ...]:
    """Return the inks where a picture is placed."""

    def resources(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
        return {"XObject": {"I": make(pdf)}}

    found = plates(*before, placed("I", 20, 20, 40, 40), resources=resources)
    return at(found, 40, 40)


def jpeg(data: bytes, **more: Any) -> Make:
    return lambda pdf: an_image(
        pdf, data, ColorSpace=Name.DeviceCMYK, Filter=Name.DCTDecode, **more
    )


def raw(data: bytes, space: Any, **more: Any) -> Make:
    return lambda pdf: an_image(pdf, data, ColorSpace=space, **more)


def test_a_jpeg_of_inks_is_read_as_its_decode_array_says() -> None:
    data = a_jpeg(INKS)

    assert shown(jpeg(data, Decode=TURNED)) == pytest.approx(PER_CENT, abs=1)
    assert shown(jpeg(data)) == pytest.approx((80, 60, 40, 20), abs=1)


def test_a_large_jpeg_is_decoded_no_larger_than_it_is_seen() -> None:
    data = a_jpeg(INKS, (1600, 1600))

    found = shown(jpeg(data, Decode=TURNED, Width=1600, Height=1600))

    assert found == pytest.approx(PER_CENT, abs=1)


@pytest.mark.parametrize(
    ("make", "inks"),
    [
        (raw(bytes(INKS) * 64 * 64, Name.DeviceCMYK), PER_CENT),
        (raw(bytes(INKS) * 64 * 64, Name.DeviceCMYK, Decode=TURNED), (80, 60, 40, 20)),
        (
            raw(
                zlib.compress(bytes(INKS) * 64 * 64),
                Name.DeviceCMYK,
                Filter=Name.FlateDecode,
            ),
            PER_CENT,
        ),
        (
            raw(
                b"".join(bytes((ink, 0)) for ink in INKS) * 64 * 64,
                Name.DeviceCMYK,
                BitsPerComponent=16,
            ),
            PER_CENT,
        ),
        (
            raw(b"\x00\x8f" * 64 * 64, Name.DeviceCMYK, BitsPerComponent=4),
            (0, 0, 53, 100),
        ),
        (raw(b"\x33" * 64 * 64, Name.DeviceGray), (0, 0, 0, 80)),
        (raw(b"\x00" * 8 * 64, Name.DeviceGray, BitsPerComponent=1), (0, 0, 0, 100)),
        (raw(bytes((255, 0, 0)) * 64 * 64, Name.DeviceRGB), (0, 100, 100, 0)),
        (
            raw(
                b"\x01" * 64 * 64,
                Array([Name.Indexed, Name.DeviceCMYK, 1, bytes(4) + bytes(INKS)]),
            ),
            PER_CENT,
        ),
        (
            raw(
                b"\xaa" * 8 * 64,
                Array([Name.Indexed, Name.DeviceCMYK, 1, bytes(INKS) * 2]),
                BitsPerComponent=1,
            ),
            PER_CENT,
        ),
        (
            raw(
                b"\x80" * 64 * 64,
                Array([Name.Separation, Name.Magenta, Name.DeviceCMYK, Dictionary()]),
            ),
            (0, 50, 0, 0),
        ),
    ],
    ids=[
        "raw",
        "turned",
        "flate",
        "16-bit",
        "4-bit",
        "grey",
        "1-bit",
        "rgb",
        "indexed",
        "indexed-1-bit",
        "one-ink",
    ],
)
def test_every_kind_of_pixel_prints_on_its_plates(
    make: Make, inks: tuple[int, ...]
) -> None:
    assert shown(make) == pytest.approx(inks, abs=1)


def test_a_grey_picture_knocks_out_what_lies_below() -> None:
    grey = raw(b"\x33" * 64 * 64, Name.DeviceGray)

    assert shown(grey, TINT, OVER) == (0, 0, 0, 80)


def test_a_stencil_overprints_as_its_colour_does() -> None:
    def stencil(pdf: pikepdf.Pdf) -> pikepdf.Stream:
        return an_image(pdf, b"\x00" * 8 * 64, BitsPerComponent=1, ImageMask=True)

    assert shown(stencil, TINT, OVER, "0 0 0 1 k") == (30, 0, 20, 100)
    assert shown(stencil, TINT, "0 0 0 1 k") == (0, 0, 0, 100)


def test_a_picture_is_seen_through_where_its_mask_says() -> None:
    def masked(pdf: pikepdf.Pdf) -> pikepdf.Stream:
        mask = an_image(pdf, b"\x80" * 64 * 64, ColorSpace=Name.DeviceGray)
        data = bytes(INKS) * 64 * 64
        return an_image(pdf, data, ColorSpace=Name.DeviceCMYK, SMask=mask)

    assert shown(masked) == pytest.approx((10, 20, 30, 40), abs=1)


def test_a_picture_within_the_content_is_separated_too() -> None:
    pixels = bytes(INKS).hex() * 9
    inline = f"BI /W 3 /H 3 /CS /CMYK /BPC 8 /F /AHx ID {pixels}> EI"

    found = plates("q 100 0 0 100 100 150 cm", inline, "Q")

    assert at(found, 40, 60) == pytest.approx(PER_CENT, abs=1)


def test_one_picture_at_two_sizes_is_as_fine_as_the_larger_needs() -> None:
    stripes = (bytes((255, 0, 0, 0)) + bytes(4)) * 32 * 64

    def resources(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
        return {"XObject": {"I": an_image(pdf, stripes, ColorSpace=Name.DeviceCMYK)}}

    small, large = placed("I", 0, 0, 2, 2), placed("I", 10, 10, 64, 64)
    found = plates(small, large, resources=resources)

    assert at(found, 10.5, 40)[0] > 95
    assert at(found, 11.5, 40)[0] < 5


@pytest.mark.parametrize(
    "make",
    [
        jpeg(b"\xff\xd8\xff\xe0 no picture"),
        raw(b"short", Name.DeviceCMYK),
        raw(b"", Name.DeviceCMYK, Width=60000, Height=60000),
        raw(b"\x00" * 9, Name.DeviceCMYK, Filter=Name.FlateDecode),
    ],
    ids=["jpeg", "short", "bomb", "flate"],
)
def test_a_damaged_picture_prints_nothing_and_breaks_nothing(make: Make) -> None:
    def resources(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
        return {"XObject": {"I": make(pdf)}}

    found = plates(
        placed("I", 20, 20, 10, 10),
        f"1 0 0 0 k {box(60, 60, 20, 20)} f",
        resources=resources,
    )

    assert at(found, 25, 25) == (0, 0, 0, 0)
    assert at(found, 70, 70) == (100, 0, 0, 0)
