"""Where a picture was taken does not come in with it; nothing else of it changes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from press.adapters.pictures.whereabouts import without_place

PLACE = {1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)}
GPS, ARTIST = 0x8825, 0x013B
XMP = b"<x:xmpmeta><rdf exif:GPSLatitude='51,30.4N'><exif:GPSLongitude>0,7.6W</exif:GPSLongitude></rdf></x:xmpmeta>"


def a_file(form: str) -> bytes:
    image = Image.effect_noise((60, 40), 50)
    exif = image.getexif()
    exif[ARTIST] = "Ada Marsh"
    exif.get_ifd(GPS).update(PLACE)
    out = io.BytesIO()
    image.save(out, form, exif=exif.tobytes())
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_place_is_gone_and_the_rest_stays(form: str) -> None:
    data = a_file(form)

    clean = without_place(data)

    assert len(clean) == len(data)
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(clean)) as after:
        assert before.getexif().get_ifd(GPS)
        assert not after.getexif().get_ifd(GPS)
        assert after.getexif()[ARTIST] == "Ada Marsh"
        assert after.tobytes() == before.tobytes()


def test_places_in_xmp_are_gone() -> None:
    clean = without_place(b"\xff\xd8" + XMP)

    assert b"51" not in clean
    assert b"7.6" not in clean


def test_a_file_without_a_place_is_the_same() -> None:
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "JPEG")

    assert without_place(out.getvalue()) is not None
    assert without_place(out.getvalue()) == out.getvalue()


@given(st.binary(max_size=200), st.sampled_from([b"II*\x00", b"MM\x00*"]))
def test_whatever_is_broken_stays_and_nothing_falls_over(
    junk: bytes, head: bytes
) -> None:
    data = b"\xff\xd8\xff\xe1\x00\xffExif\x00\x00" + head + junk

    assert len(without_place(data)) == len(data)


def test_a_real_file_loses_its_place(corpus: Path) -> None:
    data = (corpus / "awkward" / "images" / "gps-location.jpg").read_bytes()

    with Image.open(io.BytesIO(without_place(data))) as clean:
        assert not clean.getexif().get_ifd(GPS)
