from __future__ import annotations

import pytest

from press.measure.house import measure_house
from press.model.furniture import HouseShapes
from press.model.house import AdId, House, HouseAd, Imprint, Sender
from tests.builders import LAYOUT, a_composer, four_letter_words


def an_ad(headline: str, text: str) -> HouseAd:
    return HouseAd(
        id=AdId("subscribe"),
        headline=headline,
        text=text,
        button="Subscribe",
        url="https://quoin.example/subscribe",
    )


def a_house(*notices: str, staff: int = 4) -> House:
    return House(
        title="Quoin",
        lang="en-GB",
        timezone="Europe/London",
        website="https://quoin.example",
        sender=Sender(name="Quoin", email="news@quoin.example"),
        imprint=Imprint(
            publisher="Quoin Press",
            address=("1 Ink St",),
            printer="Type Ltd",
            printer_address=("2 Lead Ln",),
            staff=(("Editor", "Ada Marsh"),) * staff,
            contact=("desk@quoin.example",),
            notices=notices,
        ),
    )


def shapes(*ads: HouseAd, house: House | None = None) -> HouseShapes:
    return measure_house(house or a_house(), ads, LAYOUT, a_composer())


def test_an_ad_is_as_deep_as_its_words_in_each_design() -> None:
    """A strip's words have 0.6 of 590 pt less 24 pt: 330 pt, six words of 50 pt.

    Headline 10, 5 and a quarter of it between, two lines of text 20, edges 24: 61.5 pt
    are seven lines.
    A poster's have 448 pt: eleven letters of 40 pt, eight words of text.
    40 + 5 + 10 + 20 + 24 = 99 pt are ten lines.
    """
    ((name, (strip, poster)),) = shapes(an_ad("Read on", four_letter_words(12))).ads

    assert name == "subscribe"
    assert (strip.design, strip.words, strip.depth) == ("strip", 37.5, 7)
    assert (len(strip.head), len(strip.text)) == (1, 2)
    assert (poster.design, poster.words, poster.depth) == ("poster", 75, 10)


def test_ads_keep_their_order() -> None:
    one, two = an_ad("a", "b"), an_ad("c", "d")

    assert [ad[1][0].head[0].html for ad in shapes(two, one).ads] == ["c", "a"]


def test_the_imprint_names_the_printer_and_stands_in_four_columns_at_most() -> None:
    found = shapes()

    text = " ".join(line.html for column in found.imprint for line in column)
    assert "Printed by Type Ltd, 2 Lead Ln." in text
    assert len(found.imprint) == 4


def test_the_imprint_is_as_deep_as_its_longest_column_and_a_line_above() -> None:
    """A column is 140 pt, fourteen letters; 5 pt of white are one line more."""
    found = shapes(house=a_house(four_letter_words(60)))

    deepest = max(map(len, found.imprint))
    assert deepest > 20
    assert found.imprint_depth == deepest + 2


@pytest.mark.parametrize("staff", [0, 1, 2, 5, 9])
def test_every_member_of_staff_is_named_once(staff: int) -> None:
    found = shapes(house=a_house(staff=staff))

    text = " ".join(line.html for column in found.imprint for line in column)
    assert text.count("<strong>Editor</strong>") == staff
