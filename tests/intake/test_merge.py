"""Three-way: one side's changes are taken, both sides' are told and ours stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from press.intake.merge import changed, merge, parts_of

PARTS = st.lists(st.sampled_from(["a", "b", "c", "d e f", "d e g"]), max_size=8)


@given(PARTS, PARTS)
def test_what_only_one_side_changed_is_taken(base: list[str], other: list[str]) -> None:
    assert merge(base, base, other).parts == tuple(other)
    assert merge(base, other, base).parts == tuple(other)
    assert merge(base, other, other).parts == tuple(other)
    assert not merge(base, other, base).clashes


@given(PARTS, PARTS, PARTS)
def test_no_change_of_ours_is_lost(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    made = merge(base, ours, theirs)

    put_in = [part for part in ours if part not in base]
    assert all(part in made.parts for part in put_in)


@given(PARTS, PARTS, PARTS)
def test_nothing_is_doubled(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    made = merge(base, ours, theirs)

    for part in set(made.parts):
        most = ours.count(part) + theirs.count(part)
        assert made.parts.count(part) <= most


def test_neighbours_changed_by_either_side_are_both_taken() -> None:
    made = merge(["a", "b", "c"], ["a", "B", "c"], ["a", "b", "C"])

    assert made.parts == ("a", "B", "C")
    assert not made.clashes


def test_where_both_changed_the_same_ours_stands_and_theirs_is_told() -> None:
    made = merge(["a", "b", "c"], ["a", "B", "c"], ["a", "beta", "c", "d"])

    assert made.parts == ("a", "B", "c", "d")
    (clash,) = made.clashes
    assert (clash.ours, clash.theirs) == (("B",), ("beta",))
    assert made.came == ("d",)


def test_what_came_beside_a_clash_is_brought_in() -> None:
    was, mine, new = (
        "the owners wrote",
        "the mill's owners wrote",
        "the owners have written",
    )

    made = merge(["a", was], ["a", mine], ["a", new, "two men were held"])

    assert made.parts == ("a", mine, "two men were held")
    assert made.came == ("two men were held",)
    (clash,) = made.clashes
    assert clash.theirs == (new,)


def test_a_paragraph_that_moved_up_is_not_brought_in_again() -> None:
    mine = "the owners sent us a letter"

    made = merge(
        ["a", "b", "the owners sent a letter"],
        ["a", "b", mine],
        ["a", "the owners have sent a letter", "c"],
    )

    assert made.parts == ("a", mine, "c")
    assert made.gone == ("b",)


def test_what_a_person_changed_is_named() -> None:
    assert changed(["a", "b", "c"], ["a", "B"]) == ("B",)
    assert changed(["a", "b", "c"], ["a", "c"]) == ("b",)


def test_a_fence_is_one_part() -> None:
    text = "one\n\n```\na\n\nb\n```\n\n\ntwo"

    assert parts_of(text) == ("one", "```\na\n\nb\n```", "two")


def test_lines_end_as_they_did_and_code_keeps_its_blank_lines() -> None:
    text = "A line  \nof a poem  \n\n\n    code\n\n\n    more of it\n\nlast \n"

    assert parts_of(text) == (
        "A line  \nof a poem  ",
        "    code\n\n\n    more of it",
        "last ",
    )
