"""How the front page leads to an article inside: contents panel and puffs."""

from __future__ import annotations

from itertools import chain

from press.measure.composer import Composer, Room
from press.model.article import Article
from press.model.copy import Run
from press.model.furniture import (
    PANEL_PT,
    PUFF_GUTTERS,
    PUFF_WORDS,
    PUFFS,
    TeaserShape,
)
from press.model.galley import GalleyLine
from press.model.layout import Layout


def measure_teaser(article: Article, layout: Layout, composer: Composer) -> TeaserShape:
    """Return an article's lines on the front page.

    Every headline it may bear inside is set, the printed one first, then the short
    one: the flatplan chooses. Each ends with the end of a paragraph.
    """
    inside = layout.narrowest.pt - 2 * PANEL_PT
    between = layout.grids[0].gutter.pt * PUFF_GUTTERS * (PUFFS - 1)
    puff = (layout.area.pt - between) / PUFFS * PUFF_WORDS

    def lines(text: str, style: str, width: float) -> tuple[GalleyLine, ...]:
        return composer.lines(
            (Run(text=text),),
            layout.style(style),
            Room(width=width),
            article.lang,
            divide=False,
        )

    titles = tuple(filter(None, (article.printed_headline, article.short_headline)))
    return TeaserShape(
        entry=tuple(chain(*(lines(title, "entry", inside) for title in titles))),
        blurb=lines(article.standfirst, "blurb", inside) if article.standfirst else (),
        puff=tuple(chain(*(lines(title, "puff", puff) for title in titles))),
    )
