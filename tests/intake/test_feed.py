"""Feeds of three kinds: whole texts are taken, beginnings are told."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from press.intake.feed import read_feed
from press.model.finding import Checked
from press.model.story import Story
from press.model.wanted import Wanted

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Lamp</title><link>https://lamp.example/</link>
<item><title>The salt tax</title><link>https://lamp.example/2024/08/salt-tax/</link>
<guid>https://lamp.example/?p=7</guid><dc:creator>Ada Marsh</dc:creator>
<pubDate>Mon, 12 Aug 2024 09:30:00 +0000</pubDate><category>News</category>
<category>tax</category><description>Paid twice [&#8230;]</description>
<content:encoded><![CDATA[<p>Salt was <em>dear</em>.</p>
<p><img src="/pan.jpg" alt="A pan"></p>]]></content:encoded></item>
<item><title>Only a beginning</title><link>https://lamp.example/b/</link>
<guid>8</guid><description>It began so [&#8230;]</description></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>The Lamp</title>
<link href="https://lamp.example/"/><id>urn:lamp</id>
<entry><title type="html">The &lt;i&gt;salt&lt;/i&gt; tax</title><id>urn:lamp:7</id>
<link rel="alternate" href="https://lamp.example/2024/08/salt-tax/"/>
<author><name>Ada Marsh</name></author><published>2024-08-12T09:30:00Z</published>
<updated>2024-08-13T09:30:00Z</updated>
<category term="News"/>%s</entry></feed>"""
HTML = '<content type="html">&lt;p&gt;Salt was &lt;em&gt;dear&lt;/em&gt;.&lt;/p&gt;</content>'
XHTML = (
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
    "<p>Salt was <em>dear</em>.</p></div></content>"
)

PREFIXED = (
    '<content type="xhtml" xmlns:x="http://www.w3.org/1999/xhtml"><x:div>'
    "<x:p>Salt was <x:em>dear</x:em>.</x:p></x:div></content>"
)

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Lamp",
    "home_page_url": "https://lamp.example/",
    "items": [
        {
            "id": "7",
            "url": "https://lamp.example/2024/08/salt-tax/",
            "title": "The salt tax",
            "content_html": "<p>Salt was <em>dear</em>.</p>",
            "date_published": "2024-08-12T09:30:00Z",
            "authors": [{"name": "Ada Marsh"}],
            "tags": ["News"],
        }
    ],
}


def read(text: str, wanted: Wanted | None = None) -> Checked[tuple[Story, ...]]:
    return read_feed(text.encode(), name="feed.xml", wanted=wanted or Wanted())


@pytest.mark.parametrize(
    "text",
    [RSS, ATOM % HTML, ATOM % XHTML, ATOM % PREFIXED, json.dumps(JSON_FEED)],
    ids=["RSS", "Atom with HTML", "Atom with XHTML", "Atom with names", "JSON Feed"],
)
def test_a_feed_of_any_kind_gives_the_same_article(text: str) -> None:
    found = read(text)

    assert found.value is not None, found.findings
    (story,) = found.value
    assert story.title == "The salt tax"
    assert story.byline == ("Ada Marsh",)
    assert story.date == dt.date(2024, 8, 12)
    assert story.section == "News"
    assert story.slug == "salt-tax"
    assert story.origin.url == "https://lamp.example/2024/08/salt-tax/"
    assert story.pieces[0].markdown == "Salt was *dear*."
    assert story.words == sum(piece.words for piece in story.pieces)


def test_pictures_are_seen_from_the_article() -> None:
    found = read(RSS)

    assert found.value is not None
    (picture,) = found.value[0].pieces[1].pictures
    assert picture.addresses[0] == "https://lamp.example/pan.jpg"


def test_a_beginning_alone_is_told_and_not_taken() -> None:
    found = read(RSS)

    assert len(found.value or ()) == 1
    (told,) = found.findings
    assert told.code == "intake.excerpt"
    assert "Only a beginning" in told.message


def with_text(html: str) -> str:
    """Return the feed with another text of its first entry."""
    begin, _, rest = RSS.partition("<content:encoded>")
    return f"{begin}<content:encoded>{html}</content:encoded>{rest.partition('</content:encoded>')[2]}"


PAGE = "https://lamp.example/2024/08/salt-tax"
LONG = f"<p>{'Salt was dear. ' * 60}</p>"
BEGINNINGS = {
    "its own page": f'<p>It was…</p><p><a href="{PAGE}?from=feed">Continue reading</a></p>',
    "a word of its own": f'<p>It was.</p><p><a href="{PAGE}/">To the page</a></p>',
    "German": f'<p>Es war …</p><a href="{PAGE}/#more">Weiterlesen »</a>',
    "long": f'{LONG}<p><a href="{PAGE}/">Read more</a></p>',
    "broken off": "<p>Salt was dear, and […]</p>",
    "Medium": '<p class="medium-feed-snippet">It was</p>'
    '<p class="medium-feed-link"><a href="https://m.example">On Medium »</a></p>',
}


@pytest.mark.parametrize("html", BEGINNINGS.values(), ids=BEGINNINGS)
def test_a_beginning_that_is_given_as_a_whole_is_told_and_not_taken(html: str) -> None:
    found = read(with_text(f"<![CDATA[{html}]]>"))

    assert not found.value
    assert [one.code for one in found.findings] == ["intake.excerpt"] * 2


@pytest.mark.parametrize(
    "html",
    [
        f'{LONG}<p>Read more: <a href="https://b.example/">the salt papers</a></p>',
        f'{LONG}<p><a href="https://b.example/">Read more about salt</a></p>',
        f'<p>It was dear.</p><p><a href="{PAGE}/">The salt tax</a></p>',
        f'<p>It <a href="{PAGE}/">was</a> dear.</p>',
        "<p>It was dear …</p>",
    ],
    ids=["elsewhere", "elsewhere by name", "its title", "within", "an open end"],
)
def test_a_whole_text_may_end_in_a_link(html: str) -> None:
    found = read(with_text(f"<![CDATA[{html}]]>"))

    assert found.value is not None
    assert len(found.value) == 1


def test_elements_within_a_text_are_its_markup() -> None:
    (story,) = (
        read(with_text("Salt &lt;b&gt;was <p>dear <b>once</b></p> then")).value or ()
    )

    assert [piece.text for piece in story.pieces] == [
        "Salt <b>was",
        "dear once",
        "then",
    ]


def test_the_longer_of_two_texts_is_the_article() -> None:
    text = with_text("<![CDATA[<p>Short.</p>]]>").replace(
        "Paid twice [&#8230;]", "Salt " * 9
    )

    (story,) = read(text).value or ()

    assert story.words == 9


def test_plain_text_has_its_paragraphs() -> None:
    (story,) = (
        read(ATOM % "<content>Salt was 1 &lt; 2.\n\nIt rose.</content>").value or ()
    )

    assert [piece.text for piece in story.pieces] == ["Salt was 1 < 2.", "It rose."]


def test_whoever_wrote_a_feed_wrote_what_names_nobody() -> None:
    author = "<author><name>Ada Marsh</name></author>"
    atom = (ATOM % HTML).replace(author, "")
    nobody: dict[str, object] = {**JSON_FEED["items"][0], "authors": []}  # type: ignore[dict-item]
    feed = {**JSON_FEED, "items": [nobody], "authors": [{"name": "Ada Marsh"}]}

    for text in (
        atom.replace("<id>urn:lamp<", f"{author}<id>urn:lamp<", 1),
        json.dumps(feed),
    ):
        (story,) = read(text).value or ()
        assert story.byline == ("Ada Marsh",)


def test_only_what_is_of_the_days_asked_for_is_taken() -> None:
    found = read(RSS, Wanted(since=dt.date(2024, 9, 1)))

    assert not found.value


def test_an_entry_without_a_day_may_be_new() -> None:
    undated = re.sub("<pubDate>.*?</pubDate>", "", RSS)

    found = read(undated, Wanted(since=dt.date(2024, 9, 1)))

    assert found.value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "<html><body>No feed</body></html>",
        '<!DOCTYPE r [<!ENTITY a "b">]><rss><channel>&a;</channel></rss>',
        "<rss><channel>",
    ],
    ids=["nothing", "half an object", "a page", "entities", "half a feed"],
)
def test_what_is_no_feed_is_an_error(text: str) -> None:
    found = read(text)

    assert not found.value
    assert [one.code for one in found.findings] == ["intake.unreadable"]
