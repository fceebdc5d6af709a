"""Deadlines: counted back from the day of sale, in the order of the month."""

from __future__ import annotations

import datetime as dt

import pytest

from press.manifest.starter import new_edition
from press.model.schedule import Deadline
from tests.manifest.builders import FOLDER, Paper

E = f"{FOLDER}/edition.yaml"
PAPERS = """\
schedule:
  copy: 10 days before at 12:00
  legal: 1 week before at 17:00
  press: 1 day before at 9:30
  delivered: same day at 06:00
links:"""


def given(paper: Paper, schedule: str) -> None:
    paper.change(E, "print:\n", f"schedule:\n{schedule}print:\n")


def due(paper: Paper) -> dict[Deadline, str]:
    edition = paper.read_edition().value
    assert edition is not None
    return {one.deadline: f"{one.at:%Y-%m-%d %H:%M}" for one in edition.schedule}


def test_offsets_are_counted_back_from_the_day_of_sale(paper: Paper) -> None:
    paper.change("press.yaml", "links:", PAPERS)

    assert paper.findings() == ()
    assert due(paper) == {
        Deadline.COPY: "2024-08-20 12:00",
        Deadline.LEGAL: "2024-08-23 17:00",
        Deadline.PRESS: "2024-08-29 09:30",
        Deadline.DELIVERED: "2024-08-30 06:00",
    }


def test_an_edition_names_its_own_times_and_the_paper_the_rest(paper: Paper) -> None:
    paper.change("press.yaml", "links:", PAPERS)
    given(paper, "  copy: 2024-08-21 18:00\n")

    assert paper.findings() == ()
    assert due(paper)[Deadline.COPY] == "2024-08-21 18:00"
    assert due(paper)[Deadline.PRESS] == "2024-08-29 09:30"


def test_deadlines_out_of_order_are_told_at_their_line(paper: Paper) -> None:
    given(paper, "  copy: 2024-08-22 12:00\n  pictures: 2024-08-21 12:00\n")

    [found] = paper.findings()

    assert found.code == "plan.schedule"
    assert found.message == (
        "pictures is due before copy (2024-08-22 12:00, editions/2024-09/edition.yaml"
        " line 9)"
    )
    assert found.place.line == 10


def test_nothing_is_due_after_the_day_of_sale(paper: Paper) -> None:
    given(paper, "  delivered: 2024-08-31 06:00\n")

    [found] = paper.findings()

    assert (found.code, found.place.line) == ("plan.schedule", 9)


def test_a_time_that_does_not_exist_is_refused(paper: Paper) -> None:
    paper.change(E, "on_sale: 2024-08-30", "on_sale: 2024-08-30")
    given(paper, "  copy: 2024-03-31 01:30\n")

    [found] = [one for one in paper.findings() if one.code == "mailing.time"]

    assert found.hint == "use 02:30 or 00:59"
    assert found.place.line == 9


@pytest.mark.parametrize(
    "wrong", ["10 days", "10 days after at 12:00", "0 days before at 12:00", "D-10"]
)
def test_another_offset_is_refused_and_the_form_is_shown(
    paper: Paper, wrong: str
) -> None:
    paper.change("press.yaml", "links:", f"schedule: {{copy: {wrong}}}\nlinks:")

    [found] = paper.read_house().findings

    assert found.code == "manifest.time"
    assert "10 days before at 12:00" in (found.hint or "")


def test_an_hour_that_no_clock_shows_is_refused(paper: Paper) -> None:
    paper.change(
        "press.yaml", "links:", "schedule: {copy: 1 day before at 25:00}\nlinks:"
    )

    [found] = paper.read_house().findings

    assert found.message == "there is no 25:00 o'clock"


def test_a_new_edition_has_the_deadlines_written_out(paper: Paper) -> None:
    paper.change("press.yaml", "links:", PAPERS)

    written, *_ = new_edition(paper.root, "2024-10")

    text = written.read_text(encoding="utf-8")
    assert "  copy: 2024-09-20 12:00\n  legal: 2024-09-23 17:00\n" in text
    assert "  press: 2024-09-29 09:30\n  delivered: 2024-09-30 06:00\n" in text


def test_without_offsets_deadlines_move_with_the_day_of_sale(paper: Paper) -> None:
    given(paper, "  copy: 2024-08-21 18:00\n")

    written, *_ = new_edition(paper.root, "2024-10")

    assert "  copy: 2024-09-21 18:00\n" in written.read_text(encoding="utf-8")


def test_a_deadline_in_an_hour_that_is_skipped_is_an_hour_that_exists(
    paper: Paper,
) -> None:
    offset = "schedule: {copy: 30 days before at 01:30}\nlinks:"
    paper.change("press.yaml", "links:", offset)
    paper.change(E, "on_sale: 2024-08-30", "on_sale: 2024-03-30")

    written, *_ = new_edition(paper.root, "2024-10")  # on sale on 30 April

    assert "  copy: 2024-03-31 02:30\n" in written.read_text(encoding="utf-8")
    assert dt.date(2024, 4, 30) - dt.timedelta(days=30) == dt.date(2024, 3, 31)


def test_an_article_that_the_lawyer_must_read_is_told_until_it_is_read(
    paper: Paper,
) -> None:
    file = f"{FOLDER}/articles/salt-tax/index.md"
    paper.change(file, "title: The salt tax\n", "title: The salt tax\nlegal: needed\n")

    [found] = paper.findings()

    assert (found.code, found.place.line) == ("article.legal", 3)
    paper.change(file, "legal: needed", "legal: read")
    assert paper.findings() == ()
