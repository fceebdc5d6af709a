"""Pictures in the digest: formats that mail programs show, twice as fine as asked."""

from __future__ import annotations

import io
import sys

import font_source_sans_pro
import pytest
from PIL import Image

from press.model.article import Focus, Picture, PictureKind
from press.model.finding import Severity
from press.model.type import Face
from tests.adapters.pictures import codes


def a_photograph(size=(1600, 1000)) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise(size, 70) for _ in range(3)])


def opened(mailed) -> Image.Image:
    with Image.open(io.BytesIO(mailed.value.data)) as image:
        image.load()
        return image


def test_a_photograph_is_a_progressive_jpeg_with_two_pixels_for_each(lab, root):
    a_photograph().save(root / "mill.jpg")

    mailed = lab.for_mail(
        Picture(file="mill.jpg", alt="A mill"), width=600, base="https://example.org/m/"
    )

    image = opened(mailed)
    assert mailed.findings == ()
    assert (image.format, image.size) == ("JPEG", (1200, 750))
    assert image.info["progressive"]
    assert (mailed.value.width, mailed.value.height) == (600, 375)
    assert mailed.value.alt == "A mill"
    assert mailed.value.url == f"https://example.org/m/{mailed.value.name}"
    assert mailed.value.name.isascii()


@pytest.mark.parametrize(
    ("across", "pixels", "shown"), [(900, 900, 600), (600, 600, 600), (400, 400, 400)]
)
def test_a_picture_is_never_enlarged(lab, root, across, pixels, shown):
    a_photograph((across, across // 2)).save(root / "mill.jpg")

    mailed = lab.for_mail(Picture(file="mill.jpg"), width=600, base="")

    assert opened(mailed).width == pixels
    assert (mailed.value.width, mailed.value.height) == (shown, shown // 2)


def test_without_an_address_pictures_lie_beside_the_mail(lab, root):
    a_photograph((60, 40)).save(root / "mill.jpg")

    mailed = lab.for_mail(Picture(file="mill.jpg"), width=600, base="")

    assert mailed.value.url == f"pictures/{mailed.value.name}"


@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "TIFF"])
def test_formats_that_mail_programs_do_not_show_become_jpeg(lab, root, kind):
    a_photograph((300, 200)).save(root / "mill", kind)

    mailed = lab.for_mail(Picture(file="mill"), width=600, base="")

    assert opened(mailed).format == "JPEG"
    assert mailed.value.name.endswith(".jpg")


def test_an_animation_is_stilled(lab, root):
    frames = [Image.new("RGB", (300, 200), name) for name in ("red", "blue")]
    frames[0].save(root / "a.gif", save_all=True, append_images=frames[1:])

    mailed = lab.for_mail(Picture(file="a.gif"), width=600, base="")

    image = opened(mailed)
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("RGB").getpixel((9, 9)) == (255, 0, 0)
    assert codes(mailed) == ["picture.frames"]


def test_a_flat_graphic_stays_png_on_white(lab, root):
    Image.new("RGBA", (300, 200), (200, 16, 46, 0)).save(root / "logo.png")

    mailed = lab.for_mail(Picture(file="logo.png"), width=600, base="")

    image = opened(mailed)
    assert image.format == "PNG"
    assert not image.has_transparency_data
    assert image.convert("RGB").getpixel((9, 9)) == (255, 255, 255)


def test_the_editors_crop_holds_in_the_mail_too(lab, root):
    image = Image.new("RGB", (800, 400), "red")
    image.paste("blue", (400, 0, 800, 400))
    image.save(root / "mill.png")
    picture = Picture(file="mill.png", crop=1.0, focus=Focus(x=1, y=0.5))

    mailed = lab.for_mail(picture, width=200, base="")

    assert (mailed.value.width, mailed.value.height) == (200, 200)
    assert opened(mailed).convert("RGB").getpixel((9, 9)) == (0, 0, 255)


def test_a_chart_is_mailed_whole(lab, root):
    a_photograph((800, 400)).save(root / "chart.png")
    picture = Picture(file="chart.png", crop=1.0, kind=PictureKind.CHART)

    mailed = lab.for_mail(picture, width=200, base="")

    assert (mailed.value.width, mailed.value.height) == (200, 100)


def a_drawing(text: str = "") -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">'
        f'<circle cx="15" cy="10" r="9" fill="#c8102e"/>{text}</svg>'
    )


def test_a_drawing_is_drawn_in_pixels(lab, root):
    pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    (root / "chart.svg").write_text(a_drawing())

    mailed = lab.for_mail(Picture(file="chart.svg"), width=300, base="")

    image = opened(mailed)
    assert mailed.findings == ()
    assert (image.format, image.size) == ("PNG", (600, 400))
    assert (mailed.value.width, mailed.value.height) == (300, 200)
    assert image.convert("RGB").getpixel((300, 200)) == (0xC8, 0x10, 0x2E)
    assert image.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_letters_of_a_drawing_are_drawn_whatever_face_it_asks_for(lab, root):
    pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    (root / "plain.svg").write_text(a_drawing())
    (root / "chart.svg").write_text(
        a_drawing('<text y="9" font-family="NoSuchFace" font-size="9">Hm</text>')
    )

    plain, lettered = (
        lab.for_mail(Picture(file=file), width=300, base="").value.data
        for file in ("plain.svg", "chart.svg")
    )

    assert plain != lettered


def test_a_drawing_is_left_out_and_told_where_nothing_can_draw_it(
    lab, root, monkeypatch
):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    (root / "chart.svg").write_text(a_drawing())

    mailed = lab.for_mail(Picture(file="chart.svg"), width=300, base="")

    [found] = mailed.findings
    assert mailed.value is None
    assert (found.code, found.severity) == ("picture.mail-format", Severity.WARNING)


def test_a_missing_picture_is_a_finding(lab):
    mailed = lab.for_mail(Picture(file="mill.jpg"), width=300, base="")

    assert mailed.value is None
    assert codes(mailed) == ["picture.missing"]


def test_a_drawing_is_lettered_in_the_face_that_the_layout_gives_a_name(lab, root):
    pytest.importorskip("resvg_py", reason="resvg-py is not installed")
    for name, family in (("named", "House Face"), ("own", "Source Sans Pro")):
        text = f'<text y="9" font-family="{family}" font-size="9">Hm</text>'
        (root / f"{name}.svg").write_text(a_drawing(text))
    file = font_source_sans_pro.font_files_ttf["SourceSansPro"]
    face = Face(family="House Face", weight=400, italic=False, file=str(file))

    def drawn(name: str) -> bytes:
        mailed = lab.for_mail(Picture(file=f"{name}.svg"), width=300, base="")
        return bytes(mailed.value.data)

    assert drawn("named") != drawn("own")
    lab.letter_with([face])
    assert drawn("named") == drawn("own")
