"""Advertisements from the manifest to the finished files, sound ones and bad ones."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Encryption, Name

from press.desk.edition import check_edition
from press.model.finding import Finding, Severity
from press.model.length import PT_PER_MM
from tests.adapters.advertisements import an_ad
from tests.newspaper import ID, Newspaper, a_newspaper, hashes

E = f"editions/{ID}/edition.yaml"
#: A strip of the layout a4: 9 lines of 11.5 pt across the type area.
STRIP = (182.0, 9 * 11.5 / PT_PER_MM)
PAGE = (210.0, 297.0)
SQUARE = "1 1 1 1 k 60 30 20 20 re f"
RIGHT, DOWN = 14.0, 280.8  # the strip's place: its left edge, its lower one, in mm


def sell(paper: Newspaper, data: bytes, *, size: str = "strip", page: int = 3) -> None:
    paper.write(f"editions/{ID}/ads/shop.pdf", data)
    line = f"{{file: ads/shop.pdf, size: {size}, advertiser: A Shop, page: {page}}}"
    paper.change(E, "  sections:\n", f"  advertisements:\n    - {line}\n  sections:\n")


def bleeding(paper: Newspaper) -> None:
    """Give the paper a printer whose pages bleed."""
    paper.write(
        "layouts/a4/printer.yaml",
        "press: 1\nuse: office\nbleed: 3 mm\nmarks: yes\n",
    )


def of_the_ad(findings: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in findings if "shop.pdf" in one.message]


@pytest.fixture
def paper(tmp_path: Path) -> Newspaper:
    """A newspaper that was never built."""
    return a_newspaper(tmp_path / "paper")


# ---------------------------------------------------------------- what is refused


def rgb(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(b"1 0 0 rg 0 0 90 40 re f")


def alpha(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(b"0 1 0 0 k /Half gs 0 0 90 40 re f")


def no_font(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.Font.F1 = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica
    )


def turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Rotate = 90


def untrimmed(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.TrimBox


def empty(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"")


LOCKED: dict[str, Any] = {"encryption": Encryption(owner="o", user="u")}
GUARDED: dict[str, Any] = {"encryption": Encryption(owner="o", user="")}
BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "rgb": (lambda: an_ad(*STRIP, spoil=rgb), "preflight.colour", "DeviceRGB"),
    "alpha": (lambda: an_ad(*STRIP, spoil=alpha), "preflight.transparency", "ca 0.5"),
    "no font": (lambda: an_ad(*STRIP, spoil=no_font), "preflight.font", "Helvetica"),
    "turned": (lambda: an_ad(*STRIP, spoil=turned), "preflight.page-boxes", "90 deg"),
    "no trim": (lambda: an_ad(*STRIP, spoil=untrimmed), "preflight.trim", "trimmed"),
    "empty": (lambda: an_ad(*STRIP, spoil=empty), "preflight.empty-page", "no ink"),
    "wide": (lambda: an_ad(STRIP[0] + 0.8, STRIP[1]), "ad.trim", "182.8 × 36.5 mm"),
    "low": (lambda: an_ad(STRIP[0], STRIP[1] - 5), "ad.trim", "182.0 × 31.5 mm"),
    "two pages": (lambda: an_ad(*STRIP, pages=2), "ad.pages", "2 pages"),
    "locked": (lambda: an_ad(*STRIP, **LOCKED), "preflight.file", "password"),
    "guarded": (lambda: an_ad(*STRIP, **GUARDED), "preflight.file", "encrypted"),
    "cut off": (lambda: an_ad(*STRIP)[:1500], "preflight.file", "damaged"),
    "wrecked": (lambda: b"%PDF-1.4\n" + b"x" * 99, "preflight.file", "cannot be read"),
    "no pdf": (lambda: b"GIF89a", "ad.file", "is not a PDF"),
    "ink": (lambda: an_ad(*STRIP, more=SQUARE), "preflight.ink-limit", "400 %"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_the_printer_cannot_print_is_refused_with_file_and_reason(
    name: str, paper: Newspaper
) -> None:
    make, code, says = BAD[name]
    if name == "alpha":
        paper.write(
            "layouts/a4/printer.yaml", "press: 1\nuse: office\nstandard: x-1a:2003\n"
        )
    sell(paper, make())

    found = [
        one for one in of_the_ad(check_edition(paper.root, ID)) if one.code == code
    ]

    assert found, [one.message for one in check_edition(paper.root, ID)]
    assert found[0].severity is Severity.ERROR
    assert says in found[0].message
    assert found[0].place.file == E
    assert "ads/shop.pdf" in (found[0].place.source or "")


def test_the_size_that_is_wanted_is_said_in_millimetres(paper: Newspaper) -> None:
    sell(paper, an_ad(90, 40))

    (found,) = of_the_ad(check_edition(paper.root, ID))

    assert found.message == (
        "shop.pdf: it is 90.0 × 40.0 mm; its space is 182.0 × 36.5 mm"
    )
    assert found.hint == (
        "ask A Shop for it anew: export it with a TrimBox of 182.0 × 36.5 mm; press"
        " neither scales nor crops"
    )


@pytest.mark.parametrize(
    "ad",
    [
        {},
        {"origin": (-40, 12), "bleed": 5, "slug": 9},
        {"width": STRIP[0] + 0.4, "height": STRIP[1] - 0.4},
    ],
)
def test_nothing_is_said_of_a_sound_one(ad: dict[str, Any], paper: Newspaper) -> None:
    size = {"width": STRIP[0], "height": STRIP[1]}
    sell(paper, an_ad(**(size | ad)))

    findings = check_edition(paper.root, ID)

    assert of_the_ad(findings) == []
    assert of_the_ad(check_edition(paper.root, ID)) == []  # as it was kept


def test_one_that_is_changed_is_looked_at_again(paper: Newspaper) -> None:
    sell(paper, an_ad(*STRIP))
    assert of_the_ad(check_edition(paper.root, ID)) == []

    paper.write(f"editions/{ID}/ads/shop.pdf", an_ad(*STRIP, spoil=rgb))

    assert {one.code for one in of_the_ad(check_edition(paper.root, ID))} == {
        "preflight.colour"
    }


def test_one_for_a_page_that_bleeds_has_bleed_and_the_page_s_own_size(
    paper: Newspaper,
) -> None:
    bleeding(paper)
    sell(paper, an_ad(*PAGE), size="full")

    codes = {one.code for one in of_the_ad(check_edition(paper.root, ID))}

    assert codes == {"preflight.bleed", "preflight.bleed-empty"}
    paper.write(f"editions/{ID}/ads/shop.pdf", an_ad(*PAGE, bleed=3))
    assert of_the_ad(check_edition(paper.root, ID)) == []
    paper.write(f"editions/{ID}/ads/shop.pdf", an_ad(*PAGE, bleed=5, slug=9))
    assert of_the_ad(check_edition(paper.root, ID)) == []


def test_no_bleed_is_asked_of_one_that_ends_within_the_page(paper: Newspaper) -> None:
    bleeding(paper)
    sell(paper, an_ad(*STRIP))

    assert of_the_ad(check_edition(paper.root, ID)) == []


@pytest.mark.rendered
def test_a_build_with_a_bad_one_leaves_the_last_build(newspaper: Newspaper) -> None:
    before = hashes(newspaper.built)
    sell(newspaper, an_ad(*STRIP, spoil=rgb))

    done = newspaper.build()

    assert done.returncode == 3
    assert "shop.pdf: " in done.stderr
    assert "DeviceRGB" in done.stderr
    assert "ads/shop.pdf" in done.stderr
    assert hashes(newspaper.built) == before


# ---------------------------------------------------------------- what is printed


@pytest.mark.rendered
def test_a_sound_one_is_printed_as_it_is_and_shown_with_words(
    newspaper: Newspaper,
) -> None:
    ad = an_ad(*STRIP, origin=(30, 60), bleed=3)
    sell(newspaper, ad)

    done = newspaper.build()

    assert done.returncode == 0, done.stderr
    press = (newspaper.built / "print.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(press)) as pdf, pikepdf.open(io.BytesIO(ad)) as own:
        form = pdf.pages[2].Resources.XObject["/PressAd0"]
        assert form.read_bytes().split() == own.pages[0].Contents.read_bytes().split()
    for name in ("print.pdf", "replica.pdf", "pages/TL_2024-09_003.pdf"):
        page = 0 if name.startswith("pages") else 2
        assert the_place(newspaper.built / name, page) == ["black", "orange", "white"]
    with pikepdf.open(newspaper.built / "replica.pdf") as book:
        said = [str(one) for one in alternatives(book.Root.StructTreeRoot)]
    assert "Advertisement: A Shop" in said
    inputs = newspaper.read("ticket.json")["inputs"]
    assert inputs[f"editions/{ID}/ads/shop.pdf"] == hashlib.sha256(ad).hexdigest()


def the_place(file: Path, page: int) -> list[str]:
    """Return what stands in the strip's corner, in its middle and below it."""
    with pypdfium2.PdfDocument(file) as document:
        image = document[page].render(scale=2).to_pil().convert("RGB")
    pixels = np.asarray(image).astype(int)
    top = DOWN - STRIP[1]

    def colour(right: float, down: float) -> str:
        pixel = pixels[int(down * 2 * PT_PER_MM), int(right * 2 * PT_PER_MM)]
        if pixel.max() < 80:
            return "black"
        return "white" if pixel.min() > 250 else "orange"

    places = ((RIGHT + 2, top + 2), (RIGHT + 170, top + 20), (RIGHT + 170, DOWN + 1))
    return [colour(*place) for place in places]


def alternatives(element: Any) -> list[Any]:
    if not isinstance(element, Dictionary):
        return []
    found: Any = element.get("/K", pikepdf.Array())
    kids = list(found) if isinstance(found, pikepdf.Array) else [found]
    own = [element.Alt] if "/Alt" in element else []
    return own + [one for kid in kids for one in alternatives(kid)]


@pytest.mark.rendered
@pytest.mark.parametrize("bleeds", [True, pytest.param(False, marks=pytest.mark.long)])
def test_a_full_page_stands_alone_and_bleeds_where_pages_do(
    bleeds: bool, paper: Newspaper
) -> None:
    if bleeds:
        bleeding(paper)
    full = (182.0, 65 * 11.5 / PT_PER_MM)
    paper.change(E, "  pages: 4\n", "  pages: 6\n")
    sell(paper, an_ad(*PAGE, bleed=3) if bleeds else an_ad(*full), size="full")

    done = paper.build()

    assert done.returncode == 0, done.stderr
    with pypdfium2.PdfDocument(paper.built / "print.pdf") as document:
        words = document[2].get_textpage().get_text_bounded()
    assert ("The Lamp" in words) != bleeds
