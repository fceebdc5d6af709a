"""Web pages: what they say, to people and to programs, and what they keep back."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.adapters.jinja import check_templates
from press.digest.xhtml import legal
from press.model.article import Slug, WebUse
from press.model.copy import Copy, Listing, Paragraph, Run
from press.model.edition import DigestAd
from press.model.finding import Severity
from press.model.house import AdId
from press.model.segment import MEMBERS, ShowTo
from tests.digest.builders import LAYOUTS as FOLDER
from tests.digest.builders import a_house, a_plan, an_article, an_edition, loose
from tests.digest.web.pages import (
    WEB,
    an_issue,
    articles,
    files,
    made,
    meta,
    tree,
    words,
)

LAYOUTS = pytest.mark.parametrize("layout", ["tabloid", "a4"])
HTML = re.compile(r".*\.html")


def pages(site: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in site.items() if HTML.fullmatch(name)}


@LAYOUTS
def test_the_templates_of_web_pages_pass_the_check_that_every_build_makes(
    layout: str,
) -> None:
    found = check_templates(FOLDER / layout)

    assert [one for one in found if "/web/" in (one.place.file or "")] == []


def test_a_paper_that_serves_no_pages_gets_none() -> None:
    edition = an_edition((an_article("taxes"),), digest=a_plan(sections=()))

    assert files(edition, a_house()) == {}
    assert not made(edition, a_house()).findings


def test_an_article_that_asks_such_a_paper_for_a_page_is_told() -> None:
    found = made(house=a_house()).findings

    assert {finding.code for finding in found} == {"web.address"}
    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert len(found) == 3


def test_only_articles_that_ask_for_a_page_get_one() -> None:
    site = files()

    assert sorted(pages(site)) == [
        "2024-09/deposit.html",
        "2024-09/index.html",
        "2024-09/post.html",
        "2024-09/taxes.html",
        "index.html",
    ]


def test_an_article_called_index_does_not_take_the_digests_place() -> None:
    article = an_article("index", web=WebUse.FULL, title="The index")
    edition = an_edition((article,), digest=None)
    plan = a_plan(lead=replace(a_plan().lead, slug=Slug("index")), sections=())

    site = files(replace(edition, digest=plan))

    assert words(tree(site["2024-09/_index.html"]).find(".//h1")) == "The index"  # type: ignore[arg-type]
    link = tree(site["2024-09/index.html"]).find(".//article//h2/a")
    assert link is not None
    assert link.get("href") == "_index.html"


@LAYOUTS
def test_every_link_that_is_not_abroad_leads_to_a_file_that_is_there(
    layout: str,
) -> None:
    site = files(layout=layout)

    count = 0
    for name, data in pages(site).items():
        page = tree(data)
        ids = {one.get("id") for one in page.iter()}
        for one in page.iter():
            for address in (one.get("href"), one.get("src")):
                if address is None or urlsplit(address).scheme:
                    continue
                count += 1
                path, _, anchor = address.partition("#")
                if path:
                    at = posixpath.join(posixpath.dirname(name), path)
                    assert posixpath.normpath(at) in site, f"{name}: {address}"
                else:
                    assert anchor in ids, f"{name}: {address}"
    assert count > 40


@LAYOUTS
def test_pages_need_nothing_but_their_own_host(layout: str) -> None:
    for name, data in pages(files(layout=layout)).items():
        page = tree(data)
        policy = [
            one.get("content", "")
            for one in page.iter("meta")
            if one.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policy, name
        assert policy[0].startswith("default-src 'none'; style-src 'self'; img-src")
        for one in page.iter():
            assert "style" not in one.keys(), name  # noqa: SIM118 - an element's settings
            assert one.tag != "style"
            assert not any(key.startswith("on") for key in one.keys())  # noqa: SIM118
        scripts = [one.get("type") for one in page.iter("script")]
        assert set(scripts) <= {"application/ld+json"}


def test_no_token_of_a_reader_and_no_mark_of_the_mail_stands_on_a_page() -> None:
    for name, data in files().items():
        assert b"%%" not in data, name
        assert b"utm_" not in data, name


@LAYOUTS
def test_every_page_has_one_first_heading_and_skips_no_level(layout: str) -> None:
    for name, data in pages(files(layout=layout)).items():
        levels = [
            int(one.tag[1])
            for one in tree(data).iter()
            if re.fullmatch("h[1-6]", one.tag)
        ]
        assert levels.count(1) == 1, name
        seen = 0
        for level in levels:
            assert level <= max(seen, 1) + 1, f"{name}: {levels}"
            seen = level


def test_a_page_says_to_programs_what_it_is() -> None:
    page = tree(files()["2024-09/taxes.html"])

    told = {
        "og:type": ["article"],
        "og:site_name": ["The Quoin"],
        "og:title": ["The story of taxes"],
        "og:description": ["What happened to taxes, told from the start."],
        "og:url": [f"{WEB}2024-09/taxes.html"],
        "og:locale": ["en_GB"],
        "og:image": [f"{WEB}2024-09/pictures/press-760.jpg"],
        "og:image:width": ["760"],
        "og:image:height": ["507"],
        "og:image:alt": ["A press in a dark hall"],
        "article:published_time": ["2024-08-30T00:00:00+01:00"],
        "article:author": ["Ada Marsh"],
        "article:section": ["News"],
        "article:tag": ["tax", "history"],
        "twitter:card": ["summary_large_image"],
    }
    assert {name: meta(page, name) for name in told} == told
    links = {one.get("rel"): one.get("href") for one in page.iter("link")}
    assert links["canonical"] == f"{WEB}2024-09/taxes.html"
    feeds = [
        (one.get("type"), one.get("href"))
        for one in page.iter("link")
        if one.get("rel") == "alternate"
    ]
    assert feeds == [
        ("application/atom+xml", "../atom.xml"),
        ("application/rss+xml", "../rss.xml"),
    ]


def test_an_article_that_the_papers_site_has_too_names_that_page_as_its_own() -> None:
    page = tree(files()["2024-09/deposit.html"])

    (canonical,) = [one for one in page.iter("link") if one.get("rel") == "canonical"]
    assert canonical.get("href") == "https://quoin.example/2024/08/deposit"
    assert meta(page, "og:url") == ["https://quoin.example/2024/08/deposit"]


def test_search_engines_get_the_facts_of_an_article() -> None:
    (script,) = tree(files()["2024-09/post.html"]).iter("script")

    facts = json.loads(script.text or "")

    assert facts["@type"] == "NewsArticle"
    assert facts["headline"] == "The story of post"
    assert facts["author"] == [{"@type": "Person", "name": "Ada Marsh"}]
    assert facts["datePublished"] == "2024-08-30T00:00:00+01:00"
    assert facts["isAccessibleForFree"] is False
    assert facts["publisher"]["name"] == "The Quoin"


def test_a_full_article_stands_there_whole_with_its_pictures_and_notes() -> None:
    page = tree(files()["2024-09/taxes.html"])

    (text,) = [one for one in page.iter("div") if one.get("class") == "text"]
    assert words(text).startswith("First. Second. Told1")
    assert "See there." in words(text)
    captions = [words(one) for one in page.iter("figcaption")]
    assert captions == ["At night Ada Marsh"]
    shown = [one.get("alt") for one in page.iter("img")]
    assert shown == ["A press in a dark hall", "Duty"]
    tags = [one.tag for one in text]
    assert tags[:3] == ["p", "figure", "p"]
    assert "page 4 of the paper" in words(page)


def test_what_is_for_members_is_on_no_page_and_in_no_feed() -> None:
    site = files()

    for name, data in site.items():
        assert b"Paid three" not in data, name
        assert b"paid" not in name.encode(), name
    page = words(tree(site["2024-09/post.html"]))
    assert "Open one. Open two." in page.replace("\n", " ")
    assert "The rest is for members" in page
    assert "Subscribe for £39 a year" in page


def test_a_teaser_shows_its_beginning_and_where_the_rest_is() -> None:
    page = tree(files()["2024-09/deposit.html"])

    (article,) = page.iter("article")
    assert "الأول." in words(article)
    assert "الثاني" not in words(article)
    assert "https://quoin.example/2024/08/deposit" in [
        one.get("href") for one in page.iter("a") if one.get("class") == "button"
    ]


def test_an_article_of_another_language_says_so_and_the_sites_words_do_too() -> None:
    page = tree(files()["2024-09/deposit.html"])

    (article,) = page.iter("article")
    assert (article.get("lang"), article.get("dir")) == ("ar", "rtl")
    (byline,) = [one for one in page.iter("p") if one.get("class") == "byline"]
    assert (byline.get("lang"), byline.get("dir")) == ("en-GB", "ltr")
    assert page.get("lang") == "en-GB"
    assert not meta(page, "og:locale")


def test_the_digests_page_shows_what_the_public_sees() -> None:
    members = replace(loose("elsewhere"), show_to=ShowTo(within=frozenset({MEMBERS})))
    plan = a_plan(
        sections=(loose("post", "deposit"), members), note="Dear all.\n\nBye."
    )

    page = tree(files(an_edition(articles(), digest=plan))["2024-09/index.html"])

    heads = [
        words(one) for article in page.iter("article") for one in article.iter("a")
    ]
    assert [head for head in heads if head] == [
        "The story of taxes",
        "The story of post",
        "الإيداع القانوني",
    ]
    assert words(page.find(".//h1")) == "The tax that made papers large"  # type: ignore[arg-type]
    assert "Dear all. Bye." in words(page).replace("\n", " ")
    assert "For members" in words(page)
    assert "Also in this edition" in words(page)


def test_the_house_ad_is_the_first_that_is_for_the_public() -> None:
    ads = a_house().house_ads
    gift = replace(ads[0], id=AdId("gift"), headline="A present", button="Give a year")
    members = DigestAd(
        ad=AdId("subscribe"), show_to=ShowTo(within=frozenset({MEMBERS}))
    )
    plan = a_plan(house_ads=(members, DigestAd(ad=AdId("gift"))))
    edition = an_edition(articles(), digest=replace(plan, sections=(loose("post"),)))

    page = words(
        tree(
            files(edition, a_house(web=WEB, house_ads=(*ads, gift)))[
                "2024-09/index.html"
            ]
        )
    )

    assert "A present" in page
    assert ads[0].headline not in page


def test_editions_are_listed_the_newest_first_and_later_ones_not_at_all() -> None:
    earlier = tuple(an_issue(name) for name in ("2023-12", "2024-08", "2024-10"))

    page = tree(files(earlier=earlier)["index.html"])

    links = [words(one) for one in page.iterfind(".//li/h2/a")]
    assert links == [
        "September 2024",
        "The edition of 2024-08",
        "The edition of 2023-12",
    ]
    addresses = [one.get("href") for one in page.iterfind(".//li/h2/a")]
    assert addresses[1] == "2024-08/index.html"


def test_two_makings_are_the_same_to_the_byte() -> None:
    assert files() == files()


def test_a_layout_without_a_digest_plan_makes_no_pages() -> None:
    assert files(an_edition(articles(), digest=None)) == {}


#: What HTML and XML cannot hold comes out as a replacement character.
text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=30,
) | st.sampled_from(
    [
        "</script><script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ site.title }}{% raw %}",
        "]]> <!-- &lt;b&gt; %%web_url%%",
        "-name- *|FNAME|* ${x}",
        "a\x0bb\ufffec",
        "👩\u200d👩\u200d👧 \u202eabc \u00a0\u00ad",
    ]
)


@given(text, text, text)
@settings(max_examples=40, deadline=None)
def test_hostile_copy_changes_no_tag_and_comes_out_as_typed(
    one: str, two: str, three: str
) -> None:
    def site(title: str, standfirst: str, body: str) -> dict[str, bytes]:
        article = an_article(
            "taxes",
            web=WebUse.FULL,
            url="",
            title=title,
            standfirst=standfirst,
            byline=(body,),
            tags=(title,),
            body=Copy(
                blocks=(
                    Paragraph(runs=(Run(text=body, link="javascript:alert(1)"),)),
                    Listing(lines=(title,)),
                )
            ),
        )
        plan = a_plan(subject=title, preheader=standfirst, sections=(), note="")
        return files(an_edition((article,), digest=plan))

    plain = site("one", "two", "three")
    naughty = site(f"one{one}", f"two{two}", f"three{three}")

    for name in pages(plain):
        page, other = tree(plain[name]), tree(naughty[name])
        assert [e.tag for e in page.iter()] == [e.tag for e in other.iter()], name
        assert [list(e.keys()) for e in page.iter()] == [
            list(e.keys()) for e in other.iter()
        ]
    page = tree(naughty["2024-09/taxes.html"])
    shown = f"one{one}".replace("\x0b", "\ufffd").replace("\ufffe", "\ufffd")
    head = page.find(".//main//h1")
    assert head is not None
    assert "".join(head.itertext()) == shown
    assert meta(page, "og:title") == [shown]
    (script,) = page.iter("script")
    assert legal(json.loads(script.text or "")["headline"]) == shown
    assert "javascript:" not in {one.get("href", "")[:11] for one in page.iter("a")}
