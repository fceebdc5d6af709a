"""Addresses are tagged once, and hold nothing that is read as anything else."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.digest.link import campaign_link, clean

TAGS = "utm_source=digest&utm_medium=email&utm_campaign=2024-09"


@pytest.mark.parametrize(
    ("address", "tagged"),
    [
        ("https://a.example/x", f"https://a.example/x?{TAGS}"),
        ("https://a.example", f"https://a.example/?{TAGS}"),
        ("https://a.example/x?p=1&q=a+b", f"https://a.example/x?p=1&q=a+b&{TAGS}"),
        ("https://a.example/x#notes", f"https://a.example/x?{TAGS}#notes"),
        ("https://a.example/x?" + TAGS, f"https://a.example/x?{TAGS}"),
        ("https://a.example/x?utm_source=web&a=b", f"https://a.example/x?a=b&{TAGS}"),
        ("https://a.example/x?UTM_Source=web", f"https://a.example/x?{TAGS}"),
        (
            "https://a.example/x?utm_content=top",
            f"https://a.example/x?utm_content=top&{TAGS}",
        ),
        ("mailto:desk@a.example", "mailto:desk@a.example"),
        ("", ""),
        ("/relative", ""),
        ("javascript:alert(1)", ""),
        ("https://[broken", ""),
    ],
)
def test_the_campaign_stands_in_an_address_once(address: str, tagged: str) -> None:
    assert campaign_link(address, "2024-09") == tagged


@given(st.text(alphabet="abc?&=#%/utm_source-", max_size=40))
def test_tagging_twice_is_tagging_once(path: str) -> None:
    once = campaign_link("https://a.example/" + path, "2024-09")

    assert campaign_link(once, "2024-09") == once
    asked = parse_qsl(urlsplit(once).query)
    assert [value for name, value in asked if name == "utm_campaign"] == ["2024-09"]


@pytest.mark.parametrize(
    ("address", "cleaned"),
    [
        ("https://a.example/a b", "https://a.example/a%20b"),
        ("https://a.example/é", "https://a.example/%C3%A9"),
        ("https://a.example/%C3%A9", "https://a.example/%C3%A9"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/{{x}}", "https://a.example/%7B%7Bx%7D%7D"),
        ("https://a.example/%%web_url%%", "https://a.example/%25%25web_url%25%25"),
        ("https://a.example/-name-/x", "https://a.example/%2Dname-/x"),
        ("https://a.example/how-it-was-made", "https://a.example/how-it-was-made"),
        ('https://a.example/"x"<y>', "https://a.example/%22x%22%3Cy%3E"),
        (" https://a.example/ ", "https://a.example/"),
        ("JavaScript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://a.example/", ""),
        ("#note", ""),
    ],
)
def test_an_address_is_written_with_nothing_else_in_it(
    address: str, cleaned: str
) -> None:
    assert clean(address) == cleaned
