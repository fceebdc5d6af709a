"""The mail's colours follow the layout's, and can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.digest.checks.contrast import check_contrast, contrast
from press.digest.palette import mail_palette
from press.model.digest import DARK, LIGHT, MailPalette


def test_the_colours_of_the_house_can_be_read() -> None:
    assert list(check_contrast(MailPalette())) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # WCAG's well-known failing grey
        ("#767676", "#ffffff", 4.54),
    ],
)
def test_contrast_is_measured_as_wcag_does(
    one: str, other: str, expected: float
) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_colours_too_close_to_be_read_are_errors_with_their_numbers() -> None:
    palette = MailPalette(light=replace(LIGHT, quiet="#9a9a9a"))

    findings = list(check_contrast(palette))

    assert [finding.code for finding in findings] == ["digest.contrast"] * 2
    assert "quiet #9a9a9a on sheet #fffefa (light) has a contrast of 2.8 to 1" in (
        findings[0].message
    )


def test_what_is_no_colour_is_an_error() -> None:
    palette = MailPalette(dark=replace(DARK, ink="red;background:url(//evil)"))

    assert {finding.code for finding in check_contrast(palette)} == {"digest.colour"}


def test_light_colours_are_those_of_print() -> None:
    palette = mail_palette([("accent", "#123456"), ("ink", "#000000"), ("other", "x")])

    assert palette.light == replace(
        LIGHT, accent="#123456", button="#123456", ink="#000000"
    )
    assert palette.dark.ink == DARK.ink


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_any_accent_can_be_read_in_dark_surroundings(rgb: tuple[int, ...]) -> None:
    accent = "#" + "".join(f"{value:02x}" for value in rgb)

    dark = mail_palette([("accent", accent)]).dark

    assert list(check_contrast(MailPalette(dark=dark))) == []


def test_the_mail_may_have_colours_of_its_own() -> None:
    palette = mail_palette(
        [
            ("ink", "#000000"),
            ("mail-ink", "#222222"),
            ("mail-dark-button-ink", "#111111"),
        ]
    )

    assert palette.light.ink == "#222222"
    assert palette.dark.button_ink == "#111111"
