"""Feeds: valid, the same every time, and read by a program that press did not write."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from press.model.article import WebUse
from press.model.copy import Copy, Paragraph, Run
from tests.digest.builders import a_plan, an_article, an_edition
from tests.digest.web.pages import WEB, an_issue, files

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])


def read(name: str, site: dict[str, bytes] | None = None) -> Any:
    parser = pytest.importorskip("feedparser", reason="feedparser is not installed")
    found = parser.parse((site or files())[name])
    assert not found.bozo, found.get("bozo_exception")
    return found


def tree(name: str, site: dict[str, bytes] | None = None) -> ET.Element:
    return ET.fromstring((site or files())[name])  # noqa: S314 - our own


@FEEDS
def test_another_program_reads_the_digest_then_the_articles_then_what_was_before(
    name: str,
) -> None:
    found = read(name, files(earlier=(an_issue("2024-07"), an_issue("2024-08"))))

    assert found.feed.title == "The Quoin"
    assert found.feed.link == f"{WEB}index.html"
    assert [entry.title for entry in found.entries] == [
        "The tax that made papers large",
        "The story of taxes",
        "The story of post",
        "الإيداع القانوني",
        "What 2024-08 was about",
        "What 2024-07 was about",
    ]
    assert [entry.link for entry in found.entries][:2] == [
        f"{WEB}2024-09/index.html",
        f"{WEB}2024-09/taxes.html",
    ]


@FEEDS
def test_an_entry_has_a_name_for_ever_and_the_day_of_sale_in_the_papers_zone(
    name: str,
) -> None:
    entries = read(name).entries

    assert [entry.id for entry in entries] == [
        "tag:quoin.example,2024:2024-09",
        "tag:quoin.example,2024:2024-09/taxes",
        "tag:quoin.example,2024:2024-09/post",
        "tag:quoin.example,2024:2024-09/deposit",
    ]
    times = {entry.published_parsed[:6] for entry in entries}
    assert times == {(2024, 8, 29, 23, 0, 0)}  # midnight in London's summer


def test_both_feeds_say_the_zone() -> None:
    london = dt.datetime(2024, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))

    atom = tree("atom.xml").findtext(f"{ATOM}updated") or ""
    rss = tree("rss.xml").findtext("channel/lastBuildDate") or ""

    assert dt.datetime.fromisoformat(atom) == london
    assert atom.endswith("+01:00")
    assert parsedate_to_datetime(rss) == london


def test_atom_has_what_rfc_4287_asks_of_feed_and_entries() -> None:
    feed = tree("atom.xml")

    for part in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{WEB}atom.xml", "alternate": f"{WEB}index.html"}
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Quoin Press Ltd"
    ids = [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == 4


def test_rss_has_what_its_readers_ask_for() -> None:
    channel = tree("rss.xml").find("channel")

    assert channel is not None
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    for item in channel.iter("item"):
        guid = item.find("guid")
        assert guid is not None
        assert guid.get("isPermaLink") == "false"
        assert item.findtext("title")
        assert item.findtext("pubDate")


@FEEDS
def test_a_full_article_is_read_in_the_feed_with_pictures_that_are_found(
    name: str,
) -> None:
    _, taxes, post, deposit = read(name).entries

    said = taxes.content[0].value
    assert "First." in said
    assert "See there." in said
    assert f'src="{WEB}2024-09/pictures/press-760.jpg"' in said
    assert 'href="#' not in said
    assert "Open two." in post.content[0].value
    assert not any(
        "الثاني" in part.value
        for part in deposit.get("content", [])
        if "div" in part.value
    )


@FEEDS
def test_nothing_of_the_site_itself_stands_in_a_feed(name: str) -> None:
    data = files()[name].decode()

    for furniture in ("Subscribe", "For members", "minute read", "no owner but"):
        assert furniture not in data
    assert "Paid three" not in data


@FEEDS
def test_hostile_copy_stays_copy(name: str) -> None:
    words = "<script>alert(1)</script> ]]> &lt;b&gt; \x0b & \ufffe"
    article = an_article(
        "taxes",
        web=WebUse.FULL,
        title=words,
        standfirst=words,
        tags=(words,),
        body=Copy(blocks=(Paragraph(runs=(Run(text=words),)),)),
    )
    site = files(an_edition((article,), digest=a_plan(subject=words, sections=())))

    found = tree(name, site)

    shown = words.replace("\x0b", "\ufffd").replace("\ufffe", "\ufffd")
    titles = [one.text for one in found.iter() if one.tag.rpartition("}")[2] == "title"]
    assert titles[1:] == [shown, shown]
    bodies = [
        one.text or ""
        for one in found.iter()
        if one.tag.rpartition("}")[2] in {"content", "encoded", "description"}
    ]
    assert bodies
    assert not any("<script" in text for text in bodies)
