"""From an edition to what its digest shows."""

from __future__ import annotations

from dataclasses import replace

from press.digest.compose import CARD_WIDTH, HERO_WIDTH, Composer, pictured
from press.digest.view import CardSection, DigestView
from press.model.article import PictureKind, Slug
from press.model.copy import Copy
from press.model.digest import MailPicture
from press.model.edition import DigestItem, DigestPlan, DigestSection, Edition
from press.model.house import AdChannel, AdId, House, HouseAd
from tests.digest.builders import (
    a_house,
    a_picture,
    a_plan,
    an_article,
    an_edition,
    loose,
)

TAGS = "utm_source=digest&utm_medium=email&utm_campaign=2024-09"


def view_of(
    edition: Edition | None = None,
    plan: DigestPlan | None = None,
    house: House | None = None,
) -> DigestView:
    view = (
        Composer(
            edition=edition or an_edition(),
            plan=plan or a_plan(),
            house=house or a_house(),
        )
        .compose()
        .value
    )
    assert view is not None
    return view


def test_the_lead_is_the_hero_and_the_others_follow_in_order() -> None:
    view = view_of()

    assert view.hero.slug == "taxes"
    assert [card.slug for card in view.stories[1:]] == ["post", "deposit"]


def test_links_carry_the_campaign_once() -> None:
    article = an_article("taxes", url=f"https://quoin.example/x?{TAGS}")

    view = view_of(an_edition((article,)), a_plan(sections=()))

    assert view.hero.link == f"https://quoin.example/x?{TAGS}"
    assert view.website == f"https://quoin.example/?{TAGS}"
    assert view.offer is not None
    assert view.offer.link == f"https://quoin.example/subscribe?{TAGS}"


def test_an_article_without_address_leads_to_the_papers_site() -> None:
    view = view_of(an_edition((an_article("taxes", url=""),)), a_plan(sections=()))

    assert view.hero.link == f"https://quoin.example/?{TAGS}"


def test_the_kicker_stands_over_the_headline_or_else_the_section() -> None:
    articles = (an_article("taxes", kicker="Follow the money"), an_article("post"))

    view = view_of(an_edition(articles), a_plan(sections=(loose("post"),)))

    assert [card.kicker for card in view.stories] == ["Follow the money", "News"]


def test_the_webs_headline_is_used() -> None:
    article = an_article("taxes", title="As on the web", headline="As in print")

    view = view_of(an_edition((article,)), a_plan(sections=()))

    assert view.hero.headline == "As on the web"


def test_pictures_are_wanted_in_the_sizes_they_are_shown_in() -> None:
    articles = (
        an_article("taxes", pictures=(a_picture(file="a.jpg"),)),
        an_article("post", pictures=(a_picture(file="b.jpg", crop=1.0),)),
        an_article(
            "deposit", pictures=(a_picture(file="c.svg", kind=PictureKind.CHART),)
        ),
        an_article("notice", pictures=(a_picture(file="d.jpg", lead=False),)),
    )
    plan = a_plan(sections=(loose(*(article.slug for article in articles[1:])),))

    wanted = pictured(an_edition(articles), plan)

    assert [(picture.file, width, picture.crop) for picture, width in wanted] == [
        ("a.jpg", HERO_WIDTH, None),
        ("b.jpg", CARD_WIDTH, 1.5),
        ("c.svg", CARD_WIDTH, None),
    ]


def test_a_card_shows_the_picture_that_was_made_for_it() -> None:
    edition, plan = an_edition(), a_plan()
    made = MailPicture(name="a.jpg", url="u", data=b"", width=1, height=1, alt="x")
    pictures = [(wanted, made) for wanted in pictured(edition, plan)]

    view = (
        Composer(edition=edition, plan=plan, house=a_house(), pictures=tuple(pictures))
        .compose()
        .value
    )

    assert view is not None
    assert [card.picture for card in view.stories] == [made, None, None]


def test_a_house_ad_that_is_not_for_the_digest_is_an_error() -> None:
    ad = HouseAd(
        id=AdId("subscribe"),
        headline="h",
        text="t",
        button="b",
        url="https://a.example/",
        channels=frozenset({AdChannel.PRINT}),
    )

    checked = Composer(
        edition=an_edition(), plan=a_plan(), house=a_house(house_ads=(ad,))
    ).compose()

    assert [finding.code for finding in checked.findings] == ["digest.house-ad"]


def test_no_house_ad_is_asked_for_and_none_is_shown() -> None:
    assert view_of(plan=a_plan(house_ads=())).offer is None


def test_a_paper_in_arabic_runs_from_right_to_left() -> None:
    assert view_of(an_edition(lang="ar-EG")).direction == "rtl"
    assert view_of().direction == "ltr"


def test_only_two_cards_of_a_kind_stand_side_by_side() -> None:
    made = MailPicture(name="a.jpg", url="u", data=b"", width=1, height=1, alt="x")
    card = view_of().hero
    cards = {"p": replace(card, picture=made), "-": replace(card, picture=None)}

    def rows(order: str) -> list[str]:
        section = CardSection(name="", cards=tuple(cards[kind] for kind in order))
        return ["".join("p" if c.picture else "-" for c in row) for row in section.rows]

    assert rows("") == []
    assert rows("p") == ["p"]
    assert rows("pp--") == ["pp", "--"]
    assert rows("pppp-pp") == ["pp", "pp", "-", "pp"]
    assert rows("p-p-") == ["p", "-", "p", "-"]


def test_an_article_in_full_stands_alone() -> None:
    card = view_of().hero
    whole = replace(card, copy=Copy())

    section = CardSection(name="", cards=(card, whole, card, card, whole, whole))

    assert [len(row) for row in section.rows] == [1, 1, 2, 1, 1]


def test_an_article_in_full_does_not_say_its_beginning_twice() -> None:
    articles = (an_article("taxes"), an_article("post", standfirst=""))
    section = DigestSection(name="", items=(DigestItem(slug=Slug("post"), whole=True),))

    (_, card) = view_of(an_edition(articles), a_plan(sections=(section,))).stories

    assert card.teaser == ()
    assert card.body.count("The presses ran") > 1
