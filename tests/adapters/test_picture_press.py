"""What goes to the press in place of a stand-in: ink, within the limit, and bare."""

from __future__ import annotations

import base64
import hashlib
import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw

from press.adapters.pictures import PillowPictureLab
from press.adapters.pictures.inks import block_peaks, cap, cap_blocks, whole_sum
from press.adapters.pictures.separation import Separator
from press.model.article import Picture, PictureKind
from press.model.finding import Severity
from press.model.ink import Ink
from press.model.printer import Resolution
from tests.adapters.pictures import (
    a_job,
    a_job_of,
    a_photograph,
    a_profile_with_red_and_green_exchanged,
    alike,
    codes,
)
from tests.adapters.press_pictures import (
    LIMIT,
    PROFILE,
    a_press_profile,
    a_printer,
    inks,
    most_ink,
    on_screen,
    printed,
    shown_by_the_press,
)

pytestmark = pytest.mark.skipif(
    not PROFILE.is_file(), reason="press's own profile is not there"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">{}</svg>'


@pytest.fixture
def lab(root, cache):
    return PillowPictureLab(
        root, cache, printer=a_printer(), profile=a_press_profile(), threads=2
    )


def a_dark_photograph(size=(600, 400)) -> Image.Image:
    """Deep colours with hard edges and grain: what brings ink back in a JPEG."""
    image = Image.blend(
        Image.new("RGB", size, (20, 8, 30)),
        Image.effect_noise(size, 120).convert("RGB"),
        0.12,
    )
    draw = ImageDraw.Draw(image)
    for x in range(0, size[0], 14):
        draw.line((x, 0, x + 60, size[1]), (90, 0, 10), 3)
    return image


# ------------------------------------------------------------ stand-ins


def test_a_stand_in_is_as_large_as_the_press_picture_and_names_what_replaces_it(
    lab, root, cache
):
    a_photograph().save(root / "mill.jpg")

    [prepared] = lab.prepare([a_job("mill.jpg")])

    data = (cache / prepared.value.name).read_bytes()
    flat = Image.open(io.BytesIO(data))
    assert prepared.value.name == hashlib.sha256(data).hexdigest()[:32] + ".jpg"
    assert flat.size == prepared.value.pixels == printed(cache, prepared).size
    assert flat.mode == "L"
    [(_, grey)] = flat.getcolors() or []
    assert isinstance(grey, int)
    assert grey > 190
    assert prepared.value.press.encode() in data
    assert prepared.value.screen.encode() in data
    assert prepared.value.ppi == pytest.approx(prepared.value.pixels[0] / (105 / 25.4))
    assert len(data) < 10_000


def test_two_pictures_of_one_size_never_share_a_stand_in(lab, root):
    a_photograph((300, 200)).save(root / "a.jpg")
    a_dark_photograph((300, 200)).save(root / "b.jpg")
    jobs = [a_job(name, (30, 20)) for name in ("a.jpg", "b.jpg", "a.jpg")]

    first, other, again = (one.value for one in lab.prepare(jobs))

    assert first.name != other.name
    assert first == again


def test_a_plain_drawing_stays_a_drawing(lab, root):
    (root / "chart.svg").write_text(SVG.format('<rect width="9" height="9"/>'))

    [prepared] = lab.prepare([a_job("chart.svg", (60, 40))])

    assert prepared.value.name.endswith(".svg")
    assert (prepared.value.press, prepared.value.screen) == ("", "")
    assert prepared.value.ppi is None


def test_without_a_profile_the_page_shows_the_picture_itself(root, cache):
    a_photograph().save(root / "mill.jpg")

    options: list[dict[str, Any]] = [
        {},
        {"printer": a_printer()},
        {"profile": a_press_profile()},
    ]
    for some in options:
        lab: Any = PillowPictureLab(root, cache, **some)
        [prepared] = lab.prepare([a_job("mill.jpg")])

        assert (prepared.value.press, prepared.value.screen) == ("", "")
        with Image.open(cache / prepared.value.name) as image:
            assert image.mode == "RGB"


# ------------------------------------------------------------ ink


def test_a_photograph_is_separated_by_the_profile(lab, root, cache):
    a_photograph().save(root / "mill.jpg", quality=95)

    [prepared] = lab.prepare([a_job("mill.jpg")])

    image = printed(cache, prepared)
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        str(PROFILE),
        "RGB",
        "CMYK",
        ImageCms.Intent.PERCEPTUAL,
    )
    expected = transform.apply(a_photograph().resize(image.size))
    light = np.asarray(expected).sum(-1) < (LIMIT - 5) * 2.55
    difference = np.abs(inks(image) - inks(expected))[light]
    assert image.mode == "CMYK"
    assert difference.mean() < 2.5
    assert prepared.findings == ()


def test_a_press_jpeg_is_plain_and_full_size_in_every_ink(lab, root, cache):
    a_photograph().save(root / "mill.jpg")

    [prepared] = lab.prepare([a_job("mill.jpg")])

    image = printed(cache, prepared)
    assert image.format == "JPEG"
    assert {layer[1:3] for layer in image.layer} == {(1, 1)}
    assert "progressive" not in image.info
    assert "APP14" in dict(image.applist)
    assert set(dict(image.applist)) == {"APP14"}
    assert sum(image.quantization[0]) <= sum(quality_88())


def quality_88() -> list[int]:
    file = io.BytesIO()
    Image.new("CMYK", (8, 8)).save(file, "JPEG", quality=88)
    with Image.open(file) as image:
        return list(image.quantization[0])  # type: ignore[attr-defined]


@pytest.mark.parametrize("limit", [180.0, 220.0, 240.0, 300.0])
@pytest.mark.parametrize("size", [(600, 400), (203, 135)])
def test_no_point_has_more_ink_than_the_printer_allows(root, cache, limit, size):
    a_dark_photograph(size).save(root / "night.jpg", quality=95)
    lab: Any = PillowPictureLab(
        root, cache, printer=a_printer(limit), profile=a_press_profile()
    )

    [prepared] = lab.prepare([a_job("night.jpg", (size[0] / 8, size[1] / 8))])

    image = printed(cache, prepared)
    assert image.format == "JPEG"
    assert most_ink(image) <= limit + 0.001
    assert prepared.value.ink == most_ink(image)


def test_dark_pictures_are_no_thinner_than_they_must_be(root, cache):
    a_dark_photograph().save(root / "night.jpg", quality=95)
    lab: Any = PillowPictureLab(
        root, cache, printer=a_printer(160), profile=a_press_profile()
    )

    [prepared] = lab.prepare([a_job("night.jpg", (60, 40))])

    assert 135 < np.median(inks(printed(cache, prepared)).sum(-1)) < 156


def test_blocks_that_the_edges_cut_off_are_capped_at_once():
    most = whole_sum(LIMIT)
    for width in range(9, 16):
        image = Image.merge(
            "CMYK",
            [Image.effect_noise((width, 13), 160).point(lambda v: v // 4 + 90)] * 4,
        )
        cap(image, whole_sum(LIMIT - 1))
        peaks = block_peaks(rewritten(image))

        cap_blocks(image, peaks, most, rewritten)

        assert most_ink(rewritten(image)) <= LIMIT + 0.001


def rewritten(image: Image.Image) -> Image.Image:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=88, subsampling=0)
    return Image.open(file)


def test_the_limit_thins_colours_and_keeps_black(lab, root, cache):
    Image.new("CMYK", (400, 300), (255, 200, 100, 180)).save(
        root / "mill.tif", compression="tiff_lzw"
    )

    [prepared] = lab.prepare([a_job("mill.tif", (40, 30))])

    cyan, magenta, yellow, black = inks(printed(cache, prepared))[9, 9]
    assert black == pytest.approx(180 / 2.55, abs=0.5)
    assert cyan + magenta + yellow + black <= LIMIT
    assert cyan + magenta + yellow + black > LIMIT - 2
    assert cyan / magenta == pytest.approx(255 / 200, rel=0.03)
    assert magenta / yellow == pytest.approx(2, rel=0.03)


def test_an_embedded_profile_is_honoured(lab, root, cache):
    image = Image.blend(
        Image.new("RGB", (300, 200), (230, 20, 20)), a_photograph((300, 200)), 0.2
    )
    image.save(root / "odd.png", icc_profile=a_profile_with_red_and_green_exchanged())
    image.save(root / "plain.png")

    odd, plain = lab.prepare(
        [a_job(f"{name}.png", (30, 20)) for name in ("odd", "plain")]
    )

    red, green, _ = shown_by_the_press(printed(cache, odd)).getpixel((9, 9))
    assert green > red + 40
    red, green, _ = shown_by_the_press(printed(cache, plain)).getpixel((9, 9))
    assert red > green + 40


def test_cmyk_of_another_press_is_converted_by_its_profile(lab, root, cache):
    other = PROFILE.with_name("press-office.icc").read_bytes()
    brown = Image.new("RGB", (300, 200), (150, 110, 90))
    seen = Image.blend(brown, a_photograph((300, 200)), 0.1)
    filed = Separator(other).separate(seen, None)
    filed.save(root / "mill.jpg", quality=95, icc_profile=other)

    [prepared] = lab.prepare([a_job("mill.jpg", (30, 20))])

    image = printed(cache, prepared)
    expected = Separator(PROFILE.read_bytes()).separate(seen, None)
    apart = np.abs(inks(filed) - inks(expected)).mean()
    assert np.abs(inks(image) - inks(expected)).mean() < apart / 2
    assert alike(on_screen(cache, prepared).resize((300, 200)), seen) < 12
    assert prepared.findings == ()


def test_cmyk_made_for_this_very_press_stays_as_it_is(lab, root, cache):
    own = PROFILE.read_bytes()
    filed = Image.new("CMYK", (300, 200), (10, 80, 90, 120))
    filed.save(root / "mill.tif", icc_profile=own)

    [prepared] = lab.prepare([a_job("mill.tif", (30, 20))])

    assert printed(cache, prepared).getpixel((9, 9)) == (10, 80, 90, 120)
    assert prepared.findings == ()


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_cmyk_without_a_profile_is_printed_as_it_is_and_told(lab, root, cache, suffix):
    grain = [Image.effect_noise((400, 300), 60).point(lambda v: v // 3) for _ in "CMYK"]
    filed = Image.merge("CMYK", grain)
    filed.save(root / f"mill.{suffix}")

    [prepared] = lab.prepare([a_job(f"mill.{suffix}", (60, 45))])

    image = printed(cache, prepared)
    assert np.abs(inks(image) - inks(filed)).mean() < 3
    [found] = prepared.findings
    assert (found.code, found.severity) == ("picture.colour", Severity.WARNING)
    assert "printed as they are" in found.message


def test_cmyk_without_adobes_marker_is_not_negative(lab, root, cache):
    light = Image.merge(
        "CMYK", [Image.effect_noise((400, 300), 20).point(lambda v: v // 8)] * 4
    )
    file = io.BytesIO()
    ImageChops.invert(light).save(file, "JPEG", quality=95)
    data = file.getvalue()
    marker = data.index(b"\xff\xee")
    length = int.from_bytes(data[marker + 2 : marker + 4], "big") + 2
    (root / "mill.jpg").write_bytes(data[:marker] + data[marker + length :])

    [prepared] = lab.prepare([a_job("mill.jpg", (60, 45))])

    assert np.abs(inks(printed(cache, prepared)) - inks(light)).mean() < 3


# ------------------------------------------------------------ grey


@pytest.mark.parametrize("mode", ["L", "RGB", "I;16", "LA", "CMYK"])
def test_a_picture_without_colour_is_one_ink(lab, root, cache, mode):
    grain = Image.effect_noise((400, 300), 60)
    match mode:
        case "I;16":
            image = grain.convert("I").point(lambda value: value * 257).convert("I;16")
        case "LA":
            image = grain.convert("LA")
            image.putalpha(200)
        case "CMYK":
            none = Image.new("L", grain.size)
            image = Image.merge("CMYK", (none, none, none, grain))
        case _:
            image = grain.convert(mode)
    image.save(root / ("mill.tif" if mode == "CMYK" else "mill.png"))

    [prepared] = lab.prepare(
        [a_job("mill.tif" if mode == "CMYK" else "mill.png", (40, 30))]
    )

    assert printed(cache, prepared).mode == "L"
    assert prepared.value.ink <= 100


def test_black_alone_looks_as_light_as_four_inks_would():
    separator = Separator(PROFILE.read_bytes())
    ramp = Image.frombytes("L", (256, 1), bytes(range(256)))
    none = Image.new("L", ramp.size)

    black = ImageChops.invert(separator.grey(ramp))

    alone = shown_by_the_press(Image.merge("CMYK", (none, none, none, black)))
    four = shown_by_the_press(separator.separate(ramp.convert("RGB"), None))
    light, wanted = (
        np.asarray(one.convert("L"))[0].astype(int) for one in (alone, four)
    )
    assert (np.diff(light) >= -1).all()
    assert np.abs(light - wanted)[64:].max() < 12


def test_black_and_white_keep_their_ends(lab):
    separator = Separator(PROFILE.read_bytes())
    ends = Image.frombytes("L", (2, 1), bytes((0, 255)))

    assert separator.grey(ends).tobytes() == bytes((0, 255))
    assert separator.ink_of("#ffffff") == Ink()
    assert separator.ink_of("#000000") == Ink(black=1)


# ------------------------------------------------------------ paper


def test_transparent_parts_show_the_papers_ink(lab, root, cache):
    tint = Ink(yellow=0.2, magenta=0.1)
    clear = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    clear.paste(a_photograph((200, 300)), (0, 0))
    clear.save(root / "cut-out.png")

    [prepared] = lab.prepare(
        [a_job_of(Picture(file="cut-out.png"), (40, 30), paper="#fdf0d0", ground=tint)]
    )

    image = printed(cache, prepared)
    assert inks(image)[150, 350] == pytest.approx([0, 10, 20, 0], abs=1.2)
    red, green, blue = on_screen(cache, prepared).convert("RGB").getpixel((150, 30))
    assert (
        alike(
            Image.new("RGB", (1, 1), (red, green, blue)),
            Image.new("RGB", (1, 1), "#fdf0d0"),
        )
        < 5
    )


def test_a_clear_grey_picture_on_a_tint_keeps_to_black_and_the_tint(lab, root, cache):
    clear = Image.effect_noise((400, 300), 60).convert("LA")
    clear.putalpha(Image.linear_gradient("L").resize((400, 300)))
    clear.save(root / "fade.png")
    tint = Ink(yellow=0.2)

    [prepared] = lab.prepare(
        [a_job_of(Picture(file="fade.png"), (40, 30), ground=tint)]
    )

    found = inks(printed(cache, prepared))
    assert found[..., :2].max() < 8
    assert found[2, 9, 2] == pytest.approx(20, abs=3)


def test_white_paper_takes_no_ink(lab, root, cache):
    clear = Image.new("RGBA", (400, 300), (200, 0, 0, 0))
    ImageDraw.Draw(clear).rectangle((0, 0, 100, 300), (200, 0, 0, 255))
    clear.save(root / "bar.png")

    [prepared] = lab.prepare([a_job("bar.png", (40, 30))])

    assert inks(printed(cache, prepared))[150, 300].sum() == 0


# ------------------------------------------------------------ line art and charts


@pytest.mark.parametrize("mode", ["1", "L", "P"])
@pytest.mark.parametrize("suffix", ["png", "tif", "gif"])
def test_line_art_keeps_its_pixels_and_its_one_bit(lab, root, cache, mode, suffix):
    art = line_art((1200, 900))
    art.convert(mode).save(root / f"cut.{suffix}")

    [prepared] = lab.prepare([a_job(f"cut.{suffix}", (30, 22.5))])

    image = printed(cache, prepared)
    assert (image.format, image.mode, image.size) == ("PNG", "1", (1200, 900))
    assert image.tobytes() == art.tobytes()
    assert on_screen(cache, prepared).width < 200
    assert prepared.findings == ()


def line_art(size) -> Image.Image:
    art = Image.new("1", size, 1)
    draw = ImageDraw.Draw(art)
    for number in range(40):
        draw.line((number * 31, 0, size[0] - number * 17, size[1]), 0, 2)
    return art


def test_line_art_is_cropped_and_turned_like_any_picture(lab, root, cache):
    art = line_art((1200, 900))
    exif = Image.Exif()
    exif[0x0112] = 6
    art.save(root / "cut.png", exif=exif)

    [prepared] = lab.prepare([a_job("cut.png", (20, 20))])

    expected = art.transpose(Image.Transpose.ROTATE_270).crop((0, 120, 900, 1020))
    assert printed(cache, prepared).tobytes() == expected.tobytes()


@pytest.mark.parametrize(
    ("mm", "severity"), [(60, Severity.ERROR), (46, Severity.WARNING), (36, None)]
)
def test_line_art_needs_far_more_pixels(lab, root, mm, severity):
    line_art((1200, 900)).save(root / "cut.png")

    [prepared] = lab.prepare([a_job("cut.png", (mm, mm * 0.75))])

    assert [(found.code, found.severity) for found in prepared.findings] == (
        [("picture.resolution", severity)] if severity else []
    )


def test_the_printer_says_what_pixels_are_needed(root, cache):
    printer = a_printer(pictures=Resolution(bits_least=100, bits_wanted=200))
    line_art((1200, 900)).save(root / "cut.png")
    lab = PillowPictureLab(root, cache, printer=printer, profile=a_press_profile())

    [prepared] = lab.prepare([a_job("cut.png", (60, 45))])

    assert lab.resolution == printer.pictures
    assert prepared.findings == ()


def test_a_grey_picture_with_greys_is_no_line_art(lab, root, cache):
    art = line_art((600, 450)).convert("L")
    art.putpixel((9, 9), 128)
    art.save(root / "cut.png")

    [prepared] = lab.prepare([a_job("cut.png", (60, 45))])

    assert printed(cache, prepared).mode == "L"


def test_line_art_that_ends_early_is_refused(lab, root):
    line_art((1200, 900)).save(root / "cut.png")
    data = (root / "cut.png").read_bytes()
    (root / "cut.png").write_bytes(data[: len(data) // 2])

    [prepared] = lab.prepare([a_job("cut.png", (30, 22.5))])

    assert codes(prepared) == ["picture.truncated"]


def a_chart(size=(600, 400)) -> Image.Image:
    chart = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(chart)
    for number, colour in enumerate(("#c8102e", "#1060a0", "#000000", "#808080")):
        draw.rectangle(
            (80 + 120 * number, 60 + 40 * number, 160 + 120 * number, 390), colour
        )
    return chart


def test_a_flat_chart_loses_nothing_and_its_greys_are_black_ink(lab, root, cache):
    a_chart().save(root / "chart.png")

    [prepared] = lab.prepare([a_job("chart.png", (60, 40), kind=PictureKind.CHART)])

    image = printed(cache, prepared)
    found = inks(image)
    assert (image.format, image.mode) == ("TIFF", "CMYK")
    assert image.info["compression"] == "tiff_adobe_deflate"
    assert len(image.getcolors()) == 5
    assert tuple(found[380, 360]) == (0, 0, 0, 100)
    assert tuple(found[380, 480][:3]) == (0, 0, 0)
    assert 30 < found[380, 480][3] < 60
    assert found[380, 100][1] > 60
    assert most_ink(image) == prepared.value.ink <= LIMIT


# ------------------------------------------------------------ drawings


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ('<rect width="99" height="99" opacity=".5"/>', "transparent"),
        ('<rect width="99" height="99" fill-opacity="50%"/>', "transparent"),
        ('<g style="stroke-opacity:0.3"><path d="M0 0h9"/></g>', "transparent"),
        ('<rect width="99" height="99" fill="rgba(255,0,0,.4)"/>', "transparent"),
        ('<rect width="99" height="99" fill="rgb(255 0 0 / 40%)"/>', "transparent"),
        ('<rect width="99" height="99" fill="hsla(9,50%,50%,.4)"/>', "transparent"),
        ('<rect width="99" height="99" fill="#f008"/>', "transparent"),
        ('<rect width="99" height="99" fill="#ff000080"/>', "transparent"),
        ("<style>.a{opacity:.4}</style><rect class='a' width='9'/>", "transparent"),
        ('<mask id="m"/><rect mask="url(#m)" width="99" height="99"/>', "transparent"),
        ('<rect style="filter:url(#f)" width="99" height="99"/>', "transparent"),
        ('<rect style="mix-blend-mode:multiply" width="99"/>', "transparent"),
        (
            (
                '<pattern id="p" width="9" height="9"><rect width="5" height="5"'
                ' fill-opacity=".5"/></pattern><rect fill="url(#p)" width="99"/>'
            ),
            "transparent",
        ),
        (
            (
                '<linearGradient id="g"><stop stop-color="red"/><stop offset="1"'
                ' stop-color="blue"/></linearGradient>'
                '<rect fill="url(#g)" width="200" height="99"/>'
            ),
            "gradients",
        ),
        (
            (
                '<radialGradient id="g"><stop/></radialGradient>'
                "<style>rect{fill:url('#g')}</style><rect width='200' height='99'/>"
            ),
            "gradients",
        ),
    ],
)
def test_a_drawing_that_the_press_cannot_take_is_made_pixels(
    lab, root, cache, inside, words
):
    (root / "chart.svg").write_text(SVG.format(inside))

    [prepared] = lab.prepare([a_job("chart.svg", (60, 40))])

    [found] = prepared.findings
    assert (found.code, found.severity) == ("picture.flattened", Severity.NOTE)
    assert words in found.message
    assert prepared.value.name.endswith(".jpg")
    assert 300 <= prepared.value.ppi < 302
    assert printed(cache, prepared).size == prepared.value.pixels


@pytest.mark.parametrize(
    "inside",
    [
        '<rect width="99" height="99" opacity="1" fill="rgba(1,2,3,1)"/>',
        '<rect width="99" height="99" fill="#ff0000ff" stroke="#abcf"/>',
        '<rect width="99" height="99" fill="transparent" stroke="red"/>',
        '<rect width="99" height="99" style="fill:transparent;stroke:red"/>',
        "<style>.a{fill: Transparent; opacity: 100%}</style><rect class='a'/>",
        '<linearGradient id="g"><stop/></linearGradient><rect width="9"/>',
        '<g filter="none" mask="none" style="mix-blend-mode: normal"><rect/></g>',
        (
            '<clipPath id="abcd8"><rect width="9"/></clipPath>'
            '<rect clip-path="url(#abcd8)" transform="rotate(45)" width="9"/>'
        ),
        (
            '<pattern id="p" width="9" height="9"><rect width="5" height="5"/></pattern>'
            '<rect fill="url(#p)" width="99"/>'
        ),
        '<text x="9" y="9" style="font: 12px/1.5 serif">#abcd rgba(0,0,0,.5)</text>',
    ],
)
def test_a_plain_drawing_keeps_its_lines(lab, root, cache, inside):
    (root / "chart.svg").write_text(SVG.format(inside))

    [prepared] = lab.prepare([a_job("chart.svg", (60, 40))])

    assert codes(prepared) == []
    assert prepared.value.name.endswith(".svg")
    assert "transparent" not in (cache / prepared.value.name).read_text().lower()


def test_a_picture_inside_a_drawing_makes_it_pixels(lab, root, cache):
    file = io.BytesIO()
    a_photograph((300, 200)).save(file, "JPEG")
    inside = base64.b64encode(file.getvalue()).decode()
    (root / "chart.svg").write_text(
        SVG.format(f'<image href="data:image/jpeg;base64,{inside}" width="300"/>')
    )

    [prepared] = lab.prepare([a_job("chart.svg", (60, 40))])

    assert codes(prepared) == ["picture.flattened"]
    assert printed(cache, prepared).mode == "CMYK"


def test_a_flat_transparent_drawing_is_written_without_loss(lab, root, cache):
    bars = '<rect x="9" y="9" width="200" height="99" fill="#c8102e" opacity=".5"/>'
    (root / "chart.svg").write_text(SVG.format(bars))
    tint = Ink(yellow=0.2)

    [prepared] = lab.prepare(
        [a_job_of(Picture(file="chart.svg"), (60, 40), ground=tint)]
    )

    image = printed(cache, prepared)
    corner = inks(image)[2, 2]
    assert image.format == "TIFF"
    assert tuple(corner) == pytest.approx((0, 0, 20, 0), abs=0.3)


# ------------------------------------------------------------ screens and the store


def test_the_version_for_screens_is_coarse_and_in_colours_of_screens(lab, root, cache):
    a_photograph().save(root / "mill.jpg")

    [prepared] = lab.prepare([a_job("mill.jpg")])

    image = on_screen(cache, prepared)
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert 150 <= image.width / (105 / 25.4) < 151
    assert alike(image, a_photograph().resize(image.size)) < 14
    assert "icc_profile" not in image.info


def test_nothing_is_made_twice_and_another_press_makes_its_own(root, cache):
    a_photograph().save(root / "mill.jpg")
    job = a_job("mill.jpg")

    def prepare(printer=None, profile=None) -> Any:
        lab = PillowPictureLab(
            root,
            cache,
            printer=printer or a_printer(),
            profile=profile or a_press_profile(),
        )
        return lab.prepare([job])[0].value

    first = prepare()
    times = {file: file.stat().st_mtime_ns for file in cache.glob("*.*")}
    again = prepare()
    kept = {file: file.stat().st_mtime_ns for file in cache.glob("*.*")}
    capped = prepare(printer=a_printer(150))
    other = prepare(profile=replace(a_press_profile(), sha256="other"))

    assert again == first
    assert kept == times
    assert capped.press != first.press
    assert capped.ink <= 150
    assert other == first


@pytest.mark.parametrize("part", ["press", "screen", "name"])
def test_a_file_that_went_missing_is_made_again(lab, root, cache, part):
    a_photograph().save(root / "mill.jpg")
    job = a_job("mill.jpg")
    [first] = lab.prepare([job])
    (cache / getattr(first.value, part)).unlink()

    [second] = lab.prepare([job])

    assert second == first
    assert (cache / getattr(first.value, part)).is_file()


def test_mail_shows_the_picture_and_not_the_ink(lab, root):
    a_photograph().save(root / "mill.jpg")

    mailed = lab.for_mail(Picture(file="mill.jpg"), width=300, base="")

    with Image.open(io.BytesIO(mailed.value.data)) as image:
        assert image.mode == "RGB"
