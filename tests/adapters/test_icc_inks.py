"""Colours of screens become ink, and ink is shown, by a press's profile."""

from __future__ import annotations

import itertools

import pytest
from PIL import Image, ImageCms

from press.adapters.icc.inks import IccInks
from press.model.ink import BLACK, PAPER, Ink
from tests.adapters.icc import LIMITS, a_profile, opened

RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC
LEVELS = [level / 255 for level in range(256)]


@pytest.fixture(params=sorted(LIMITS))
def inks(request: pytest.FixtureRequest) -> IccInks:
    return IccInks(a_profile(request.param), LIMITS[request.param])


def test_black_and_white_are_black_ink_and_paper(inks: IccInks) -> None:
    assert inks.to_ink(0, 0, 0) == BLACK
    assert inks.to_ink(1, 1, 1) == PAPER


def test_greys_are_black_ink_alone_and_never_darker_when_lighter(
    inks: IccInks,
) -> None:
    greys = [inks.to_ink(level, level, level) for level in LEVELS]

    assert all(grey.parts[:3] == (0, 0, 0) for grey in greys)
    assert all(a.black >= b.black for a, b in itertools.pairwise(greys))
    assert max(a.black - b.black for a, b in itertools.pairwise(greys)) < 0.01


def test_colours_within_one_level_of_grey_are_grey(inks: IccInks) -> None:
    nearly = inks.to_ink(128 / 255, 127 / 255, 128 / 255)
    coloured = inks.to_ink(129 / 255, 127 / 255, 128 / 255)

    assert nearly.parts[:3] == (0, 0, 0)
    assert any(coloured.parts[:3])


def test_greys_are_about_as_light_as_the_profile_prints_them() -> None:
    profile = a_profile("press-office")
    inks = IccInks(profile, 320)
    lab = ImageCms.buildTransform(
        opened(profile.data), ImageCms.createProfile("LAB"), "CMYK", "LAB", RELATIVE
    )
    screen = ImageCms.createProfile("sRGB")
    press = ImageCms.buildTransform(screen, opened(profile.data), "RGB", "CMYK")

    for level in range(80, 256, 8):
        black = round(inks.to_ink(*[level / 255] * 3).black * 255)
        alone = lab.apply(Image.new("CMYK", (1, 1), (0, 0, 0, black)))
        mixed = lab.apply(press.apply(Image.new("RGB", (1, 1), (level,) * 3)))

        assert _lightness(alone) == pytest.approx(_lightness(mixed), abs=4)


def _lightness(lab: Image.Image) -> float:
    return lab.tobytes()[0] / 2.55


@pytest.mark.parametrize("limit", [120, 180, 200])
def test_the_limit_is_kept_where_the_profile_does_not_keep_it(limit: float) -> None:
    loose = IccInks(a_profile("press-office"), 400)
    strict = IccInks(a_profile("press-office"), limit)
    steps = [step / 8 for step in range(9)]
    over = 0
    for rgb in itertools.product(steps, repeat=3):
        free, held = loose.to_ink(*rgb), strict.to_ink(*rgb)

        over += free.total > limit
        assert held.total <= limit + 1e-9
        assert held.black == free.black

    assert over


def test_colours_keep_their_hue(inks: IccInks) -> None:
    red, green, blue = (inks.to_ink(*rgb) for rgb in ((1, 0, 0), (0, 1, 0), (0, 0, 1)))

    assert max(red.cyan, green.magenta, blue.yellow) < 0.05
    assert min(red.magenta, red.yellow) > 0.7
    assert min(green.cyan, green.yellow) > 0.4
    assert min(blue.cyan, blue.magenta) > 0.6


def test_ink_is_shown_on_white_paper_with_a_dark_black(inks: IccInks) -> None:
    assert inks.to_screen(PAPER) == (1, 1, 1)
    assert max(inks.to_screen(BLACK)) < 0.15
    assert max(inks.to_screen(BLACK)) - min(inks.to_screen(BLACK)) < 0.05


def test_colours_come_back_from_ink_about_as_they_were(inks: IccInks) -> None:
    steps = (0.35, 0.5, 0.65)
    for rgb in itertools.product(steps, repeat=3):
        back = inks.to_screen(inks.to_ink(*rgb))

        assert back == pytest.approx(rgb, abs=0.2)


def test_what_lies_outside_of_0_to_1_is_taken_as_the_end(inks: IccInks) -> None:
    assert inks.to_ink(-0.2, 0, 1.5) == inks.to_ink(0, 0, 1)
    assert inks.to_ink(1.2, 1.2, 1.2) == PAPER
    assert inks.to_screen(Ink(black=2)) == inks.to_screen(BLACK)
