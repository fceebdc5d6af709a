"""An export of WordPress becomes stories, whatever it refers to and however it ends."""

from __future__ import annotations

import datetime as dt
from html import escape

import pytest

from press.intake.wxr import read_wxr
from press.model.finding import Checked
from press.model.story import EmbedKind, PieceKind, Story
from press.model.wanted import Wanted

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
{doctype}<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<link>https://example.org</link>
<wp:base_site_url>https://example.org</wp:base_site_url>
<wp:author><wp:author_login>jo</wp:author_login>
<wp:author_email>jo@example.org</wp:author_email>
<wp:author_display_name>Jo Writer</wp:author_display_name></wp:author>
<wp:category><wp:term_id>4</wp:term_id><wp:cat_name>Law &amp; order</wp:cat_name>
</wp:category>
"""
TAIL = "</channel></rss>"


def an_item(
    number: int, content: str = "<p>Text.</p>", more: str = "", **said: str
) -> str:
    known = {
        "post_id": str(number),
        "post_type": "post",
        "status": "publish",
        "post_name": f"post-{number}",
        "post_date": "2024-08-30 00:30:00",
        "post_modified_gmt": "2024-08-31 07:00:00",
        **said,
    }
    fields = "".join(f"<wp:{name}>{escape(v)}</wp:{name}>" for name, v in known.items())
    return (
        f"<item><title>Post {number}</title><dc:creator>jo</dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>{fields}{more}</item>"
    )


def a_picture(number: int, name: str, caption: str = "", more: str = "") -> str:
    address = f"https://example.org/wp-content/uploads/{name}"
    said = f"<excerpt:encoded>{escape(caption)}</excerpt:encoded>{more}"
    return an_item(
        number,
        "",
        said,
        post_type="attachment",
        status="inherit",
        attachment_url=address,
    )


def meta(name: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{name}</wp:meta_key>"
        f"<wp:meta_value>{escape(value)}</wp:meta_value></wp:postmeta>"
    )


def filed(domain: str, short: str, name: str) -> str:
    return f'<category domain="{domain}" nicename="{short}">{name}</category>'


def read(
    *items: str, wanted: Wanted | None = None, doctype: str = "", tail: str = TAIL
) -> Checked[tuple[Story, ...]]:
    text = HEAD.format(doctype=doctype) + "".join(items) + tail
    return read_wxr(text.encode(), name="export.xml", wanted=wanted or Wanted())


def one(*items: str) -> Story:
    checked = read(*items)
    assert checked.value, checked.findings
    story = checked.value[0]
    counted = sum(each.words for each in story.pieces)
    counted += sum(each.words for each in story.left)
    assert story.words == counted
    return story


def test_a_post_comes_with_what_is_known_of_it() -> None:
    more = filed("category", "uncategorized", "Uncategorized") + filed(
        "category", "law", "Law &amp; order"
    )
    more += filed("post_tag", "x", "Courts") + filed("language", "fr", "Français")
    more += "<excerpt:encoded>What it is about</excerpt:encoded>"

    story = one(an_item(7, more=more, link="https://example.org/7/"))

    assert (story.title, story.slug, story.byline) == (
        "Post 7",
        "post-7",
        ("Jo Writer",),
    )
    assert (story.section, story.tags, story.lang) == ("Law & order", ("Courts",), "fr")
    assert story.standfirst == "What it is about"
    assert story.date == dt.date(2024, 8, 30)
    assert story.origin.modified == dt.datetime(2024, 8, 31, 7, tzinfo=dt.UTC)
    assert (story.origin.form, story.origin.id) == ("wxr", "7")
    assert story.origin.site == "https://example.org"


def test_several_writers_are_named_in_their_order_with_who_they_are() -> None:
    guest = an_item(
        90,
        "",
        meta("cap-display_name", "Al Guest") + meta("cap-description", "Al fishes."),
        post_type="guest-author",
        post_name="cap-al",
    )
    more = filed("author", "cap-al", "al") + filed("author", "cap-jo", "jo")

    story = one(guest, an_item(1, more=more))

    assert story.byline == ("Al Guest", "Jo Writer")
    assert story.contributor == "Al fishes."


def test_the_picture_over_a_post_comes_with_caption_and_credit_as_it_was_uploaded() -> (
    None
):
    serialized = (
        'a:2:{s:10:"image_meta";a:1:{s:6:"credit";s:10:"Jörg/AFP!";}'
        's:14:"original_image";s:5:"a.jpg";}'
    )
    said = meta("_wp_attachment_image_alt", "A mill") + meta(
        "_wp_attachment_metadata", serialized
    )
    picture = a_picture(5, "2024/a-scaled.jpg", "The <b>mill</b>", said)

    story = one(an_item(1, more=meta("_thumbnail_id", "5")), picture)

    lead = story.lead
    assert lead is not None
    assert lead.lead
    assert lead.addresses[0].endswith("/2024/a.jpg")
    assert lead.addresses[1].endswith("/2024/a-scaled.jpg")
    assert (lead.name, lead.alt, lead.caption) == ("a.jpg", "A mill", "The mill")
    assert lead.credit == "Jörg/AFP!"


def test_a_missing_picture_is_told_by_its_number() -> None:
    story = one(an_item(1, more=meta("_thumbnail_id", "5")))

    assert story.lead is None
    assert [found.code for found in story.findings] == ["intake.lead-picture"]
    assert "5" in story.findings[0].message


def test_reusable_blocks_are_put_in_and_known_by_their_number() -> None:
    inner = "<!-- wp:paragraph --><p>Subscribe!</p><!-- /wp:paragraph -->"
    outer = '<!-- wp:block {"ref":900} /-->'
    text = '<!-- wp:paragraph --><p>A</p><!-- /wp:paragraph --><!-- wp:block {"ref":901} /-->'

    story = one(
        an_item(1, text),
        an_item(900, inner, post_type="wp_block"),
        an_item(901, outer, post_type="wp_block"),
    )

    assert [piece.text for piece in story.pieces] == ["A", "Subscribe!"]
    assert {"ref:900", "ref:901"} <= set(story.pieces[1].marks)
    assert not {"ref:900", "ref:901"} & set(story.pieces[0].marks)


def test_a_reusable_block_that_holds_itself_ends() -> None:
    loop = '<p>Again</p><!-- wp:block {"ref":900} /-->'

    story = one(an_item(1, loop), an_item(900, loop, post_type="wp_block"))

    assert 2 <= len(story.pieces) < 20


def test_the_older_editor_has_paragraphs_between_blank_lines() -> None:
    text = "First <em>paragraph.\nA line.\n\nSecond</em> one.\n<h2>Head</h2>\nThird."

    story = one(an_item(1, text))

    assert [(piece.kind, piece.markdown) for piece in story.pieces] == [
        (PieceKind.PARAGRAPH, "First *paragraph.*\\\n*A line.*"),
        (PieceKind.PARAGRAPH, "*Second* one."),
        (PieceKind.HEADING, "## Head"),
        (PieceKind.PARAGRAPH, "Third."),
    ]


def test_text_in_blocks_is_not_broken_at_blank_lines() -> None:
    text = "<!-- wp:paragraph --><p>One\n\ntwo</p><!-- /wp:paragraph -->"

    assert len(one(an_item(1, text)).pieces) == 1


def test_captions_and_galleries_are_pictures_with_their_own_captions() -> None:
    text = (
        '[caption id="attachment_5" width="300"]<a href="/x"><img'
        ' src="https://example.org/wp-content/uploads/a-300x200.jpg"></a> Under'
        ' <em>it</em>[/caption]\n\nText.\n\n[gallery ids="5,6,7"]'
    )

    story = one(
        an_item(1, text), a_picture(5, "a.jpg", "Said of A"), a_picture(6, "b.jpg", "B")
    )

    first, text_piece, gallery = story.pieces
    assert first.pictures[0].caption == "Under it"
    assert first.pictures[0].addresses[0].endswith("/a.jpg")
    assert text_piece.text == "Text."
    assert gallery.kind is PieceKind.GALLERY
    assert [shown.caption for shown in gallery.pictures] == ["Said of A", "B"]
    assert [found.code for found in story.findings] == ["intake.gallery-picture"]


def attached(number: int, place: int, title: str, post: int = 1) -> str:
    return an_item(
        number,
        "",
        post_type="attachment",
        status="inherit",
        attachment_url=f"https://example.org/wp-content/uploads/{title}",
        post_parent=str(post),
        menu_order=str(place),
        post_date=f"2024-08-{30 - number:02} 00:00:00",
    ).replace(f"<title>Post {number}<", f"<title>{title}<")


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("[gallery]", ["c.jpg", "a.jpg", "b.png"]),
        ("[gallery /]", ["c.jpg", "a.jpg", "b.png"]),
        ('[gallery columns="4" size="full"]', ["c.jpg", "a.jpg", "b.png"]),
        ("[gallery exclude=7]", ["a.jpg", "b.png"]),
        ('[gallery orderby="ID"]', ["a.jpg", "b.png", "c.jpg"]),
        ('[gallery orderby="ID" order="DESC"]', ["c.jpg", "b.png", "a.jpg"]),
        ('[gallery orderby="post_date"]', ["c.jpg", "b.png", "a.jpg"]),
        ('[gallery orderby="title" exclude="5"]', ["b.png", "c.jpg"]),
        ('[gallery id="2"]', ["e.jpg"]),
        ('[gallery include="7,5"]', ["c.jpg", "a.jpg"]),
        ('[gallery ids="6,7,5"]', ["b.png", "c.jpg", "a.jpg"]),
        ('[gallery ids="6,7,5" orderby="title"]', ["a.jpg", "b.png", "c.jpg"]),
    ],
)
def test_a_gallery_shows_what_the_site_shows(code: str, shown: list[str]) -> None:
    story = one(
        an_item(1, f"Text.\n\n{code}"),
        *(attached(5, 2, "a.jpg"), attached(6, 2, "b.png"), attached(7, 1, "c.jpg")),
        *(attached(8, 0, "minutes.pdf"), attached(9, 0, "e.jpg", post=2)),
    )

    _, gallery = story.pieces
    assert [picture.name for picture in gallery.pictures] == shown
    assert story.findings == ()


def test_a_gallery_of_pictures_that_nobody_knows_is_told_and_listed() -> None:
    story = one(an_item(1, "Text.\n\n[gallery]"))

    assert [piece.text for piece in story.pieces] == ["Text."]
    assert [left.text for left in story.left] == ["[gallery]"]
    assert [found.code for found in story.findings] == ["intake.gallery-picture"]


def test_a_gallery_of_blocks_keeps_each_caption_with_its_picture() -> None:
    figures = "".join(
        f'<figure class="wp-block-image"><img src="/{n}.jpg"/>'
        f"<figcaption>Under {n}</figcaption></figure>"
        for n in "ab"
    )
    text = (
        '<!-- wp:gallery --><figure class="wp-block-gallery">'
        f"{figures}<figcaption>Both</figcaption></figure><!-- /wp:gallery -->"
    )

    story = one(an_item(1, text))

    captions = [shown.caption for shown in story.pieces[0].pictures]
    assert captions == ["Under a", "Under b Both"]


@pytest.mark.parametrize(
    "text",
    [
        "[embed]https://youtu.be/abcdefghijk[/embed]",
        "https://www.youtube.com/watch?v=abcdefghijk&feature=x",
        "[youtube https://www.youtube.com/watch?v=abcdefghijk]",
        '[youtube id="abcdefghijk"]',
        (
            '<!-- wp:embed --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">'
            "\nhttps://www.youtube.com/watch?v=abcdefghijk\n</div></figure><!-- /wp:embed -->"
        ),
    ],
)
def test_films_are_embeds_however_they_are_written(text: str) -> None:
    story = one(an_item(1, f"<p>Text.</p>\n\n{text}\n\n<p>More.</p>"))

    film = story.pieces[1].embed
    assert film is not None
    assert film.kind is EmbedKind.VIDEO
    assert film.address == "https://www.youtube.com/watch?v=abcdefghijk"
    assert film.still is not None
    assert [piece.text for piece in story.pieces] == ["Text.", "", "More."]


def test_unknown_shortcodes_are_taken_out_and_told_and_what_they_hold_stays() -> None:
    text = (
        '<p>Before [button link="/x" color=red] after.</p>\n\n<p>[box title="T"]Inside.'
        "[/box]</p>\n\n[my_plugin]\n\n<!-- wp:shortcode -->[plain]<!-- /wp:shortcode -->"
    )

    story = one(an_item(1, text))

    assert "Inside." in {piece.text for piece in story.pieces}
    assert all("[" not in piece.text for piece in story.pieces)
    assert {left.why for left in story.left} == {
        "shortcode button",
        "shortcode box",
        "shortcode my_plugin",
        "shortcode plain",
    }
    assert [found.code for found in story.findings] == ["intake.shortcode"]


@pytest.mark.parametrize(
    "text",
    [
        "She said [sic] that [the minister] went [...] home [1] [DNS-consistency tests].",
        'It [his "plan"] failed.',
        "[[gallery]]",
        "<pre>[gallery ids=1]</pre>",
        "A [link](https://example.org/a) of Markdown.",
    ],
)
def test_brackets_that_an_editor_wrote_stay(text: str) -> None:
    story = one(an_item(1, text))

    assert not story.findings
    assert "[" in story.pieces[0].text


def test_footnotes_of_the_block_editor_are_kept() -> None:
    text = (
        "<!-- wp:paragraph --><p>Said<sup data-fn='n1' class='fn'><a href='#n1'"
        " id='n1-link'>1</a></sup>.</p><!-- /wp:paragraph --><!-- wp:footnotes /-->"
    )
    notes = meta("footnotes", '[{"id":"n1","content":"By <em>him</em>."}]')

    story = one(an_item(1, text, notes))

    assert story.pieces[-1].kind is PieceKind.NOTE
    assert "*him*" in story.pieces[-1].markdown


def test_what_is_not_published_is_not_taken_unasked_and_told() -> None:
    items = [
        an_item(1),
        an_item(2, status="draft"),
        an_item(3, status="private"),
        an_item(4, post_password="x"),  # noqa: S106 - of no use anywhere
        an_item(5, status="trash"),
        an_item(6, post_type="page"),
        an_item(7, post_date="2024-07-01 00:00:00"),
    ]
    asked = Wanted(since=dt.date(2024, 8, 1))

    checked = read(*items, wanted=asked)
    drafts = read(*items, wanted=Wanted(statuses=frozenset({"draft"})))

    assert [story.origin.id for story in checked.value or ()] == ["1"]
    assert {found.code for found in checked.findings} == {"intake.not-published"}
    assert len(checked.findings) == 3
    assert [story.origin.status for story in drafts.value or ()] == ["draft"]


def test_a_bad_entry_holds_up_no_other() -> None:
    checked = read(an_item(1, post_id="none"), an_item(2))

    assert [story.origin.id for story in checked.value or ()] == ["2"]
    assert [found.code for found in checked.findings] == ["intake.item"]


def test_an_export_that_breaks_off_gives_what_came_before() -> None:
    checked = read(an_item(1), an_item(2)[:200], tail="")

    assert [story.origin.id for story in checked.value or ()] == ["1"]
    assert [found.code for found in checked.findings] == ["intake.unreadable"]
    assert checked.findings[0].place.line


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY e "&a;&a;&a;">]>',
    ],
)
def test_entities_are_neither_read_nor_multiplied(doctype: str) -> None:
    item = an_item(1).replace("Post 1", "&e;")

    checked = read(item, doctype=doctype)

    assert checked.value is None
    assert [found.code for found in checked.findings] == ["intake.unreadable"]
    assert "root:" not in repr(checked)


def test_control_characters_spoil_no_export() -> None:
    story = one(an_item(1, "<p>One\x0btwo\x00.</p>"))

    assert story.pieces[0].text.split() == ["One", "two", "."]


@pytest.mark.parametrize(
    "text",
    [
        "[a " * 20_000,
        '[a "' * 20_000,
        "<!--" * 20_000,
        "<pre>" * 5_000,
        "<p <p " * 20_000,
        "\n \n" * 20_000,
        "https://" * 20_000,
        "[caption]" * 2_000 + "[/caption]" * 2_000,
    ],
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    one(an_item(1, f"Text {text}"))
