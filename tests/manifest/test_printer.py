"""What the printer asks is read strictly, and the layout is held to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from press.manifest.layout import known_layouts, read_layout
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


def only(root: Path) -> Finding:
    [found] = read_layout(root, "a4").findings
    return found


@pytest.mark.parametrize("name", ["tabloid", "a4"])
def test_the_layouts_of_press_can_be_printed(name: str) -> None:
    read = read_layout(ROOT, name)

    assert read.findings == ()
    assert read.value is not None


def test_what_the_printer_asks_decides(root: Path) -> None:
    change(root / PRINTER, "signature: 2", "signature: 8")
    change(root / PRINTER, "wanted: 150", "wanted: 170")

    layout = read_layout(root, "a4").value

    assert layout is not None
    assert layout.signature == 8
    assert layout.resolution.wanted == 170
    known = known_layouts(root).layout("a4")
    assert known is not None
    assert known.signature == 8


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "words"),
    [
        ("signature: 2", "signatur: 2", 6, "manifest.unknown-key", "signatur"),
        ("signature: 2", "signature: two", 6, "manifest.type", "two"),
        ("signature: 2", "signature: 0", 6, "manifest.", "0"),
        ("bleed: none", "bleed: 3 mm", 5, "manifest.", "made without bleed"),
        ("6 pt", "6", 14, "manifest.", "is not a length"),
        ("width: 210 mm", "width: 211 mm", None, "printer.trim", "211 × 297 mm"),
        ("wanted: 150", "wanted: 90", 10, "printer.resolution", "90 pixels"),
        ("smallest_type: 6 pt", "smallest_type: 7 pt", None, "printer.type", "6.8 pt"),
        ("0.25 pt", "0.45 pt", None, "printer.rule", "0.45 pt"),
    ],
)
def test_a_mistake_is_told_at_its_line(
    old: str, new: str, line: int | None, code: str, words: str, root: Path
) -> None:
    change(root / PRINTER, old, new)

    for found in read_layout(root, "a4").findings:
        if found.code.startswith(code) and found.place.line:
            assert words in found.message
            assert found.hint
            assert found.place.source
            if line is not None:
                assert (found.place.file, found.place.line) == (PRINTER, line)
            return
    pytest.fail(f"no {code}: {read_layout(root, 'a4').findings}")


def test_a_thin_rule_is_found_where_it_stands(root: Path) -> None:
    sheet = root / "layouts/a4/page.css"
    with sheet.open("a", encoding="utf-8") as file:
        file.write(".hair { color: red; border-top: solid .1mm red }\n")
        file.write(".none { border: 0pt none; border-radius: .1pt }\n")
    before = len(sheet.read_text(encoding="utf-8").splitlines()) - 1
    change(root / PRINTER, "0.25 pt", "0.3 pt")

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
