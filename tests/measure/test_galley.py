from __future__ import annotations

from dataclasses import replace

import pytest

from press.measure.galley import GalleySetter
from press.model.article import Article, Direction
from press.model.copy import (
    Align,
    Block,
    BlockQuote,
    Crosshead,
    FactBox,
    ItemList,
    Listing,
    Note,
    Paragraph,
    ParagraphRole,
    Run,
    Separator,
    Table,
)
from press.model.galley import BlockKind, Galley, GalleyBlock
from tests.builders import (
    LAYOUT,
    a_composer,
    a_layout,
    a_package,
    a_template,
    an_article,
    four_letter_words,
    paragraph,
)


def set_article(article: Article, **package: object) -> Galley:
    layout = LAYOUT
    return GalleySetter(a_package(article, **package), layout, a_composer()).set()


def set_blocks(*blocks: Block, **article: object) -> tuple[GalleyBlock, ...]:
    return set_article(an_article("taxes", *blocks, **article)).blocks  # type: ignore[arg-type]


def runs(text: str) -> tuple[Run, ...]:
    return (Run(text=text),)


ONE, TWO = paragraph(four_letter_words(8)), paragraph(four_letter_words(11))
CROSSHEAD = Crosshead(runs=runs("Ink"))
LONG = paragraph(four_letter_words(80))


def test_the_depth_of_a_galley_is_its_lines() -> None:
    """Eight words are two lines; eleven with an indent of a letter are three."""
    blocks = set_blocks(ONE, TWO)

    assert [block.height for block in blocks] == [2, 3]
    assert Galley(measure=190, blocks=blocks).lines == 5


def test_paragraphs_are_indented_but_not_the_first_nor_one_under_a_crosshead() -> None:
    blocks = set_blocks(ONE, ONE, CROSSHEAD, ONE, ONE)

    assert [b.lines[0].indent for b in blocks if b.css == "body"] == [0, 10, 0, 10]


def test_text_keeps_two_lines_on_either_side_of_a_break() -> None:
    (block,) = set_blocks(ONE)

    assert (block.kind, block.orphans, block.widows) == (BlockKind.TEXT, 2, 2)


def test_a_crosshead_stays_with_what_follows_and_has_a_line_above() -> None:
    first, _, second, _ = set_blocks(CROSSHEAD, ONE, CROSSHEAD, ONE)

    assert (first.kind, first.above, first.tag) == (BlockKind.HEAD, 0, "h3")
    assert (second.kind, second.above) == (BlockKind.HEAD, 1)


def test_a_lower_crosshead_has_its_own_style() -> None:
    _, _, head, _ = set_blocks(
        CROSSHEAD, ONE, Crosshead(runs=runs("Ink"), level=2), ONE
    )

    assert (head.tag, head.css) == ("h4", "t-crosshead-2")


def test_no_level_of_headings_is_left_out_above_a_lower_crosshead() -> None:
    lower = Crosshead(runs=runs("Ink"), level=2)

    first, _, second, _, third, _ = set_blocks(lower, ONE, lower, ONE, CROSSHEAD, ONE)

    assert [head.tag for head in (first, second, third)] == ["h3", "h4", "h3"]
    assert first.css == second.css == "t-crosshead-2"


def test_items_of_a_list_stand_in_their_list_with_their_markers() -> None:
    """Seventeen letters are left beside an indent of two: three words a line."""
    listed = ItemList(items=((ONE,), (ONE, ONE)), start=9)

    blocks = set_blocks(listed)

    assert [b.path for b in blocks] == [
        ("ol#1", "li#2"),
        ("ol#1", "li#3"),
        ("ol#1", "li#3"),
    ]
    assert [b.lines[0].html.partition("word")[0] for b in blocks] == [
        '<span class="marker">9.</span>',
        '<span class="marker">10.</span>',
        "",
    ]
    # "10." is 30 pt wide and 3 pt stand after it; a paragraph inside is indented
    assert [b.lines[0].indent for b in blocks] == [33, 33, 43]
    assert [b.height for b in blocks] == [3, 3, 3]


def test_lists_in_lists_are_indented_twice() -> None:
    inner = ItemList(items=((ONE,),))

    outer, nested = set_blocks(ItemList(items=((ONE, inner),)))

    assert (outer.lines[0].indent, nested.lines[0].indent) == (20, 40)
    assert nested.path == ("ul#1", "li#2", "ul#3", "li#4")


def test_a_quotation_is_indented_on_both_sides_with_a_line_above_and_below() -> None:
    """Two letters at either side leave fifteen: three words of four."""
    quote = BlockQuote(blocks=(paragraph(four_letter_words(9)),))

    before, quoted, after = set_blocks(ONE, quote, ONE)

    assert (quoted.height, quoted.lines[0].indent, quoted.lines[0].measure) == (
        *(3, 20),
        150,
    )
    assert (before.above, quoted.above, after.above) == (0, 1, 1)


def test_a_quotation_at_the_end_leaves_no_line_behind() -> None:
    quote = BlockQuote(blocks=(ONE,))

    assert [b.above for b in set_blocks(ONE, quote)] == [0, 1]


def test_literal_lines_are_kept_as_they_are() -> None:
    (block,) = set_blocks(Listing(lines=("a  b", "", "c")))

    assert [line.html for line in block.lines] == [
        "<code>a\u00a0\u00a0b</code>",
        "<code>\u00a0</code>",
        "<code>c</code>",
    ]


def test_a_separator_stays_with_what_follows() -> None:
    _, separator, _ = set_blocks(ONE, Separator(), ONE)

    assert (separator.kind, separator.height) == (BlockKind.HEAD, 1)


def test_signatures_and_credits_have_their_own_type() -> None:
    signed = Paragraph(runs=runs("Ada Marsh"), role=ParagraphRole.SIGNATURE)
    credited = Paragraph(runs=runs("Ben Holt"), role=ParagraphRole.CREDIT)

    _, one, two = set_blocks(ONE, signed, credited)

    assert (one.css, two.css) == ("t-signature signature", "t-quote-credit credit")


def test_the_contributor_ends_the_article() -> None:
    *_, last = set_blocks(ONE, contributor="Ada Marsh is a printer")

    assert (last.css, last.above, last.height) == (
        *("t-contributor contributor", 1),
        2,
    )


# ---------------------------------------------------------------- notes


def a_note(number: int, words: int) -> Note:
    return Note(number=number, blocks=(paragraph(four_letter_words(words)),))


def test_notes_stand_at_the_end_in_packs_of_whole_grid_lines() -> None:
    """Notes are 8 pt on a grid of 10 pt: five lines fill four lines of the grid.

    A line holds 38 letters of 5 pt: "1 " and seven words fill one.
    """
    notes = [a_note(1, 7 * 4), a_note(2, 7 * 3)]

    _, first, second = set_blocks(ONE, notes=notes)

    assert [(b.kind, b.height, b.above) for b in (first, second)] == [
        (BlockKind.SOLID, 4, 1),  # five lines of 8 pt
        (BlockKind.SOLID, 2, 0),  # two: 16 pt
    ]
    assert first.html.count("<p ") == 2  # four lines of the first, one of the second
    assert "<strong>1</strong>\u00a0word" in first.html
    assert "<strong>2</strong>\u00a0word" in first.html


def test_a_note_whose_last_line_would_stand_alone_stays_in_its_pack() -> None:
    """Six lines are 48 pt, and leave 2 pt of white; four would leave 8 in the note."""
    notes = [a_note(1, 7 * 3), a_note(2, 7 * 3), a_note(3, 7 * 2)]

    _, first, second = set_blocks(ONE, notes=notes)

    assert (first.height, second.height) == (5, 2)
    assert (first.html.count("<strong>"), second.html.count("<strong>")) == (2, 1)


def test_addresses_of_links_stand_beside_their_code_four_lines_deep() -> None:
    article = an_article("taxes", ONE)

    galley = set_article(article, address="https://quoin.example/1", code="<svg/>")

    last = galley.blocks[-1]
    assert (last.css, last.height, last.above) == ("links", 4, 1)
    assert "<svg/>" in last.html


# ---------------------------------------------------------------- tables and panels


def a_table(rows: int, *cells: str, caption: str = "") -> Table:
    return Table(
        head=tuple(map(runs, cells)),
        rows=(tuple(map(runs, cells)),) * rows,
        align=(Align.START,) * len(cells),
        caption=runs(caption) if caption else (),
    )


def test_a_small_table_stands_in_the_text() -> None:
    """A head and three rows of 10 pt with 3 pt each: 52 pt are six lines, one under."""
    _, table, _ = set_blocks(ONE, a_table(3, "town", "copies"), ONE)

    assert (table.kind, table.css, table.height, table.above) == (
        *(BlockKind.SOLID, "table"),
        *(7, 1),
    )


WIDE = a_table(3, "sixteensixteen!", "sixteensixteen!")


def test_a_table_too_wide_for_a_column_stands_beside_the_text() -> None:
    assert len(set_blocks(ONE, WIDE, ONE)) == 2


def test_of_many_panels_two_stand_beside_the_text_and_the_rest_in_it() -> None:
    box = FactBox(title="Facts", blocks=(ONE,))

    blocks = set_blocks(ONE, box, box, box)

    assert [block.tag for block in blocks] == ["p", "h3", "p"]


def test_a_table_that_fits_nowhere_is_spelt_out_row_by_row() -> None:
    cells = ["a" * 25, "b" * 25, "c" * 25]
    wide = a_table(2, *cells, caption="Copies")

    blocks = set_blocks(wide)

    assert [b.tag for b in blocks] == ["h3", "p", "p"]
    assert "<strong>" in blocks[1].lines[0].html


def test_a_group_keeps_fact_boxes_in_its_text() -> None:
    article = an_article("taxes", FactBox(title="Facts", blocks=(ONE,)))

    galley = set_article(article, template="brief")

    assert [block.tag for block in galley.blocks] == ["h2", "h3", "p"]


# ---------------------------------------------------------------- groups, drop caps


def test_members_of_a_group_run_under_their_heads_one_after_another() -> None:
    package = a_package(
        an_article("one", ONE), an_article("two", ONE, ONE), template="brief"
    )

    blocks = GalleySetter(package, LAYOUT, a_composer()).set().blocks

    assert [(b.member, b.tag, b.above) for b in blocks] == [
        (0, "h2", 0),
        (0, "p", 0),
        (1, "h2", 1),
        (1, "p", 0),
        (1, "p", 0),
    ]
    assert [b.lines[0].indent for b in blocks if b.tag == "p"] == [0, 0, 10]


def test_an_important_article_opens_with_a_drop_cap_over_three_lines() -> None:
    """The letter is 30 pt wide with 2.1 pt after it; 158 pt are three words of four."""
    layout = a_layout(templates=(a_template(drop_cap_to=3),))

    def opening(article: Article) -> GalleyBlock:
        return GalleySetter(a_package(article), layout, a_composer()).set().blocks[0]

    block = opening(an_article("taxes", LONG))

    assert block.orphans == 3
    assert [line.indent for line in block.lines[:4]] == pytest.approx([32.1] * 3 + [0])
    assert block.lines[0].html.startswith('<span class="t-drop-cap drop-cap"')
    assert block.lines[0].html.endswith(">w</span>ord word word")
    assert opening(an_article("taxes", ONE)).orphans == 2  # too short to stand beside
    arabic = replace(an_article("taxes", LONG), direction=Direction.RTL)
    assert opening(arabic).orphans == 2
