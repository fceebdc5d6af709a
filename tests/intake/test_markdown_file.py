"""Markdown of other programs: its head is understood, its text stays as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.intake.manuscript import write
from press.intake.markdown import read_markdown
from press.manifest.foreign import read_foreign
from press.model.finding import Checked, Severity
from press.model.incoming import CopyFile
from press.model.manuscript import FrontPicture
from press.model.story import EmbedKind, PieceKind, Story
from tests.intake.documents import as_file, codes, only


def read(text: str, beside: tuple[str, ...] = ()) -> Checked[tuple[Story, ...]]:
    return read_file(CopyFile(name="salt.md", data=text.encode(), beside=beside))


def read_file(file: CopyFile) -> Checked[tuple[Story, ...]]:
    parts = read_foreign(file.data, file=file.name)
    if parts.value is None:
        return Checked(value=None, findings=parts.findings)
    made = read_markdown(file, parts.value)
    return Checked(value=made.value, findings=(*parts.findings, *made.findings))


def test_yaml_and_toml_say_the_same() -> None:
    yaml = (
        "---\ntitle: Salt\nauthors:\n  - Ada Marsh\n  - Rufus Hale\ndate: 2024-08-12\n"
        "description: It was taxed.\ncategories: [News]\ntags: [tax, salt]\ndraft: true\n"
        "featured_image:\n  src: images/pan.jpg\n  alt: A pan\n  caption: 'A pan. Photo: Quoin'\n"
        "---\n\nSalt was taxed.\n"
    )
    toml = (
        '+++\ntitle = "Salt"\nauthors = ["Ada Marsh", "Rufus Hale"]\ndate = 2024-08-12\n'
        'description = "It was taxed."\ncategories = ["News"]\ntags = ["tax", "salt"]\n'
        'draft = true\n[featured_image]\nsrc = "images/pan.jpg"\nalt = "A pan"\n'
        'caption = "A pan. Photo: Quoin"\n+++\n\nSalt was taxed.\n'
    )

    for text in (yaml, toml):
        story = only(read(text, beside=("images/pan.jpg",)))

        assert story.title == "Salt"
        assert story.byline == ("Ada Marsh", "Rufus Hale")
        assert str(story.date) == "2024-08-12"
        assert story.standfirst == "It was taxed."
        assert (story.section, story.tags) == ("News", ("tax", "salt"))
        assert story.origin.status == "draft"
        assert story.lead is not None
        assert story.lead.addresses == ("images/pan.jpg",)
        assert (story.lead.caption, story.lead.credit) == ("A pan.", "Quoin")
        assert [one.code for one in story.findings] == ["intake.not-published"]


@pytest.mark.parametrize(
    ("setting", "status"),
    [
        ("draft: true", "draft"),
        ("published: false", "draft"),
        ("status: private", "private"),
        ("draft: false", ""),
        ("published: 2024-08-12", ""),
    ],
)
def test_what_the_website_does_not_show_is_said_to_be_so(
    setting: str, status: str
) -> None:
    found = read(f"---\ntitle: Salt\n{setting}\n---\n\nSalt was taxed.\n")

    assert only(found).origin.status == status
    assert codes(found) == ["intake.not-published"] * bool(status)


def test_jekyll_says_the_day_in_the_name_of_the_file() -> None:
    dated = CopyFile(name="_posts/2024-08-03-salt-tax.md", data=b"# Salt\n\nTaxed.\n")
    other = CopyFile(name="2024-13-03-salt.md", data=b"# Salt\n\nTaxed.\n")
    said = CopyFile(
        name="2024-08-03-a.md", data=b"---\ndate: 2024-09-01\n---\nTaxed.\n"
    )

    assert str(only(read_file(dated)).date) == "2024-08-03"
    assert only(read_file(dated)).slug == "salt-tax"
    assert (only(read_file(other)).date, only(read_file(other)).slug) == (
        None,
        "2024-13-03-salt",
    )
    assert str(only(read_file(said)).date) == "2024-09-01"


def test_marks_for_the_websites_machine_are_taken_out_told_and_listed() -> None:
    found = read(
        "# Salt\n\nSalt was taxed.\n{: .lead}\n\n"
        '![A pan](pan.png){:width="300"}\n\n'
        "## The pan {#pan}\n\n"
        "See {{ site.url }} or [it]({{ site.url }}/pan).{:target='_blank'}\n\n"
        "`{: .kept}`\n\n```\n{{ site.url }}\n```\n",
        beside=("pan.png",),
    )
    story = only(found)

    assert [piece.markdown for piece in story.pieces] == [
        "Salt was taxed.",
        "{picture:0}",
        "## The pan",
        "See  or [it](/pan).",
        "`{: .kept}`",
        "```\n{{ site.url }}\n```",
    ]
    assert [one.text for one in story.left] == [
        "{: .lead}",
        '{:width="300"}',
        "{#pan}",
        "{{ site.url }}",
        "{{ site.url }}",
        "{:target='_blank'}",
    ]
    told = [one for one in found.findings if one.code == "intake.shortcode"]
    assert [one.place.line for one in told] == [4, 6, 8, 10, 10]
    assert "{{ site.url }}, 2 times" in told[3].message


@pytest.mark.parametrize(
    "comment",
    [
        pytest.param("{# Source: Ada #}", id="Nunjucks, Jinja, Twig"),
        pytest.param("{#- Source:\n\nAda -#}", id="over several lines"),
        pytest.param("{::comment}Source: Ada{:/comment}", id="kramdown"),
        pytest.param("{::comment}\nSource: Ada\n{:/}", id="kramdown, shut briefly"),
        pytest.param("{% comment %}Source: Ada{% endcomment %}", id="Liquid"),
        pytest.param("{%- # Source: Ada -%}", id="Liquid, one line"),
        pytest.param("{{% comment %}}Source: Ada{{% /comment %}}", id="Hugo"),
        pytest.param("{{/* Source: Ada */}}", id="templates of Hugo"),
        pytest.param("{{!-- Source: Ada --}}", id="Handlebars"),
        pytest.param("{/* Source: Ada */}", id="MDX"),
        pytest.param("<!-- Source: Ada -->", id="HTML"),
        pytest.param("<!-- Source:\n\nAda -->", id="HTML over several lines"),
    ],
)
@pytest.mark.parametrize("around", ["\n\n{}\n\n", " {} ", "\n{}\n"])
def test_comments_of_editors_stay_out_of_copy_and_are_listed(
    comment: str, around: str
) -> None:
    found = read(f"# Salt\n\nIt was{around.format(comment)}taxed.\n\n{{% poll %}}\n")
    story = only(found)

    copy = "\n\n".join(piece.markdown for piece in story.pieces)
    assert copy.split() == ["It", "was", "taxed.", "{%", "poll", "%}"]
    (left,) = story.left
    assert left.why == "comment of an editor"
    assert "Source: Ada" in left.text
    told = {one.code: one.place.line for one in found.findings}
    lines = 3 + around.count("\n", 0, around.index("{"))
    assert told["intake.comments"] == lines
    after = f"It was{around.format(comment)}taxed.\n\n".count("\n")
    assert told["intake.shortcode"] == 3 + after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("`{# a #}` and `{::comment}b{:/}`", id="code in a line"),
        pytest.param("```\n{# a #}\n<!-- b c -->\n```", id="code"),
        pytest.param("A {# that never ends.", id="without an end"),
        pytest.param("A {::comment} that never ends.", id="kramdown without an end"),
        pytest.param("{#if salt} was {#each tax}", id="another program's"),
        pytest.param("Salt.\n\n<!--more-->\n\nTax.", id="where a teaser ends"),
    ],
)
def test_what_only_looks_like_a_comment_stays(text: str) -> None:
    story = only(read(f"# Salt\n\n{text}\n"))

    assert "\n\n".join(piece.markdown for piece in story.pieces) in {
        text,
        text.replace("\n\n<!--more-->", ""),
    }
    assert not story.left


def test_an_anchor_of_a_heading_begins_no_comment() -> None:
    story = only(read("## The pan {#pan}\n\nSalt.\n\n{# Sure? #}\n"))

    assert [piece.markdown for piece in story.pieces] == ["## The pan", "Salt."]
    assert [one.text for one in story.left] == ["{#pan}", "Sure?"]


def test_a_thousand_comments_without_an_end_take_no_time() -> None:
    text = "{# a {::comment} b {% comment %} c {/* d <!-- e f " * 1_000

    assert only(read(text)).pieces


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ('{% youtube "https://youtu.be/X" %}', "https://youtu.be/X"),
        ("{{< youtube aB3 >}}", "https://www.youtube.com/watch?v=aB3"),
        ("{{< vimeo //vimeo.com/7 >}}", "https://vimeo.com/7"),
        ('{{< vimeo id="7" >}}', "https://vimeo.com/7"),
    ],
)
def test_an_address_of_a_film_stays_an_address(code: str, address: str) -> None:
    story = only(read(f"# Salt\n\n{code}\n"))

    assert story.pieces[0].embed is not None
    assert story.pieces[0].embed.address == address


def test_bad_toml_is_an_error_at_its_line() -> None:
    found = read('+++\ntitle = "Salt"\nauthor: Ada\ndate = 2024-08-12\n+++\nSalt.\n')

    assert found.value is None
    (finding,) = found.findings
    assert finding.code == "intake.front-matter"
    assert (finding.place.line, finding.place.column) == (3, 1)


def test_front_matter_that_is_never_closed_is_an_error() -> None:
    assert codes(read("---\ntitle: Salt\n\nSalt was taxed.\n")) == [
        "intake.front-matter"
    ]


def test_every_block_stays_as_it_was_written() -> None:
    blocks = [
        "Salt __was__ taxed[^a]\nand  *taxed*.",
        "* One\n    * Two",
        "| a | b |\n|--|--|\n| 1 | 2 |",
        "> It was.\n> So.",
        "~~~\ncode\n~~~",
        "::: box\nFacts.\n:::",
        "***",
        "[^a]: Twice.",
        "[tax]: https://quoin.example",
    ]

    story = only(read("# Salt\n\n" + "\n\n".join(blocks)))

    assert story.title == "Salt"
    assert [piece.markdown for piece in story.pieces] == blocks
    assert [piece.kind for piece in story.pieces] == [
        PieceKind.PARAGRAPH,
        PieceKind.LIST,
        PieceKind.TABLE,
        PieceKind.QUOTE,
        PieceKind.LISTING,
        PieceKind.BOX,
        PieceKind.SEPARATOR,
        PieceKind.NOTE,
        PieceKind.PARAGRAPH,
    ]
    assert [piece.place.line for piece in story.pieces][:3] == [3, 6, 9]


def test_pictures_are_found_beside_the_file_wherever_the_website_has_them() -> None:
    text = (
        'Words ![A pan]({{ site.baseurl }}/assets/pan.jpg "The pan. Photo: Quoin") on.\n\n'
        "[![A map](map.png)](https://quoin.example)\n\n"
        "![Gone](gone.png)\n\n![Web](https://quoin.example/a.png)\n"
    )

    found = read(text, beside=("images/pan.jpg", "map.png"))
    story = only(found)

    shown = [one for piece in story.pieces for one in piece.pictures]
    assert [one.addresses for one in shown] == [
        ("images/pan.jpg",),
        ("map.png",),
        (),
        ("https://quoin.example/a.png",),
    ]
    assert (shown[0].caption, shown[0].credit) == ("The pan.", "Quoin")
    assert story.pieces[1].markdown == "Words on."
    assert codes(found).count("intake.missing-picture") == 1


def test_copy_that_looks_like_the_place_of_a_picture_stays_copy() -> None:
    story = only(
        read("# Salt\n\n- {picture:7} of ![a pan](pan.png)\n", beside=("pan.png",))
    )
    [sought] = story.pieces[-1].pictures

    made = write(
        story,
        [None] * len(story.pieces),
        {sought: FrontPicture(file="images/pan.png", alt="a pan")},
    )

    assert made.manuscript.blocks == ("- \\{picture:7} of ![a pan](images/pan.png)",)


def test_shortcodes_are_understood_or_told() -> None:
    text = (
        '{{< tweet user="ada" id="12" >}}\n\n{{< youtube abcdef >}}\n\n'
        '{{<img src="images/pan.jpg" alt="A pan" caption="The pan">}}\n\n'
        "{{< box >}}\nFacts.\n{{< /box >}}\n\n{% poll 7 %}\n\n{% poll 8 %}\n"
    )

    found = read(text, beside=("images/pan.jpg",))
    story = only(found)

    embeds = [piece.embed for piece in story.pieces if piece.embed]
    assert [(one.kind, one.address) for one in embeds] == [
        (EmbedKind.POST, "https://twitter.com/ada/status/12"),
        (EmbedKind.VIDEO, "https://www.youtube.com/watch?v=abcdef"),
    ]
    assert story.pieces[2].pictures[0].caption == "The pan"
    told = [one for one in found.findings if one.code == "intake.shortcode"]
    assert [one.place.line for one in told] == [11]
    assert "2 times" in told[0].message


FIGURE = '{{< figure src="pan.jpg" title="The pan" caption="It held." attr="Ada" >}}'


def test_what_a_shortcode_says_under_a_picture_is_in_its_caption_and_its_credit() -> (
    None
):
    story = only(read(f"# Salt\n\n{FIGURE}\n", beside=("pan.jpg",)))

    (picture,) = story.pieces[0].pictures
    assert (picture.caption, picture.credit) == ("The pan. It held.", "Ada")


@pytest.mark.parametrize(
    ("named", "caption"),
    [
        ('title="The pan"', "The pan"),
        ('title="The pan?" caption="It held."', "The pan? It held."),
        ('title="The pan" caption="The pan"', "The pan"),
    ],
)
def test_a_title_of_a_picture_stands_before_its_caption(
    named: str, caption: str
) -> None:
    story = only(read(f'{{{{< figure src="pan.jpg" {named} >}}}}', beside=("pan.jpg",)))

    assert story.pieces[0].pictures[0].caption == caption


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        pytest.param(f"Salt.\n\n{FIGURE}\n", "The pan. It held. Ada", id="a figure"),
        pytest.param(
            '![A pan](pan.jpg "It held. Photo: Ada")\n\nSalt.\n',
            "It held. Photo: Ada",
            id="a picture of Markdown",
        ),
        pytest.param(
            "---\nimage: {path: /pan.jpg, caption: It held., credit: Ada}\n---\nSalt.\n",
            "It held. Ada",
            id="the lead of Jekyll",
        ),
        pytest.param(
            "---\nimage: /pan\nimage_caption: It held.\n---\nSalt.\n",
            "It held.",
            id="a lead without the name of a file",
        ),
    ],
)
def test_what_stands_under_a_picture_that_never_came_is_listed(
    text: str, lost: str
) -> None:
    found = read(text)
    story = only(found)

    made = write(story, [None] * len(story.pieces), {})

    assert made.manuscript.blocks == ("Salt.",)
    assert [one.text for one in made.manuscript.dropped] == [lost]
    assert made.manuscript.words.closes
    assert codes(found).count("intake.missing-picture") == 1


def test_html_without_markdown_is_read_as_what_it_is() -> None:
    text = (
        '<iframe src="https://www.youtube.com/embed/abcdef"></iframe>\n\n'
        '<div markdown="1">\nSalt *was* taxed.\n</div>\n\n<script>steal()</script>\n'
    )

    story = only(read(text))

    assert [piece.kind for piece in story.pieces] == [
        PieceKind.EMBED,
        PieceKind.PARAGRAPH,
    ]
    assert story.pieces[1].text == "Salt was taxed."
    assert "steal" not in "".join(piece.markdown for piece in story.pieces)


def test_tags_without_end_do_not_stop_the_import() -> None:
    assert only(read("<div>" * 10_000 + "x\n\nSalt.")).pieces


@pytest.mark.parametrize(("name", "line"), [("bad-yaml-colon", 2), ("bad-yaml-tab", 3)])
def test_bad_front_matter_is_an_error_with_line_and_column(
    corpus: Path, name: str, line: int
) -> None:
    found = read_file(as_file(corpus / f"awkward/text/{name}.md"))

    assert found.value is None
    error = next(one for one in found.findings if one.severity is Severity.ERROR)
    assert error.place.line == line
    assert error.place.column


def test_every_other_awkward_text_gives_a_story_that_loses_no_word(
    corpus: Path,
) -> None:
    stories = {
        path.stem: only(read_file(as_file(path)))
        for path in sorted((corpus / "awkward/text").glob("*.md"))
        if not path.stem.startswith("bad-yaml")
    }

    assert stories["yaml-norway"].title == "NO"
    assert stories["yaml-norway"].lang == "no"
    assert stories["yaml-norway"].byline == ("Yes", "No")
    assert stories["crlf-bom"].title == "BOM and CRLF"
    assert stories["no-front-matter"].title == "Just a heading"
    assert stories["empty-body"].pieces == ()
    assert len([one for one in stories["footnotes"].pieces if one.kind == "note"]) == 3
    assert stories["mojibake"].title == "Ministerâ€™s reply"


def test_a_hostile_text_names_no_file_and_no_folder_of_ours(corpus: Path) -> None:
    found = read_file(as_file(corpus / "awkward/text/hostile.md"))
    story = only(found)

    shown = [one for piece in story.pieces for one in piece.pictures]
    assert story.slug == "passwd"
    assert [one.addresses for one in shown] == [(), ()]
    assert codes(found).count("intake.missing-picture") == 2
    assert "{{ config }}" in "".join(piece.markdown for piece in story.pieces)


def test_the_sources_of_the_corpus_lose_no_word(corpus: Path) -> None:
    for path in sorted((corpus / "articles").glob("*/original.md")):
        story = only(read_file(as_file(path)))

        assert story.title, path
        assert story.pieces


def test_settings_that_say_nothing_to_press_are_named() -> None:
    story = only(
        read(
            "---\ntitle: Salt\nlayout: post\nprice: 1\nmap:\n  zoom: 3\n---\n\nText.\n"
        )
    )

    (told,) = (one for one in story.findings if one.code == "intake.settings")
    assert "the front matter's map, price says nothing" in told.message
