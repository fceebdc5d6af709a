"""A page as the house draws it, before and after it was made ready for the press."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from press.adapters.finishing import PikepdfFinisher
from press.adapters.icc.inks import IccInks
from press.adapters.pdfium import PdfiumReader
from press.model.press import PressJob
from press.prepress.marks import place_marks
from tests.adapters.icc import NEWSPRINT, a_profile
from tests.adapters.presswork import a_job, written
from tests.adapters.sheets import Pressroom, a_sheet, set_text, the_layout
from tests.adapters.test_finish_overprint import overprints

pytestmark = pytest.mark.rendered

TINT = "device-cmyk(.3 0 .2 0)"
BODY = f"""
<div class="at" style="left:80pt;top:90pt;width:400pt;height:300pt;background:{TINT}"></div>
{set_text(*["Small black type stands on a tint."] * 9)}
<div class="at big" style="left:100pt;top:240pt">Large type</div>
<div class="at" style="left:100pt;top:300pt;width:300pt;
 border-top:.5pt solid device-cmyk(0 0 0 1)"></div>
<div class="at" style="left:100pt;top:320pt;width:40pt;height:40pt;
 background:device-cmyk(0 0 0 0)"></div>
<svg class="at" style="left:200pt;top:310pt" width="80" height="60" viewBox="0 0 80 60">
<rect width="50" height="40" fill="#b3121d"/><text x="4" y="50" font-size="9">Chart</text>
<g opacity="1"><path d="M0 55h80" stroke="black"/></g></svg>
"""
CSS = """
html, svg { color: device-cmyk(0 0 0 1) }
.big { font-size: 30pt; line-height: 36pt }
"""


@pytest.fixture(scope="module")
def bound(pressroom: Pressroom) -> bytes:
    return pressroom.print(a_sheet(BODY), css=CSS)


@pytest.fixture(scope="module")
def job() -> PressJob:
    layout = the_layout()
    return a_job(width=layout.width, height=layout.height, profile=a_profile())


@pytest.fixture(scope="module")
def done(bound: bytes, job: PressJob) -> bytes:
    finisher = PikepdfFinisher(IccInks(job.profile, 240), place_marks)
    checked = finisher.finish(bound, job)
    assert checked.findings == ()
    assert checked.value is not None
    return checked.value


def operators(thing: pikepdf.Object) -> set[str]:
    """Return the operators of a page and of all it reaches."""
    found = {str(one.operator) for one in pikepdf.parse_content_stream(thing)}
    for inner in thing.Resources.get("/XObject", {}).values():
        if inner.get("/Subtype") == pikepdf.Name.Form:
            assert "/Group" not in inner
            found |= operators(inner)
    return found


def test_nothing_is_left_in_rgb_or_grey(bound: bytes, done: bytes) -> None:
    with pikepdf.open(io.BytesIO(bound)) as before:
        assert operators(before.pages[0].obj) & {"rg", "RG"}
    with pikepdf.open(io.BytesIO(done)) as after:
        assert not operators(after.pages[0].obj) & {
            *("rg", "RG", "g", "G", "cs", "CS", "sc", "scn", "BDC"),
        }


def test_small_type_and_the_rule_overprint_large_type_and_white_do_not(
    done: bytes,
) -> None:
    with pikepdf.open(io.BytesIO(done)) as after:
        found = overprints(written(after.pages[0].obj))

    assert found.count(True) >= 10  # nine lines and the rule
    assert found.count(False) >= 4  # tint, large type, white, drawing


def test_the_words_stand_where_they_stood(bound: bytes, done: bytes) -> None:
    before, after = (PdfiumReader().read(pdf)[0] for pdf in (bound, done))

    assert [line.text for line in after.lines] == [line.text for line in before.lines]
    for one, other in zip(before.lines, after.lines, strict=True):
        assert (one.left, one.baseline, one.size) == pytest.approx(
            (other.left, other.baseline, other.size), abs=0.01
        )


def test_the_page_looks_as_it_did(bound: bytes, done: bytes) -> None:
    """No pixel is off by more than 64 of 255: black ink is dark grey in PDFium, and red
    is what newsprint makes of it. What was lost or moved would be off by far more.
    """
    before, after = (_pixels(pdf) for pdf in (bound, done))

    off = np.abs(before - after).max(axis=2)

    assert off.max() <= 64
    assert (off > 24).mean() < 0.01
    assert before.std() > 10


def _pixels(pdf: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    with pypdfium2.PdfDocument(pdf) as document:
        drawn = document[0].render(scale=1).to_pil().convert("RGB")
    return np.asarray(drawn).astype(np.int16)


Plates = Callable[[str], np.ndarray[tuple[int, ...], np.dtype[np.uint8]]]


@pytest.fixture
def plates(done: bytes, tmp_path: Path) -> Plates:
    if not shutil.which("gs"):
        pytest.skip("Ghostscript (gs) is not installed")
    (tmp_path / "print.pdf").write_bytes(done)

    def separate(
        overprint: str,
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        out = tmp_path / f"{overprint}.tif"
        subprocess.run(
            [
                *("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiff32nc", "-r72"),
                *(
                    f"-sOutputICCProfile={NEWSPRINT}",
                    f"-sDefaultCMYKProfile={NEWSPRINT}",
                ),
                *(f"--permit-file-read={NEWSPRINT}", f"-dOverprint=/{overprint}"),
                *("-dTextAlphaBits=1", f"-sOutputFile={out}", tmp_path / "print.pdf"),
            ],
            check=True,
            timeout=60,
        )
        with Image.open(out) as image:
            return np.asarray(image)

    return separate


def test_black_type_is_printed_over_the_tint_on_the_plates(plates: Plates) -> None:
    def black_on_tint(overprint: str) -> int:
        inks = plates(overprint).astype(int)
        tint = (abs(inks[..., 0] - 76) < 4) & (abs(inks[..., 2] - 51) < 4)
        return int((tint & (inks[..., 3] > 250)).sum())

    assert black_on_tint("simulate") > 300
    assert black_on_tint("disable") == 0


def test_no_type_is_on_any_plate_but_black_s(plates: Plates) -> None:
    """Where type is black, the other plates show the tint or nothing."""
    inks = plates("simulate").astype(int)
    black = inks[..., 3] > 250

    assert black.sum() > 500
    assert inks[black][:, 1].max() <= 1
    assert set(np.unique(inks[black][:, 0] // 8)) <= {0, 9}
