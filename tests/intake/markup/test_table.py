"""Tables of HTML keep every figure in its column."""

from __future__ import annotations

import pytest

from press.intake.markup import read_markup
from press.model.story import PieceKind


def rows(html: str) -> list[str]:
    """Return the rows of the one table that HTML holds, without the line below its head."""
    harvest = read_markup(f"<table>{html}</table>")
    (piece,) = harvest.pieces
    assert piece.kind is PieceKind.TABLE
    assert harvest.words == piece.words
    head, _, *others = piece.markdown.split("\n")
    return [head, *others]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        pytest.param(
            '<tr><td rowspan="2">Leith<td>2022<td>14<tr><td>2023<td>9',
            ["|  |  |  |", "| Leith | 2022 | 14 |", "|  | 2023 | 9 |"],
            id="the first column",
        ),
        pytest.param(
            '<tr><td>a<td rowspan="2">b<td rowspan="3">c<tr><td>d<tr><td>e<td>f',
            ["|  |  |  |", "| a | b | c |", "| d |  |  |", "| e | f |  |"],
            id="the last columns",
        ),
        pytest.param(
            '<tr><td rowspan="2" colspan="2">a<td>b<tr><td>c',
            ["|  |  |  |", "| a |  | b |", "|  |  | c |"],
            id="two columns at once",
        ),
        pytest.param(
            '<thead><tr><th rowspan="2">a<th colspan="2">b<tr><th>c<th>d'
            "<tbody><tr><td>1<td>2<td>3",
            ["| a | b |  |", "|  | c | d |", "| 1 | 2 | 3 |"],
            id="a head of two rows",
        ),
        pytest.param(
            '<thead><tr><th rowspan="9">a<th>b<tbody><tr><td>1<td>2',
            ["| a | b |", "| 1 | 2 |"],
            id="a head that says more rows than it has",
        ),
        pytest.param(
            '<tr><td rowspan="0">a<td>b<tr><td>c<tr><td>d',
            ["|  |  |", "| a | b |", "|  | c |", "|  | d |"],
            id="all that follow",
        ),
        pytest.param(
            '<tr><td rowspan="²" colspan="²">a<td>b<tr><td>c<td>d',
            ["|  |  |", "| a | b |", "| c | d |"],
            id="no number",
        ),
    ],
)
def test_a_cell_over_several_rows_leaves_the_others_in_their_columns(
    html: str, lines: list[str]
) -> None:
    assert rows(html) == lines


@pytest.mark.parametrize("span", ["rowspan", "colspan"])
def test_a_cell_that_claims_a_thousand_million_places_costs_nothing(span: str) -> None:
    lines = rows(f'<tr><td {span}="1000000000">a<td>b<tr><td>c<td>d')

    assert len(lines) == 3
    assert max(map(len, lines)) < 1_000


def test_a_table_too_large_for_any_page_becomes_paragraphs_and_loses_no_word() -> None:
    steps = '<tr><td rowspan="1000000000" colspan="50">a<td>b' * 3_000

    harvest = read_markup(f"<table>{steps}</table>")

    assert {piece.kind for piece in harvest.pieces} == {PieceKind.PARAGRAPH}
    assert sum(piece.words for piece in harvest.pieces) == harvest.words == 6_000
