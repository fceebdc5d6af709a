"""What the printer asks is read strictly, and the layout is held to it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from press.manifest.layout import known_layouts, read_layout
from press.manifest.printer import (
    SHIPPED,
    read_printer,
    shipped_printer,
    shipped_printers,
)
from press.manifest.printer_file import PrinterFile
from press.manifest.schema import field_of, names_of, walk
from press.model.finding import Finding
from tests.manifest.test_documentation import ROOT, chapter, tables

PRINTER = "layouts/a4/printer.yaml"
DOCUMENT = ROOT / "docs/reference/printer.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
    return tmp_path


def change(file: Path, old: str, new: str) -> None:
    content = file.read_text(encoding="utf-8")
    assert content.count(old) == 1
    file.write_text(content.replace(old, new), encoding="utf-8")


def add(root: Path, text: str) -> None:
    with (root / PRINTER).open("a", encoding="utf-8") as file:
        file.write(text)


def only(root: Path) -> Finding:
    [found] = read_layout(root, "a4").findings
    return found


@pytest.mark.parametrize("name", ["tabloid", "a4"])
def test_the_layouts_of_press_can_be_printed(name: str) -> None:
    read = read_layout(ROOT, name)

    assert read.findings == ()
    assert read.value is not None


def test_what_the_printer_asks_decides(root: Path) -> None:
    add(
        root,
        "pages: {signature: 8, least: 8}\nresolution: {wanted: 170}\nbleed: 3 mm\n",
    )

    layout = read_layout(root, "a4").value

    assert layout is not None
    assert layout.signature == 8
    assert layout.resolution.wanted == 170
    assert layout.resolution.least == 100
    assert layout.printer.bleed.left.mm == pytest.approx(3)
    known = known_layouts(root).layout("a4")
    assert known is not None
    assert known.count.signature == 8


def test_every_edge_may_have_a_bleed_of_its_own(root: Path) -> None:
    add(root, "bleed: {top: 5 mm, left: 0 mm}\n")

    printer = read_printer(root, "layouts/a4").value

    assert printer is not None
    edges = printer.bleed
    assert [edge.mm for edge in (edges.top, edges.right, edges.bottom, edges.left)] == [
        pytest.approx(5),
        0,
        0,
        0,
    ]


@pytest.mark.parametrize("name", shipped_printers())
def test_a_printer_that_comes_with_press_can_be_copied_whole(
    name: str, root: Path
) -> None:
    shutil.copy(SHIPPED / f"{name}.yaml", root / PRINTER)

    read = read_printer(root, "layouts/a4")

    assert read.findings == ()
    assert read.value is not None
    shipped = shipped_printer(name)
    assert replace(read.value, name=name) == shipped


@pytest.mark.parametrize(
    ("added", "code", "words"),
    [
        ("signatur: 2", "manifest.unknown-key", "signatur"),
        ("pages: {signature: two}", "manifest.type", "two"),
        ("pages: {signature: 0}", "manifest.", "0"),
        ("pages: {least: 3}", "printer.pages", "3 pages are no multiple of 2"),
        ("pages: {least: 98}", "printer.order", "98"),
        ("bleed: 30 mm", "printer.bleed", "a bleed of 30 mm cannot be"),
        ("bleed: {top: 1 furlong}", "manifest.", "is not a length"),
        ("standard: x-5", "manifest.", "x-1a:2003, x-4"),
        ("ink: {point: 500}", "manifest.", "500"),
        ("ink: {point: 150}", "printer.ink", "takes 180 % of ink"),
        ("type: {positive: 6}", "manifest.", "is not a length"),
        ("trim: {width: 211 mm}", "printer.trim", "211 × 297 mm"),
        ("type_area: {width: 220 mm}", "printer.type-area", "220 mm"),
        ("type_area: {height: 280 mm}", "printer.margin", "top margin is 6 mm"),
        ("resolution: {wanted: 90}", "printer.order", "90 of resolution"),
        ("resolution: {most: 100}", "printer.order", "150 are “wanted”"),
        ("type: {positive: 7 pt}", "printer.type", "6.8 pt"),
        ("type: {several: 12 pt}", "printer.type-inks", "in more than one ink"),
        ("lines: {positive: 0.45 pt}", "printer.rule", "0.45 pt"),
        ("trim: {width: 0 mm}", "printer.range", "0 mm for “trim.width” cannot be"),
        ("ink: {side: 0 mm}", "printer.range", "0 mm for “ink.side”"),
        ("ink: {side: 900 mm}", "printer.range", "900 mm for “ink.side”"),
        ("creep: -1 mm", "printer.range", "-1 mm for “creep”"),
        ("lines: {reversed: -1 pt}", "printer.range", "-1 pt for “lines.reversed”"),
        ("delivery: by hand", "manifest.", "pages, spreads"),
    ],
)
def test_a_mistake_is_told_at_its_line(
    added: str, code: str, words: str, root: Path
) -> None:
    if "margin" in code:
        change(root / "layouts/a4/layout.yaml", "top: 13 mm", "top: 6 mm")
        words = "top margin is 6 mm"
    add(root, f"{added}\n")

    found = [one for one in read_layout(root, "a4").findings if words in one.message]

    assert found, read_layout(root, "a4").findings
    assert found[0].code.startswith(code)
    assert found[0].hint or code == "manifest."
    assert found[0].place.source
    if found[0].place.file == PRINTER and "two" not in added:
        assert found[0].place.line == 4


def test_a_printer_nobody_knows_is_told_with_the_nearest(root: Path) -> None:
    change(root / PRINTER, "use: office", "use: offise")

    found = only(root)

    assert (found.code, found.place.line) == ("printer.unknown", 3)
    assert "office" in (found.hint or "")


def test_what_is_wrong_with_profile_or_names_is_told_where_they_are_named(
    root: Path,
) -> None:
    add(root, 'profile: {name: colour/ours.icc}\nfile_name: "{page}.pdf"\n')

    read = read_printer(root, "layouts/a4")

    assert read.value is not None
    assert read.value.profile.place.line == 4
    assert read.value.named_at.line == 5


def test_what_nobody_says_is_missing(root: Path) -> None:
    shutil.copy(SHIPPED / "office.yaml", root / PRINTER)
    change(root / PRINTER, "marks: no\n", "")
    change(root / PRINTER, ", signature: 2}", "}")

    findings = read_layout(root, "a4").findings

    assert [one.code for one in findings] == ["printer.missing"] * 2
    assert "marks" in findings[0].message
    assert "pages.signature" in findings[1].message


def test_a_thin_rule_is_found_where_it_stands(root: Path) -> None:
    sheet = root / "layouts/a4/page.css"
    with sheet.open("a", encoding="utf-8") as file:
        file.write(".hair { color: red; border-top: solid .1mm red }\n")
        file.write(".none { border: 0pt none; border-radius: .1pt }\n")
    before = len(sheet.read_text(encoding="utf-8").splitlines()) - 1
    add(root, "lines: {positive: 0.3 pt}\n")

    found = only(root)

    assert found.code == "printer.rule"
    place = found.place
    assert (place.file, place.line) == ("layouts/a4/page.css", before)
    assert place.source is not None
    assert place.column is not None
    assert place.source[place.column - 1 :][: place.width] == ".1mm"


def test_a_layout_without_a_printer_is_told_where_to_get_one(root: Path) -> None:
    (root / PRINTER).unlink()

    found = only(root)

    assert found.code == "manifest.missing"
    assert (
        found.hint == "copy printer.yaml from one of the layouts that come with press"
    )


def test_every_setting_is_in_the_reference() -> None:
    documented = tables(chapter(DOCUMENT, "printer.yaml"))

    told = {heading: [tuple(r) for r in rows] for heading, rows in documented.items()}
    meant = {
        ".".join(path): [
            (
                f"`{name}`",
                field.description,
                f"`{(field.examples or [''])[0]}`",
                "must be given" if field.is_required() else "",
            )
            for name in names_of(model)
            if (field := field_of(model, name))
        ]
        for path, model in walk(PrinterFile)
    }
    assert told == meant
