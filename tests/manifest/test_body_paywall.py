"""The paywall line: where it may stand, and what stands before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.intake.cut import cut_article
from press.intake.typography import set_article
from press.manifest.body import BodyRead, read_body
from press.manifest.read import read_article
from press.model.article import Article, Slug, WebUse
from press.model.copy import plain, runs_of
from press.model.finding import Finding, Severity
from tests.manifest.builders import Paper

LINE = "<!-- paywall -->"


def read(text: str) -> BodyRead:
    return read_body(text, file="index.md", first_line=1)


def said(found: BodyRead) -> list[Finding]:
    return [one for one in found.findings if one.code == "article.paywall"]


def open_words(found: BodyRead) -> str:
    assert found.paywall is not None
    blocks = found.copy.blocks[: found.paywall]
    return " ".join(plain(runs) for runs in runs_of(blocks))


def test_a_text_without_the_line_has_none() -> None:
    assert read("One.\n\nTwo.").paywall is None


@pytest.mark.parametrize("line", [LINE, "<!--paywall-->", "<!-- PAYWALL -->"])
def test_what_stands_above_the_line_is_open(line: str) -> None:
    found = read(f"One.\n\n- Two\n- Three\n\n{line}\n\nFour.\n\nFive.")

    assert open_words(found) == "One. Two Three"
    assert not found.findings


def test_the_line_prints_nothing() -> None:
    without = read("One.\n\nTwo.")

    found = read(f"One.\n\n{LINE}\n\nTwo.")

    texts = [plain(runs) for runs in runs_of(found.copy.blocks)]
    assert texts == [plain(runs) for runs in runs_of(without.copy.blocks)]


def test_no_blank_lines_are_needed_around_it() -> None:
    found = read(f"One.\n{LINE}\nTwo.")

    assert open_words(found) == "One."
    assert len(found.copy.blocks) == 2


def test_nothing_need_stand_above_it() -> None:
    found = read(f"{LINE}\n\nOne.")

    assert found.paywall == 0
    assert not said(found)


def test_a_line_with_nothing_behind_it_is_told() -> None:
    found = read(f"One.\n\n---\n\n{LINE}\n")

    assert found.paywall == 1
    (finding,) = said(found)
    assert finding.severity is Severity.WARNING
    assert finding.place.line == 5


def test_a_second_line_is_an_error_that_points_at_it() -> None:
    found = read(f"One.\n\n{LINE}\n\nTwo.\n\n{LINE}\n\nThree.")

    (finding,) = said(found)
    assert finding.severity is Severity.ERROR
    assert finding.place.line == 7
    assert "line 3" in finding.message
    assert open_words(found) == "One."


@pytest.mark.parametrize(
    "text",
    [
        f"- One\n\n  {LINE}\n\n- Two",
        f"> One\n>\n> {LINE}\n>\n> Two",
        f"::: facts Title\n\nOne\n\n{LINE}\n\nTwo\n:::",
        f"One[^1].\n\n[^1]: Note\n\n    {LINE}\n\n    more",
        f"One {LINE} two.",
        f"{LINE} two.",
        f"# Head {LINE}",
        f"| a |\n|---|\n| {LINE} |",
        "One.\n\n<!--\npaywall\n-->\n\nTwo.",
        "One.\n\n<!-- pay wall -->\n\nTwo.",
        "One.\n\n<!-- /paywall -->\n\nTwo.",
    ],
)
def test_a_line_that_stands_wrong_is_an_error_and_opens_nothing(text: str) -> None:
    found = read(text)

    (finding,) = said(found)
    assert finding.severity is Severity.ERROR
    assert finding.place.line
    assert finding.hint
    assert found.paywall is None


def test_the_line_in_a_listing_is_copy() -> None:
    found = read(f"One.\n\n```\n{LINE}\n```\n\n`{LINE}`")

    assert found.paywall is None
    assert LINE in [plain(runs) for runs in runs_of(found.copy.blocks)]
    assert not said(found)


def test_other_remarks_are_no_paywall() -> None:
    found = read("One.\n\n<!-- the paywall comes later -->\n\n<!-- more -->\n\nTwo.")

    assert found.paywall is None
    assert not found.findings


def test_a_heading_that_goes_with_dropped_contents_takes_nothing_paid_along() -> None:
    text = f"One.\n\n## Contents\n\n{LINE}\n\n- [Two](#two)\n- [Three](#three)\n\n## Two\n\nPaid.\n\n## Three\n\nPaid."

    found = read(text)

    assert open_words(found) == "One."


def test_a_picture_goes_with_the_block_before_it_and_never_leaves_the_paid_part() -> (
    None
):
    found = read(
        "![a](a.jpg)\n\nOne.\n\n![b](b.jpg)\n\n- item ![c](c.jpg)\n\n![d](d.jpg)\n\n"
        f"{LINE}\n\n![e](e.jpg)\n\nTwo ![f](f.jpg)."
    )

    blocks = {picture.file: picture.block for picture in found.pictures}
    assert blocks == {
        "a.jpg": 0,
        "b.jpg": 0,
        "c.jpg": 1,
        "d.jpg": 1,
        "e.jpg": 2,
        "f.jpg": 2,
    }
    assert found.paywall == 2


@given(
    st.lists(
        st.sampled_from(
            ['A "word" -- or 2.', "- one\n- two", "## Head", "> said", "---", "`x`"]
        ),
        min_size=1,
        max_size=8,
    ),
    st.integers(0, 8),
)
def test_typography_and_cuts_keep_the_line_where_it_was(
    parts: list[str], at: int
) -> None:
    at = min(at, len(parts))
    above, below = parts[:at], parts[at:]
    found = read("\n\n".join([*above, LINE, *below]))
    alone = read("\n\n".join(above))
    assert found.paywall is not None
    article = Article(slug=Slug("x"), title="X", body=found.copy, paywall=found.paywall)

    polished = set_article(article)
    cut = cut_article(polished, 3)

    def kinds(blocks: object) -> list[str]:
        assert isinstance(blocks, tuple)
        return [type(block).__name__ for block in blocks]

    wanted = kinds(alone.copy.blocks)
    shown = kinds(polished.body.blocks[: polished.paywall])
    assert shown[: len(wanted)] == wanted
    assert set(shown[len(wanted) :]) <= {"Separator"}
    assert cut.paywall is not None
    assert cut.paywall <= len(cut.body.blocks)


def front(paper: Paper, settings: str, text: str) -> tuple[Article, list[Finding]]:
    paper.write(
        "editions/2024-09/articles/salt-tax/index.md",
        f"---\ntitle: The salt tax\n{settings}---\n\n{text}\n",
    )
    made = read_article(paper.root, "2024-09", "salt-tax")
    assert made.value is not None
    return made.value, [f for f in made.findings if f.code == "article.paywall"]


def test_an_article_is_on_no_web_page_and_open_to_everybody_unless_it_says_so(
    paper: Paper,
) -> None:
    article, _ = front(paper, "", "One.")

    assert article.web is WebUse.NONE
    assert not article.members_only


def test_a_members_article_knows_how_much_is_open(paper: Paper) -> None:
    article, said = front(
        paper, "web: full\naccess: members\n", f"One.\n\n{LINE}\n\nTwo."
    )

    assert article.web is WebUse.FULL
    assert article.members_only
    assert article.paywall == 1
    assert not said


def test_the_line_in_an_open_article_is_told(paper: Paper) -> None:
    _, said = front(paper, "access: everybody\n", f"One.\n\n{LINE}\n\nTwo.")

    (finding,) = said
    assert finding.severity is Severity.WARNING
    assert "means nothing" in finding.message
