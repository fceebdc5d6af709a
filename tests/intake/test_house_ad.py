"""The calls of the web's articles become one house ad for paper and post."""

from __future__ import annotations

from dataclasses import replace

from press.intake.furniture import offer_ad
from press.model.house import House, HouseAd, Imprint, Sender
from press.model.story import Piece
from tests.intake.stories import button, heading, paragraph

JOIN = "https://lamp.example/join?utm_source=article&plan=year"
PLEA = (
    "Nobody owns The Lamp but those who read it. If you like what we do, please"
    " subscribe. Click here to read this article again."
)
CALLS = (
    heading("ENJOYING THIS ARTICLE? HELP US TO GO ON"),
    paragraph(PLEA),
    button("SUBSCRIBE TO THE PRINT EDITION", JOIN),
)


def a_house(*ads: HouseAd) -> House:
    return House(
        title="The Lamp",
        lang="en-GB",
        timezone="Europe/London",
        website="https://lamp.example",
        imprint=Imprint(publisher="", address=(), printer="", printer_address=()),
        sender=Sender(name="The Lamp", email="post@lamp.example"),
        house_ads=ads,
    )


def offered(*calls: Piece, house: House | None = None) -> HouseAd:
    ad = offer_ad(calls, house or a_house())
    assert ad is not None
    return ad


def test_the_calls_of_many_articles_are_one_ad() -> None:
    ad = offered(*CALLS * 5)

    assert ad.headline == "Help us to go on"
    assert ad.text == "Nobody owns The Lamp but those who read it. Please subscribe."
    assert ad.button == "Subscribe to the print edition"
    assert ad.url == "https://lamp.example/join?plan=year"


def test_what_only_makes_sense_on_a_screen_is_left_out() -> None:
    text = "Sign up below. Tap the link. Scroll down! Your inbox awaits."

    assert offer_ad([paragraph(text)], a_house()) is None


def test_a_call_without_heading_or_button_has_usual_ones() -> None:
    ad = offered(paragraph("We have no owner. Subscribe to The Lamp."))

    assert ad.headline == "Subscribe to The Lamp."
    assert ad.text == "We have no owner."
    assert ad.button == "Subscribe"
    assert ad.url == "https://lamp.example"


def test_an_ad_to_an_address_that_the_paper_advertises_is_not_offered() -> None:
    ad = offered(*CALLS)
    same = replace(ad, url="https://www.lamp.example/join/?plan=year&utm_medium=paper")
    other = replace(ad, url="https://lamp.example/archive")

    assert offer_ad(CALLS, a_house(same)) is None
    assert offered(*CALLS, house=a_house(other)).id == "subscribe-2"


def test_a_call_of_a_single_article_does_not_speak_for_the_paper() -> None:
    one = paragraph("Donate to the miners of the valley.")

    ad = offered(*CALLS * 5, one)

    assert "miners" not in ad.text


def test_where_nothing_calls_nothing_is_offered() -> None:
    assert offer_ad([], a_house()) is None
