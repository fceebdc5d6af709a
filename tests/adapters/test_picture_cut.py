"""Cropping keeps what the picture is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from press.adapters.pictures.cut import as_filed, crop_box, plan_cut, turn, whole
from press.model.article import Focus

EDGES = st.integers(min_value=2, max_value=13_000)
RATIOS = st.floats(min_value=0.05, max_value=20)
SHARES = st.floats(min_value=0, max_value=1)
FOCUSES = st.builds(lambda x, y: Focus(x=x, y=y), SHARES, SHARES)


@given(EDGES, EDGES, RATIOS, FOCUSES)
def test_a_crop_lies_in_the_picture_and_holds_its_focus(width, height, ratio, focus):
    left, top, right, bottom = crop_box((width, height), ratio, focus)

    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert left - 1 <= focus.x * width <= right + 1
    assert top - 1 <= focus.y * height <= bottom + 1


@given(EDGES, EDGES, RATIOS, FOCUSES)
def test_a_crop_has_the_asked_ratio_within_a_pixel_and_one_full_edge(
    width, height, ratio, focus
):
    left, top, right, bottom = crop_box((width, height), ratio, focus)
    across, down = right - left, bottom - top

    assert across == width or down == height
    # A crop cannot be thinner than one pixel, whatever ratio is asked.
    assert abs(across - down * ratio) <= max(1, ratio) or 1 in (across, down)


@given(EDGES, EDGES, RATIOS, FOCUSES)
def test_the_focus_keeps_its_relative_place(width, height, ratio, focus):
    left, top, right, bottom = crop_box((width, height), ratio, focus)

    assert abs(left + focus.x * (right - left) - focus.x * width) <= 1
    assert abs(top + focus.y * (bottom - top) - focus.y * height) <= 1


@given(EDGES, EDGES, st.integers(min_value=1, max_value=4000))
def test_a_cut_has_the_wanted_pixels_and_is_never_enlarged(width, height, wanted):
    cut = plan_cut(whole((width, height)), wanted, slack=1.2)

    assert cut.pixels[0] <= width
    assert cut.pixels[1] <= height
    assert cut.pixels[0] >= min(wanted, width)
    assert cut.pixels[0] <= max(wanted * 1.2, wanted)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_box_of_the_upright_picture_is_found_in_the_picture_as_filed(orientation):
    filed = Image.effect_noise((90, 60), 90)
    filed.getexif()[0x0112] = orientation
    upright = ImageOps.exif_transpose(filed)
    box = (5, 10, 45, 30)

    found = filed.crop(as_filed(box, upright.size, orientation))
    found.getexif()[0x0112] = orientation

    assert turn(upright.size, orientation) == filed.size
    assert ImageOps.exif_transpose(found).tobytes() == upright.crop(box).tobytes()
