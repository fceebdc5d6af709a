"""Tools that prove files; a test whose tool is missing is skipped, or fails in CI."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from press.adapters.provers import (
    BarcodeProver,
    GhostscriptProver,
    PdfcpuProver,
    QpdfProver,
    VeraPdfProver,
)
from press.adapters.zxing import ZxingCodeReader
from press.ports import Prover

ROOT = Path(__file__).parents[2]
#: Read here, for tests themselves see no PRESS_*.
VERAPDF = os.environ.get("PRESS_VERAPDF", "")
PDFCPU = os.environ.get("PRESS_PDFCPU", "")
ALL = os.environ.get("PRESS_PROVE") == "all"
GHOSTSCRIPT_PROFILE = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")


def there(prover: Prover) -> None:
    """Skip a test whose tool is not here; where all must be, fail."""
    if prover.available() is not None:
        return
    if ALL:
        pytest.fail(f"{prover.name} is missing: {prover.how_to_get}")
    pytest.skip(f"{prover.name} is not here")


@pytest.fixture(scope="session")
def profile() -> bytes:
    """A profile of a CMYK press, of version 2."""
    own = sorted((ROOT / "src" / "press" / "adapters").glob("icc/profiles/*.icc"))
    for file in (*own, GHOSTSCRIPT_PROFILE):
        if file.is_file():
            return file.read_bytes()
    pytest.skip("no profile of a CMYK press is here (Ghostscript brings one)")


@pytest.fixture(scope="session")
def qpdf() -> QpdfProver:
    prover = QpdfProver()
    there(prover)
    return prover


@pytest.fixture(scope="session")
def pdfcpu() -> PdfcpuProver:
    prover = PdfcpuProver(PDFCPU)
    there(prover)
    return prover


@pytest.fixture(scope="session")
def verapdf() -> VeraPdfProver:
    prover = VeraPdfProver(VERAPDF)
    there(prover)
    return prover


@pytest.fixture(scope="session")
def ghostscript() -> GhostscriptProver:
    prover = GhostscriptProver()
    there(prover)
    return prover


@pytest.fixture(scope="session")
def barcode() -> BarcodeProver:
    prover = BarcodeProver(ZxingCodeReader())
    there(prover)
    return prover
