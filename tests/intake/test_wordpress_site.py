"""A site is read over its REST interface, whatever it does meanwhile, and read on later."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from press.adapters.fetcher import Login, WebFetcher
from press.adapters.store import FsspecStore
from press.intake.wordpress import Search, read_site
from press.model.fetch import Patience
from press.model.finding import Checked, Severity
from press.model.story import Story
from press.model.wanted import Wanted
from tests.intake.site import PASSWORD, USER, Site, a_post, a_site

PATIENCE = Patience(connect=2, step=2, whole=5, pause=0.001)


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site(25) as made:
        yield made


def read(
    site: Site,
    folder: Path,
    *,
    login: Login | None = None,
    wanted: Wanted | None = None,
) -> Checked[tuple[Story, ...]]:
    search = Search(
        site=site.url, wanted=wanted or Wanted(), edit=login is not None, per_page=10
    )
    with WebFetcher([site.url], login=login, patience=PATIENCE) as fetcher:
        return read_site(search, fetcher, FsspecStore(".press/import", folder))


def numbers(checked: Checked[tuple[Story, ...]]) -> list[int]:
    assert checked.value is not None, checked.findings
    return sorted(int(story.origin.id) for story in checked.value)


def codes(checked: Checked[tuple[Story, ...]]) -> list[str]:
    return [one.code for one in checked.findings if one.severity is not Severity.NOTE]


def a_login(site: Site, password: str = PASSWORD) -> Login:
    return Login(site=site.url, user=USER, password=password)


def test_every_post_of_every_page_is_read_once(site: Site, tmp_path: Path) -> None:
    checked = read(site, tmp_path)

    assert numbers(checked) == list(range(1, 26))
    story = next(one for one in checked.value or () if one.slug == "post-7")
    assert (story.title, story.byline, story.section) == (
        "Post 7",
        ("Jo Writer",),
        "News",
    )
    assert story.contributor == "Jo writes."
    assert story.origin.site == site.url
    assert story.words == sum(piece.words for piece in story.pieces) == 8


def test_a_site_that_shows_the_same_for_every_page_is_not_asked_for_ever(
    site: Site, tmp_path: Path
) -> None:
    site.stuck = True

    checked = read(site, tmp_path)

    assert len(numbers(checked)) == 10
    assert codes(checked) == ["intake.site-unsteady"]
    assert len(site.pages) < 50


@pytest.mark.parametrize("fault", ["429", "500", "cut", "cut-json"])
def test_a_broken_answer_is_asked_for_again(
    site: Site, tmp_path: Path, fault: str
) -> None:
    site.faults = ["", fault, fault, "", fault]

    checked = read(site, tmp_path)

    assert numbers(checked) == list(range(1, 26))
    assert codes(checked) == []


def test_posts_changed_while_pages_are_read_are_neither_lost_nor_doubled(
    site: Site, tmp_path: Path
) -> None:
    def change(page: int) -> None:
        if page == 2 and len(site.pages) < 3:
            site.touch(3, title="Changed meanwhile")
            site.touch(99, title="New meanwhile")

    site.before = change

    checked = read(site, tmp_path)

    assert numbers(checked) == [*range(1, 26), 99]
    titles = {story.origin.id: story.title for story in checked.value or ()}
    assert titles["3"] == "Changed meanwhile"


def test_posts_taken_away_while_pages_are_read_hide_no_others(
    site: Site, tmp_path: Path
) -> None:
    def take_away(page: int) -> None:
        if page == 2 and 25 in site.posts:
            del site.posts[25], site.posts[24]  # both were on page 1

    site.before = take_away

    checked = read(site, tmp_path)

    assert numbers(checked) == list(range(1, 24))
    assert "2 posts" in next(
        one.message for one in checked.findings if one.code == "intake.withdrawn"
    )


def test_an_import_that_broke_off_goes_on_where_it_stopped(
    site: Site, tmp_path: Path
) -> None:
    site.faults = ["", "", "500", "500", "500", "500"]
    first = read(site, tmp_path)
    site.pages.clear()
    site.touch(25, title="Changed since")

    second = read(site, tmp_path)

    assert first.value is None
    assert codes(first) == ["intake.site"]
    assert "goes on where it stopped" in (first.findings[0].hint or "")
    assert numbers(second) == list(range(1, 26))
    assert site.pages == [1, 2, 3, 1]
    assert "Changed since" in {story.title for story in second.value or ()}


def broken_off(site: Site, folder: Path, *, after: int) -> None:
    """Read a site that breaks off after some pages."""
    site.faults = [*[""] * after, "500", "500", "500", "500"]
    assert read(site, folder).value is None
    site.pages.clear()


def test_posts_withdrawn_since_an_import_broke_off_do_not_come_in(
    site: Site, tmp_path: Path
) -> None:
    broken_off(site, tmp_path, after=2)
    site.posts[20]["status"] = "draft"
    del site.posts[3], site.posts[25]

    checked = read(site, tmp_path)

    assert numbers(checked) == [one for one in range(1, 25) if one not in {3, 20}]


def test_as_many_posts_withdrawn_as_came_anew_are_not_taken_for_the_same(
    site: Site, tmp_path: Path
) -> None:
    broken_off(site, tmp_path, after=2)
    site.posts[20]["status"] = "draft"
    site.posts[99] = {**site.posts[19], "id": 99}  # planned long ago, and now public

    checked = read(site, tmp_path)

    assert numbers(checked) == [*(one for one in range(1, 26) if one != 20), 99]


def test_more_posts_than_a_page_holds_changed_since_are_read_anew(
    site: Site, tmp_path: Path
) -> None:
    site.posts |= {number: a_post(number) for number in range(26, 46)}
    broken_off(site, tmp_path, after=4)
    changed = list(range(12, 42))
    for number in changed:
        site.touch(number, title="Changed since")

    checked = read(site, tmp_path)

    assert numbers(checked) == list(range(1, 46))
    titles = {int(story.origin.id): story.title for story in checked.value or ()}
    assert [one for one in sorted(titles) if titles[one] == "Changed since"] == changed
    assert codes(checked) == []


def test_a_site_that_says_nothing_of_posts_by_number_is_read_and_told(
    site: Site, tmp_path: Path
) -> None:
    site.refuses_numbers = True

    checked = read(site, tmp_path)

    assert numbers(checked) == list(range(1, 26))
    assert codes(checked) == ["intake.site-unsteady"]


CHILD = """
import sys
from pathlib import Path
from press.adapters.fetcher import WebFetcher
from press.adapters.store import FsspecStore
from press.intake.wordpress import Search, read_site
from press.model.wanted import Wanted
url, folder = sys.argv[1:]
search = Search(site=url, wanted=Wanted(), per_page=5)
with WebFetcher([url]) as fetcher:
    read_site(search, fetcher, FsspecStore(".press/import", Path(folder)))
"""


def test_an_import_that_was_killed_goes_on_where_it_stopped(
    site: Site, tmp_path: Path
) -> None:
    reached, held = threading.Event(), threading.Event()

    def hold(page: int) -> None:
        if page == 4:
            reached.set()
            held.wait(10)

    site.before = hold
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, site.url, str(tmp_path)], env=dict(os.environ)
    )
    assert reached.wait(30)
    child.send_signal(signal.SIGKILL)
    child.wait()
    held.set()
    site.before = lambda _page: None
    site.pages.clear()

    search = Search(site=site.url, wanted=Wanted(), per_page=5)
    with WebFetcher([site.url], patience=PATIENCE) as fetcher:
        checked = read_site(search, fetcher, FsspecStore(".press/import", tmp_path))

    assert numbers(checked) == list(range(1, 26))
    assert site.pages[:4] == [1, 3, 4, 5]


def test_an_import_that_ended_begins_anew(site: Site, tmp_path: Path) -> None:
    read(site, tmp_path)
    del site.posts[4]

    again = read(site, tmp_path)

    assert 4 not in numbers(again)


def test_with_a_password_texts_come_as_they_were_written(
    site: Site, tmp_path: Path
) -> None:
    site.blocks[900] = "<!-- wp:paragraph --><p>Subscribe now</p><!-- /wp:paragraph -->"
    site.touch(
        5,
        raw='<p>Copy.</p><!-- wp:block {"ref":900} /--><!-- wp:block {"ref":901} /-->',
    )

    checked = read(site, tmp_path, login=a_login(site))

    story = next(one for one in checked.value or () if one.slug == "post-5")
    assert [piece.text for piece in story.pieces] == ["Copy.", "Subscribe now", ""]
    assert "ref:900" in story.pieces[1].marks
    assert [one.code for one in story.findings] == ["intake.reusable-block"]
    assert all(site.signed)


def test_a_password_that_is_not_taken_is_told_and_the_site_read_without(
    site: Site, tmp_path: Path
) -> None:
    checked = read(site, tmp_path, login=a_login(site, "wrong"))

    assert len(numbers(checked)) == 25
    assert codes(checked) == ["intake.site-password"]
    assert "wrong" not in repr(checked)


def test_only_what_is_wanted_is_asked_for(site: Site, tmp_path: Path) -> None:
    site.touch(50, status="draft", title="A draft")
    site.touch(51, date="2024-08-20T00:00:00")
    site.touch(52, date="2024-08-22T23:59:59")
    site.touch(53, date="2024-08-23T00:00:00")
    wanted = Wanted(since=dt.date(2024, 8, 20), until=dt.date(2024, 8, 22))

    checked = read(site, tmp_path, wanted=wanted)

    assert numbers(checked) == [19, 20, 21, 51, 52]
    assert "status=publish" in site.asked[0]


def test_pictures_come_with_what_the_library_says_in_their_largest_form(
    site: Site, tmp_path: Path
) -> None:
    base = f"{site.url}/wp-content/uploads"
    site.media[7] = {
        "id": 7,
        "source_url": f"{base}/a-scaled.png",
        "media_type": "image",
        "alt_text": "A &ldquo;warehouse&rdquo;",
        "caption": {"rendered": "<p>The <em>warehouse</em></p>"},
        "media_details": {
            "original_image": "a.png",
            "image_meta": {"credit": "Jo Lens/PA"},
        },
    }
    shown = f'<figure><img class="wp-image-7" src="{base}/a-300x200.png"></figure>'
    site.touch(5, content=f"<p>Text.</p>{shown}", featured_media=7)

    checked = read(site, tmp_path)

    story = next(one for one in checked.value or () if one.slug == "post-5")
    lead, inner = story.lead, story.pieces[1].pictures[0]
    assert lead is not None
    assert lead.addresses == (f"{base}/a.png", f"{base}/a-scaled.png")
    assert (lead.alt, lead.caption, lead.credit) == (
        "A “warehouse”",
        "The warehouse",
        "Jo Lens/PA",
    )
    assert inner.addresses[0] == f"{base}/a.png"
    assert (inner.alt, inner.credit) == ("A “warehouse”", "Jo Lens/PA")


def test_a_gallery_shows_what_is_attached_to_its_post(
    site: Site, tmp_path: Path
) -> None:
    for number, owner in ((7, 5), (8, 6), (9, 5)):
        address = f"{site.url}/wp-content/uploads/{number}.png"
        site.media[number] = {"id": number, "source_url": address, "post": owner}
    site.touch(5, content="Text.\n\n[gallery]")

    checked = read(site, tmp_path, login=a_login(site))

    story = next(one for one in checked.value or () if one.slug == "post-5")
    assert [one.name for one in story.pieces[1].pictures] == ["7.png", "9.png"]


def test_a_site_without_readable_addresses_is_read_too(
    site: Site, tmp_path: Path
) -> None:
    site.pretty = False

    checked = read(site, tmp_path)

    assert len(numbers(checked)) == 25


@pytest.mark.parametrize("fault", ["page", "elsewhere"])
def test_a_site_that_is_none_or_sends_elsewhere_is_refused(
    site: Site, tmp_path: Path, fault: str
) -> None:
    site.faults = [fault] * 20

    checked = read(site, tmp_path)

    assert checked.value is None
    assert codes(checked) == ["intake.site"]
