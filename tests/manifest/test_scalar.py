"""Texts become what they mean, or an error that says what to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from press.manifest import address, scalar

Converter = Callable[[object], object]


@pytest.mark.parametrize(
    ("convert", "written", "meant"),
    [
        (scalar.whole, "0", 0),
        (scalar.whole, " 24 ", 24),
        (scalar.decimal, "-0.014", -0.014),
        (scalar.yes_or_no, "Yes", True),
        (scalar.yes_or_no, "false", False),
        (scalar.date, "2024-02-29", dt.date(2024, 2, 29)),
        (scalar.wall_time, "2024-08-27 16:00", dt.datetime(2024, 8, 27, 16, 0)),  # noqa: DTZ001 - wall time
        (scalar.wall_time, "2024-08-27T9:05:00", dt.datetime(2024, 8, 27, 9, 5)),  # noqa: DTZ001 - wall time
        (scalar.percentage, "0.1%", 0.001),
        (scalar.percentage, "2 %", 0.02),
        (scalar.share, "rest", 1.0),
        (scalar.rate, "2000/minute", 2000),
        (scalar.rate, "10 per second", 600),
        (scalar.rate, "6000/hour", 100),
        (scalar.ratio, "3:2", 1.5),
        (scalar.page_range, "10-11", (10, 11)),
        (scalar.page_range, "10–11", (10, 11)),
        (scalar.page_range, "7", (7, 7)),
        (scalar.colour, "#C8102E", "#c8102e"),
        (address.email, "a.b+c@post.lamp.example", "a.b+c@post.lamp.example"),
        (address.https, "https://lamp.example/a?b=c#d", "https://lamp.example/a?b=c#d"),
        (address.web, "http://lamp.example", "http://lamp.example"),
        (address.web, "https://büro.example/ä", "https://büro.example/ä"),
        (address.zone, "America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        (address.zone, "UTC", "UTC"),
        (address.language, "no", "no"),
        (address.language, "en-gb", "en-GB"),
        (address.language, "sr-latn-rs", "sr-Latn-RS"),
        (address.language, "ca-valencia", "ca-valencia"),
        (address.slug, "18f-website-refresh", "18f-website-refresh"),
        (address.edition_id, "2024-12-special", "2024-12-special"),
    ],
)  # fmt: skip
def test_what_is_written_well_is_understood(
    convert: Converter, written: str, meant: object
) -> None:
    assert convert(written) == meant


@pytest.mark.parametrize(
    ("written", "points"),
    [("15 mm", 42.52), ("11 pt", 11), ("11pt", 11), ("1.5cm", 42.52), ("-1 in", -72)],
)
def test_a_length_has_a_unit(written: str, points: float) -> None:
    assert scalar.length(written).pt == pytest.approx(points, abs=0.01)


@pytest.mark.parametrize(
    ("convert", "written", "hint"),
    [
        (scalar.whole, "010", "write 10"),
        (scalar.whole, "1_000", "write 1000"),
        (scalar.whole, "٣", "write digits: 12"),
        (scalar.decimal, "0,5", "write 0.5"),
        (scalar.date, "3.9.2024", "write it as 2024-09-03 (3 September 2024)"),
        (scalar.date, "9/30/2024", "write it as 2024-09-30 (30 September 2024)"),
        (scalar.date, "Aug 30th, 2024", "write it as 2024-08-30 (30 August 2024)"),
        (scalar.date, "1st May 98", "write it as 1998-05-01 (1 May 1998)"),
        (scalar.date, "2023-02-29", "February 2023 has 28 days"),
        (scalar.length, "15", "write 15 mm or 15 pt"),
        (scalar.length, "0", "write 0 mm"),
        (scalar.length, "15 ells", "write it as 15 mm or 11 pt"),
        (scalar.colour, "red", 'write red, green and blue as "#c8102e", in quotes'),
        (scalar.rate, "30/hour", "write at least 60/hour"),
        (address.edition_id, "202409", "write 2024-09"),
        (address.language, "en-EN", "write en-GB"),
        (address.slug, "Ünlü Şey", "write unlu-sey"),
        (address.zone, "Berlin", "did you mean “Europe/Berlin”?"),
        (address.zone, "new york", "did you mean “America/New_York”?"),
    ],
)
def test_what_is_written_badly_is_answered_with_what_to_write(
    convert: Converter, written: str, hint: str
) -> None:
    with pytest.raises(PydanticCustomError) as raised:
        convert(written)

    assert raised.value.context is not None
    assert raised.value.context["hint"] == hint


@pytest.mark.parametrize(
    "written",
    [
        "", "a", "@", "a@", "@b.example", "a@b", "a@@b.example", "a b@c.example",
        "a@b.example, c@d.example", "a..b@c.example", ".a@b.example", "a@-b.example",
        "a\n@b.example", "<a@b.example>", "a@[127.0.0.1]", f"{'a' * 65}@b.example",
        f"a@{'b' * 250}.example",
    ],
)  # fmt: skip
def test_no_odd_mail_address_passes(written: str) -> None:
    with pytest.raises(PydanticCustomError):
        address.email(written)


@pytest.mark.parametrize(
    "written",
    [
        "lamp", "https:", "https://", "https://lamp", "https:///x", "//lamp.example",
        "ftp://lamp.example", "javascript:alert(1)", "https://a b.example",
        "https://lamp.example/ x", 'https://lamp.example/"x', "https://me@lamp.example",
        "https://127.0.0.1/", "https://localhost/", "https://[::1", "https://..example",
        "https://lamp.example\\@evil.example",
    ],
)  # fmt: skip
def test_no_odd_web_address_passes(written: str) -> None:
    with pytest.raises(PydanticCustomError):
        address.web(written)


@pytest.mark.parametrize(
    "written", ["../etc", "Europe", "/etc/localtime", "Europe/London/", "BST", "GMT+1"]
)
def test_no_odd_zone_passes(written: str) -> None:
    with pytest.raises(PydanticCustomError):
        address.zone(written)


ALL: list[Converter] = [
    scalar.one_line, scalar.maybe_empty, scalar.whole, scalar.decimal, scalar.yes_or_no,
    scalar.date, scalar.date_or_moment, scalar.wall_time, scalar.percentage,
    scalar.share, scalar.rate, scalar.ratio, scalar.focus, scalar.page_range,
    scalar.length, scalar.colour, address.email, address.https, address.web,
    address.zone, address.language, address.slug, address.edition_id,
]  # fmt: skip


@pytest.mark.parametrize("convert", ALL, ids=lambda convert: convert.__name__)
@given(
    value=st.text()
    | st.from_regex(
        r"[0-9]{1,5}[-/:.% a-z]{0,3}[0-9]{0,5}[-:]?[0-9]{0,3}", fullmatch=True
    )
    | st.none()
    | st.tuples(st.text(), st.text())
    | st.dictionaries(st.text(), st.text())
)
def test_a_converter_answers_whatever_it_is_given(
    convert: Converter, value: object
) -> None:
    told = None
    try:
        convert(value)
    except PydanticCustomError as wrong:
        told = wrong

    assert told is None or (told.context and told.context["message"])
