from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageFile

from press.model.press import PlacedPicture
from tests.adapters.presswork import X4, Bound, a_job, findings, finished

PLACE = "q 100 0 0 -50 10 60 cm /P Do Q"


def a_stand_in() -> bytes:
    out = io.BytesIO()
    Image.new("L", (64, 32), 128).save(out, "JPEG", comment=b"unique")
    return out.getvalue()


def with_stand_in(folder: Path, press: str, pages: int = 1) -> tuple[Bound, Any]:
    """Return a bound file with a stand-in on every page, and the job that replaces it."""
    data, bound = a_stand_in(), Bound()
    for _ in range(pages):
        picture = bound.picture(data, Width=64, Height=32, Filter=Name.DCTDecode)
        bound.page(PLACE, XObject=Dictionary(P=picture))
    name = f"{hashlib.sha256(data).hexdigest()[:32]}.jpg"
    pictures = {name: PlacedPicture(press=press, screen="screen.jpg")}
    return bound, {"pictures": pictures, "folder": folder}


def placed(pdf: pikepdf.Pdf, page: int = 0) -> pikepdf.Stream:
    found = pdf.pages[page].Resources.XObject["/P"]
    assert isinstance(found, pikepdf.Stream)
    return found


def test_a_cmyk_jpeg_goes_in_whole_and_the_right_way_round(tmp_path: Path) -> None:
    Image.new("CMYK", (20, 10), (255, 0, 0, 51)).save(tmp_path / "p.jpg", quality=95)
    bound, given = with_stand_in(tmp_path, "p.jpg")

    with finished(bound, a_job(**given)) as pdf:
        picture = placed(pdf)

        assert picture.read_raw_bytes() == (tmp_path / "p.jpg").read_bytes()
        assert picture.ColorSpace == Name.DeviceCMYK
        assert (int(picture.Width), int(picture.Height)) == (20, 10)
        assert list(picture.Decode.as_list()) == [1, 0] * 4


def test_a_cmyk_jpeg_without_adobe_s_marker_is_not_turned_round(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("CMYK", (20, 10), (255, 0, 0, 51)).save(out, "JPEG")
    data = out.getvalue()
    at = data.index(b"\xff\xee")
    bare = data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4]) :]
    (tmp_path / "p.jpg").write_bytes(bare)
    bound, given = with_stand_in(tmp_path, "p.jpg")

    with finished(bound, a_job(**given)) as pdf:
        assert "/Decode" not in placed(pdf)


@pytest.mark.parametrize(
    ("mode", "name", "bits"), [("L", "p.jpg", 8), ("L", "p.png", 8), ("1", "p.png", 1)]
)
def test_grey_and_black_and_white_pictures_stay_in_one_ink(
    tmp_path: Path, mode: str, name: str, bits: int
) -> None:
    drawn = Image.linear_gradient("L").convert(mode, dither=Image.Dither.NONE)
    drawn.save(tmp_path / name)
    bound, given = with_stand_in(tmp_path, name)

    with finished(bound, a_job(**given)) as pdf:
        picture = placed(pdf)

        assert picture.ColorSpace == Name.DeviceGray
        assert int(picture.BitsPerComponent) == bits
        seen = pikepdf.PdfImage(picture).as_pil_image().convert("L")
        assert seen.size == (256, 256)
        near = 3 if name == "p.jpg" else 0
        for row in (0, 40, 200, 255):
            before = drawn.convert("L").getpixel((7, row))
            assert seen.getpixel((7, row)) == pytest.approx(before, abs=near)


@pytest.mark.parametrize("packed", ["tiff_adobe_deflate", "raw"])
def test_flat_colours_come_as_tiff(tmp_path: Path, packed: str) -> None:
    Image.new("CMYK", (20, 10), (10, 20, 30, 40)).save(
        tmp_path / "p.tif", compression=packed
    )
    bound, given = with_stand_in(tmp_path, "p.tif")

    with finished(bound, a_job(**given)) as pdf:
        picture = placed(pdf)

        assert picture.Filter == Name.FlateDecode
        assert picture.read_bytes() == bytes((10, 20, 30, 40)) * 200


def test_a_picture_on_many_pages_is_there_once(tmp_path: Path) -> None:
    Image.new("CMYK", (20, 10)).save(tmp_path / "p.jpg")
    bound, given = with_stand_in(tmp_path, "p.jpg", pages=3)

    with finished(bound, a_job(**given)) as pdf:
        assert len({placed(pdf, page).objgen for page in range(3)}) == 1


def saved(mode: str, kind: str) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (20, 10)).save(out, kind)
    return out.getvalue()


SPOILT = {
    "rgb": saved("RGB", "JPEG"),
    "rgb png": saved("RGB", "PNG"),
    "rgb tiff": saved("RGB", "TIFF"),
    "palette": saved("P", "PNG"),
    "cut": saved("CMYK", "JPEG")[:30],
    "empty png": b"\x89PNG\r\n\x1a\n",
    "cut tiff": saved("CMYK", "TIFF")[:300],
    "gif": b"GIF89a",
}


@pytest.mark.parametrize("how", [*SPOILT, "missing"])
def test_a_press_picture_that_cannot_be_printed_is_an_error(
    tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As importing WeasyPrint leaves it.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    if how in SPOILT:
        (tmp_path / "p").write_bytes(SPOILT[how])
    bound, given = with_stand_in(tmp_path, "p")

    (said,) = findings(bound, a_job(**given))

    assert (said.code, said.place.page) == ("press.picture", 1)


@pytest.mark.parametrize(
    "space",
    [
        Name.DeviceRGB,
        Array([Name.ICCBased, Dictionary()]),
        Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String("abcdef")]),
    ],
)
def test_a_picture_in_rgb_that_nothing_stands_for_is_an_error(space: object) -> None:
    bound = Bound()
    picture = bound.picture(b"\x00" * 12, ColorSpace=space)
    bound.page("").page(PLACE, XObject=Dictionary(P=picture))

    (said,) = findings(bound)

    assert (said.code, said.place.page) == ("press.picture", 2)
    assert "2 × 2" in said.message


def test_pictures_in_ink_and_masks_stay(tmp_path: Path) -> None:
    bound = Bound()
    mask = bound.picture(b"\x80\x40", ImageMask=True, BitsPerComponent=1)
    del mask.ColorSpace
    ink = bound.picture(b"\x00" * 16, ColorSpace=Name.DeviceCMYK, Interpolate=True)
    bound.page(f"{PLACE} /M Do", XObject=Dictionary(P=ink, M=mask))

    with finished(bound) as pdf:
        assert "/Interpolate" not in placed(pdf)
        assert "/M" in pdf.pages[0].Resources.XObject


def test_pictures_within_the_content_are_in_ink_or_an_error() -> None:
    grey = "BI /W 1 /H 1 /BPC 8 /CS /G ID a EI"
    rgb = "BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"

    with finished(Bound().page(f"{grey} 0 0 9 9 re f")) as pdf:
        assert grey.encode() in pdf.pages[0].Contents.read_bytes()
    (said,) = findings(Bound().page(rgb))

    assert said.code == "press.picture"


# ---- what is see-through


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (Dictionary(ca=0.5), "an opacity of 50 %"),
        (Dictionary(CA=0.25), "an opacity of 25 %"),
        (Dictionary(BM=Name.Multiply), "the blend mode Multiply"),
        (Dictionary(SMask=Dictionary(S=Name.Luminosity)), "a soft mask"),
    ],
)
def test_x_1a_has_nothing_see_through(state: Dictionary, why: str) -> None:
    bound = Bound().page("")
    bound.page("/t gs 72 228 m 90 228 l 90 90 l f", ExtGState=Dictionary(t=state))

    (said,) = findings(bound)

    assert (said.code, said.place.page) == ("press.transparency", 2)
    assert why in said.message
    assert "25 mm from the left and 25 mm from the top" in said.message


def test_what_is_see_through_but_paints_nothing_does_not_matter() -> None:
    states = Dictionary(t=Dictionary(ca=0.5), a1=Dictionary(ca=1))

    with finished(
        Bound().page("q /t gs Q /t gs /a1 gs 0 0 90 90 re f", ExtGState=states)
    ) as pdf:
        assert b"gs" not in pdf.pages[0].Contents.read_bytes()


def test_opaque_groups_go_in_both_standards() -> None:
    bound = Bound()
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)
    form = bound.form("0 0 9 9 re f", Group=group)
    bound.page("/X Do", XObject=Dictionary(X=form))

    for job in (a_job(), a_job(**X4)):
        with finished(bound, job) as pdf:
            assert "/Group" not in pdf.pages[0].Resources.XObject["/X"]
            assert "/Group" not in pdf.pages[0].obj


def test_see_through_drawings_blend_in_ink_in_x_4_and_are_errors_in_x_1a() -> None:
    bound = Bound()
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)
    form = bound.form("0 0 9 9 re f", Group=group)
    states = Dictionary(t=Dictionary(ca=0.5, CA=0.5, TR=Name.Identity))
    bound.page("/t gs /X Do", XObject=Dictionary(X=form), ExtGState=states)

    with finished(bound, a_job(**X4)) as pdf:
        page = pdf.pages[0].obj
        kept = page.Resources.XObject["/X"].Group

        assert Name.DeviceCMYK == kept.CS
        assert bool(kept.I)
        assert Name.DeviceCMYK == page.Group.CS
        assert set(page.Resources.ExtGState["/t"].keys()) == {"/ca", "/CA"}
    (said,) = findings(bound)
    assert "a drawing" in said.message


def test_a_group_stays_for_what_is_see_through_within_it() -> None:
    bound = Bound()
    form = bound.form(
        "/t gs 0 0 9 9 re f",
        Group=Dictionary(S=Name.Transparency),
        Resources=Dictionary(ExtGState=Dictionary(t=Dictionary(ca=0.5))),
    )
    bound.page("/X Do", XObject=Dictionary(X=form))

    with finished(bound, a_job(**X4)) as pdf:
        assert Name.DeviceCMYK == pdf.pages[0].Resources.XObject["/X"].Group.CS


def test_opacity_that_ends_is_ended_in_x_4_too() -> None:
    states = Dictionary(t=Dictionary(ca=0.5), a1=Dictionary(ca=1))
    bound = Bound().page(
        "/t gs 0 0 9 9 re f /a1 gs 0 0 9 9 re f /a1 gs 9 9 9 9 re f", ExtGState=states
    )

    with finished(bound, a_job(**X4)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()

        assert content.count(b"/t gs") == content.count(b"/a1 gs") == 1


def test_soft_masks_are_errors_in_x_4_too() -> None:
    states = Dictionary(t=Dictionary(SMask=Dictionary(S=Name.Luminosity)))

    (said,) = findings(
        Bound().page("/t gs 0 0 9 9 re f", ExtGState=states), a_job(**X4)
    )

    assert said.code == "press.transparency"


def test_a_picture_with_an_alpha_channel_is_for_x_4_alone() -> None:
    bound = Bound()
    picture = bound.picture(b"\x00" * 4, SMask=bound.picture(b"\x00" * 4))
    bound.page(PLACE, XObject=Dictionary(P=picture))

    with finished(bound, a_job(**X4)) as pdf:
        assert Name.DeviceCMYK == pdf.pages[0].Group.CS
    (said,) = findings(bound)
    assert "an alpha channel" in said.message
