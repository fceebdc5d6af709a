from __future__ import annotations

from press.measure.teaser import measure_teaser
from press.model.galley import LineEnd
from tests.builders import LAYOUT, a_composer, an_article


def words(lines: tuple[object, ...]) -> list[str]:
    return [line.html for line in lines]  # type: ignore[attr-defined]


def test_an_entry_and_its_blurb_fill_the_narrowest_column_inside_its_panel() -> None:
    """190 pt less 14 pt are seventeen letters."""
    article = an_article(
        title="Paper mill is shut", standfirst="One after another they go"
    )

    found = measure_teaser(article, LAYOUT, a_composer())

    assert words(found.entry) == ["Paper mill is", "shut"]
    assert words(found.blurb) == ["One after another", "they go"]


def test_a_puff_has_the_words_share_of_a_third_of_the_page() -> None:
    """590 pt less four gutters of 10 pt are 183 pt each; 0.61 are eleven letters."""
    found = measure_teaser(an_article(title="Paper mills fall"), LAYOUT, a_composer())

    assert words(found.puff) == ["Paper mills", "fall"]


def test_both_headlines_are_set_the_printed_one_first_and_without_standfirst_no_blurb() -> (
    None
):
    article = an_article(title="Paper mills close again", short_headline="Mills close")

    found = measure_teaser(article, LAYOUT, a_composer())

    assert words(found.entry) == ["Paper mills close", "again", "Mills close"]
    ends = [line.end for line in found.entry]
    assert ends == [LineEnd.WORD, LineEnd.PARAGRAPH, LineEnd.PARAGRAPH]
    assert found.blurb == ()
