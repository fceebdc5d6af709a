"""What style sheets may not do is found at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.adapters.css import check_style_sheets
from tests.documentation.test_layout import ROOT

COLOURS = ("ink", "paper", "accent")


def found(folder: Path, css: str) -> list[tuple[int | None, str]]:
    (folder / "page.css").write_text(css, encoding="utf-8")
    return [
        (one.place.line, one.message) for one in check_style_sheets(folder, COLOURS)
    ]


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("color: #b3121d", "“#b3121d” is a colour of screens"),
        ("border: 1pt solid red", "“red” is a colour of screens"),
        ("background: rgba(0, 0, 0, .5)", "rgba() is a colour"),
        ("color: color-mix(in srgb, red, blue)", "color-mix() is a colour"),
        ("background: linear-gradient(var(--ink), var(--paper))", "a gradient"),
        ("background: no-repeat radial-gradient(var(--ink), var(--paper))", "gradient"),
        ("background: url(a.png)", "a picture behind text"),
        ("box-shadow: 1pt 1pt 3pt var(--ink)", "a blurred shadow"),
        ("border: 3pt ridge var(--ink)", "“ridge”"),
        ("outline: 3pt inset var(--ink)", "“inset”"),
        ("opacity: .5", "“opacity”"),
        ("mix-blend-mode: multiply", "“mix-blend-mode”"),
        ("filter: blur(2px)", "“filter”"),
        ("color: device-cmyk(0 0 0 1 / .5)", "transparency"),
        ("color: transparent", "“transparent” does not print"),
        ("color: var(--pink)", "there is no colour “pink”"),
        ("--mine: #fff", "“#fff” is a colour of screens"),
        ("color var(--ink)", "this is not CSS"),
    ],
)
def test_what_does_not_print_is_named_with_its_line(
    tmp_path: Path, css: str, said: str
) -> None:
    faults = found(tmp_path, f"p {{ margin: 0 }}\n.a {{ {css} }}\n")

    assert [line for line, _ in faults] == [2]
    assert said in faults[0][1]


@pytest.mark.parametrize("css", ["marks: crop cross", "bleed: 3mm"])
def test_marks_and_bleed_are_the_printers(tmp_path: Path, css: str) -> None:
    assert found(tmp_path, f"@page {{ {css} }}") != []


def test_a_rule_in_a_media_query_is_read_too(tmp_path: Path) -> None:
    assert found(tmp_path, "@media print {\n .a { color: red }\n}") == [
        (2, "“red” is a colour of screens")
    ]


def test_what_prints_is_let_pass(tmp_path: Path) -> None:
    css = """
    .a { color: device-cmyk(0 0 0 1); border-top: .5pt solid var(--accent);
         background: none; opacity: 1; box-shadow: 1pt 1pt 0 var(--ink);
         --mine: device-cmyk(0 0 0 .2); height: var(--line); }
    .b { color: inherit; background: var(--mine); border: 2pt double currentColor; }
    """
    assert found(tmp_path, css) == []


@pytest.mark.parametrize("name", ["tabloid", "a4"])
def test_the_layouts_of_press_print(name: str) -> None:
    folder = ROOT / "layouts" / name
    colours = ("paper", "ink", "accent", "grey", "rule", "tint")

    assert check_style_sheets(folder, colours) == ()
