"""The address of an article's page is one that readers can open."""

from __future__ import annotations

import pytest

from press.intake.told import number_in
from press.intake.web_address import page_address


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("", ""),
        ("https://quoin.example/salt", "https://quoin.example/salt"),
        ("http://quoin.example/salt", "https://quoin.example/salt"),
        ("http://quoin.example:80/salt", "https://quoin.example/salt"),
        ("http://quoin.example:8080/salt", ""),
        ("https://quoin.example:8443/salt", "https://quoin.example:8443/salt"),
        ("http://[bad", ""),
        ("http://localhost/salt", ""),
        ("https://ada:secret@quoin.example/", ""),
    ],
)
def test_an_address_is_written_with_https_or_left_out(given: str, made: str) -> None:
    found = page_address(given)

    assert found.url == made
    assert bool(found.findings) == (given != made)


@pytest.mark.parametrize("text", ["9" * 5_000, "²", "-1", "1.5", ""])
def test_what_is_no_number_of_a_post_is_none(text: str) -> None:
    assert number_in(text) == 0
