"""The plain-text part is made from the articles."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.digest.compose import Composer
from press.digest.text import TextView, compose_text
from press.digest.wrap import WIDTH, wrap
from press.model.copy import Copy, Mark, Paragraph, Run
from tests.digest.builders import a_house, a_plan, an_article, an_edition, loose, marked


def text_view(*runs: Run, note: str = "") -> TextView:
    body = Copy(blocks=(Paragraph(runs=runs),))
    articles = (an_article("taxes"), an_article("post", standfirst="", body=body))
    plan = a_plan(sections=(loose(articles[1].slug),), note=note)
    view = (
        Composer(edition=an_edition(articles), plan=plan, house=a_house())
        .compose()
        .value
    )
    assert view is not None
    return compose_text(view)


def test_links_are_numbered_through_the_digest_and_listed_under_their_article() -> None:
    view = text_view(
        Run(text="See "),
        marked("the Act", link="https://a.example/act"),
        Run(text=" and "),
        marked("its ", link="https://b.example/"),
        marked("notes", Mark.EMPHASIS, link="https://b.example/"),
        Run(text=", and the "),
        marked("Act", link="https://a.example/act"),
        Run(text=" again."),
    )

    story = view.sections[0].stories[0]
    assert story.teaser == "See the Act [3] and its notes [4], and the Act [3] again."
    assert [(r.number, r.address.partition("?")[0]) for r in story.references] == [
        (2, "https://quoin.example/2024/08/post"),
        (3, "https://a.example/act"),
        (4, "https://b.example/"),
    ]


def test_a_link_that_is_no_web_address_is_words_only() -> None:
    view = text_view(marked("here", link="javascript:alert(1)"))

    assert view.sections[0].stories[0].teaser == "here"
    assert len(view.sections[0].stories[0].references) == 1


def test_the_note_keeps_its_paragraphs() -> None:
    view = text_view(Run(text="x"), note="One\nline.\n\n  Two.  \n\n\n")

    assert view.note == ("One line.", "Two.")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ""),
        ("  one  two ", "one two"),
        ("a " * 40, "a " * 35 + "a\na a a a"),
        ("x" * 100, "x" * 100),
        ("see https://a.example/" + "x" * 80 + " there", None),
        ("新" * 40, "新" * 36 + "\n" + "新" * 4),
        ("é" * 72, "é" * 72),
        ("e\u0301" * 72 + " x", "e\u0301" * 72 + "\nx"),
    ],
)
def test_text_is_wrapped_by_cells(text: str, lines: str | None) -> None:
    expected = lines if lines is not None else text.replace(" ", "\n")

    assert wrap(text) == expected


@given(st.text())
def test_wrapping_loses_nothing_but_space(text: str) -> None:
    assert "".join(wrap(text).split()) == "".join(text.split())


@given(st.lists(st.text(alphabet="abcdefg", min_size=1, max_size=30)))
def test_no_line_is_wider_than_the_measure(words: list[str]) -> None:
    lines = wrap(" ".join(words)).split("\n")

    assert all(len(line) <= WIDTH for line in lines)
    assert all(
        len(line) + 1 + len(after.split()[0]) > WIDTH for line, after in pairwise(lines)
    )


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2007"])
def test_a_line_does_not_break_where_the_writer_forbids_it(blank: str) -> None:
    words = f"No.{blank}67 and page{blank}4"

    assert wrap(words, width=9) == f"No.{blank}67\nand\npage{blank}4"
