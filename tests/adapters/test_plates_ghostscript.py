"""The plates seen with PDFium are those that Ghostscript, another engine, makes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name
from PIL import Image

from press.adapters.plates.reader import expose
from tests.adapters.press_files import (
    KNOCK,
    OVER,
    a_file,
    a_jpeg,
    an_image,
    box,
    placed,
)

PROFILE = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")
PPI = 101.6


@pytest.fixture(scope="module")
def gs() -> str:
    found = shutil.which("gs")
    if not found or not PROFILE.is_file():
        pytest.skip("gs (Ghostscript) is not installed")
    return found


def ghostscript(gs: str, pdf: bytes, folder: Path) -> NDArray[np.uint8]:
    """Return the plates of the first page as Ghostscript makes them, likewise smooth."""
    (folder / "a.pdf").write_bytes(pdf)
    subprocess.run(
        [
            gs,
            *("-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiff32nc", f"-r{PPI}"),
            *("-dGraphicsAlphaBits=4", "-dTextAlphaBits=4", "-dOverprint=/simulate"),
            f"--permit-file-read={PROFILE}",
            f"-sOutputICCProfile={PROFILE}",
            f"-sDefaultCMYKProfile={PROFILE}",
            f"-sOutputFile={folder}/a.tif",
            f"{folder}/a.pdf",
        ],
        check=True,
        capture_output=True,
    )
    with Image.open(folder / "a.tif") as image:
        return np.moveaxis(np.asarray(image), 2, 0)


def resources(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
    gradient = np.linspace(0, 255, 64).astype(np.uint8)
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[..., 0], pixels[..., 3] = gradient, gradient[::-1, None]
    turned = [1, 0, 1, 0, 1, 0, 1, 0]
    shading = Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceCMYK,
        Coords=[100, 0, 250, 0],
        Extend=[True, True],
        Function=Dictionary(
            FunctionType=2, Domain=[0, 1], C0=[1, 0, 0, 0], C1=[0, 0, 1, 0.5], N=1
        ),
    )
    spot = Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0.2, 0.9, 0, 0.1], N=1
    )
    return {
        "XObject": {
            "Jpeg": an_image(
                pdf,
                a_jpeg((40, 90, 140, 190)),
                ColorSpace=Name.DeviceCMYK,
                Filter=Name.DCTDecode,
                Decode=turned,
            ),
            "Straight": an_image(
                pdf,
                a_jpeg((40, 90, 140, 190)),
                ColorSpace=Name.DeviceCMYK,
                Filter=Name.DCTDecode,
            ),
            "Raw": an_image(pdf, pixels.tobytes(), ColorSpace=Name.DeviceCMYK),
            "Grey": an_image(pdf, bytes(gradient) * 64, ColorSpace=Name.DeviceGray),
        },
        "Shading": {"G": shading},
        "ColorSpace": {
            "Spot": Array([Name.Separation, Name.Red, Name.DeviceCMYK, spot])
        },
    }


CONTENT = "\n".join(
    (
        f"0.3 0 0.2 0 k {box(5, 5, 90, 60)} f",
        placed("Jpeg", 8, 8, 20, 20),
        placed("Straight", 30, 8, 20, 20),
        placed("Raw", 52, 8, 20, 20),
        placed("Grey", 74, 8, 18, 20),
        f"{OVER} 0 0 0 1 k",
        f"{box(12, 34, 40, 8)} f",
        f"{box(8, 50, 80, 0.4)} f",
        KNOCK,
        f"{box(60, 36, 20, 12)} f",
        f"0 0 0 0 k {box(10, 60, 30, 3)} f",
        f"{OVER} 0 1 0 0 k {box(70, 40, 20, 20)} f {KNOCK}",
        f"/Spot cs 0.7 scn {box(5, 70, 20, 20)} f",
        f"q {box(30, 70, 60, 20)} W n /G sh Q",
        f"0.6 0.5 0.4 1 K 3 w {box(10, 95, 60, 15)} S",
    )
)


def test_both_engines_lay_the_same_ink_everywhere(gs: str, tmp_path: Path) -> None:
    pdf = a_file(CONTENT, resources=resources)
    (exposure,) = expose(pdf, [1])

    theirs = ghostscript(gs, pdf, tmp_path)

    height, width = (
        min(a, b)
        for a, b in zip(theirs.shape[1:], exposure.inks.shape[1:], strict=True)
    )
    ours = exposure.inks[:, :height, :width].astype(np.int16)
    apart = np.abs(ours - theirs[:, :height, :width])
    for number, plate in enumerate(apart):
        assert plate.mean() < 2, number
        # edges are smoothed otherwise; nothing else may differ
        assert (plate > 12).mean() < 0.02, number
    inside = np.lib.stride_tricks.sliding_window_view(apart.max(axis=0) > 12, (5, 5))
    assert not inside.all(axis=(2, 3)).any()


def test_the_comparison_would_find_a_plate_that_differs(
    gs: str, tmp_path: Path
) -> None:
    knocked = a_file(CONTENT.replace(OVER, KNOCK), resources=resources)
    (exposure,) = expose(a_file(CONTENT, resources=resources), [1])

    theirs = ghostscript(gs, knocked, tmp_path)

    height, width = (
        min(a, b)
        for a, b in zip(theirs.shape[1:], exposure.inks.shape[1:], strict=True)
    )
    apart = np.abs(
        exposure.inks[:, :height, :width].astype(np.int16) - theirs[:, :height, :width]
    )
    inside = np.lib.stride_tricks.sliding_window_view(apart.max(axis=0) > 12, (5, 5))
    assert inside.all(axis=(2, 3)).any()
