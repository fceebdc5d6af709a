"""Whatever stands in a file, the answer is findings, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.manifest.article_file import ArticleFile
from press.manifest.edition_file import EditionFile
from press.manifest.house_file import HouseFile
from press.manifest.schema import Strict, check
from press.manifest.source import decode
from press.manifest.yaml import read_tree
from press.model.finding import Finding, ready
from tests.manifest.builders import ARTICLE, EDITION, PAPER, Paper, a_paper

PIECES = st.sampled_from(
    [
        *" \t\n\r:-,[]{}#&*!|>'\"%@`?~\\\u00a0\u2028\x85\x00\x07“”\u202eéa0",
        "\n  ", "\n- ", ": ", " #", "---\n", "...\n", '"\\ud800"', '"\\U00110000"',
        "key: ", "- - ", "[[", "{{", "? ", "!!x ", "&a ", "*a ", "<<: ", "%YAML 1.1\n",
        "\ufeff", "|\n", ">-\n", "null", "title: ", "articles: ", "9" * 20,
    ]
)  # fmt: skip
ODD = st.lists(PIECES, max_size=40).map("".join)
CALM = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def broken(draw: st.DrawFn, original: str) -> str:
    """A sound file with some odd pieces in it."""
    text = original
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 5])))
        text = text[:start] + draw(PIECES) + text[end:]
    return text


def findings_of(data: bytes, schema: type[Strict]) -> tuple[Finding, ...]:
    source = decode(data, file="file")
    if source.value is None:
        return source.findings
    tree = read_tree(source.value)
    if tree.value is None:
        return (*source.findings, *tree.findings)
    checked = check(tree.value, schema)
    findings = (*source.findings, *tree.findings, *checked.findings)
    assert checked.value is not None or not ready(findings)
    for each in findings:
        assert "Value error" not in each.message
        assert each.place.line is not None
        assert each.place.line <= len(source.value.lines)
    return findings


@pytest.mark.parametrize("schema", [EditionFile, HouseFile, ArticleFile])
@CALM
@given(data=st.binary(max_size=200) | ODD.map(str.encode) | st.text().map(str.encode))
def test_any_bytes_are_answered_with_findings(
    schema: type[Strict], data: bytes
) -> None:
    findings_of(data, schema)


@CALM
@given(text=broken(EDITION))
def test_a_broken_edition_is_answered_with_findings(text: str) -> None:
    findings_of(text.encode(), EditionFile)


@CALM
@given(text=broken(PAPER))
def test_a_broken_paper_is_answered_with_findings(text: str) -> None:
    findings_of(text.encode(), HouseFile)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """One newspaper for all examples: they write the same files again."""
    return a_paper(Path(tmp_path_factory.mktemp("paper")))


@CALM
@given(text=broken(ARTICLE) | ODD)
def test_a_broken_article_is_answered_with_findings(shared: Paper, text: str) -> None:
    shared.article("salt-tax", text)

    read = shared.read_article()

    assert read.value is not None or not ready(read.findings)


@CALM
@given(text=broken(EDITION))
def test_a_broken_edition_is_read_as_far_as_it_goes(shared: Paper, text: str) -> None:
    shared.write("editions/2024-09/edition.yaml", text)

    read = shared.read_edition()

    assert read.value is not None or not ready(read.findings)
    for section in read.value.print.sections if read.value else ():
        assert all(
            read.value and read.value.article(each.slug) for each in section.articles
        )
