"""Articles are put into a manifest and taken out: every other byte stays her own."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.manifest.amend import Unclear, put_in, take_out
from press.manifest.source import decode
from press.manifest.yaml import read_tree

COMMENTS = ("", "  # the lead", "   # held over, see mail")
NAMES = ("salt-tax", "penny-post", "mills", "no", "2024", "leader")


def plain(text: str) -> object:
    source = decode(text.encode(), file="edition.yaml").value
    assert source is not None
    tree = read_tree(source).value
    assert tree is not None
    return tree.plain()


def articles(text: str, section: int) -> tuple[object, ...]:
    data = plain(text)
    assert isinstance(data, dict)
    return tuple(data["print"]["sections"][section].get("articles") or ())


@st.composite
def sections(draw: st.DrawFn) -> list[str]:
    """Return the lines of a section, laid out in any of the ways that editors have."""
    indent = draw(st.sampled_from(["    ", "  ", ""]))
    inner = indent + "  "
    names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
    comment = draw(st.sampled_from(COMMENTS))
    head = f"{indent}- section: News{comment}"
    way = draw(
        st.sampled_from(
            ["lines", "level", "brackets", "braces", "last", "none", "empty"]
        )
    )
    if way == "none":
        return [head]
    if way == "empty":
        return [head, f"{inner}articles:{comment}"]
    if way == "brackets" or not names:
        space = draw(st.sampled_from(["", " "]))
        inside = ", ".join(names)
        return [head, f"{inner}articles: [{space}{inside}{space}]{comment}"]
    if way == "braces":
        inside = ", ".join(names)
        return [f"{indent}- {{section: News, articles: [{inside}]}}{comment}"]
    dash = inner if way == "level" else inner + draw(st.sampled_from(["  ", " "]))
    lines = [head]
    lists = [f"{inner}articles:{comment}"]
    for name in names:
        if draw(st.booleans()):
            lists.append(f"{dash}# before {name}")
        lists += draw(
            st.sampled_from(
                [
                    [f"{dash}- {name}{comment}"],
                    [f"{dash}- {{article: {name}, priority: 2}}{comment}"],
                    [f"{dash}- article: {name}{comment}", f'{dash}  headline: "A # b"'],
                    [
                        f"{dash}- article: {name}",
                        f"{dash}  standfirst: >-",
                        f"{dash}    Two",
                        "",
                        f"{dash}    lines",
                    ],
                ]
            )
        )
    if way == "last":
        return [*lines, f"{inner}pages: 2-3{comment}", *lists]
    return [*lines, *lists, f"{inner}pages: 2-3{comment}"]


@st.composite
def manifests(draw: st.DrawFn) -> tuple[str, int]:
    """Return a manifest and the number of a section in it."""
    count = draw(st.integers(1, 3))
    blank = st.sampled_from(
        [[], [""], ["# a line of her own"], ["", "  # indented", ""]]
    )
    one = draw(sections())
    lines = ["press: 1", *draw(blank), "print:", "  layout: tabloid", "  sections:"]
    for number in range(count):
        body = draw(sections()) if number else one
        own = body[0][: body[0].index("-")]
        lines += ["    " + line[len(own) :] if line else line for line in body]
        lines += draw(blank)
    lines += draw(st.sampled_from([[], ["# the end"], ["edition: {id: 2024-09}"]]))
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    text = ending.join(lines) + draw(st.sampled_from(["", ending]))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return mark + text, draw(st.integers(0, count - 1))


def taken_away(before: str, after: str) -> list[str]:
    """Return the lines of a text that another one does not have in their place."""
    told = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line[2:] for line in told if line.startswith("- ")]


@settings(max_examples=60, deadline=None)
@given(manifests())
def test_an_article_put_in_changes_the_list_and_nothing_else(
    made: tuple[str, int],
) -> None:
    text, section = made
    old = articles(text, section)

    new = put_in(text, section, "{article: candle, priority: 2}")

    assert articles(new, section) == (*old, {"article": "candle", "priority": "2"})
    changed = taken_away(text, new)
    assert len(changed) <= 1
    assert all("[" in line or "{" in line for line in changed)
    breaks = {"\r\n": new.count("\r\n") == new.count("\n"), "\n": "\r" not in new}
    assert breaks["\r\n" if "\r\n" in text else "\n"] or "\n" not in text
    assert new.startswith("\ufeff") == text.startswith("\ufeff")


@settings(max_examples=40, deadline=None)
@given(manifests(), st.data())
def test_what_was_put_in_is_taken_out_again_and_nothing_is_left_of_it(
    made: tuple[str, int], data: st.DataObject
) -> None:
    text, section = made
    first = put_in(text, section, "candle")
    second = put_in(first, section, "wick")

    out = take_out(second, section, len(articles(second, section)) - 1)

    assert out.rstrip("\r\n") == first.rstrip("\r\n")


@settings(max_examples=40, deadline=None)
@given(manifests(), st.data())
def test_an_article_taken_out_takes_no_other_along(
    made: tuple[str, int], data: st.DataObject
) -> None:
    text, section = made
    old = articles(text, section)
    if not old:
        return
    number = data.draw(st.integers(0, len(old) - 1))

    new = take_out(text, section, number)

    assert articles(new, section) == (*old[:number], *old[number + 1 :])
    assert [c for c in new.splitlines() if c.lstrip().startswith("#")] == [
        c for c in text.splitlines() if c.lstrip().startswith("#")
    ]


HEAD = "press: 1\nprint:\n  layout: tabloid\n  sections:\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "    - section: News\n      articles: []          # in order\n",
            "    - section: News\n      articles:           # in order\n        - wick\n",
        ),
        (
            "    - section: News\n      articles:\n        - mills  # first\n        # end\n",
            "    - section: News\n      articles:\n        - mills  # first\n        - wick\n        # end\n",
        ),
        (
            "    - section: News\n      articles: [mills, salt]\n",
            "    - section: News\n      articles: [mills, salt, wick]\n",
        ),
        (
            "    - section: News\n      articles: [\n        mills,\n      ]\n",
            "    - section: News\n      articles: [\n        mills, wick,\n      ]\n",
        ),
        ("    - section: News", "    - section: News\n      articles:\n        - wick"),
        (
            "    - section: News\n      articles:\n      pages: 2\n",
            "    - section: News\n      articles:\n        - wick\n      pages: 2\n",
        ),
        (
            "    - section: News\n      template:\n\n    - section: World\n",
            "    - section: News\n      template:\n      articles:\n        - wick\n\n    - section: World\n",
        ),
        ("    - {section: News}\n", "    - {section: News, articles: [wick]}\n"),
    ],
)
def test_a_list_keeps_the_form_that_it_has(before: str, after: str) -> None:
    new = put_in(HEAD + before, 0, "wick")

    assert new == HEAD + after


def test_a_section_that_is_not_there_is_no_place() -> None:
    with pytest.raises(Unclear):
        put_in(HEAD + "    - section: News\n", 3, "wick")


def test_what_cannot_be_read_is_not_changed() -> None:
    with pytest.raises(Unclear):
        put_in(HEAD + "    - section: News\t# a tab\n", 0, "wick")
