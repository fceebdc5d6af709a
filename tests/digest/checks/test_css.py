"""Style sheets are read as an independent parser reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
import tinycss2
import weasyprint
from hypothesis import given
from hypothesis import strategies as st

from press.digest.checks.css import read_sheet, read_style

SHEETS = sorted((Path(weasyprint.__file__).parent / "css").glob("*.css"))


def ours(css: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (" ".join(rule.prelude.split()), tuple(said.name for said in rule.declarations))
        for rule in read_sheet(css)
        if not rule.at and not rule.nested
    ]


def theirs(css: str) -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []
    for rule in tinycss2.parse_stylesheet(
        css, skip_comments=True, skip_whitespace=True
    ):
        found += _rule(rule)
    return found


def _rule(rule: object) -> list[tuple[str, tuple[str, ...]]]:
    if rule.type == "qualified-rule":  # type: ignore[attr-defined]
        said = tinycss2.parse_blocks_contents(rule.content)  # type: ignore[attr-defined]
        names = tuple(one.lower_name for one in said if one.type == "declaration")
        prelude = "".join(
            part.serialize()
            for part in rule.prelude  # type: ignore[attr-defined]
            if part.type != "comment"
        )
        return [(" ".join(prelude.split()), names)]
    if getattr(rule, "lower_at_keyword", "") in {"media", "supports"}:
        inner = tinycss2.parse_rule_list(rule.content)  # type: ignore[attr-defined]
        return [found for one in inner for found in _rule(one)]
    return []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_real_style_sheet_has_the_rules_that_tinycss2_finds(sheet: Path) -> None:
    css = sheet.read_text(encoding="utf-8")
    # An own parser reads the inside of @page, which neither side of this compares.
    found = [one for one in ours(css) if not one[0].startswith("@")]

    assert found
    assert [names for _, names in found] == [names for _, names in theirs(css)]


PIECES = st.sampled_from(
    [
        "a { color: red; margin: 0 }",
        ".x > .y, p:not(.z) { padding: 1px 2px }",
        "@media (min-width: 3px) { b { color: blue } i { top: 0 } }",
        "/* } { ; */",
        'q { font-family: "a;b}c", \'d{e\'; quotes: "\\"" }',
        "@import url(a;b.css);",
        "u { background: url(x;y}z.png) no-repeat !important }",
        "@supports (display: grid) { em { display: grid; } }",
        "s { color: red; ; ; margin: 0; }",
    ]
)


@given(st.lists(PIECES, max_size=6))
def test_any_mixture_of_rules_is_read_as_tinycss2_reads_it(pieces: list[str]) -> None:
    css = "\n".join(pieces)

    assert [names for _, names in ours(css)] == [names for _, names in theirs(css)]
    assert len(ours(css)) == len(theirs(css))


def test_a_declaration_knows_where_it_stands_and_whether_it_is_important() -> None:
    css = "/* one */ p { COLOR : Red !Important; margin: 0 }"

    (rule,) = read_sheet(css)

    assert [(d.name, d.value, d.important) for d in rule.declarations] == [
        ("color", "Red", True),
        ("margin", "0", False),
    ]
    assert [css[d.offset :][:6] for d in rule.declarations] == ["COLOR ", "margin"]
    assert css[rule.offset] == "p"


def test_a_rule_knows_the_at_rules_around_it_and_its_selectors() -> None:
    css = "@media print { @supports (top: 0) { a:is(b, c), d[x='1,2'] { top: 0 } } }"

    *_, rule = read_sheet(css)

    assert rule.within == ("@media print", "@supports (top: 0)")
    assert [one[:5] for one in rule.selectors] == ["a:is(", "d[x='"]


def test_a_rule_in_a_rule_is_known_as_one() -> None:
    outer, inner = read_sheet("p { color: red; & a { color: blue } margin: 0 }")

    assert [said.name for said in outer.declarations] == ["color", "margin"]
    assert (outer.nested, inner.nested) == (False, True)


@pytest.mark.parametrize("css", ["a {", "a { b: c", "} a {} ", "@media {", "/*", '"'])
def test_broken_css_is_read_to_its_end(css: str) -> None:
    list(read_sheet(css))


def test_a_style_attribute_is_read() -> None:
    said = read_style("color:red;font-family:'A;B',serif;;bad")

    assert [(one.name, one.value) for one in said] == [
        ("color", "red"),
        ("font-family", "'___',serif"),
    ]
