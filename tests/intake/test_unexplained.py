"""A lead picture without words for those who cannot see it, or without its maker."""

from __future__ import annotations

import datetime as dt

import pytest

from press.intake.unexplained import find_unexplained
from press.model.article import Slug
from press.model.edition import (
    Assignment,
    DigestPlan,
    Edition,
    EditionId,
    PictureOrder,
    PrintPlan,
    Section,
)
from press.model.finding import Place, Severity
from tests.builders import a_picture, an_article

PLACE = Place(file="editions/2024-09/articles/salt/index.md", line=6)
SALT = Slug("salt")
PRINTED = Assignment(slug=SALT)
OFF = Assignment(slug=SALT, picture=PictureOrder(off=True))
MAILED = DigestPlan(subject="September", preheader="In it", lead=SALT)


def found(
    assignment: Assignment, digest: DigestPlan | None = None, **facts: str
) -> list[tuple[str, Severity]]:
    lead = a_picture(place=PLACE, **facts)
    other = a_picture(file="images/other.jpg")
    edition = Edition(
        id=EditionId("2024-09"),
        number=67,
        title="September 2024",
        on_sale=dt.date(2024, 8, 30),
        print=PrintPlan(
            layout="tabloid", sections=(Section(name="News", articles=(assignment,)),)
        ),
        digest=digest,
        articles=(an_article("salt", words=4, pictures=(lead, other)),),
    )
    findings = list(find_unexplained(edition))
    assert all(finding.place == PLACE for finding in findings)
    assert all("press.jpg" in finding.message for finding in findings)
    return [(finding.code, finding.severity) for finding in findings]


def test_a_lead_picture_without_alt_text_is_a_warning() -> None:
    assert found(PRINTED, credit="Ada Marsh") == [("picture.no-alt", Severity.WARNING)]
    assert found(PRINTED, credit="Ada Marsh", alt=" ") == [
        ("picture.no-alt", Severity.WARNING)
    ]


def test_a_lead_picture_without_credit_is_a_note() -> None:
    assert found(PRINTED, alt="A press") == [("picture.no-credit", Severity.NOTE)]


def test_a_lead_picture_that_says_both_is_passed() -> None:
    assert found(PRINTED, alt="A press", credit="Ada Marsh") == []


@pytest.mark.parametrize(("digest", "count"), [(None, 0), (MAILED, 2)])
def test_a_picture_that_is_off_counts_only_where_it_is_mailed(
    digest: DigestPlan | None, count: int
) -> None:
    assert len(found(OFF, digest)) == count
