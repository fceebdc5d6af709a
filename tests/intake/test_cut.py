"""An article is cut from the end; what stood only in the cut text goes with it."""

from __future__ import annotations

import pytest

from press.intake.cut import cut_article
from press.model.copy import Copy, Mark, Paragraph, Run
from tests.builders import an_article, paragraph

EMPHASIS = frozenset({Mark.EMPHASIS})
KEPT = Paragraph(
    runs=(
        Run(text="Salt was "),
        Run(text="taxed", marks=EMPHASIS),
        Run(text="1", note=1),
        Run(text=" by the \u201cbushel\u201d, not the pound."),
    )
)
GONE = paragraph("The tax was dropped in 1825, and nobody wept.")


@pytest.mark.parametrize(
    ("quote", "stays"),
    [
        ("Salt was taxed by the bushel, not the pound", True),
        ("\u2018Salt was taxed by the \u2018bushel\u2019\u2019", True),
        ("Salt  was *taxed*", True),
        ("The tax was dropped in 1825", False),
        ("nobody wept", False),
        ("Words that never stood there", True),
    ],
)
def test_a_pull_quote_goes_with_the_words_it_repeats(quote: str, stays: bool) -> None:
    article = an_article("salt", KEPT, GONE, pull_quotes=(quote,))

    cut = cut_article(article, 9)

    assert cut.body == Copy(blocks=(KEPT,))
    assert cut.pull_quotes == ((quote,) if stays else ())


def test_an_article_that_is_short_enough_keeps_everything() -> None:
    article = an_article("salt", KEPT, GONE, pull_quotes=("nobody wept",))

    assert cut_article(article, 400) == article
