"""What the replica's readers may touch, and the threads of articles."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from press.compose.forme import Forme
from press.compose.hotspots import find_beads, find_hotspots
from press.compose.view import PageView, Rect
from press.model.copy import Copy, Note, Paragraph, Run
from press.model.press import Hotspot
from tests.compose.paper import AD, SENTENCE, Paper, a_house, an_article

TAX = "https://lamp.example/tax"
WORDS = (
    Run(text=SENTENCE * 6),
    Run(text="What the salt tax cost the town", link=TAX),
    Run(text=" is told elsewhere. " + SENTENCE * 4),
)


def a_linked_paper() -> Paper:
    paper = Paper()
    leader = an_article("leader", body=Copy(blocks=(Paragraph(runs=WORDS),)))
    imprint = replace(
        a_house().imprint,
        contact=("Letters: letters@lamp.example", "Telephone 020 7946 0167"),
        notices=("See lamp.example and www.ipso.example/code.",),
    )
    articles = {**paper.articles, "leader": leader}
    return Paper(articles=articles, house=a_house(imprint=imprint))


@lru_cache(maxsize=1)
def made() -> tuple[Forme, tuple[PageView, ...], tuple[Hotspot, ...]]:
    paper = a_linked_paper()
    forme, views = paper.forme(), tuple(paper.views())
    return forme, views, find_hotspots(forme, views)


def spots(page: int, says: str = "") -> list[Hotspot]:
    return [one for one in made()[2] if one.page == page and says in one.says]


def is_on(spot: Hotspot, rect: Rect) -> bool:
    own = (spot.left, spot.top, spot.width, spot.height)
    return own == (rect.left.pt, rect.top.pt, rect.width.pt, rect.height.pt)


def test_jump_lines_lead_both_ways() -> None:
    _, views, _ = made()
    begins, goes_on = views[0].articles[0], views[2].articles[0]
    assert begins.jump_rect is not None
    assert goes_on.kicker_rect is not None

    (onward,) = spots(1, "Continued on")
    (back,) = spots(3, "From page")

    assert (onward.says, back.says) == (
        "Continued on page 3: The story of salt",
        "From page 1: The story of salt",
    )
    assert (onward.to_page, onward.to_top) == (3, goes_on.rect.top.pt)
    assert (back.to_page, back.to_top) == (1, begins.rect.top.pt)
    assert is_on(onward, begins.jump_rect)
    assert is_on(back, goes_on.kicker_rect)
    assert onward.article == back.article == "salt"


def test_a_kicker_of_the_papers_own_leads_nowhere() -> None:
    assert [one.to_page for one in spots(1) if one.article] == [3]


def test_puffs_and_contents_lead_to_the_top_of_their_articles() -> None:
    _, views, _ = made()
    front = views[0]
    assert front.contents is not None
    teasers = [*front.puffs, *front.contents.entries]
    found = spots(1, "Page ")

    assert len(found) == len(teasers) > 1
    for spot, teaser in zip(found, teasers, strict=True):
        (article,) = (
            one for one in views[teaser.page - 1].articles if one.id == teaser.article
        )
        assert is_on(spot, teaser.rect)
        assert (spot.to_page, spot.to_top) == (teaser.page, article.rect.top.pt)
        assert spot.says == f"Page {teaser.page}: The story of {teaser.article}"
        assert (spot.article, spot.url) == ("", "")


def test_a_house_ad_leads_where_its_code_leads() -> None:
    _, views, _ = made()

    (spot,) = spots(4, AD.button)

    assert spot.url == AD.url
    assert spot.says == "Subscribe for £39: lamp.example/subscribe"
    assert is_on(spot, views[3].ads[0].rect)


def test_the_imprints_addresses_lead_to_mail_and_web() -> None:
    _, views, _ = made()
    assert views[3].imprint is not None
    place = views[3].imprint.rect

    found = [one for one in spots(4) if not one.article and one.url != AD.url]

    assert [(one.url, one.says) for one in found] == [
        ("mailto:letters@lamp.example", "Write to letters@lamp.example"),
        ("https://lamp.example", "lamp.example"),
        ("https://www.ipso.example/code", "www.ipso.example/code"),
    ]
    for one in found:
        assert place.top.pt < one.top < place.top.pt + place.height.pt
        assert place.left.pt <= one.left < place.left.pt + place.width.pt


def test_linked_words_lead_from_every_line_they_stand_on() -> None:
    forme, views, _ = made()
    (article,) = views[3].articles
    leading = forme.layout.leading.pt

    found = [one for one in spots(4) if one.url == TAX]

    assert found
    for one in found:
        (frame,) = (
            f.rect
            for f in article.frames
            if f.rect.left.pt - 0.1 <= one.left
            and one.left + one.width <= f.rect.left.pt + f.rect.width.pt + 0.1
        )
        lines = (one.top - frame.top.pt) / leading
        assert abs(lines - round(lines)) < 0.001
        assert 0 <= lines < frame.height.pt / leading
        assert (one.height, one.article) == (leading, "leader")


def test_an_articles_short_address_leads_where_it_says() -> None:
    short = "https://lamp.example/r/1"
    notes = (Note(number=1, blocks=(Paragraph(runs=(Run(text=SENTENCE * 3),)),)),)
    words = Paragraph(runs=(Run(text=SENTENCE),))
    leader = an_article("leader", body=Copy(blocks=(words,), notes=notes))
    paper = Paper(articles={**Paper().articles, "leader": leader}, leader_address=short)
    forme, views = paper.forme(), paper.views()

    found = [one for one in find_hotspots(forme, views) if one.url == short]

    (code,) = found
    frame, leading = views[3].articles[0].frames[0].rect, forme.layout.leading.pt
    depth = forme.measured["leader"].galley.lines * leading
    assert (code.page, code.article) == (4, "leader")
    assert (code.left, code.width) == (frame.left.pt, frame.width.pt)
    assert code.height >= 4 * leading
    assert code.top + code.height == pytest.approx(frame.top.pt + depth)


def test_beads_are_the_columns_of_each_article_across_its_pages() -> None:
    forme, views, _ = made()

    beads = find_beads(forme, views)

    order = list(dict.fromkeys(bead.article for bead in beads))
    assert order == [
        f"The story of {one}" for one in ("salt", "mills", "post", "leader")
    ]
    salt = [bead for bead in beads if bead.article == "The story of salt"]
    frames = [
        (page.number, frame.rect.left.pt, frame.rect.top.pt)
        for page in (views[0], views[2])
        for article in page.articles
        if article.id == "salt"
        for frame in article.frames
    ]
    assert [(bead.page, bead.left, bead.top) for bead in salt] == frames
    assert {bead.page for bead in salt} == {1, 3}
