"""`press preflight`: a file from elsewhere held against a printer."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner

from press.cli.app import app
from press.desk.preflight import find_printer, preflight_file
from press.model.errors import ManifestError
from tests.conftest import ROOT
from tests.preflight.checks.draft import Draft

RUNNER = CliRunner()


def an_ad(folder: Path, **draft: object) -> Path:
    file = folder / "ad.pdf"
    file.write_bytes(Draft(pages=1, **draft).write())  # type: ignore[arg-type]
    return file


def test_a_sound_advertisement_passes(tmp_path: Path) -> None:
    file = an_ad(tmp_path)

    done = RUNNER.invoke(
        app, ["preflight", str(file), "--printer", "newsprint-tabloid"]
    )

    assert (done.exit_code, done.output) == (0, "")


def test_what_is_wrong_is_said_with_file_page_and_place(tmp_path: Path) -> None:
    file = an_ad(tmp_path, more=b"1 0 0 rg 0 0 72 72 re f ")

    done = RUNNER.invoke(
        app, ["preflight", str(file), "--printer", "newsprint-tabloid", "--json"]
    )

    (found,) = json.loads(done.stdout)["findings"]
    assert done.exit_code == 3
    assert (found["code"], found["page"]) == ("preflight.colour", 1)
    assert found["file"] == file.as_posix()
    assert found["area"] == {"left": 0.0, "top": 354.6, "width": 25.4, "height": 25.4}


def test_an_advertisement_has_a_size_of_its_own_and_one_page(tmp_path: Path) -> None:
    printer = find_printer("heatset-a4", tmp_path)

    codes = {found.code for found in preflight_file(an_ad(tmp_path), printer)}

    assert not codes & {"preflight.trim", "preflight.page-count", "preflight.marks"}


def test_a_printer_is_found_by_name_layout_or_file() -> None:
    by_name = find_printer("newsprint-tabloid", ROOT)
    by_layout = find_printer("tabloid", ROOT)
    by_file = find_printer("layouts/tabloid/printer.yaml", ROOT)

    assert by_name.width.mm == pytest.approx(289)
    assert by_layout.width == by_file.width


def test_a_printer_that_nobody_knows_is_said(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="no printer is called"):
        find_printer("nowhere", tmp_path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    printer = find_printer("office", tmp_path)

    with pytest.raises(ManifestError, match="cannot be read"):
        preflight_file(tmp_path / "none.pdf", printer)


@pytest.mark.parametrize("wrong", [b"<!doctype html>", b""])
def test_no_pdf_at_all_is_a_finding(wrong: bytes, tmp_path: Path) -> None:
    file = tmp_path / "ad.pdf"
    file.write_bytes(wrong)

    (found,) = preflight_file(file, find_printer("office", tmp_path))

    assert found.code == "preflight.file"
    assert "BytesIO" not in found.message


def codes_of(file: Path, printer: str = "newsprint-tabloid") -> set[str]:
    return {
        one.code for one in preflight_file(file, find_printer(printer, file.parent))
    }


@pytest.mark.parametrize(
    ("ink", "codes"),
    [
        (b"1 1 1 0 k", {"preflight.ink-limit", "preflight.ink-window"}),
        (b".8 .6 .6 0 k", set()),
    ],
)
def test_its_plates_are_looked_at_for_too_much_ink(
    ink: bytes, codes: set[str], tmp_path: Path
) -> None:
    file = an_ad(tmp_path, more=ink + b" 90 90 200 200 re f ")

    assert codes_of(file) == codes


def test_ink_that_is_cut_off_at_the_trim_without_bleed_is_found(tmp_path: Path) -> None:
    file = an_ad(tmp_path, more=b"0 0 0 .5 k 0 90 200 200 re f ")

    assert "preflight.bleed-empty" in codes_of(file, "coldset-bleed")


def test_a_page_without_ink_is_found_on_whichever_page_it_is(tmp_path: Path) -> None:
    file = an_ad(tmp_path)
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.pages[1].obj.Contents = pdf.make_stream(b"0 0 0 0 k 90 90 99 99 re f")
        pdf.save()

    (found,) = preflight_file(file, find_printer("newsprint-tabloid", tmp_path))

    assert (found.code, found.place.page) == ("preflight.empty-page", 2)


@pytest.mark.parametrize("side", [0.001, 400_000])
def test_a_page_of_a_size_that_nobody_prints_is_found_and_not_drawn(
    side: float, tmp_path: Path
) -> None:
    file = an_ad(tmp_path)
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        box = pikepdf.Array([0, 0, side, 500])
        pdf.pages[0].mediabox = pdf.pages[0].trimbox = box
        pdf.save()

    assert "preflight.trim" in codes_of(file)


def test_a_file_without_pages_is_found(tmp_path: Path) -> None:
    file = tmp_path / "ad.pdf"
    with pikepdf.new() as pdf:
        pdf.save(file)

    assert "preflight.file" in codes_of(file)
