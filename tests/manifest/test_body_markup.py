"""HTML in copy: what is read, what is taken out, and what is said about it."""

from __future__ import annotations

import pytest

from press.manifest.body import BodyRead, read_body
from press.model.copy import (
    BlockQuote,
    FactBox,
    ItemList,
    Mark,
    Paragraph,
    plain,
    runs_of,
)
from press.model.finding import Finding, Severity


def read(text: str) -> BodyRead:
    return read_body(text, file="index.md", first_line=1)


def words(found: BodyRead) -> str:
    return " ".join(plain(runs) for runs in runs_of(found.copy.blocks))


def one(found: BodyRead) -> Finding:
    (finding,) = found.findings
    return finding


def test_markdown_within_html_is_read_as_markdown() -> None:
    found = read(
        '<div dir="rtl" markdown="1">\n\n## Head\n\n- item\n\n</div>\n\n'
        '<aside markdown="1">\n- *one*\n- two\n</aside>'
    )

    kinds = [type(block).__name__ for block in found.copy.blocks]
    assert kinds == ["Crosshead", "ItemList", "ItemList"]
    inner = found.copy.blocks[2]
    assert isinstance(inner, ItemList)
    assert next(inner.texts())[0].marks == {Mark.EMPHASIS}


def test_text_of_html_blocks_is_read_as_inline_markdown() -> None:
    found = read(
        '<p style="x">A **bold** [link](https://e.org) &amp; <em>more</em></p>'
    )

    assert words(found) == "A bold link & more"
    assert found.copy.blocks[0] == Paragraph(
        runs=next(found.copy.blocks[0].texts()), place=found.copy.blocks[0].place
    )


def test_an_aside_with_a_heading_is_a_fact_box() -> None:
    (block,) = read("<aside><h3>Key facts</h3><p>One.</p></aside>").copy.blocks

    assert isinstance(block, FactBox)
    assert block.title == "Key facts"


def test_unclosed_and_crossed_tags_lose_no_word() -> None:
    found = read("<div><p>a<p>b <b>c<i>d</b>e</i></blockquote> f\n\ng</div></div> h")

    assert words(found).split() == ["a", "b", "cde", "f", "g", "h"]


@pytest.mark.parametrize(
    "tag",
    [
        "<script>x()</script>",
        "<style>@page{size:1mm}</style>",
        '<iframe src="http://127.0.0.1:9/"></iframe>',
        '<link rel="stylesheet" href="x.css">',
        '<base href="http://e.org/">',
        '<meta http-equiv="refresh" content="0">',
        '<object data="x"></object>',
        "<form><input name=a><button>Subscribe</button></form>",
        "<svg><use href='#a'/></svg>",
        "<video src=x></video>",
    ],
)
@pytest.mark.parametrize("around", ["{}", "Text {} goes on."])
def test_what_must_not_be_printed_is_taken_out_with_a_warning_at_its_line(
    tag: str, around: str
) -> None:
    found = read("First.\n\n" + around.format(tag) + "\n\nLast.")

    finding = one(found)
    assert (finding.code, finding.place.line) == ("article.markup-removed", 3)
    assert finding.severity is Severity.WARNING
    expected = "First. Text goes on. Last." if "Text" in around else "First. Last."
    assert words(found) == expected


def test_settings_that_run_programs_are_reported() -> None:
    found = read('a <span onmouseover="x()">b</span>')

    assert words(found) == "a b"
    assert "onmouseover" in one(found).message


def test_an_unknown_tag_goes_and_its_words_stay() -> None:
    found = read("the file <slug>name</slug>")

    assert words(found) == "the file name"
    assert "<slug>" in one(found).message


def test_a_script_with_blank_lines_inside_a_paragraph_is_taken_out_whole() -> None:
    found = read("a <script>\nx()\n\ny()\n</script> b")

    assert words(found) == "a b"


def test_comments_vanish_even_over_blank_lines_and_within_paragraphs() -> None:
    found = read("a <!-- legal: can we\n\nstand this up? --> b\n\n<!-- x -->\n\n- c")

    assert words(found) == "a b c"
    assert not found.findings
    assert found.copy.blocks[-1].place.line == 7


def test_a_comment_that_is_never_closed_is_an_error() -> None:
    found = read("a\n\n<!-- cut\n\nb")

    assert (one(found).severity, one(found).place.line) == (Severity.ERROR, 3)


def test_code_keeps_what_elsewhere_is_markup() -> None:
    found = read("`<!-- a -->` `<script>b</script>` `{{< c >}}` and ``{% d %}``")

    assert words(found) == "<!-- a --> <script>b</script> {{< c >}} and {% d %}"
    assert not found.findings


def test_a_code_span_that_names_a_comment_mark_hides_nothing() -> None:
    found = read("Write `<!--` first.\n\nWords.\n\n<!-- real -->\n\nEnd.")

    assert words(found) == "Write <!-- first. Words. End."


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVa\tScript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "http://127.0.0.1:9/",
        "http://localhost/x",
        "http://[::1]/",
        "http://2130706433/",
        "http://192.168.1.1/",
        "http://",
        "http://[bad",
        "C:\\x",
    ],
)
def test_a_link_that_no_reader_can_follow_keeps_its_words_only(address: str) -> None:
    found = read(f'a\n<a href="{address}">words</a>')

    assert [run.link for runs in runs_of(found.copy.blocks) for run in runs] == [None]
    assert words(found) == "a words"
    assert (one(found).code, one(found).place.line) == ("article.link-kind", 2)


@pytest.mark.parametrize(
    "address",
    ["https://e.org/a?b=c#d", "mailto:a@e.org", "tel:+4420", "http://e.org/ä_(x)"],
)
def test_a_link_that_readers_can_follow_stays_as_written(address: str) -> None:
    found = read(f"[words](<{address}>)")

    assert next(runs_of(found.copy.blocks))[0].link == address


@pytest.mark.parametrize(
    "address", ["/documents/a.pdf", "../b/#c", "./x.txt", "a.html"]
)
def test_a_link_within_the_papers_site_loses_its_address_in_silence(
    address: str,
) -> None:
    found = read(f"see [words]({address}) here")

    assert next(runs_of(found.copy.blocks))[0].link is None
    assert not found.findings


def test_a_link_to_a_place_in_the_article_keeps_its_words() -> None:
    found = read("## Blocks in the run-up\n\nsee [above](#blocks-in-the-run-up-1) ok")

    assert words(found) == "Blocks in the run-up see above ok"
    assert not found.findings


def test_an_anchor_that_is_nowhere_is_noted() -> None:
    found = read("a [b](#nowhere) c")

    assert (one(found).code, one(found).severity) == ("article.anchor", Severity.NOTE)


def test_a_list_of_contents_is_dropped_with_its_heading_and_noted() -> None:
    found = read(
        "Intro.\n\n## Contents\n\n* [One](#one)\n  * [Two](#two)\n\n## One\n\n## Two\n\n"
        "[Back to the table of contents](#contents)\n"
    )

    assert words(found) == "Intro. One Two"
    notes = [(f.code, f.place.line, f.severity) for f in found.findings]
    assert notes == [
        ("article.contents-dropped", 5, Severity.NOTE),
        ("article.contents-dropped", 12, Severity.NOTE),
    ]


def test_a_list_with_other_words_is_no_list_of_contents() -> None:
    found = read("* [One](#one) and more\n* [x](https://e.org)\n\n## One")

    assert isinstance(found.copy.blocks[0], ItemList)


@pytest.mark.parametrize(
    "shortcode",
    [
        '{{< tweet user="a" id="1" >}}',
        "{{% tweet 762388008666591232 %}}",
        "{% unless x %}",
        "{%- include a.html b='c' -%}",
        '{{< youtube\n  "id" >}}',
    ],
)
def test_an_unknown_shortcode_is_named_and_never_printed(shortcode: str) -> None:
    found = read(f"a\n\n{shortcode}\n\nb {shortcode} c")

    assert words(found) == "a b c"
    assert {f.code for f in found.findings} == {"article.shortcode"}
    assert found.findings[0].place.line == 3
    assert len(found.findings) == 2


def test_the_words_within_a_pair_of_shortcodes_stay() -> None:
    found = read("{{< frame >}} Words. {{< /frame >}}\n\n{% if a %}b{% endif %}")

    assert words(found) == "Words. b"
    assert [f.message for f in found.findings] == [
        "the shortcode “frame” was taken out",
        "the shortcode “if” was taken out",
    ]


def test_a_box_drawn_by_a_shortcode_is_a_fact_box_if_it_has_a_title() -> None:
    found = read(
        '{{< ring title="What are types?">}}\nOne.\n\n[Two](https://e.org).\n{{< /ring >}}\n\n'
        "{{< box >}} Three. {{< /box >}}"
    )

    box, after = found.copy.blocks
    assert isinstance(box, FactBox)
    assert box.title == "What are types?"
    assert [plain(runs) for runs in runs_of(box.blocks)] == ["One.", "Two."]
    assert isinstance(after, Paragraph)
    assert not found.findings


def test_a_shortcode_as_a_links_address_costs_the_link_only() -> None:
    found = read('on [topics]({{< ref "2014-12.md" >}}) voted')

    assert words(found) == "on topics voted"
    assert not found.findings


def test_a_picture_shown_by_a_shortcode_is_a_picture() -> None:
    found = read('{{< figure src="images/a.jpg" alt="A" caption="Cap" >}}')

    (picture,) = found.pictures
    assert (picture.file, picture.alt, picture.caption) == ("images/a.jpg", "A", "Cap")


def test_a_quotation_given_by_a_shortcode_is_a_block_quote() -> None:
    (block,) = read('{{< quote-block text="Say \\"it\\"." cite="" >}}').copy.blocks

    assert isinstance(block, BlockQuote)
    assert plain(next(block.texts())) == 'Say "it".'


def test_braces_that_are_no_shortcode_are_printed_and_noted() -> None:
    found = read("a\n{{ config }} and {%")

    assert words(found) == "a {{ config }} and {%"
    assert {(f.code, f.severity, f.place.line) for f in found.findings} == {
        ("article.braces", Severity.NOTE, 2)
    }


@pytest.mark.parametrize(
    "comment",
    [
        "{# Source: Ada #}",
        "{#Source: Ada#}",
        "{# Source:\n\nAda #}",
        "{% comment %}Source: Ada{% endcomment %}",
        "{::comment}Source: Ada{:/comment}",
        "{::comment}\nSource: Ada\n{:/}",
        "{/* Source: Ada */}",
    ],
)
@pytest.mark.parametrize("around", ["a{}b", "a {}\nb", "{} a *b*", "a\n\n{}\n\nb"])
def test_a_comment_of_a_websites_template_is_told_and_not_printed(
    comment: str, around: str
) -> None:
    found = read(around.format(comment))

    assert words(found).replace(" ", "") == "ab"
    finding = one(found)
    assert (finding.code, finding.severity) == ("article.remark", Severity.WARNING)
    assert "Source: Ada" in finding.message
    assert finding.place.line == 1 + around.count("\n", 0, around.index("{"))


@pytest.mark.parametrize("text", ["a {# b", "a {::comment} b"])
def test_a_comment_of_a_template_that_never_ends_is_printed_and_noted(
    text: str,
) -> None:
    found = read(text)

    assert words(found) == text
    assert one(found).code == "article.braces"


def test_comments_in_code_are_code() -> None:
    found = read("`{# a #}`\n\n```\n{::comment}b{:/comment}\n```")

    assert words(found) == "{# a #} {::comment}b{:/comment}"
    assert not found.findings


def test_comments_of_google_docs_are_taken_out() -> None:
    found = read(
        '<p>Copy<a href="#cmnt1" id="cmnt_ref1">[a]</a>.</p>'
        '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a> Legal: sure?</p></div>'
    )

    assert words(found) == "Copy."
    assert one(found).code == "article.markup-removed"


def test_a_finding_points_at_the_words_it_means() -> None:
    found = read("Some text [x](javascript:a) on.")

    place = one(found).place
    assert place.source == "Some text [x](javascript:a) on."
    assert place.column == 15
    assert place.width == len("javascript:a")


def test_a_flood_of_findings_is_counted_not_listed() -> None:
    found = read("[x](javascript:a)\n" * 300)

    assert len(found.findings) == 101
    assert found.findings[-1].message == "200 more findings of this kind are not listed"
