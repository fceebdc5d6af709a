"""A second renderer's opinion: what two programs draw in two ways is found, and no more."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from press.adapters.provers import GhostscriptProver
from press.adapters.provers.eye import Eye, EyeError, as_seen
from press.adapters.provers.measures import Drawn
from press.adapters.provers.opinion import SecondOpinion
from press.model.proof_result import ProofResult, Question, Verdict
from tests.provers.faults import a_function
from tests.provers.press_file import (
    a_job,
    broken_rules,
    paint,
    press_pdf,
    save,
    shown,
)

PPI, SIDE = 100, 96
INVERTED = Array([1, 0] * 4)


def opinion(prover: GhostscriptProver, pdf: Pdf, folder: Path) -> ProofResult:
    file = save(pdf, folder / "page.pdf")
    (answer,) = prover.prove([a_job(file, Question.SECOND_OPINION)])
    assert answer.question is Question.SECOND_OPINION
    return answer


# ---------------------------------------------------------------- what is painted


@cache
def photograph() -> NDArray[np.uint8]:
    """Return inks that grow from left to right, 120 % at most."""
    across = np.linspace(0, 1, SIDE)[None, :, None]
    inks = np.ones((SIDE, 1, 1)) * across * np.array([0.4, 0.4, 0.3, 0.1])
    return np.asarray(inks * 255, np.uint8)


def jpeg(inks: NDArray[np.uint8], *, marked: bool = True) -> bytes:
    """Return a CMYK JPEG; its inks are inverted, of which APP14 is the mark."""
    out = io.BytesIO()
    Image.fromarray(inks, "CMYK").save(out, "JPEG", quality=92)
    data = out.getvalue()
    if marked:
        return data
    at = data.index(b"\xff\xee")
    length = int.from_bytes(data[at + 2 : at + 4], "big")
    return data[:at] + data[at + 2 + length :]


def a_picture(pdf: Pdf, data: bytes, **entries: object) -> Stream:
    about: dict[str, object] = {
        "Type": Name.XObject,
        "Subtype": Name.Image,
        "Width": SIDE,
        "Height": SIDE,
        "BitsPerComponent": 8,
        "ColorSpace": Name.DeviceCMYK,
    }
    return Stream(pdf, data, **(about | entries))


def placed(pdf: Pdf, picture: Stream) -> None:
    paint(pdf, b"100 0 0 60 50 120 cm /X0 Do", XObject={"X0": picture})


def packed(decode: Array | None, *, marked: bool = True) -> Callable[[Pdf], None]:
    """Return what places a photograph that is packed as a JPEG."""

    def place(pdf: Pdf) -> None:
        more = {} if decode is None else {"Decode": decode}
        data = jpeg(photograph(), marked=marked)
        placed(pdf, a_picture(pdf, data, Filter=Name.DCTDecode, **more))

    return place


def with_palette(colours: int) -> Callable[[Pdf], None]:
    """Return what places a picture whose palette has so many of its 256 colours."""

    def place(pdf: Pdf) -> None:
        palette = bytes(
            value for step in range(256) for value in (step // 2, step, 0, 0)
        )
        space = Array(
            [Name.Indexed, Name.DeviceCMYK, 255, String(palette[: colours * 4])]
        )
        steps = np.ones((SIDE, 1)) * np.linspace(0, 255, SIDE)[None, :]
        data = steps.astype(np.uint8).tobytes()
        placed(pdf, a_picture(pdf, data, ColorSpace=space))

    return place


def a_gradient(inks: int) -> Callable[[Pdf], None]:
    """Return what shades an area by a function with so many values."""

    def shade(pdf: Pdf) -> None:
        shading = Dictionary(
            ShadingType=2,
            ColorSpace=Name.DeviceCMYK,
            Coords=Array([50, 0, 150, 0]),
            Function=a_function(pdf, inks),
        )
        operators = b"50 120 100 60 re W n /S0 sh"
        paint(pdf, operators, Shading={"S0": pdf.make_indirect(shading)})

    return shade


def white_type(state: bytes) -> Callable[[Pdf], None]:
    """Return what sets white type on a tint of black."""
    words = shown("LampLampLamp")
    operators = (
        b"0 0 0 0.6 k 50 120 100 60 re f 0 0 0 0 k %s BT /F1 12 Tf 55 140 Td %s Tj ET"
    )
    return lambda pdf: paint(pdf, operators % (state, words))


def engraving(pdf: Pdf) -> None:
    """Engrave white lines, finer than the plates' pixels, in black."""
    lines = b" ".join(b"50 %.2f 100 0.3 re" % y for y in np.arange(121, 179, 0.9))
    paint(pdf, b"0 0 0 1 k 50 120 100 60 re f 0 0 0 0 k %s f" % lines)


# ---------------------------------------------------------------- two renderers


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(lambda _: None, id="type"),
        pytest.param(packed(INVERTED), id="a photograph"),
        pytest.param(with_palette(256), id="a picture with a palette"),
        pytest.param(a_gradient(4), id="a gradient"),
        pytest.param(white_type(b""), id="white type"),
        pytest.param(engraving, id="an engraving"),
    ],
)
def test_renderers_agree_on_a_sound_page(
    ghostscript: GhostscriptProver,
    profile: bytes,
    tmp_path: Path,
    more: Callable[[Pdf], None],
) -> None:
    pdf = press_pdf(profile)
    more(pdf)

    answer = opinion(ghostscript, pdf, tmp_path)

    assert answer.breaches == ()
    assert answer.verdict is Verdict.PASSED
    assert answer.tests == 35**2
    assert re.fullmatch(r"against PDFium [\d.]+, in 1225 squares of 2 mm", answer.says)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(a_gradient(3), id="a gradient with too few inks"),
        pytest.param(with_palette(10), id="a picture that Ghostscript drops"),
        pytest.param(packed(Array([1, 0])), id="a negative in Ghostscript alone"),
        pytest.param(
            white_type(b"/Over gs"), id="white type that vanishes on the plates"
        ),
    ],
)
def test_what_is_drawn_in_two_ways_is_found_in_its_place(
    ghostscript: GhostscriptProver,
    profile: bytes,
    tmp_path: Path,
    spoil: Callable[[Pdf], None],
) -> None:
    pdf = press_pdf(profile)
    spoil(pdf)
    with press_pdf(profile) as other:
        pdf.pages.insert(0, other.pages[0])
        answer = opinion(ghostscript, pdf, tmp_path)

    assert answer.verdict is Verdict.FAILED
    (breach,) = answer.breaches
    assert (breach.rule, breach.page) == ("second-opinion", 2)
    place = re.search(
        r"on (\d+) × (\d+) mm, (\d+) mm from the left and (\d+) mm from the top",
        breach.message,
    )
    assert place is not None
    across, down, left, top = (int(part) for part in place.groups())
    # What was painted stands 17.6 to 52.9 mm from the left, 7.1 to 28.2 from the top.
    assert left >= 15
    assert left + across <= 57
    assert top >= 5
    assert top + down <= 31


def test_a_negative_that_both_draw_alike_is_found_by_its_ink(
    ghostscript: GhostscriptProver, profile: bytes, tmp_path: Path
) -> None:
    pdf = press_pdf(profile)
    packed(None, marked=False)(pdf)
    file = save(pdf, tmp_path / "page.pdf")
    asked = (Question.INK, Question.SECOND_OPINION)

    ink, alike = ghostscript.prove([a_job(file, *asked)])

    assert alike.verdict is Verdict.PASSED
    assert broken_rules(ink) == {"ink-point", "ink-window"}


# ---------------------------------------------------------------- one and another page


def plates_of(page: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the plates of a page in black, as if a renderer had made them."""
    inks = np.zeros((*page.shape[:2], 4), np.uint8)
    inks[..., 3] = 255 - page[..., 1]
    return inks


def compared(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> SecondOpinion:
    """Return an opinion on a page's plates, by another drawing of it."""
    inks, seen = plates_of(one), as_seen(plates_of(other))
    finer = inks.repeat(2, axis=0).repeat(2, axis=1)
    measure = SecondOpinion(PPI, lambda *_: seen, lambda _: finer)
    measure.look(
        Drawn(
            number=7,
            whole=inks,
            knocked_out=inks,
            type_only=inks,
            without_type=inks,
        )
    )
    return measure


def a_page(folder: Path, profile: bytes, more: bytes = b"") -> NDArray[np.uint8]:
    pdf = press_pdf(profile)
    paint(pdf, more)
    with Eye(save(pdf, folder / "drawn.pdf")) as eye:
        return eye.draw(1, PPI)


def test_a_line_of_small_type_that_is_lost_is_found_whoever_loses_it(
    profile: bytes, tmp_path: Path
) -> None:
    words = b"0 0 0 1 k BT /F1 7 Tf 20 150 Td %s Tj ET" % shown("LampLampLamp")
    without, whole = a_page(tmp_path, profile), a_page(tmp_path, profile, words)

    assert len(compared(without, whole).breaches()) == 1
    assert len(compared(whole, without).breaches()) == 1
    assert compared(whole, whole).breaches() == ()


def test_an_edge_that_lies_a_pixel_farther_out_is_no_difference() -> None:
    page = np.full((80, 80, 3), 255, np.uint8)
    page[::4] = 0
    fatter = page.copy()
    fatter[1:] = np.minimum(page[1:], page[:-1])

    assert page.mean() - fatter.mean() > 0.2 * 255
    assert compared(fatter, page).breaches() == ()
    assert compared(page, fatter).breaches() == ()


def test_a_page_that_the_other_cannot_draw_is_found() -> None:
    def refuse(*_: int) -> NDArray[np.uint8]:
        raise EyeError("Data format error")

    inks = np.zeros((80, 80, 4), np.uint8)
    page = Drawn(
        number=3, whole=inks, knocked_out=inks, type_only=inks, without_type=inks
    )
    measure = SecondOpinion(PPI, refuse, lambda _: inks)

    measure.look(page)

    (breach,) = measure.breaches()
    assert breach.page == 3
    assert breach.message == "PDFium cannot draw the page: Data format error"


def test_a_page_that_has_two_sizes_is_found() -> None:
    page = np.full((200, 100, 3), 255, np.uint8)

    (breach,) = compared(page, page[:150]).breaches()

    assert breach.message == "the page is 25 × 51 mm, in PDFium 25 × 38 mm"


def test_what_is_no_pdf_cannot_be_drawn(tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_text("Dear printer")

    with Eye(file) as eye, pytest.raises(EyeError):
        eye.draw(1, PPI)


def test_a_page_is_drawn_as_far_as_its_bleed(profile: bytes, tmp_path: Path) -> None:
    pdf = press_pdf(profile)
    pdf.pages[0].obj.BleedBox = Array([50, 40, 122, 184])

    with Eye(save(pdf, tmp_path / "page.pdf")) as eye:
        drawn = eye.draw(1, PPI)

    assert drawn.shape == (200, 100, 3)


def test_inks_look_as_pdfium_shows_them(profile: bytes, tmp_path: Path) -> None:
    pdf = press_pdf(profile)
    paint(pdf, b"0.25 0.5 0.75 0.125 k 0 0 200 200 re f")
    with Eye(save(pdf, tmp_path / "page.pdf")) as eye:
        drawn = eye.draw(1, PPI)[9, 9].astype(int)
    inks = np.array([[[64, 128, 191, 32]]], np.uint8)

    assert np.abs(as_seen(inks)[0, 0].astype(int) - drawn).max() <= 3


def test_without_plates_there_is_nothing_to_compare(
    ghostscript: GhostscriptProver, profile: bytes, tmp_path: Path
) -> None:
    pdf = press_pdf(profile)
    del pdf.Root.OutputIntents

    answer = opinion(ghostscript, pdf, tmp_path)

    assert (answer.verdict, broken_rules(answer)) == (Verdict.FAILED, {"plates"})
