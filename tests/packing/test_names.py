"""Names of the files for the printer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from press.model.edition import EditionId
from press.model.finding import Finding, Place
from press.model.printer import Printer
from press.packing.names import Naming, page_names

NAMING = Naming(
    code="TQ",
    edition=EditionId("2024-09"),
    issue=67,
    pages=12,
    date=dt.date(2024, 8, 30),
)
PLACE = Place(file="layouts/tabloid/printer.yaml", line=9)


def names(pattern: str, naming: Naming = NAMING) -> tuple[str, ...]:
    made = page_names(pattern, naming)
    assert made.findings == ()
    assert made.value is not None
    return made.value


def finding(pattern: str, naming: Naming = NAMING) -> Finding:
    """Return the one thing wrong with a pattern."""
    made = page_names(pattern, naming, PLACE)
    assert made.value is None
    (found,) = made.findings
    assert (found.code, found.place) == ("printer.file-name", PLACE)
    return found


def test_the_pattern_that_printers_have_unless_they_say_otherwise() -> None:
    default = Printer.__dataclass_fields__["file_name"].default

    assert default == "{code}_{edition}_{page:03}.pdf"
    assert names(str(default))[::11] == ("TQ_2024-09_001.pdf", "TQ_2024-09_012.pdf")


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("{code}{issue:02}_{page:03}.pdf", "TQ67_001.pdf"),
        ("{code}{issue:04}_{page}.pdf", "TQ0067_1.pdf"),
        ("{date:%Y%m%d}-{page:02}of{pages:02}.pdf", "20240830-01of12.pdf"),
        ("{date}_{page}.pdf", "2024-08-30_1.pdf"),
        ("{edition:.4}_{code}_p{page:04d}.pdf", "2024_TQ_p0001.pdf"),
        ("Seite {page:3}.pdf", "Seite   1.pdf"),
    ],
)
def test_printers_may_ask_for_names_of_many_kinds(pattern: str, first: str) -> None:
    assert names(pattern)[0] == first


def test_every_page_has_a_name_of_its_own() -> None:
    made = names("{page}.pdf", replace(NAMING, pages=96))

    assert len(set(made)) == 96
    assert made[94] == "95.pdf"


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("{code}_{sheet}_{page}.pdf", "{sheet} stands for nothing"),
        ("{}_{page}.pdf", "{} stands for nothing"),
        ("{0}_{page}.pdf", "{0} stands for nothing"),
        ("{code.__class__}_{page}.pdf", "stands for nothing"),
        ("{code[0]}_{page}.pdf", "stands for nothing"),
        ("{page!r}.pdf", "{page} cannot be written as “!r”"),
        ("{page:x}.pdf", "{page} cannot be written as “:x”"),
        ("{page:0999999999}.pdf", "cannot be written as"),
        ("{page:{pages}}.pdf", "cannot be written as"),
        ("{page:.0e}.pdf", "cannot be written as"),
        ("{edition:03}_{page}.pdf", "{edition} cannot be written as “:03”"),
        ("{date:%B}_{page}.pdf", "{date} cannot be written as “:%B”"),
        ("{date:%Y/%m}_{page}.pdf", "{date} cannot be written as"),
        ("{code}_{edition}.pdf", "is the same for every page"),
        ("{code}_{pages}.pdf", "is the same for every page"),
        ("{edition}/{page}.pdf", "cannot hold or begin with “/”"),
        ("..\\{page}.pdf", "cannot hold or begin with"),
        ("-{page}.pdf", "cannot hold or begin with “-”"),
        ("p{page}:{pages}.pdf", "cannot hold or begin with “:”"),
        ("{page:03.pdf", "a brace is never closed"),
        ("page}{page}.pdf", "a brace is never closed, or never opened"),
        ("{page:03}", "does not end with .pdf"),
        ("{page:03}.PDF.exe", "does not end with .pdf"),
    ],
)
def test_a_pattern_that_makes_no_names_is_told_with_what_to_write(
    pattern: str, says: str
) -> None:
    found = finding(pattern)

    assert says in found.message
    assert found.hint


def test_all_slips_of_a_pattern_are_told_at_once() -> None:
    made = page_names("{sheet}/{date:%B}", NAMING)

    assert len(made.findings) == 5


def test_an_edition_of_one_page_needs_the_page_number_too() -> None:
    assert "same for every page" in finding("x.pdf", replace(NAMING, pages=1)).message


def test_what_is_put_in_is_looked_at_too() -> None:
    odd = replace(NAMING, code="T/Q")

    assert "no file can be called" in finding("{code}_{page}.pdf", odd).message
    long = replace(NAMING, code="T" * 130)
    assert "characters" in finding("{code}_{page}.pdf", long).message


def test_a_brace_may_be_written_twice_to_stand_for_itself() -> None:
    assert names("{{{page}}}.pdf")[0] == "{1}.pdf"
