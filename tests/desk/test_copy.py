"""Copy is made ready: typography, cuts, what goes with them, and what is told of it."""

from __future__ import annotations

import datetime as dt

from press.desk.copy import CopyDesk
from press.model.article import Article, Slug
from press.model.edition import Assignment, Edition, EditionId, PrintPlan, Section
from press.model.finding import Place, Severity
from press.model.house import House, Imprint, Sender
from tests.builders import an_article, paragraph

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
