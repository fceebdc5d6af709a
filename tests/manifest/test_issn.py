"""A paper's ISSN and the short name of its files, as press.yaml gives them."""

from __future__ import annotations

import pytest

from press.manifest.house import initials
from press.model.finding import Finding
from press.model.house import House
from tests.manifest.builders import Paper


def house(paper: Paper, line: str) -> House:
    paper.change("press.yaml", "lang: en-GB\n", f"{line}\nlang: en-GB\n")
    read = paper.read_house()
    assert read.findings == ()
    assert read.value is not None
    return read.value


def finding(paper: Paper, line: str) -> Finding:
    """Return the one thing wrong with a line, which is line 3 of the file."""
    paper.change("press.yaml", "lang: en-GB\n", f"{line}\nlang: en-GB\n")
    (found,) = paper.read_house().findings
    assert (found.place.file, found.place.line) == ("press.yaml", 3)
    return found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9876-5434", "9876-5434"),
        ("98765434", "9876-5434"),
        ("ISSN 9876-5434", "9876-5434"),
        ("1050-124x", "1050-124X"),
        ("0317–8471", "0317-8471"),
        ("03178471", "0317-8471"),
    ],
)
def test_an_issn_is_read_as_it_is_printed(
    paper: Paper, written: str, meant: str
) -> None:
    assert house(paper, f"issn: {written}").issn == meant


@pytest.mark.parametrize(
    ("written", "right"),
    [("9876-5435", "4"), ("1050-1245", "X"), ("2632-7911", "0"), ("9876-543X", "4")],
)
def test_a_wrong_check_digit_is_told_with_the_right_one(
    paper: Paper, written: str, right: str
) -> None:
    found = finding(paper, f"issn: {written}")

    assert found.code == "manifest.issn"
    assert f"is {right}, not {written[-1]}" in found.message
    assert f"write {written[:-1]}{right}" in (found.hint or "")


def test_digits_that_changed_places_are_found(paper: Paper) -> None:
    assert finding(paper, "issn: 9867-5434").code == "manifest.issn"


@pytest.mark.parametrize("written", ["9876-543", "98765-434", "X876-5434", "none"])
def test_what_is_no_issn_is_told(paper: Paper, written: str) -> None:
    found = finding(paper, f"issn: {written}")

    assert found.code == "manifest.issn"
    assert "is not an ISSN" in found.message


def test_a_paper_need_not_have_an_issn(paper: Paper) -> None:
    value = paper.read_house().value

    assert value is not None
    assert value.issn == ""


def test_the_files_begin_with_the_titles_initials(paper: Paper) -> None:
    value = paper.read_house().value

    assert value is not None
    assert value.code == "TL"


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("The Quoin", "TQ"),
        ("People's Lamp & Wick", "PLW"),
        ("Élan", "E"),
        ("the 1st of May", "T1OM"),
        ("Правда", "PAPER"),
    ],
)
def test_initials_are_plain_letters(title: str, meant: str) -> None:
    assert initials(title) == meant


def test_a_paper_may_choose_its_short_name(paper: Paper) -> None:
    assert house(paper, "code: LAMP-2").code == "LAMP-2"


@pytest.mark.parametrize("written", ["T/L", "-TL", '"T L"', "Ünited", "A" * 17])
def test_a_short_name_that_no_file_can_have_is_told(paper: Paper, written: str) -> None:
    found = finding(paper, f"code: {written}")

    assert found.code == "manifest.type"
    assert "cannot begin the name of a file" in found.message
