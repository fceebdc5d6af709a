"""Only hosts that somebody named are asked, and the password goes to the paper's site."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from press.desk.copy_forms import Form
from press.desk.intake import IntakeDesk, SiteWish, Took
from press.desk.sign_in import sign_in
from press.model.imported import Wishes
from tests.house import HOUSE
from tests.intake.site import PASSWORD, USER, Site, a_site

WEBSITE = "https://lamp.example"


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as made:
        made.touch(1, content=f'<p>Text.</p><img src="{made.url}/a.png">')
        made.touch(2, content=f'<p>Text.</p><img src="{made.url}/b.png">')
        yield made


@pytest.fixture
def desk(tmp_path: Path) -> IntakeDesk:
    (tmp_path / "press.yaml").write_text(HOUSE)
    (tmp_path / "editions" / "2024-09" / "articles").mkdir(parents=True)
    opened = IntakeDesk.open(tmp_path, "2024-09")
    assert opened.value is not None
    return opened.value


def an_export(site: Site) -> str:
    items = "".join(
        f"""<item><title>{post["title"]}</title><link>{site.url}/{number}/</link>
<wp:post_id>{number}</wp:post_id><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type><wp:post_date>2024-08-01 10:00:00</wp:post_date>
<content:encoded><![CDATA[{post["content"]}]]></content:encoded></item>"""
        for number, post in site.posts.items()
    )
    return f"""<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<link>{site.url}</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{site.url}</wp:base_site_url>{items}</channel></rss>"""


def saved_posts(site: Site) -> str:
    posts = [site.told(one, edit=False) for one in site.posts.values()]
    return json.dumps([{**one, "link": f"{site.url}/{one['id']}"} for one in posts])


def a_page(site: Site) -> str:
    shown = "".join(post["content"] for post in site.posts.values())
    return f"""<html><head><link rel="canonical" href="{site.url}/1/">
<meta property="og:url" content="{site.url}/1/"></head>
<body><article><h1>Title</h1>{shown}</article></body></html>"""


def a_note(site: Site) -> str:
    return f"# Title\n\nText.\n\n![A]({site.url}/a.png)\n"


Taken = Callable[[IntakeDesk, Path, SiteWish], Took]
FORMS: dict[str, tuple[str, Callable[[Site], str], Taken]] = {
    "export": (
        "a.xml",
        an_export,
        lambda desk, file, wish: desk.export(file, Form.WXR, wish, Wishes()),
    ),
    "posts": (
        "a.json",
        saved_posts,
        lambda desk, file, wish: desk.saved_posts(file, None, wish, Wishes()),
    ),
    "feed": (
        "a.rss",
        an_export,
        lambda desk, file, wish: desk.feed(str(file), wish, Wishes()),
    ),
    "page": (
        "a.html",
        a_page,
        lambda desk, file, wish: desk.files([str(file)], wish, Wishes()),
    ),
    "note": (
        "a.md",
        a_note,
        lambda desk, file, wish: desk.files([str(file)], wish, Wishes()),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_file_names_no_host_not_even_its_own(
    desk: IntakeDesk, site: Site, tmp_path: Path, form: str
) -> None:
    name, write, take = FORMS[form]
    file = tmp_path / name
    file.write_text(write(site))

    took = take(desk, file, SiteWish())

    assert site.asked == []
    told = [one for one in took.findings if one.code == "intake.host"]
    assert [one.place.file for one in told] == [site.url]
    assert f"--host {site.url}, " in (told[0].hint or "")
    assert "intake.picture" not in [one.code for one in took.findings]

    take(desk, file, SiteWish(hosts=(site.url,)))

    assert "/a.png" in site.asked


def test_an_export_of_the_papers_own_site_needs_no_further_words(
    desk: IntakeDesk, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("press.adapters.fetcher.web.socket.getaddrinfo", _nobody(asked))
    own = an_export(site).replace(site.url, "https://www.lamp.example")
    (tmp_path / "a.xml").write_text(own)

    took = desk.export(tmp_path / "a.xml", Form.WXR, SiteWish(), Wishes())

    assert set(asked) == {"www.lamp.example"}
    assert "intake.host" not in [one.code for one in took.findings]


def _nobody(asked: list[str]) -> Callable[..., object]:
    def look_up(host: str, *_: object, **__: object) -> object:
        asked.append(host)
        raise OSError

    return look_up


def set_password(monkeypatch: pytest.MonkeyPatch, site: str = "") -> None:
    monkeypatch.setenv("PRESS_WORDPRESS_USER", USER)
    monkeypatch.setenv("PRESS_WORDPRESS_PASSWORD", PASSWORD)
    if site:
        monkeypatch.setenv("PRESS_WORDPRESS_SITE", site)


def test_a_site_that_is_not_the_papers_own_gets_no_password(
    desk: IntakeDesk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_password(monkeypatch)

    took = desk.wordpress(SiteWish(site=site.url), Wishes())

    assert len(took.imported) == 2
    assert set(site.signed) == {""}
    (told,) = [one for one in took.findings if one.code == "intake.password"]
    assert WEBSITE in told.message
    assert f"PRESS_WORDPRESS_SITE={site.url}" in (told.hint or "")
    assert PASSWORD not in repr(took)


def test_a_site_that_the_password_was_made_for_gets_it(
    desk: IntakeDesk, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_password(monkeypatch, site.url)

    took = desk.wordpress(SiteWish(site=site.url), Wishes())

    right = "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    assert set(site.signed) == {right}
    assert "intake.password" not in [one.code for one in took.findings]


@pytest.mark.parametrize(
    ("typed", "own", "sent"),
    [
        ("https://lamp.example", "", True),
        ("lamp.example", "", True),
        ("https://www.lamp.example/", "", True),
        ("https://lamp.example:443", "", True),
        ("https://lamp.example:8443", "", False),
        ("http://lamp.example", "", False),
        ("https://lamp.example.org", "", False),
        ("https://cms.lamp.example", "", False),
        ("https://cms.lamp.example", "cms.lamp.example", True),
        ("https://lamp.example", "https://cms.lamp.example", False),
        ("http://cms.lamp.example", "http://cms.lamp.example", False),
        ("http://192.168.1.7", "http://192.168.1.7", False),
        ("http://localhost:8080", "http://localhost:8080", True),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8081", False),
    ],
)
def test_a_password_goes_to_the_papers_site_where_nobody_listens(
    monkeypatch: pytest.MonkeyPatch, typed: str, own: str, sent: bool
) -> None:
    set_password(monkeypatch, own)

    signed = sign_in(typed, WEBSITE)

    assert (signed.value is not None) is sent
    assert [one.code for one in signed.findings] == (
        [] if sent else ["intake.password"]
    )


def test_without_a_password_nothing_is_said_of_it() -> None:
    signed = sign_in("https://elsewhere.example", WEBSITE)

    assert (signed.value, signed.findings) == (None, ())
