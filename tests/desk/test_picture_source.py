"""Where pictures of imported copy are had, and what is said when they are not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from press.adapters.fetcher import WebFetcher
from press.desk.picture_source import WebPictures
from press.model.fetch import Answer, Asked, Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusing:
    """A fetcher that never has anything."""

    fault: Fault

    def get(self, asked: Asked) -> Answer:
        return Answer(address=asked.address, fault=self.fault, why="it says no")


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://i0.wp.com/mill.jpg", "i0.wp.com"),
        ("http://i0.wp.com/mill.jpg", "i0.wp.com"),
        ("https://i0.wp.com:8443/mill.jpg", "i0.wp.com:8443"),
        ("http://localhost:8902/mill.jpg", "http://localhost:8902"),
        ("http://10.0.0.7/mill.jpg", "http://10.0.0.7"),
        ("http://i0.wp.com:99999/mill.jpg", "http://i0.wp.com:99999"),
    ],
)
def test_a_host_that_was_not_named_can_be_and_is_told_once(
    address: str, host: str
) -> None:
    pictures = WebPictures(fetcher=Refusing(fault=Fault.HOST))

    found = pictures.take(address).findings

    assert found == pictures.take(address.replace("mill", "sea")).findings
    assert [one.code for one in found] == ["intake.host"]
    assert f"--host {host}, " in (found[0].hint or "")


def test_an_address_that_is_none_is_a_finding() -> None:
    with WebFetcher(["lamp.example"]) as fetcher:
        found = WebPictures(fetcher=fetcher).take("http://[lamp.example/a.png")

    assert [one.code for one in found.findings] == ["intake.picture"]


def test_what_the_server_has_not_is_to_be_brought() -> None:
    found = WebPictures(fetcher=Refusing(fault=Fault.STATUS)).take(
        "https://example.org/mill.jpg"
    )

    assert "images_missing" in (found.findings[0].hint or "")
