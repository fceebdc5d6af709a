from __future__ import annotations

import datetime as dt
from dataclasses import replace

from press.flatplan.assign import assign
from press.flatplan.order import SectionCopy
from press.model.article import Article, Slug
from press.model.edition import Assignment, Edition, EditionId, PrintPlan, Section
from press.model.layout import Layout, SectionStyle
from press.model.package import Package
from tests.builders import LAYOUT, a_layout, a_template, an_article


def an_assignment(slug: str, priority: int = 3, **changes: object) -> Assignment:
    plain = Assignment(slug=Slug(slug), priority=priority)
    return replace(plain, **changes)  # type: ignore[arg-type]


def ready(assignment: Assignment) -> Article:
    return assignment.apply(an_article(str(assignment.slug)))


def sections(*found: Section, layout: Layout = LAYOUT) -> tuple[SectionCopy, ...]:
    edition = Edition(
        id=EditionId("2024-09"),
        number=1,
        title="September",
        on_sale=dt.date(2024, 9, 1),
        print=PrintPlan(layout="square", sections=found),
    )
    return assign(edition, layout, ready)


def packages(*assignments: Assignment, layout: Layout = LAYOUT) -> tuple[Package, ...]:
    section = Section(name="News", articles=assignments)
    return sections(section, layout=layout)[0].packages


def test_an_article_is_a_package_as_this_edition_wants_it() -> None:
    (one,) = packages(
        an_assignment("ink", 2, headline="Ink!", page=3, columns=2, jump=0)
    )

    assert (one.id, one.section, one.template, one.grid) == (
        "ink",
        "News",
        "news",
        "news",
    )
    assert one.article.printed_headline == "Ink!"
    assert (one.priority, one.page, one.columns, one.jump) == (2, 3, 2, 0)


def test_briefs_run_together_in_the_place_of_the_first_of_them() -> None:
    found = packages(
        an_assignment("a"),
        an_assignment("b", 5),
        an_assignment("c"),
        an_assignment("d", 5, page=2),
    )

    assert [(one.id, one.order) for one in found] == [
        ("a", 0),
        ("News/brief", 1),
        ("c", 2),
    ]
    brief = found[1]
    assert [str(article.slug) for article in brief.articles] == ["b", "d"]
    assert (brief.template, brief.priority, brief.page) == ("brief", 5, 2)


def test_a_group_is_as_important_as_its_most_important_article() -> None:
    letters = a_template("letters", group=True, flag="Letters")
    layout = a_layout(
        templates=(*LAYOUT.templates, letters),
        sections=(SectionStyle(name="*", template="letters"),),
    )

    (found,) = packages(an_assignment("a", 4), an_assignment("b", 2), layout=layout)

    assert (found.id, found.priority) == ("News/letters", 2)
    assert found.must_run


def test_a_template_named_with_an_article_wins() -> None:
    found = packages(an_assignment("a", 5, template="news"))

    assert [(one.id, one.template) for one in found] == [("a", "news")]


def test_only_the_first_article_of_the_first_section_leads_the_front_page() -> None:
    articles = (an_assignment("a"), an_assignment("b"))

    found = sections(
        Section(name="News", articles=articles),
        Section(name="World", articles=(an_assignment("c"),), pages=(3, 4)),
    )

    assert [one.splash for copy in found for one in copy.packages] == [
        True,
        False,
        False,
    ]
    assert [copy.claim for copy in found] == [None, (3, 4)]


def test_articles_of_low_priority_may_be_held_over_unless_they_are_pinned() -> None:
    found = packages(
        an_assignment("a", 3), an_assignment("b", 4), an_assignment("c", 4, page=2)
    )

    assert [one.must_run for one in found] == [True, False, True]
