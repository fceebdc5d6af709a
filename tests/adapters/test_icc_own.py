"""Press's own profiles print what they say: aims, dot gain, black, ink limits."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from press.adapters.icc.look import look
from tests.adapters.icc import LIMITS, OWN, opened

ROOT = Path(__file__).parents[2]
PERCEPTUAL = ImageCms.Intent.PERCEPTUAL
RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC
ABSOLUTE = ImageCms.Intent.ABSOLUTE_COLORIMETRIC
Array = NDArray[np.float64]
names = pytest.mark.parametrize("name", sorted(LIMITS))


@pytest.fixture(scope="module")
def tooled() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "make_profiles", ROOT / "tools" / "make_profiles.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def data(name: str) -> bytes:
    return (OWN / f"{name}.icc").read_bytes()


def inks_of(name: str, rgb: Array, intent: ImageCms.Intent) -> Array:
    """Return inks in per cent of colours from 0 to 255."""
    by = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), opened(data(name)), "RGB", "CMYK", intent
    )
    pixels = Image.fromarray(rgb.astype(np.uint8)[None])
    inks: Array = np.asarray(by.apply(pixels), np.float64)[0] / 2.55
    return inks


def lab_of(name: str, inks: Array, intent: ImageCms.Intent = RELATIVE) -> Array:
    """Return Lab of inks in per cent."""
    by = ImageCms.buildTransform(
        opened(data(name)), ImageCms.createProfile("LAB"), "CMYK", "LAB", intent
    )
    pixels = np.rint(inks * 2.55).astype(np.uint8)
    lab = by.apply(Image.frombytes("CMYK", (len(inks), 1), pixels.tobytes()))
    coded = np.asarray(lab)[0]
    return np.stack(
        [coded[:, 0] / 2.55, coded[:, 1].view(np.int8), coded[:, 2].view(np.int8)], 1
    )


def cube(steps: int) -> Array:
    levels = np.rint(np.linspace(0, 255, steps))
    return np.stack(np.meshgrid(levels, levels, levels), -1).reshape(-1, 3)


@names
def test_they_are_small_version_2_and_say_what_they_are(name: str) -> None:
    seen = look(data(name))

    assert len(data(name)) <= 200_000
    assert (seen.kind, seen.space, seen.version) == ("prtr", "CMYK", 2.1)
    assert seen.description.startswith("press generic")
    assert seen.description.endswith("not measured")
    assert seen.tags == {
        *("desc", "cprt", "wtpt", "gamt"),
        *("A2B0", "A2B1", "A2B2", "B2A0", "B2A1", "B2A2"),
    }


@names
@pytest.mark.parametrize("intent", [PERCEPTUAL, RELATIVE])
def test_no_colour_of_a_screen_has_more_ink_than_the_limit(
    name: str, intent: ImageCms.Intent
) -> None:
    inks = inks_of(name, cube(33), intent)

    assert inks.sum(1).max() <= LIMITS[name] + 2
    assert inks.sum(1).max() >= LIMITS[name] - 50


@names
def test_black_is_all_black_ink_with_little_colour(name: str) -> None:
    (black,) = inks_of(name, np.zeros((1, 3)), PERCEPTUAL)

    assert black[3] > 97
    assert black[:3].max() < 75
    assert np.ptp(black[:3]) < 20


@names
def test_white_is_bare_paper(name: str) -> None:
    for intent in (PERCEPTUAL, RELATIVE):
        (white,) = inks_of(name, np.full((1, 3), 255), intent)

        assert list(white) == [0, 0, 0, 0]


@names
def test_greys_are_neutral_mostly_black_and_even(name: str) -> None:
    greys = np.repeat(np.arange(0, 256, 5.0)[:, None], 3, axis=1)

    inks = inks_of(name, greys, PERCEPTUAL)

    lab = lab_of(name, inks)
    assert np.hypot(lab[:, 1], lab[:, 2]).max() <= 3
    assert (np.diff(lab[:, 0]) >= 0).all()
    assert (inks[:25, 3] > inks[:25, :3].max(1)).all()
    assert (inks[:32, 3] > 25).all()


@names
def test_colours_that_can_be_printed_come_back(name: str) -> None:
    rng = np.random.default_rng(1)
    inks = rng.random((5000, 4)) * 100
    inks = inks[inks.sum(1) < LIMITS[name] - 30]
    lab = lab_of(name, inks)
    back = ImageCms.buildTransform(
        ImageCms.createProfile("LAB"), opened(data(name)), "LAB", "CMYK", RELATIVE
    )
    coded = np.stack([lab[:, 0] * 2.55, lab[:, 1], lab[:, 2]], 1)
    pixels = np.rint(coded).astype(np.int64).astype(np.uint8)
    image = Image.frombytes("LAB", (len(lab), 1), pixels.tobytes())

    again = lab_of(name, np.asarray(back.apply(image))[0] / 2.55)

    apart = np.sqrt(((again - lab) ** 2).sum(1))
    assert apart.mean() < 1
    assert np.percentile(apart, 95) < 2.5


@names
def test_paper_and_solids_are_the_aims(name: str, tooled: ModuleType) -> None:
    (press,) = [p for p in tooled.PRESSES if f"press-{p.name}" == name]
    solid = np.array(
        [[1 & n, n >> 1 & 1, n >> 2 & 1, n >> 3 & 1] for n in range(9)], float
    )
    aims = np.array([press.paper, *press.solids[:8]])

    lab = lab_of(name, solid * 100, ABSOLUTE)

    assert np.abs(lab - aims).max() <= 1.5


def test_newsprint_gains_26_per_cent_at_the_half_tone() -> None:
    black = np.array([[0, 0, 0, 0], [0, 0, 0, 50], [0, 0, 0, 100.0]])

    light = ((lab_of("press-newsprint", black)[:, 0] + 16) / 116) ** 3

    gained = (light[0] - light[1]) / (light[0] - light[2]) - 0.5
    assert gained == pytest.approx(0.26, abs=0.015)


@pytest.mark.long
def test_the_tool_makes_the_profile_that_is_kept(tooled: ModuleType) -> None:
    made = tooled.profile(tooled.tags(tooled.PRESSES[0]))

    kept = data("press-newsprint")
    assert len(made) == len(kept)
    assert made[:256] == kept[:256]
    words = [np.frombuffer(one, ">u2").astype(int) for one in (made, kept)]
    assert (np.abs(words[0] - words[1]) > 300).mean() < 0.01
