"""The room that tables leave, as Outlook counts it."""

from __future__ import annotations

import re

import pytest

from press.adapters.mrml import MrmlRenderer
from press.digest.finish import finish, whole_widths
from press.digest.room import fit_columns, fit_pictures, rows

GHOST = "<!--[if mso | IE]>{}<![endif]-->"


def compiled(body: str) -> str:
    return MrmlRenderer().render(
        f'<mjml lang="en"><mj-body width="640px">{body}</mj-body></mjml>', ""
    )


def section(columns: int, padding: str = "0 12px", *, column: str = "") -> str:
    one = f"<mj-column {column}><mj-text>Words</mj-text></mj-column>"
    return f'<mj-section padding="{padding}">{one * columns}</mj-section>'


def ghost_widths(html: str) -> list[str]:
    """Return the widths of the columns that Outlook alone sees."""
    found = re.findall(r'<td style="vertical-align:top;width:([^;]+);', html)
    return [str(width) for width in found]


def too_wide(html: str) -> list[tuple[float | None, float]]:
    return [(row.room, row.width) for row in rows(html) if not row.fits]


# What the official engine (mjml 5.4.1) writes for the same sections.
@pytest.mark.parametrize(
    ("body", "widths"),
    [
        (section(1), ["616px"]),
        (section(2), ["308px", "308px"]),
        (section(2, "0"), ["320px", "320px"]),
        (section(1, "0 40px 0 0"), ["600px"]),
        (section(1, "10px 20px 30px 40px"), ["580px"]),
        (section(1, '0" padding-left="40px'), ["600px"]),
        (f'<mj-wrapper padding="0 20px">{section(1)}</mj-wrapper>', ["576px"]),
        (f'<mj-wrapper padding="0 20px">{section(2)}</mj-wrapper>', ["288px"] * 2),
    ],
)
def test_columns_are_as_wide_as_the_official_engine_makes_them(
    body: str, widths: list[str]
) -> None:
    fitted = fit_columns(compiled(body))

    assert ghost_widths(fitted) == widths
    assert too_wide(fitted) == []


def test_the_engine_does_make_them_too_wide() -> None:
    """Without this fault of the engine's there would be nothing to fit."""
    assert too_wide(compiled(section(2))) == [(616.0, 640.0)]


# What the official engine (mjml 5.4.1) writes for the same pictures.
@pytest.mark.parametrize(
    ("attributes", "padding", "width"),
    [
        ('width="300px"', "0", 213),
        ('width="300px"', "0 25px", 163),
        ('width="300px" href="https://lamp.example/"', "0 10px 0 40px", 163),
        ('width="300px" fluid-on-mobile="true"', "0 25px", 163),
        ('width="100px"', "0 25px", 100),
        ("", "0 25px", 163),
    ],
)
def test_a_picture_is_no_wider_than_its_column(
    attributes: str, padding: str, width: int
) -> None:
    picture = f'<mj-image src="a.png" alt="" padding="{padding}" {attributes} />'
    column = f"<mj-column>{picture}</mj-column>"
    html = finish(compiled(f'<mj-section padding="0">{column * 3}</mj-section>'))

    assert re.findall(r'<img[^>]*\swidth="(\d+)"', html) == [str(width)] * 3
    assert html.count(f'style="width:{width}px;"') == 3


def test_pictures_that_fit_are_left_alone() -> None:
    html = compiled(
        '<mj-section><mj-column><mj-image src="a" /></mj-column></mj-section>'
    )

    assert fit_pictures(html) == html


def test_columns_of_different_widths_keep_their_shares() -> None:
    left = '<mj-column width="75%"><mj-text>a</mj-text></mj-column>'
    right = '<mj-column width="25%"><mj-text>b</mj-text></mj-column>'
    html = compiled(f'<mj-section padding="0 20px">{left}{right}</mj-section>')

    assert ghost_widths(fit_columns(html)) == ["450px", "150px"]


def test_what_fits_is_left_alone() -> None:
    html = fit_columns(compiled(section(3) + section(2, "0")))

    assert fit_columns(html) == html


def test_only_what_outlook_alone_sees_is_changed() -> None:
    html = compiled(section(2))
    seen = re.compile(r"<!--\[if mso.*?<!\[endif\]-->", re.DOTALL)

    assert seen.sub("", fit_columns(html)) == seen.sub("", html)


def test_a_table_that_everybody_sees_is_never_changed() -> None:
    html = GHOST.format('<table width="640"><tr><td>')
    html += '<table width="700"><tr><td style="width:700px">x</td></tr></table>'
    html += GHOST.format("</td></tr></table>")

    assert fit_columns(html) == html
    assert too_wide(html) == [(640.0, 700.0)]


def test_all_the_places_where_a_width_is_said_are_changed() -> None:
    inner = GHOST.format('<table width="640" style="width:640px;"><tr><td>')
    html = (
        '<table width="640"><tr><td style="padding:0 20px">'
        f"{inner}x{GHOST.format('</td></tr></table>')}</td></tr></table>"
    )

    assert 'width="600" style="width:600px;"' in fit_columns(html)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<td width='640'>",
        '</table><table width="640"></td></tr><tr></table>',
        '<table width="640"><tr><td width="0"><table width="9"><tr><td>',
        '<table style="max-width:640px" width="abc"><tr><td width="1e9">',
    ],
)
def test_broken_tables_are_no_reason_to_stop(html: str) -> None:
    assert fit_columns(html) == html


def test_a_finished_mail_has_columns_that_fit() -> None:
    html = compiled(section(2) + section(3, "0 7px"))

    assert too_wide(whole_widths(html)) != []
    assert too_wide(finish(html)) == []
