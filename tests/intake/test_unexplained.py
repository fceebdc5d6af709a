"""Pictures without words for those who cannot see them, without their maker, or that
may not be printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from press.intake.unexplained import find_unexplained, may_be_printed
from press.model.article import Picture, Slug
from press.model.edition import (
    Assignment,
    DigestItem,
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
MAILED = DigestPlan(subject="September", preheader="In it", lead=DigestItem(slug=SALT))


def an_edition(
    assignment: Assignment, digest: DigestPlan | None, *pictures: Picture
) -> Edition:
    return Edition(
        id=EditionId("2024-09"),
        number=67,
        title="September 2024",
        on_sale=dt.date(2024, 8, 30),
        print=PrintPlan(
            layout="tabloid", sections=(Section(name="News", articles=(assignment,)),)
        ),
        digest=digest,
        articles=(an_article("salt", words=4, pictures=pictures),),
    )


def found(
    assignment: Assignment, digest: DigestPlan | None = None, **facts: str
) -> list[tuple[str, Severity]]:
    lead = a_picture(place=PLACE, **facts)
    other = a_picture(file="images/other.jpg", caption="Salt drying")
    edition = an_edition(assignment, digest, lead, other)
    findings = list(find_unexplained(edition))
    assert all(finding.place == PLACE for finding in findings)
    assert all("press.jpg" in finding.message for finding in findings)
    return [(finding.code, finding.severity) for finding in findings]


def test_a_lead_picture_without_alt_text_is_a_warning() -> None:
    assert found(PRINTED, credit="Ada Marsh") == [("picture.no-alt", Severity.WARNING)]
    assert found(PRINTED, credit="Ada Marsh", alt=" ") == [
        ("picture.no-alt", Severity.WARNING)
    ]


def test_another_picture_of_which_nothing_is_said_is_a_note() -> None:
    lead = a_picture(alt="A press", credit="Ada Marsh")
    edition = an_edition(PRINTED, None, lead, a_picture(file="images/other.jpg"))

    (told,) = find_unexplained(edition)

    assert (told.code, told.severity) == ("picture.no-alt", Severity.NOTE)
    assert "other.jpg" in told.message


def test_a_lead_picture_without_credit_is_a_note() -> None:
    assert found(PRINTED, alt="A press") == [("picture.credit", Severity.NOTE)]


def test_a_lead_picture_that_says_both_is_passed() -> None:
    assert found(PRINTED, alt="A press", credit="Ada Marsh") == []


@pytest.mark.parametrize(("digest", "count"), [(None, 0), (MAILED, 2)])
def test_a_picture_that_is_off_counts_only_where_it_is_mailed(
    digest: DigestPlan | None, count: int
) -> None:
    assert len(found(OFF, digest)) == count


def test_a_credit_that_only_the_file_gives_is_a_warning_that_names_it() -> None:
    lead = a_picture(place=PLACE, alt="A press", filed_credit="Ada Marsh / Agency")
    other = a_picture(file="images/other.jpg", alt="A pan", filed_credit="J. Cole")

    findings = list(find_unexplained(an_edition(PRINTED, None, lead, other)))

    assert {(one.code, one.severity) for one in findings} == {
        ("picture.credit", Severity.WARNING)
    }
    assert sorted(one.hint or "" for one in findings) == [
        "credit: Ada Marsh / Agency",
        "credit: J. Cole",
    ]


def test_a_picture_whose_credit_is_printed_is_passed_whatever_its_file_says() -> None:
    assert found(PRINTED, alt="A press", credit="Ada", filed_credit="Agency") == []


@pytest.mark.parametrize("at", [0, 1])
def test_a_picture_that_is_not_for_print_is_an_error(at: int) -> None:
    pictures = [a_picture(place=PLACE, alt="A", credit="Ada") for _ in range(2)]
    pictures[at] = replace(pictures[at], filed_rights="© Ada; Web use only.")

    [one] = find_unexplained(an_edition(PRINTED, None, *pictures))

    assert (one.code, one.severity) == ("picture.rights", Severity.ERROR)
    assert "© Ada; Web use only." in one.message


def test_a_picture_that_is_not_for_print_may_be_mailed() -> None:
    lead = a_picture(alt="A", credit="Ada", filed_rights="online only")

    assert list(find_unexplained(an_edition(OFF, MAILED, lead))) == []


@pytest.mark.parametrize(
    "rights",
    [
        "NOT FOR PRINT",
        "not for use in print",
        "Not licensed for print use",
        "no print, no archive",
        "Web only",
        "website use only",
        "ONLINE USE ONLY",
        "only for the internet",
        "Digital only.",
        "print rights not granted",
        "Print use is prohibited",
    ],
)
def test_rights_that_keep_a_picture_out_of_print(rights: str) -> None:
    assert not may_be_printed(rights)


@pytest.mark.parametrize(
    "rights",
    [
        "",
        "© 2024 Ada Marsh. All rights reserved",
        "CC BY 3.0",
        "NO PRINT SALES",
        "Editorial use only",
        "for print and web",
        "blueprint only",
        "not for printing on T-shirts",
    ],
)
def test_rights_that_leave_print_open(rights: str) -> None:
    assert may_be_printed(rights)
