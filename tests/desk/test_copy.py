"""Copy is made ready: typography, cuts, what goes with them, and what is told of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from press.desk.copy import CopyDesk, set_digest, set_house
from press.desk.edition import check_edition
from press.desk.reading import read_desk
from press.model.article import Article, Slug
from press.model.edition import (
    Assignment,
    DigestItem,
    DigestPlan,
    Edition,
    EditionId,
    PrintPlan,
    Section,
)
from press.model.finding import Place, Severity
from press.model.house import AdId, House, HouseAd, Imprint, Sender
from tests.builders import an_article, paragraph
from tests.newspaper import a_newspaper, a_picture

PLACE = Place(file="editions/2024-09/articles/salt/index.md", line=4)
SALT = an_article(
    "salt",
    paragraph("Salt's tax was paid by the bushel."),
    paragraph("Nobody wept when it was dropped."),
    pull_quotes=("Salt's tax", "Nobody wept"),
    places=(("pull_quotes", PLACE),),
)
HOUSE = House(
    title="The Lamp",
    lang="en-GB",
    timezone="Europe/London",
    website="https://lamp.example",
    imprint=Imprint(
        publisher="Lamp Ltd",
        address=("1 Wick Street",),
        printer="Tallow Print",
        printer_address=("2 Wax Road",),
    ),
    sender=Sender(name="The Lamp", email="desk@lamp.example"),
)


def an_edition(*articles: Article, assignment: Assignment) -> Edition:
    section = Section(name="News", articles=(assignment,))
    return Edition(
        id=EditionId("2024-09"),
        number=67,
        title="September 2024",
        on_sale=dt.date(2024, 8, 30),
        print=PrintPlan(layout="tabloid", sections=(section,)),
        articles=articles,
    )


def test_a_pull_quote_that_is_cut_is_neither_printed_nor_passed_over() -> None:
    assignment = Assignment(slug=Slug("salt"), cut=7)
    desk = CopyDesk(an_edition(SALT, assignment=assignment), HOUSE)

    ready = desk.ready(assignment)
    (found,) = desk.find_dropped()

    assert ready.pull_quotes == ("Salt\u2019s tax",)
    assert found.code == "article.pull-quote-cut"
    assert found.severity is Severity.NOTE
    assert "\u201cNobody wept\u201d" in found.message
    assert found.place == PLACE


def test_nothing_is_told_where_nothing_is_cut() -> None:
    assignment = Assignment(slug=Slug("salt"))
    desk = CopyDesk(an_edition(SALT, assignment=assignment), HOUSE)

    assert desk.ready(assignment).pull_quotes == ("Salt\u2019s tax", "Nobody wept")
    assert list(desk.find_dropped()) == []


def test_the_papers_own_words_are_set_like_its_articles() -> None:
    ad = HouseAd(
        id=AdId("post"),
        headline='It\'s "yours"',
        text="We don't sell you.",
        button="Let's go",
        url="https://lamp.example/don't",
    )
    imprint = replace(HOUSE.imprint, notices=("We're regulated by 'Impress'.",))
    plain = replace(HOUSE, strapline="Night's paper", house_ads=(ad,), imprint=imprint)

    house = set_house(plain)

    assert house.strapline == "Night\u2019s paper"
    assert house.imprint.notices == ("We\u2019re regulated by \u2018Impress\u2019.",)
    assert house.house_ads == (
        replace(
            ad,
            headline="It\u2019s \u201cyours\u201d",
            text="We don\u2019t sell you.",
            button="Let\u2019s go",
        ),
    )


def test_what_the_digest_says_is_set_like_its_articles() -> None:
    plan = DigestPlan(
        subject="September: salt's price",
        preheader="And who didn't pay",
        lead=DigestItem(slug=Slug("salt")),
        note="Dear reader,\n\nit's late.",
    )
    edition = an_edition(SALT, assignment=Assignment(slug=Slug("salt")))

    made = set_digest(replace(edition, digest=plan), "en-GB").digest

    assert made == replace(
        plan,
        subject="September: salt\u2019s price",
        preheader="And who didn\u2019t pay",
        note="Dear reader,\n\nit\u2019s late.",
    )
    assert set_digest(edition, "en-GB") == edition


def test_the_words_of_paper_and_digest_are_set_when_an_edition_is_read(
    tmp_path: Path,
) -> None:
    newspaper = a_newspaper(tmp_path)
    newspaper.change("press.yaml", "text: By post.", "text: It's by post.")
    newspaper.change(
        "editions/2024-09/edition.yaml", "And who paid it,", "And who didn't pay,"
    )

    desk = read_desk(tmp_path, "2024-09").value

    assert desk is not None
    assert desk.edition.digest is not None
    assert desk.house.house_ads[0].text == "It\u2019s by post."
    assert desk.edition.digest.preheader.startswith("And who didn\u2019t pay,")


def test_what_is_printed_without_alt_text_is_found_when_an_edition_is_read(
    tmp_path: Path,
) -> None:
    newspaper = a_newspaper(tmp_path)
    article = "editions/2024-09/articles/leader/index.md"
    newspaper.change(article, "alt: A leader view,", "")

    findings = read_desk(tmp_path, "2024-09").findings

    assert [(one.code, one.place.file) for one in findings] == [
        ("picture.no-alt", article)
    ]
    assert findings[0].place.line is not None


def test_press_check_finds_half_a_picture(tmp_path: Path) -> None:
    newspaper = a_newspaper(tmp_path)
    newspaper.picture("leader", a_picture(1200, 900)[:9000])

    for _ in range(2):
        (found,) = check_edition(tmp_path, "2024-09")
        assert found.code == "picture.truncated"
        assert found.place.file == "editions/2024-09/articles/leader/index.md"
