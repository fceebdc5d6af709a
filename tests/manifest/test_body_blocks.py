"""What a writer's Markdown becomes on the page."""

from __future__ import annotations

import pytest

from press.manifest.body import BodyRead, read_body
from press.model.copy import (
    Align,
    BlockQuote,
    Crosshead,
    FactBox,
    ItemList,
    Listing,
    Mark,
    Paragraph,
    ParagraphRole,
    Run,
    Runs,
    Separator,
    Table,
    plain,
)


def read(text: str, *, first_line: int = 1) -> BodyRead:
    return read_body(text, file="articles/a/index.md", first_line=first_line)


def only_runs(text: str) -> Runs:
    (block,) = read(text).copy.blocks
    assert isinstance(block, Paragraph)
    return block.runs


def quoted(text: str) -> tuple[list[str], str]:
    """Return the paragraphs of the only block quote, and its credit."""
    (block,) = read(text).copy.blocks
    assert isinstance(block, BlockQuote)
    paragraphs = [part for part in block.blocks if isinstance(part, Paragraph)]
    credit = [p for p in paragraphs if p.role is ParagraphRole.CREDIT]
    body = [plain(p.runs) for p in paragraphs if p.role is ParagraphRole.BODY]
    return body, "".join(plain(p.runs) for p in credit)


def test_inline_markup_becomes_marks() -> None:
    runs = only_runs("A *b* **c** `d` ~~e~~ f~2~ g^3^")

    assert [(run.text, set(run.marks)) for run in runs if run.marks] == [
        ("b", {Mark.EMPHASIS}),
        ("c", {Mark.STRONG}),
        ("d", {Mark.CODE}),
        ("e", {Mark.DELETED}),
        ("2", {Mark.SUBSCRIPT}),
        ("3", {Mark.SUPERSCRIPT}),
    ]


def test_inline_html_becomes_the_same_marks() -> None:
    marks = "<i>a</i> <b>b</b> <tt>c</tt> <strike>d</strike> <sup>e</sup> <sub>f</sub>"

    runs = only_runs(f"x {marks} <span class=y>g</span> <font size=1>h</font>")

    assert [tuple(run.marks) for run in runs if run.marks] == [
        (Mark.EMPHASIS,),
        (Mark.STRONG,),
        (Mark.CODE,),
        (Mark.DELETED,),
        (Mark.SUPERSCRIPT,),
        (Mark.SUBSCRIPT,),
    ]
    assert plain(runs) == "x a b c d e f g h"


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**Figure 1:**A chart", "Figure 1:"),
        ("見出し**「太字」**です", "「太字」"),
        ("a (**b**) c", "b"),
        ('"**b**"', "b"),
        ("**b**s", "b"),
    ],
)
def test_bold_is_bold_beside_punctuation_too(text: str, bold: str) -> None:
    runs = only_runs(text)

    assert [run.text for run in runs if Mark.STRONG in run.marks] == [bold]
    assert "*" not in plain(runs)


@pytest.mark.parametrize("text", ["2 ** 3", "a ** b ** c", "x**"])
def test_asterisks_that_mark_nothing_are_printed(text: str) -> None:
    assert plain(only_runs(text)) == text


def test_a_line_end_is_a_space_and_a_hard_break_is_a_line_break() -> None:
    assert plain(only_runs("one\ntwo\\\nthree<br>four  \nfive")) == (
        "one two\nthree\nfour\nfive"
    )


def test_two_breaks_in_a_row_end_the_paragraph() -> None:
    copy = read("one<br><br>two").copy

    assert [plain(runs) for block in copy.blocks for runs in block.texts()] == [
        "one",
        "two",
    ]


def test_lines_of_chinese_and_japanese_join_without_a_space() -> None:
    assert plain(only_runs("東京の\n新聞 and\nmore")) == "東京の新聞 and more"


def test_lines_of_korean_join_with_a_space() -> None:
    assert plain(only_runs("서울\n신문")) == "서울 신문"


def test_spaces_collapse_but_not_in_code() -> None:
    assert [run.text for run in only_runs("a   b `c   d`")] == ["a b ", "c   d"]


def test_crossheads_begin_at_level_one_and_leave_no_level_out() -> None:
    copy = read("### A\n\n##### B\n\n### C").copy

    assert [
        (block.level, plain(block.runs))
        for block in copy.blocks
        if isinstance(block, Crosshead)
    ] == [(1, "A"), (2, "B"), (1, "C")]


def test_the_anchor_of_a_heading_is_not_printed() -> None:
    (block,) = read("## Resolving conflicts {#conflicts .wide}").copy.blocks

    assert plain(next(block.texts())) == "Resolving conflicts"


def test_lists_nest_and_ordered_ones_count_from_where_the_writer_began() -> None:
    (outer,) = read("3. three\n4. four\n   - nested").copy.blocks

    assert isinstance(outer, ItemList)
    assert outer.start == 3
    inner = outer.items[1][1]
    assert isinstance(inner, ItemList)
    assert inner.start is None


def test_a_list_start_of_absurd_length_does_no_harm() -> None:
    (block,) = read(f'<ol start="{"9" * 5000}"><li>x</li></ol>').copy.blocks

    assert isinstance(block, ItemList)
    assert block.start == 999_999_999


@pytest.mark.parametrize(
    "text",
    [
        "> To be.\n>\n> — William Shakespeare",
        "> To be.\n> — William Shakespeare",
        "> To be.\\\n> -- William Shakespeare",
        "<blockquote>To be.\n<span>- William Shakespeare</span></blockquote>",
        "<blockquote><p>To be.</p><footer>William Shakespeare</footer></blockquote>",
        "<blockquote><p>To be.</p>&mdash; William Shakespeare</blockquote>",
        "<blockquote>\n<p>To be.</p>\n\n<p>&mdash; William Shakespeare</p></blockquote>",
        """<figure><blockquote>To be.</blockquote>
<figcaption>William Shakespeare</figcaption></figure>""",
        '<aside class="pquote">To be. <cite>William Shakespeare</cite></aside>',
        """<aside markdown="1" class="pquote">
  <img src="https://x.org/a.png" class="pquote-avatar" alt="avatar">
  To be.
  <p markdown="1" class="pquote-credit">
— William Shakespeare
  </p>
</aside>""",
        '{{< quote-block text="To be." cite="William Shakespeare" >}}',
    ],
)
def test_the_credit_of_a_quotation_is_found_and_loses_its_dash(text: str) -> None:
    body, credit = quoted(text)

    assert " ".join(" ".join(body).split()) == "To be."
    assert credit == "William Shakespeare"


@pytest.mark.parametrize(
    "text",
    [
        "> A sentence that\n> — as happens — goes on over lines",
        "> It was said. The end",
        "> — only a dash",
    ],
)
def test_a_dash_within_a_quotation_is_no_credit(text: str) -> None:
    body, credit = quoted(text)

    assert credit == ""
    assert len(body) == 1


def test_a_pull_quotes_avatar_is_dropped_in_silence() -> None:
    found = read(
        '<aside class="pquote"><img class="pquote-avatar" src="https://x.org/a.png">Words.'
        "</aside>"
    )

    assert not found.findings
    assert not found.pictures


def test_a_table_of_markdown_keeps_head_alignment_and_links() -> None:
    (table,) = read(
        "| a | b |\n|--:|:-:|\n| 1 | [x](https://e.org) |\n| 2 |"
    ).copy.blocks

    assert isinstance(table, Table)
    assert [plain(cell) for cell in table.head] == ["a", "b"]
    assert table.align == (Align.END, Align.CENTRE)
    assert table.rows[0][1] == (Run(text="x", link="https://e.org"),)
    assert table.rows[1][1] == ()


def test_a_table_of_html_is_padded_and_its_spans_are_reported() -> None:
    found = read(
        "<table><caption>Cap</caption><tr><th>A<th>B<tr><td colspan=2>x"
        "<tr><td rowspan=2>1<td>2<tr><td>3</table>"
    )

    (table,) = found.copy.blocks
    assert isinstance(table, Table)
    assert plain(table.caption) == "Cap"
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["x", ""],
        ["1", "2"],
        ["", "3"],
    ]
    assert [finding.code for finding in found.findings] == ["article.table-spans"]


def test_columns_without_a_word_are_left_out() -> None:
    (table,) = read(
        "<table><tr><td>a</td><td> </td></tr><tr><td>b</td><td></td></tr></table>"
    ).copy.blocks

    assert isinstance(table, Table)
    assert len(table.align) == 1


def test_headings_of_rows_are_bold() -> None:
    (table,) = read("<table><tr><th>A<th>B<tr><th>row<td>1</table>").copy.blocks

    assert isinstance(table, Table)
    assert table.rows[0][0] == (Run(text="row", marks=frozenset({Mark.STRONG})),)


def test_text_astray_in_a_table_is_set_before_it() -> None:
    copy = read("<table>astray<tr><td>cell</td></tr></table>").copy

    assert [type(block) for block in copy.blocks] == [Paragraph, Table]


def test_a_listing_keeps_its_lines_and_spaces() -> None:
    (block,) = read("```py\na  = 1\n\tb <!-- c --> {{< d >}}\n```").copy.blocks

    assert isinstance(block, Listing)
    assert block.lines == ("a  = 1", "    b <!-- c --> {{< d >}}")


def test_a_listing_of_html_is_decoded_and_keeps_what_looks_like_tags() -> None:
    (block,) = read(
        "<details><pre><code>\n; <<>> DiG 9 <<>> a.org\n&nbsp;\n;; ->>HEADER<<-"
        "\n</code></pre></details>"
    ).copy.blocks

    assert isinstance(block, Listing)
    assert block.lines == ("; <<>> DiG 9 <<>> a.org", "", ";; ->>HEADER<<-")


def test_separators_stand_between_blocks_only() -> None:
    copy = read("***\n\na\n\n***\n\n---\n\nb\n\n***").copy

    assert [type(block) for block in copy.blocks] == [Paragraph, Separator, Paragraph]


def test_a_fact_box_has_a_title_and_blocks() -> None:
    (block,) = read("::: facts The duty &amp; the law\n- one\n\nText.\n:::").copy.blocks

    assert isinstance(block, FactBox)
    assert block.title == "The duty & the law"
    assert [type(part) for part in block.blocks] == [ItemList, Paragraph]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("signature", ParagraphRole.SIGNATURE),
        ("contributor", ParagraphRole.CONTRIBUTOR),
    ],
)
def test_containers_give_paragraphs_a_role(name: str, role: ParagraphRole) -> None:
    (block,) = read(f"::: {name}\nAda *Marsh*\\\nLondon\n:::").copy.blocks

    assert isinstance(block, Paragraph)
    assert block.role is role
    assert plain(block.runs) == "Ada Marsh\nLondon"


def test_an_unknown_container_keeps_its_words_and_is_reported() -> None:
    found = read("::: sidebar\nwords\n:::")

    assert plain(next(found.copy.blocks[0].texts())) == "words"
    assert [(f.code, f.place.line) for f in found.findings] == [
        ("article.container", 1)
    ]


def test_a_container_that_is_never_closed_is_reported_at_its_opening_line() -> None:
    found = read("a\n\n::: facts Title\nwords\n")

    assert [(f.code, f.place.line) for f in found.findings] == [
        ("article.container", 3)
    ]


def test_pictures_are_lifted_out_in_order_with_alt_text_and_caption() -> None:
    found = read(
        'a ![alt *x*](images/naïve%20é.jpg "A caption") b\n\n'
        '<img src="b.png" alt="B">\n\n'
        "<figure>\n  ![C](<images/c d.jpg>)\n  <figcaption>Cap *c*</figcaption>\n</figure>"
    )

    assert [(p.file, p.alt, p.caption) for p in found.pictures] == [
        ("images/naïve%20é.jpg", "alt x", "A caption"),
        ("b.png", "B", ""),
        ("images/c d.jpg", "C", "Cap c"),
    ]
    assert plain(only_runs("a ![x](y.jpg) b")) == "a b"
    assert not found.findings


def test_a_pictures_file_may_have_spaces_and_brackets_in_its_name() -> None:
    found = read('![A](images/naïve café’s photo (1).jpg "Cap") ![B](<b c.png>)')

    assert [(p.file, p.caption) for p in found.pictures] == [
        ("images/naïve café’s photo (1).jpg", "Cap"),
        ("b c.png", ""),
    ]


@pytest.mark.parametrize(
    "file",
    [
        "https://x.org/a.png",
        "//x.org/a.png",
        "data:image/png;base64,AA",
        "file:///etc/a",
    ],
)
def test_a_picture_outside_the_newspaper_is_a_finding_and_dropped(file: str) -> None:
    found = read(f"text\n\n![x]({file})")

    assert not found.pictures
    assert [(f.code, f.place.line) for f in found.findings] == [("picture.remote", 3)]


def test_a_lazy_picture_is_found_behind_its_placeholder() -> None:
    found = read('<img src="data:image/gif;base64,R0" data-src="images/real.jpg">')

    assert [picture.file for picture in found.pictures] == ["images/real.jpg"]


def test_every_block_knows_its_true_line() -> None:
    copy = read("a\n\n## b\n\n- c\n\n> d\n\n```\ne\n```", first_line=20).copy

    assert [block.place.line for block in copy.blocks] == [20, 22, 24, 26, 28]
    assert {block.place.file for block in copy.blocks} == {"articles/a/index.md"}


def test_quotation_marks_of_html_are_printed() -> None:
    assert plain(only_runs("he said <q>yes</q>")) == 'he said "yes"'


def test_definitions_and_summaries_are_bold_lines() -> None:
    copy = read(
        "<dl><dt>Term<dd>Meaning</dl>\n\n<details><summary>`$ run`</summary>x</details>"
    ).copy

    texts = [runs for block in copy.blocks for runs in block.texts()]
    assert [plain(runs) for runs in texts] == ["Term", "Meaning", "$ run", "x"]
    assert texts[0][0].marks == {Mark.STRONG}
    assert texts[2][0].marks == {Mark.STRONG, Mark.CODE}
