"""Inks as the readers' replica shows them."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest

from tests.adapters.books import a_book, the_replica

SQUARE = "0 0 9 9 re f"
#: Text in brackets makes the replica read a stream with more care.
WAYS = ("", "BT ( 0 0 0 1 k ) Tj ET\n")


def words(stream: Any) -> list[str]:
    """Return the instructions of a stream about colour, as they are written."""
    instructions: Any = pikepdf.parse_content_stream(stream)
    known = {"k", "K", "cs", "CS", "sc", "scn", "SC", "SCN", "g", "G", "rg", "RG"}
    return [
        " ".join([*map(str, operands), str(operator)])
        for operands, operator in instructions
        if str(operator) in known
    ]


def shown(content: str) -> list[str]:
    with the_replica(a_book(content)) as book:
        return words(book.pages[0])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("ink", "light"),
    [
        ("0 0 0 1 k", "0.0667 0.0667 0.0667 rg"),
        ("0 0 0 1 K", "0.0667 0.0667 0.0667 RG"),
        ("0 .9 .8 .1 k", "0.702 0.0706 0.1137 rg"),
        ("0 0.9004 0.7996 0.1 k", "0.702 0.0706 0.1137 rg"),
        ("0 0 0 0 k", "1 1 1 rg"),
        ("1 0 0 0 k", "0 1 1 rg"),
        ("0 0 0 0.5 K", "0.5 0.5 0.5 RG"),
    ],
)
def test_inks_are_their_screen_colours(way: str, ink: str, light: str) -> None:
    assert shown(f"{way}{ink} {SQUARE}") == [light]


@pytest.mark.parametrize("way", WAYS)
def test_light_stays_as_it_is(way: str) -> None:
    kept = ["0.2 0.3 0.4 rg", "0.5 g", "1 0 0 RG", "0 G"]

    assert shown(way + "\n".join(kept)) == kept


@pytest.mark.parametrize("way", WAYS)
def test_colour_spaces_of_four_inks_become_light(way: str) -> None:
    content = "/DeviceCMYK cs 0 0 0 1 scn /DeviceCMYK CS 1 0 0 0 SCN"

    assert shown(way + content) == [
        "/DeviceRGB cs",
        "0.0667 0.0667 0.0667 scn",
        "/DeviceRGB CS",
        "0 1 1 SCN",
    ]


@pytest.mark.parametrize("way", WAYS)
def test_a_colour_space_is_kept_and_taken_up_again_with_the_rest(way: str) -> None:
    content = (
        "/DeviceCMYK cs q /Spots cs 0.1 0.2 0.3 0.4 scn Q 0 0 0 1 scn "
        "0.5 g 0.1 0.2 0.3 0.4 scn"
    )

    assert shown(way + content) == [
        "/DeviceRGB cs",
        "/Spots cs",
        "0.1 0.2 0.3 0.4 scn",
        "0.0667 0.0667 0.0667 scn",
        "0.5 g",
        "0.1 0.2 0.3 0.4 scn",
    ]


def test_words_that_look_like_ink_are_words() -> None:
    with the_replica(a_book("BT ( 0 0 0 1 k ) Tj ET 1 0 0 0 k")) as book:
        assert b"( 0 0 0 1 k ) Tj" in book.pages[0].Contents.read_bytes()


def test_drawings_and_patterns_show_light_too() -> None:
    resources = {
        "Form": {"chart": b"0 0 0 1 k 0 0 9 9 re f"},
        "Pattern": {"dots": b"1 0 0 0 k 0 0 1 1 re f"},
    }

    with the_replica(a_book("/chart Do", resources=resources)) as book:
        own = book.pages[0].Resources
        chart = own.XObject["/chart"]
        assert words(chart) == ["0.0667 0.0667 0.0667 rg"]
        assert chart.Group.CS == "/DeviceRGB"
        assert words(own.Pattern["/dots"]) == ["0 1 1 rg"]


def test_a_drawing_on_two_pages_is_turned_once() -> None:
    resources = {"Form": {"chart": b"0 0 0 1 k 0 0 9 9 re f"}}

    with the_replica(a_book("/chart Do", "/chart Do", resources=resources)) as book:
        for page in book.pages:
            assert words(page.Resources.XObject["/chart"]) == [
                "0.0667 0.0667 0.0667 rg"
            ]
