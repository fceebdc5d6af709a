"""A small layout in a square font, and copy for it: sums a reader can do in their head.

Every letter is as wide as its type is large. Type is 10 pt on 10 pt, a column 190 pt:
19 letters, so four words of four letters fill a line exactly.

    columns   1    2    3
    points   190  390  590
    letters   19   39   59

A page has 40 lines of three columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from press.measure.composer import Composer
from press.model.article import Article, Picture, Slug
from press.model.copy import Block, Copy, Note, Paragraph, Run
from press.model.layout import (
    AdDesign,
    Furniture,
    Grid,
    Head,
    HeadlineScale,
    Layout,
    Margins,
    SectionStyle,
    Template,
    TextSettings,
)
from press.model.length import ZERO, Length
from press.model.package import Package
from press.model.printer import PageCount, PressProfile, Printer, Smallest
from press.model.type import Cut, FaceMetrics, TextAlign, TypeStyle

EM = 10.0
COLUMN, GUTTER, COLUMNS, LINES = 190.0, 10.0, 3, 40


class SquareFont:
    """A font whose every letter is a square; it has no letters of other scripts."""

    def advances(self, text: str, cut: Cut) -> Sequence[float]:
        return [cut.size.pt] * len(text)

    def metrics(self, cut: Cut) -> FaceMetrics:
        return FaceMetrics(
            ascent=cut.size * 0.8,
            descent=cut.size * 0.2,
            cap_height=cut.size * 0.7,
            x_height=cut.size * 0.5,
        )

    def missing(self, text: str, families: Sequence[str]) -> Sequence[str]:
        return list(dict.fromkeys(one for one in text if ord(one) > 0x24F))


class Divider:
    """Divides the words it was given, where they are marked: "news-paper"."""

    def __init__(self, *words: str) -> None:
        self._words = {word.replace("-", ""): word.split("-") for word in words}

    def points(self, word: str, lang: str) -> Sequence[int]:
        parts = self._words.get(word, [word])
        return [len("".join(parts[:n])) for n in range(1, len(parts))]


def a_style(name: str, size: float = EM, **changes: Any) -> TypeStyle:
    return TypeStyle(
        **{
            "name": name,
            "family": "Square",
            "size": Length(size),
            "leading": Length(size),
            **changes,
        }
    )


_STYLES = (
    a_style("body", align=TextAlign.JUSTIFY),
    a_style("drop-cap", 30),
    *(
        a_style(name)
        for name in (
            *("crosshead", "crosshead-2", "quote-credit", "signature", "contributor"),
            *("listing", "code", "table", "table-head", "headline", "brief-head"),
            *(
                "kicker",
                "standfirst",
                "byline",
                "caption",
                "quote",
                "panel",
                "panel-title",
            ),
            *("entry", "blurb", "puff", "imprint", "ad-head", "ad-text"),
        )
    ),
    a_style("note", 5, leading=Length(8)),
    a_style("ad-head-poster", 40),
)

SCALE = HeadlineScale(
    sizes=((40.0, 20.0), (20.0, 10.0), (20.0, 10.0), (10.0,), (10.0,)),
    lines=((1, 4), (1, 3), (1, 2)),
    leading=1.0,
)


def a_template(name: str = "news", **changes: Any) -> Template:
    return Template(
        **{
            "name": name,
            "grid": "news",
            "headline": "headline",
            "scale": SCALE,
            "heads": (Head.OVER, Head.UNDER, Head.SIDE),
            "pictures": 2,
            "quotes": 1,
            **changes,
        }
    )


def a_printer(**changes: Any) -> Printer:
    small = Smallest(positive=ZERO, reversed=ZERO, several=ZERO)
    return Printer(
        **{
            "width": Length(590),
            "height": Length(EM * LINES),
            "type_width": Length(590),
            "type_height": Length(EM * LINES),
            "profile": PressProfile(name="press-newsprint", condition="TEST"),
            "type": small,
            "lines": small,
            "count": PageCount(least=2, most=96, signature=2),
            **changes,
        }
    )


def a_layout(**changes: Any) -> Layout:
    return Layout(
        **{
            "name": "square",
            "folder": "layouts/square",
            "width": Length(590),
            "height": Length(EM * LINES),
            "margins": Margins(top=ZERO, right=ZERO, bottom=ZERO, left=ZERO),
            "leading": Length(EM),
            "gap": 2,
            "grids": (
                Grid(
                    name="news",
                    columns=COLUMNS,
                    column=Length(COLUMN),
                    gutter=Length(GUTTER),
                    body="body",
                ),
            ),
            "faces": (),
            "styles": _STYLES,
            "palette": (),
            "printer": a_printer(),
            "text": TextSettings(
                indent=Length(EM),
                list_indent=Length(2 * EM),
                quote_indent=Length(2 * EM),
                tracking=0.0,
            ),
            "furniture": Furniture(
                folio=2, masthead=6, puffs=0, contents=(8, 34), imprint=4
            ),
            "ads": (
                AdDesign(
                    name="strip",
                    least=6,
                    most=15,
                    words=0.6,
                    head="ad-head",
                    text="ad-text",
                ),
                AdDesign(
                    name="poster",
                    least=16,
                    most=40,
                    words=0.8,
                    head="ad-head-poster",
                    text="ad-text",
                ),
            ),
            "templates": (
                a_template(),
                a_template(
                    "brief",
                    group=True,
                    flag="In brief",
                    pictures=0,
                    quotes=0,
                    heads=(Head.OVER,),
                    most_columns=2,
                ),
            ),
            "sections": (
                SectionStyle(name="*", template="news", brief="brief", flag=3),
            ),
            **changes,
        }
    )


LAYOUT = a_layout()
GRID, TEMPLATE = LAYOUT.grid("news"), LAYOUT.template("news")


def a_composer(layout: Layout = LAYOUT, *divided: str) -> Composer:
    return Composer(layout, SquareFont(), Divider(*divided))


def four_letter_words(count: int) -> str:
    """Return words of four letters: four of them fill a line of a column."""
    return " ".join(["word"] * count)


def paragraph(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text=text),))


def a_picture(**changes: Any) -> Picture:
    return Picture(**{"file": "images/press.jpg", "pixels": (4000, 2000), **changes})


def an_article(
    slug: str = "taxes",
    *blocks: Block,
    words: int = 0,
    notes: Iterable[Note] = (),
    **changes: Any,
) -> Article:
    """Make an article of these blocks, or of one paragraph of four-letter words."""
    if words:
        blocks = (*blocks, paragraph(four_letter_words(words)))
    copy = Copy(blocks=blocks, notes=tuple(notes))
    return Article(**{"slug": Slug(slug), "title": slug, "body": copy, **changes})


def a_package(*articles: Article, **changes: Any) -> Package:
    return Package(
        **{
            "id": str(articles[0].slug),
            "section": "News",
            "template": "news",
            "grid": "news",
            "priority": 3,
            "articles": articles,
            **changes,
        }
    )
