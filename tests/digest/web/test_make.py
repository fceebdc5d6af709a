"""The web pages of an edition as a whole."""

from __future__ import annotations

import datetime as dt
import json
import posixpath
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.adapters.jinja import JinjaTemplates, check_templates
from press.digest.web import WebTools, make_web
from press.digest.web.feed import Entry, Feed, tag, write_atom, write_rss
from press.model.article import Article, WebUse
from press.model.copy import Copy, Paragraph, Run
from press.model.digest import InPrint, MailPalette
from press.model.edition import Edition, EditionId
from press.model.house import House
from press.model.web import Issue
from tests.digest.builders import (
    LAYOUTS,
    SmallLab,
    a_house,
    a_picture,
    an_article,
    an_edition,
)

ZONE = ZoneInfo("Europe/London")
WEB = "https://quoin.example/editions/"
BOTH = pytest.mark.parametrize("layout", ["tabloid", "a4"])
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "\"><script>alert(1)</script></title>' {{ 7*7 }} %%web_url%% &amp; \u202e"


@cache
def templates(layout: str) -> JinjaTemplates:
    return JinjaTemplates(LAYOUTS / layout)


def pages_of(
    edition: Edition, house: House | None = None, layout: str = "tabloid", **more: Any
) -> dict[str, bytes]:
    tools = WebTools(
        palette=MailPalette(),
        templates=templates(layout),
        lab=SmallLab(),
    )
    made = make_web(edition, house or a_house(web=WEB), tools, zone=ZONE, **more)
    assert made.findings == ()
    assert made.value is not None
    return dict(made.value.files)


def html_of(edition: Edition, path: str, **more: Any) -> str:
    return pages_of(edition, **more)[path].decode()


def paragraphs(*texts: str) -> Copy:
    return Copy(blocks=tuple(Paragraph(runs=(Run(text=text),)) for text in texts))


def parsed(xml: bytes) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 - our own


def on_the_web(slug: str = "taxes", **changes: Any) -> Article:
    return an_article(slug, **{"web": WebUse.FULL, "url": "", **changes})


class Tags(HTMLParser):
    """The tags of a page, and whether they close in order."""

    VOID = frozenset({"meta", "link", "img", "br", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def meta(self, name: str) -> list[str | None]:
        return [
            one["content"]
            for tag, one in self.seen
            if tag == "meta" and name in (one.get("property"), one.get("name"))
        ]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [one for name, one in self.seen if name == tag]


@BOTH
def test_the_templates_are_in_order(layout: str) -> None:
    assert [
        one
        for one in check_templates(LAYOUTS / layout)
        if "web/" in (one.place.file or "")
    ] == []


def test_a_paper_without_a_place_for_pages_gets_none() -> None:
    assert pages_of(an_edition(), a_house()) == {}


def test_an_article_that_asks_for_a_page_of_a_paper_that_has_none_is_told() -> None:
    edition = an_edition([on_the_web()])
    tools = WebTools(
        palette=MailPalette(), templates=JinjaTemplates(LAYOUTS / "a4"), lab=SmallLab()
    )

    made = make_web(edition, a_house(), tools, zone=ZONE)

    assert [one.code for one in made.findings] == ["web.address"]


@BOTH
def test_only_marked_articles_have_pages(layout: str) -> None:
    edition = an_edition(
        [
            on_the_web("taxes"),
            on_the_web("post", web=WebUse.TEASER),
            an_article("deposit"),
        ]
    )

    files = pages_of(edition, layout=layout)

    assert {name for name in files if name.endswith(".html")} == {
        "index.html",
        "2024-09/index.html",
        "2024-09/taxes.html",
        "2024-09/post.html",
    }


@BOTH
def test_every_way_between_the_pages_leads_to_a_file(layout: str) -> None:
    edition = an_edition([on_the_web(pictures=(a_picture(),)), on_the_web("post")])
    files = pages_of(edition, layout=layout)

    for path, data in files.items():
        if not path.endswith(".html"):
            continue
        tags = Tags(data.decode())
        ids = {one["id"] for _, one in tags.seen if "id" in one}
        named = [*tags.all("a"), *tags.all("link")]
        ways = [one["href"] or "" for one in named] + [
            one["src"] or "" for one in tags.all("img")
        ]
        assert ways
        for way in ways:
            parts = urlsplit(way)
            if parts.scheme:
                continue
            if not parts.path:
                assert parts.fragment in ids
                continue
            joined = posixpath.normpath(
                posixpath.join(posixpath.dirname(path), parts.path)
            )
            assert joined in files, (path, way)


@BOTH
def test_a_page_is_well_formed_and_runs_no_program(layout: str) -> None:
    edition = an_edition(
        [on_the_web(title=HOSTILE, standfirst=HOSTILE, byline=(HOSTILE,))]
    )

    for path, data in pages_of(edition, layout=layout).items():
        if path.endswith(".html"):
            page = data.decode()
            tags = Tags(page)
            assert {one.get("type") for one in tags.all("script")} <= {
                "application/ld+json"
            }
            assert "default-src 'none'" in page
            assert not re.search(r"\son\w+=", re.sub(r'"[^"]*"', "", page))


@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_copy_stays_copy(text: str) -> None:
    edition = an_edition(
        [on_the_web(title=text, standfirst=text, body=paragraphs(text))]
    )
    files = pages_of(edition)

    tags = Tags(files["2024-09/taxes.html"].decode())
    allowed = {"script", "style"}
    assert [t for t, _ in tags.seen if t in allowed] == ["script"]
    for name in ("atom.xml", "rss.xml"):
        parsed(files[name])


def test_a_page_says_of_itself_what_others_show() -> None:
    article = on_the_web(pictures=(a_picture(),), tags=("tax",), section="News")

    tags = Tags(html_of(an_edition([article]), "2024-09/taxes.html"))

    assert tags.meta("og:type") == ["article"]
    assert tags.meta("og:site_name") == ["The Quoin"]
    assert tags.meta("og:title") == ["The story of taxes"]
    assert tags.meta("og:image")[0] == (
        "https://quoin.example/editions/2024-09/pictures/press-760.jpg"
    )
    assert tags.meta("og:image:width") == ["760"]
    assert tags.meta("og:image:alt") == ["A press in a dark hall"]
    assert tags.meta("og:locale") == ["en_GB"]
    assert tags.meta("article:published_time") == ["2024-08-30T00:00:00+01:00"]
    assert tags.meta("article:author") == ["Ada Marsh"]
    assert tags.meta("twitter:card") == ["summary_large_image"]
    canonical = [one for one in tags.all("link") if one.get("rel") == "canonical"]
    assert canonical[0]["href"] == "https://quoin.example/editions/2024-09/taxes.html"


def test_structured_facts_are_json_whatever_copy_says() -> None:
    article = on_the_web(title="</script><b>" + HOSTILE)

    page = html_of(an_edition([article]), "2024-09/taxes.html")

    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL
    )
    assert found
    facts = json.loads(found[1])
    assert facts["@type"] == "NewsArticle"
    assert facts["headline"] == article.title
    assert facts["isAccessibleForFree"] is True


def test_what_members_alone_may_read_stands_nowhere() -> None:
    body = paragraphs("The open beginning.", "THE-SECRET-PART of it.")
    article = on_the_web(
        members_only=True, paywall=1, body=body, standfirst="In short."
    )
    hidden = a_picture(file="images/secret.jpg", lead=False, block=1)
    article = replace(article, pictures=(a_picture(), hidden))

    files = pages_of(an_edition([article]))

    page = files["2024-09/taxes.html"].decode()
    assert "The open beginning." in page
    assert "The rest is for members" in page
    assert '"isAccessibleForFree": false' in page
    for name, data in files.items():
        assert b"THE-SECRET-PART" not in data, name
        assert "secret" not in name
        assert b"secret" not in data, name


def test_a_teaser_stops_after_the_first_paragraph() -> None:
    article = on_the_web(web=WebUse.TEASER, body=paragraphs("First.", "SECOND-PART."))

    files = pages_of(an_edition([article]))

    assert "First." in files["2024-09/taxes.html"].decode()
    assert all(b"SECOND-PART" not in data for data in files.values())


def test_language_and_direction_stand_where_they_are_not_the_papers() -> None:
    article = on_the_web(lang="ar", direction="rtl")

    tags = Tags(html_of(an_edition([article]), "2024-09/taxes.html"))

    whole = [one for one in tags.all("article") if one.get("lang")]
    assert [(one["lang"], one["dir"]) for one in whole] == [("ar", "rtl")]
    assert tags.all("html")[0]["lang"] == "en-GB"


def test_no_place_of_one_reader_is_on_a_page() -> None:
    files = pages_of(an_edition([on_the_web()]))

    assert all(b"%%" not in data and b"utm_" not in data for data in files.values())


def test_feeds_tell_the_same_and_their_names_stay() -> None:
    edition = an_edition([on_the_web(), on_the_web("post")])
    one, two = pages_of(edition), pages_of(edition)

    assert one == two
    root = parsed(one["atom.xml"])
    entries = root.findall(f"{ATOM}entry")
    assert root.findtext(f"{ATOM}id")
    assert len(entries) == 3
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert ids[1] == "tag:quoin.example,2024:2024-09/taxes"
    assert len(set(ids)) == 3
    rss = parsed(one["rss.xml"])
    guids = [item.findtext("guid") for item in rss.iter("item")]
    assert guids == ids


def test_a_feed_has_the_whole_text_only_where_the_article_is_marked_so() -> None:
    edition = an_edition([on_the_web(), on_the_web("post", web=WebUse.TEASER)])

    root = parsed(pages_of(edition)["atom.xml"])

    _, whole, teased = root.findall(f"{ATOM}entry")
    content = whole.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    assert teased.find(f"{ATOM}content") is None
    assert teased.findtext(f"{ATOM}summary")


def test_the_list_of_editions_has_the_newest_first_and_none_that_is_to_come() -> None:
    def issue(name: str, month: int) -> Issue:
        return Issue(
            id=EditionId(name),
            title=name,
            number=month,
            published=dt.datetime(2024, month, 2, tzinfo=ZONE),
            subject=f"About {name}",
            preheader="",
        )

    earlier = (issue("2024-06", 5), issue("2024-07", 6), issue("2024-11", 11))

    page = html_of(an_edition([on_the_web()]), "index.html", earlier=earlier)

    assert re.findall(r'<h2><a href="([^"]+)"', page) == [
        "2024-09/index.html",
        "2024-07/index.html",
        "2024-06/index.html",
    ]


def test_the_page_of_the_paper_is_told() -> None:
    edition = an_edition([on_the_web()])
    known = InPrint(pages=((edition.articles[0].slug, 4),))

    page = html_of(edition, "2024-09/taxes.html", in_print=known)

    assert "page&#160;4 of the paper" in page


def test_text_that_xml_cannot_hold_leaves_feeds_sound() -> None:
    feed = Feed(
        title="\x00 & <b>",
        subtitle="",
        address="https://quoin.example/",
        atom="https://quoin.example/atom.xml",
        rss="https://quoin.example/rss.xml",
        publisher="Quoin",
        lang="en-GB",
        updated=dt.datetime(2024, 9, 1, tzinfo=ZONE),
        entries=[
            Entry(
                id=tag("quoin.example", dt.datetime(2024, 9, 1, tzinfo=ZONE), "x"),
                title="]]> \ud800 \x0b",
                address="https://quoin.example/x",
                published=dt.datetime(2024, 9, 1, tzinfo=ZONE),
                summary="1 < 2 & 3",
                content="<p>]]></p>",
            )
        ],
    )

    for write in (write_atom, write_rss):
        parsed(write(feed))
