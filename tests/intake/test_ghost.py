"""Ghost's export: posts with who wrote them, their tags and pictures."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from press.intake.ghost import read_ghost
from press.model.finding import Checked
from press.model.story import Story
from press.model.wanted import Wanted

SITE = "https://lamp.example"


def a_post(number: int, **changes: Any) -> dict[str, Any]:
    post = {
        "id": str(number),
        "uuid": f"uuid-{number}",
        "title": "The salt &amp; the tax",
        "slug": f"salt-{number}",
        "html": (
            '<p>See <a href="__GHOST_URL__/about/">us</a>.</p>'
            '<figure class="kg-card kg-image-card"><img src="__GHOST_URL__/content/pan.jpg"'
            ' alt="A pan"><figcaption>The pan</figcaption></figure>'
        ),
        "status": "published",
        "type": "post",
        "custom_excerpt": "Paid twice.",
        "feature_image": "__GHOST_URL__/content/lead.jpg",
        "published_at": "2024-08-12T09:30:00.000Z",
        "updated_at": "2024-08-13T09:30:00.000Z",
    }
    return post | changes


def an_export(*posts: dict[str, Any]) -> bytes:
    first = posts[0]["id"] if posts else "1"
    data = {
        "posts": list(posts),
        "users": [
            {"id": "u1", "name": "Ada Marsh", "bio": "Ada writes on salt."},
            {"id": "u2", "name": "Hal Verrinder", "bio": None},
        ],
        "posts_authors": [
            {"post_id": first, "author_id": "u2", "sort_order": 1},
            {"post_id": first, "author_id": "u1", "sort_order": 0},
        ],
        "tags": [
            {"id": "t1", "name": "News"},
            {"id": "t2", "name": "#internal"},
            {"id": "t3", "name": "tax"},
        ],
        "posts_tags": [
            {"post_id": first, "tag_id": "t3", "sort_order": 2},
            {"post_id": first, "tag_id": "t2", "sort_order": 1},
            {"post_id": first, "tag_id": "t1", "sort_order": 0},
        ],
        "posts_meta": [
            {
                "post_id": first,
                "feature_image_alt": "A hand press",
                "feature_image_caption": "The press of 1800",
            }
        ],
    }
    return json.dumps({"db": [{"meta": {"version": "5.0"}, "data": data}]}).encode()


def read(data: bytes, wanted: Wanted | None = None) -> Checked[tuple[Story, ...]]:
    return read_ghost(data, name="export.json", wanted=wanted or Wanted(), site=SITE)


def test_a_post_comes_with_all_that_belongs_to_it() -> None:
    found = read(an_export(a_post(1)))

    assert found.value is not None
    (story,) = found.value
    assert (story.title, story.slug) == ("The salt & the tax", "salt-1")
    assert story.byline == ("Ada Marsh", "Hal Verrinder")
    assert story.contributor == "Ada writes on salt."
    assert (story.section, story.tags) == ("News", ("tax",))
    assert story.standfirst == "Paid twice."
    assert story.date == dt.date(2024, 8, 12)
    assert story.origin.id == "uuid-1"
    assert story.words == sum(piece.words for piece in story.pieces)


def test_addresses_of_the_site_itself_are_filled_in() -> None:
    found = read(an_export(a_post(1)))

    assert found.value is not None
    (story,) = found.value
    assert story.pieces[0].markdown == "See [us](https://lamp.example/about/)."
    assert story.pieces[1].pictures[0].addresses[0] == f"{SITE}/content/pan.jpg"
    assert story.lead is not None
    assert f"{SITE}/content/lead.jpg" in story.lead.addresses
    assert (story.lead.alt, story.lead.caption) == ("A hand press", "The press of 1800")


def test_what_is_not_published_is_not_taken_unasked_and_told() -> None:
    data = an_export(a_post(1), a_post(2, status="draft"), a_post(3, type="page"))

    found = read(data)
    drafts = read(data, Wanted(statuses=frozenset({"draft"})))

    assert [story.slug for story in found.value or ()] == ["salt-1"]
    assert "intake.not-published" in [one.code for one in found.findings]
    assert [story.slug for story in drafts.value or ()] == ["salt-2"]


def test_only_what_is_of_the_days_asked_for_is_taken() -> None:
    data = an_export(a_post(1), a_post(2, published_at="2024-07-01T09:00:00.000Z"))

    found = read(data, Wanted(since=dt.date(2024, 8, 1)))

    assert [story.slug for story in found.value or ()] == ["salt-1"]


def test_a_post_without_its_html_is_told() -> None:
    found = read(an_export(a_post(1, html=None), a_post(2)))

    assert [story.slug for story in found.value or ()] == ["salt-2"]
    assert found.findings


def test_what_is_no_export_is_an_error() -> None:
    for data in (b"", b"{", b"[]", b'{"db": []}', b'{"db": [{"data": {"posts": 3}}]}'):
        found = read(data)

        assert found.value is None
        assert [one.code for one in found.findings] == ["intake.unreadable"]
