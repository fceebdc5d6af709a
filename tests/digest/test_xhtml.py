"""Copy as XHTML: every kind of block, and nothing that copy could smuggle in."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.digest.link import clean
from press.digest.xhtml import CopyWriter
from press.manifest.body import read_body
from press.model.copy import (
    Align,
    Block,
    BlockQuote,
    Crosshead,
    FactBox,
    ItemList,
    Listing,
    Mark,
    Note,
    Paragraph,
    ParagraphRole,
    Run,
    Runs,
    Separator,
    Table,
)

TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "figure",
    "figcaption",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "pre",
    "code",
    "div",
    "hr",
    "br",
    "em",
    "strong",
    "sup",
    "sub",
    "del",
    "a",
}


def runs(text: str, **changes: object) -> Runs:
    return (Run(text=text, **changes),)  # type: ignore[arg-type]


def paragraph(text: str, role: ParagraphRole = ParagraphRole.BODY) -> Paragraph:
    return Paragraph(runs=runs(text), role=role)


def tree(*blocks: Block, writer: CopyWriter | None = None) -> ET.Element:
    """Read what was written as XML: it must be well-formed."""
    writer = writer or CopyWriter(page=True)
    return ET.fromstring(f"<body>{writer.blocks(blocks)}</body>")  # noqa: S314 - our own


def said(element: ET.Element) -> str:
    return "".join(element.itertext())


def test_a_paragraph_says_what_it_is_for() -> None:
    (body, signed) = tree(
        paragraph("One."), paragraph("A. B.", ParagraphRole.SIGNATURE)
    )

    assert (body.tag, body.get("class")) == ("p", None)
    assert signed.get("class") == "signature"


def test_headings_begin_where_asked_and_skip_no_level() -> None:
    heads = [Crosshead(runs=runs("x"), level=level) for level in (2, 1, 3, 2, 1, 6, 6)]

    tags = [head.tag for head in tree(*heads, writer=CopyWriter(heading=3))]

    assert tags == ["h3", "h3", "h4", "h4", "h3", "h4", "h5"]


def test_no_heading_is_lower_than_the_sixth() -> None:
    heads = [Crosshead(runs=runs("x"), level=level) for level in range(1, 9)]

    tags = [head.tag for head in tree(*heads, writer=CopyWriter(heading=4))]

    assert tags == ["h4", "h5", "h6", "h6", "h6", "h6", "h6", "h6"]


def test_a_list_counts_from_where_it_starts_and_keeps_blocks_in_its_items() -> None:
    items = ((paragraph("One"),), (paragraph("Two"), paragraph("more")))

    bulleted, counted = tree(ItemList(items=items), ItemList(items=items, start=4))

    assert [bulleted.tag, counted.tag, counted.get("start")] == ["ul", "ol", "4"]
    assert bulleted[0].text == "One"
    assert [p.tag for p in bulleted[1]] == ["p", "p"]


def test_whose_words_a_quotation_is_stands_outside_of_it() -> None:
    quote = BlockQuote(
        blocks=(paragraph("Said."), paragraph("Who", ParagraphRole.CREDIT))
    )

    (figure,) = tree(quote)

    assert [child.tag for child in figure] == ["blockquote", "figcaption"]
    assert said(figure[1]) == "Who"


def test_a_table_names_its_columns_and_its_rows() -> None:
    table = Table(
        head=((), runs("Pence")),
        rows=((runs("1712"), runs("1")), (runs("1815"), runs("4"))),
        align=(Align.START, Align.END),
        caption=runs("Stamp duty"),
    )

    (scrolled,) = tree(table)

    whole = scrolled[0]
    assert scrolled.get("tabindex") == "0"
    assert said(whole.find("caption") or whole[0]) == "Stamp duty"
    corner, column = whole.findall("thead/tr/*")
    assert (corner.tag, column.tag, column.get("scope")) == ("td", "th", "col")
    assert [th.get("scope") for th in whole.findall("tbody/tr/th")] == ["row", "row"]
    assert {td.get("class") for td in whole.findall("tbody/tr/td")} == {"end"}


def test_a_table_in_a_mail_is_not_scrolled() -> None:
    table = Table(head=(), rows=((runs("a"),),), align=(Align.START,))

    (whole,) = tree(table, writer=CopyWriter())

    assert whole.tag == "table"


def test_a_listing_keeps_its_lines() -> None:
    (listing,) = tree(Listing(lines=("if a < b:", "    stop()")))

    assert said(listing) == "if a < b:\n    stop()"


def test_a_fact_box_has_its_title_as_a_heading() -> None:
    (box,) = tree(FactBox(title="Key <facts>", blocks=(paragraph("One."),)))

    assert [child.tag for child in box] == ["h2", "p"]
    assert said(box[0]) == "Key <facts>"


def test_a_separator_is_a_rule() -> None:
    assert [one.tag for one in tree(Separator())] == ["hr"]


def test_notes_lead_to_their_first_reference_and_back() -> None:
    writer = CopyWriter(page=True, back="Back")
    text = Paragraph(
        runs=(*runs("a"), Run(text="1", note=1), *runs("b"), Run(text="1", note=1))
    )
    notes = (Note(number=1, blocks=(paragraph("See there."),)),)

    body = ET.fromstring(f"<body>{writer.block(text)}{writer.notes(notes)}</body>")  # noqa: S314

    ids = [one.get("id") for one in body.iter() if one.get("id")]
    links = [one.get("href") for one in body.iter("a")]
    assert ids == ["ref-1", "note-1"]
    assert links == ["#note-1", "#note-1", "#ref-1"]


def test_notes_in_a_mail_are_numbers_alone() -> None:
    writer = CopyWriter()
    text = Paragraph(runs=(*runs("a"), Run(text="1", note=1)))

    assert writer.block(text) == "<p>a<sup>1</sup></p>"
    assert "href" not in writer.notes((Note(number=1, blocks=(paragraph("x"),)),))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "",
    ],
)
@pytest.mark.parametrize("ready", [clean, None])
def test_a_link_that_runs_a_program_keeps_its_words_alone(
    address: str, ready: object
) -> None:
    writer = CopyWriter(address=clean) if ready else CopyWriter()

    (written,) = tree(Paragraph(runs=runs("here", link=address)), writer=writer)

    assert said(written) == "here"
    assert not list(written)


text = st.text(max_size=40) | st.sampled_from(
    [
        "</p><script>x</script>",
        "]]>",
        "&lt;",
        "\x00\x0b\ufffe",
        '" onload="x',
        "<!--",
        "-->",
    ]
)
a_run = st.builds(
    Run,
    text=text,
    marks=st.frozensets(st.sampled_from(Mark), max_size=3),
    link=st.none() | text | st.just('https://e.org/"><b>'),
    note=st.none() | st.integers(1, 3),
)
some_runs = st.lists(a_run, max_size=3).map(tuple)
leaf = (
    st.builds(Paragraph, runs=some_runs, role=st.sampled_from(ParagraphRole))
    | st.builds(Crosshead, runs=some_runs, level=st.integers(1, 6))
    | st.builds(Listing, lines=st.lists(text, max_size=3).map(tuple))
    | st.builds(
        Table,
        head=st.just(()) | st.tuples(some_runs, some_runs),
        rows=st.lists(st.tuples(some_runs, some_runs), max_size=2).map(tuple),
        align=st.just((Align.START, Align.CENTRE)),
        caption=some_runs,
    )
    | st.just(Separator())
)


def nested(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(inner, max_size=3).map(tuple)
    return (
        st.builds(ItemList, items=st.lists(several, max_size=3).map(tuple))
        | st.builds(BlockQuote, blocks=several)
        | st.builds(FactBox, title=text, blocks=several)
    )


blocks = st.lists(st.recursive(leaf, nested, max_leaves=6), max_size=4)


@given(blocks)
def test_whatever_copy_says_the_markup_is_ours(copy: list[Block]) -> None:
    found = tree(*copy, writer=CopyWriter(page=True, address=clean))

    assert {one.tag for one in found.iter()} - {"body"} <= TAGS
    for one in found.iter():
        assert set(one.keys()) <= {"class", "href", "id", "scope", "tabindex", "start"}
        if one.tag == "a":
            assert one.get("href", "").startswith(("https:", "http:", "mailto:", "#"))


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.heard, self.tags = "", set[str]()

    def handle_data(self, data: str) -> None:
        self.heard += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)


NAUGHTY = [
    "<script>alert(1)</script>",
    "</p></body><p>",
    '" onmouseover="alert(1)',
    "&lt;b&gt; &amp;amp; &#60;",
    "{{ 7 * 7 }} {% include x %} <%asm%> -name- %%web_url%%",
    "]]> <![CDATA[x]]> <!-- x --> <?php x ?>",
    "a\u00a0b\u00adc\u200dd \u202eabc",
    "👩\u200d👩\u200d👧 שלום देवनागरी 漢字",
    "\\ \\n \\u00a0 ' \" `",
]


@pytest.mark.parametrize("words", NAUGHTY)
def test_naughty_words_come_out_as_typed(words: str) -> None:
    reader = Words()
    reader.feed(CopyWriter(address=clean).block(paragraph(words)))
    reader.close()

    assert reader.heard == words
    assert reader.tags == {"p"}


def test_real_articles_are_well_formed(corpus: Path) -> None:
    hostile = (corpus / "awkward" / "text").glob("*.md")
    for file in sorted([*(corpus / "articles").glob("*/index.md"), *hostile]):
        body = file.read_text("utf-8", errors="replace").split("\n---\n", 1)[-1]
        copy = read_body(body, file="index.md", first_line=1).copy
        writer = CopyWriter(page=True, address=clean)
        found = ET.fromstring(  # noqa: S314 - our own
            f"<body>{writer.blocks(copy.blocks)}{writer.notes(copy.notes)}</body>"
        )

        ids = [one.get("id") for one in found.iter() if one.get("id")]
        wanted = {
            a.get("href", "")[1:]
            for a in found.iter("a")
            if a.get("href", "")[:1] == "#"
        }
        assert len(ids) == len(set(ids)), file
        assert wanted <= set(ids), file
