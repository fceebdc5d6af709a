"""Two pages of 38 lines and three columns have 228 lines of room."""

from __future__ import annotations

from press.flatplan.diagnose import explain
from press.flatplan.section import solve
from press.model.finding import Finding, Severity
from press.model.furniture import Figure
from tests.flatplan.builders import Story, a_panel, a_photo, a_story, a_task


def finding(*stories: Story) -> Finding:
    task = a_task(stories)
    assert solve(task) is None
    (found,) = explain(task)
    assert found.severity is Severity.ERROR
    assert found.hint is not None
    return found


def story(name: str, lines: int, *figures: Figure, **changes: int) -> Story:
    return a_story(name, lines, *figures, jump=0, **changes)


def test_too_much_copy_says_by_how_many_lines_and_words() -> None:
    """Heads take three lines at least: 123 + 83 + 53 = 259, 31 more than there are."""
    found = finding(story("a", 120), story("b", 80, priority=2), story("c", 50))

    assert found.code == "plan.overset"
    assert "News (pages 2–3) is overset" in found.message
    assert "cut about 31 column lines (124 words)" in found.message


def test_too_much_copy_names_the_cheapest_remedies() -> None:
    found = finding(story("a", 120), story("b", 80, priority=2), story("c", 50))

    assert found.hint == (
        "write cut: 356 at “a”; or priority: 4 at “c” lets it be held over; "
        "or give the section another page"
    )


def test_panels_take_room_and_what_may_be_held_over_does_not() -> None:
    """A panel of one column and eight lines is eight more; the rest may be left out."""
    found = finding(
        story("a", 120, a_panel()),
        story("b", 100, priority=2),
        story("low", 200, priority=4),
    )

    # 123 + 103 + 8 = 234 of 228 lines
    assert "cut about 6 column lines (24 words)" in found.message


def test_too_little_copy_says_how_much_is_missing() -> None:
    """Text 40 and 50, heads of 3 × 3 lines each, a photograph of 30 + 2 lines by three.

    40 + 50 + 9 + 9 + 96 = 204 lines; 228 - 204 = 24 are missing, 4 words each.
    """
    found = finding(story("a", 40, a_photo()), story("b", 50))

    assert found.code == "plan.underset"
    assert "about 24 column lines (96 words) are missing" in found.message
    assert "add an article" in str(found.hint)


def test_copy_of_the_right_length_that_no_arrangement_fits_names_pins_and_columns() -> (
    None
):
    found = finding(
        story("a", 90, a_photo(), page=2),
        story("b", 30, columns=1),
        story("c", 60, page=2),
    )

    assert found.code == "plan.no-fit"
    assert "180 column lines for 228 lines of room" in found.message
    assert "take away page: at a, c" in str(found.hint)
    assert "take away columns: at b" in str(found.hint)


def test_one_page_is_named_as_one() -> None:
    task = a_task([story("a", 200)], pages=a_task([]).pages[:1])

    (found,) = explain(task)

    assert "News (page 2)" in found.message
