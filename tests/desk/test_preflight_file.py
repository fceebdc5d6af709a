"""`press preflight`: a file from elsewhere held against a printer."""

from __future__ import annotations

import io
import json
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream, String
from typer.testing import CliRunner

from press.adapters.plates import PdfiumPlates
from press.cli.app import app
from press.desk.preflight import find_printer, preflight_file, write_report
from press.model.errors import CannotWriteError, EngineError, ManifestError
from press.model.finding import Finding, Severity
from press.model.length import PT_PER_MM
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

    codes = {found.code for found in preflight_file(an_ad(tmp_path), printer).findings}

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


def test_no_pdf_at_all_is_a_finding(tmp_path: Path) -> None:
    file = tmp_path / "ad.pdf"
    file.write_bytes(b"<!doctype html>")

    (found,) = preflight_file(file, find_printer("office", tmp_path)).findings

    assert found.code == "preflight.file"


# ---------------------------------------------------------------- plates


def sized(width: float, height: float) -> Callable[[pikepdf.Pdf], None]:
    """Return what gives a page this size, in points."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        for name in ("/MediaBox", "/TrimBox", "/BleedBox"):
            page[name] = Array([0, 0, width, height])

    return change


def bleeding(pdf: pikepdf.Pdf) -> None:
    """Give a page a bleed of 3 mm all around."""
    page = pdf.pages[0].obj
    page.TrimBox = Array([3 * PT_PER_MM, 3 * PT_PER_MM, 260, 160])
    page.BleedBox = page.MediaBox = Array(
        [0, 0, 260 + 3 * PT_PER_MM, 160 + 3 * PT_PER_MM]
    )


INKED = b"1 1 0.5 0 k 20 20 60 60 re f "
EDGE = b"0 0.3 0 0 k 8.6 40 30 60 re f "
NEWSPRINT = "newsprint-tabloid"


def found(folder: Path, **draft: object) -> dict[str, Finding]:
    looked = preflight_file(an_ad(folder, **draft), find_printer(NEWSPRINT, folder))
    return {one.code: one for one in looked.findings}


def test_too_much_ink_is_found_in_its_place(tmp_path: Path) -> None:
    one = found(tmp_path, instead=INKED, spoil=sized(200, 120))["preflight.ink-limit"]

    assert one.severity is Severity.ERROR
    assert one.message.startswith("250 % of ink")
    assert "220 %" in one.message
    assert one.hint == "thin its colours and keep the black"
    assert one.place.page == 1
    assert one.place.area is not None
    assert one.place.area.left == pytest.approx(20 / PT_PER_MM, abs=1.1)
    assert one.place.area.top == pytest.approx(40 / PT_PER_MM, abs=1.1)


def test_ink_within_the_limit_is_not(tmp_path: Path) -> None:
    sound = INKED.replace(b"1 1 0.5", b"1 0.8 0.2")

    assert "preflight.ink-limit" not in found(
        tmp_path, instead=sound, spoil=sized(200, 120)
    )


def test_bleed_is_that_of_the_file(tmp_path: Path) -> None:
    gap = found(tmp_path, instead=EDGE, spoil=bleeding)["preflight.bleed-empty"]
    filled = EDGE.replace(b"8.6 40", b"0 40")

    assert "3 mm over the edge" in (gap.hint or "")
    assert gap.place.area is not None
    assert gap.place.area.left == pytest.approx(-3, abs=0.1)
    assert "preflight.bleed-empty" not in found(
        tmp_path, instead=filled, spoil=bleeding
    )
    assert "preflight.bleed-empty" not in found(
        tmp_path, instead=EDGE, spoil=sized(260, 160)
    )


def test_an_empty_page_is_found(tmp_path: Path) -> None:
    assert "preflight.empty-page" in found(tmp_path, instead=b"q Q")
    assert "preflight.empty-page" not in found(tmp_path)


def test_no_type_area_is_asked_of_it(tmp_path: Path) -> None:
    printed = b"0 0 0 1 k 0 0 200 120 re f "

    codes = found(tmp_path, instead=printed, spoil=sized(200, 120))

    assert "preflight.type-area" not in codes


def slug(pdf: pikepdf.Pdf) -> None:
    """Leave white around the trim, and say nothing of a bleed."""
    page = pdf.pages[0].obj
    page.MediaBox = Array([0, 0, 300, 300])
    page.TrimBox = Array([50, 50, 250, 250])
    del page.BleedBox


def test_what_stands_around_a_page_without_bleed_is_cut_off(tmp_path: Path) -> None:
    words = b"1 0 0 0 k 5 5 30 10 re f 0 0 0 1 k 60 60 90 90 re f "

    assert "preflight.beyond-bleed" not in found(tmp_path, instead=words, spoil=slug)


# ---------------------------------------------------------------- the report


def test_the_report_shows_the_pages_with_what_is_wrong(tmp_path: Path) -> None:
    file = an_ad(tmp_path, instead=INKED, spoil=sized(200, 120))
    folder = tmp_path / "reports" / "ad"

    done = RUNNER.invoke(
        app,
        ["preflight", str(file), "--printer", NEWSPRINT, "--report", str(folder)],
    )

    assert done.exit_code == 3
    assert sorted(path.name for path in folder.iterdir()) == [
        "preflight.html",
        "preflight.json",
    ]
    told = json.loads((folder / "preflight.json").read_text())
    assert told["title"] == told["file"] == "ad.pdf"
    assert (told["ready"], told["printer"]["trim mm"]) == (False, [70.6, 42.3])
    assert told["pages"][0]["most ink"]["total"] == pytest.approx(250, abs=1)
    ways = {one["check"]: one["outcome"] for one in told["checks"]}
    assert (ways[19], ways[12], ways[10], ways[45]) == (
        "failed",
        "passed",
        "not run",
        "not run",
    )
    page = (folder / "preflight.html").read_text(encoding="utf-8")
    assert "Preflight of ad.pdf" in page
    assert "250 % of ink" in page
    assert "data:image/png;base64," in page
    for name in ("preflight.html", "preflight.json"):
        assert name in done.stdout


def test_a_report_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    looked = preflight_file(an_ad(tmp_path), find_printer(NEWSPRINT, tmp_path))

    with pytest.raises(CannotWriteError, match="cannot be written"):
        write_report(taken, looked)


# ---------------------------------------------------------------- damaged and hostile


def multiplying(pdf: pikepdf.Pdf) -> None:
    """Draw what draws what draws: more than any memory holds."""
    below = pdf.make_indirect(Stream(pdf, b"0 0 1 1 re f", Subtype=Name.Form))
    for _ in range(12):
        resources = Dictionary(XObject=Dictionary(Form=below))
        above = Stream(pdf, b"/Form Do " * 20, Subtype=Name.Form, Resources=resources)
        below = pdf.make_indirect(above)
    pdf.pages[0].obj.Resources.XObject.Form = below
    pdf.pages[0].obj.Contents = Stream(pdf, b"/Form Do")


def swollen(pdf: pikepdf.Pdf) -> None:
    """Pack a page's operators so that they swell to 300 MB."""
    packed = zlib.compress(b" " * (300 << 20), 1)
    pdf.pages[0].obj.Contents = Stream(pdf, packed, Filter=Name.FlateDecode)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(multiplying, id="drawings that multiply"),
        pytest.param(swollen, id="content that swells"),
        pytest.param(sized(14_400, 14_400), id="a page of five metres"),
        pytest.param(sized(3, 3), id="a page of a millimetre"),
    ],
)
def test_a_page_that_cannot_be_drawn_is_a_finding_and_others_are_looked_at(
    tmp_path: Path,
    spoil: Callable[[pikepdf.Pdf], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("press.adapters.press_reader.content._MOST", 20_000)

    def change(pdf: pikepdf.Pdf) -> None:
        spoil(pdf)
        pdf.pages[1].obj.Contents = Stream(pdf, INKED)

    file = tmp_path / "ad.pdf"
    file.write_bytes(Draft(pages=2, spoil=change).write())

    looked = preflight_file(file, find_printer(NEWSPRINT, tmp_path))

    said = {(one.code, one.place.page) for one in looked.findings}
    assert ("preflight.content", 1) in said
    assert ("preflight.ink-limit", 2) in said


def test_of_very_many_pages_the_first_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("press.desk.preflight.MOST_PAGES", 2)
    file = tmp_path / "ad.pdf"
    file.write_bytes(Draft(pages=3).write())

    looked = preflight_file(file, find_printer(NEWSPRINT, tmp_path))

    (told,) = [one for one in looked.findings if one.code == "preflight.plates"]
    assert told.severity is Severity.NOTE
    assert "first 2 pages" in told.message


SOUND = Draft(pages=1).write()


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_plates_of_a_file_with_broken_bytes_are_made_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(SOUND)
    for _ in range(chance.randrange(1, 60)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cut = chance.choice([len(data), chance.randrange(len(data))])

    drawn_or_refused(bytes(data[:cut]))


OFFICE = find_printer("office", ROOT)
ODD: tuple[Callable[[], object], ...] = (
    *(lambda: 0, lambda: -1, lambda: 10**9, lambda: True, lambda: Name.Foo),
    *(lambda: String("x"), Dictionary, lambda: Array([])),
    *(lambda: Array([1, 2, 3]), lambda: Array([0, 0, 9, 0])),
    lambda: Array([Name.ICCBased, 3]),
    lambda: Array([Name.Indexed, Name.DeviceRGB, 300, String("abc")]),
)


def drawn_or_refused(pdf: bytes) -> None:
    """Hold plates to being made, or to saying why not."""
    try:
        plates = PdfiumPlates().read(pdf, OFFICE)
    except EngineError:
        return
    assert all(page.width > 0 for page in plates)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_plates_of_a_file_with_odd_objects_are_made_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    with pikepdf.open(io.BytesIO(SOUND)) as pdf:
        things = [one for one in pdf.objects if isinstance(one, Dictionary | Stream)]
        for _ in range(chance.randrange(1, 4)):
            thing = chance.choice(things)
            key = chance.choice(sorted(thing.keys() - {"/Length"}) or ["/Odd"])
            thing[key] = chance.choice(ODD)()
        out = io.BytesIO()
        pdf.save(out)

    drawn_or_refused(out.getvalue())
