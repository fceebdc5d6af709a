"""Press files are read back whatever they hold."""

from __future__ import annotations

import random
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream

from press.adapters.press_reader import PikepdfPressReader, content
from press.adapters.press_reader.jpeg import read_jpeg
from press.adapters.press_reader.token import operations, shown
from press.adapters.workshop import ForkedWorkshop
from press.model.press_facts import Outline, PageMarks, Paint, PressFacts, Zone
from tests.preflight.checks.draft import Draft, jpeg, place

BLACK = Paint("DeviceCMYK", (0.0, 0.0, 0.0, 1.0))


def read(draft: Draft) -> PressFacts:
    return PikepdfPressReader().read(draft.write())


def first(draw: str, **draft: object) -> PageMarks:
    """Return what is read of a page with this content alone."""
    return read(Draft(instead=draw.encode(), **draft)).pages[0]  # type: ignore[arg-type]


def form(draw: bytes, **entries: object) -> Draft:
    """Return a file whose first page draws a form with this content."""

    def add(pdf: pikepdf.Pdf) -> None:
        made = Stream(pdf, draw, Subtype=Name.Form, BBox=[0, 0, 999, 999], **entries)
        resources = pdf.pages[0].obj.Resources
        resources.XObject.Form = pdf.make_indirect(made)

    return Draft(instead=b"q 0.5 0 0 0.5 0 0 cm /Form Do Q", spoil=add)


# ---------------------------------------------------------------- words of a stream


AWKWARD = (
    b"q 1 0 0 1 .5 -.5 cm BT /F1 9 Tf (a\\)b(c)d\\\\) Tj <4142> Tj [(x) -20 (y]z)] TJ ET Q",
    b"% a remark q q q\n0 0 0 1 k 1 2 m 3 4 l S",
    b"/Span <</MCID 0 /ActualText (it is (so) f)>> BDC EMC",
    b"[] 0 d [3 1.5] 0 d\n0 0 m\n1 1 l\nh\nf*",
    b"(one\\\ntwo) ' 1 2 (three) \"",
    b"BT\r/F1\r12\rTf\r(\\101\\7\\0053)\rTj\rET",
)


@pytest.mark.parametrize("stream", AWKWARD)
def test_streams_are_cut_as_a_parser_of_pdf_cuts_them(stream: bytes) -> None:
    pdf = pikepdf.new()
    expected = [
        (
            str(one.operator).encode(),
            [bytes(part) for part in strings_of(one.operands)],
        )
        for one in pikepdf.parse_content_stream(Stream(pdf, stream))
    ]

    found = list(operations(stream))

    assert [operator for operator, _ in found] == [name for name, _ in expected]
    texts = {b"Tj", b"TJ", b"'", b'"'}
    assert [shown(words) for name, words in found if name in texts] == [
        b"".join(parts) for name, parts in expected if name in texts
    ]


def strings_of(operands: object) -> list[pikepdf.Object]:
    found: list[pikepdf.Object] = []
    for one in operands:  # type: ignore[attr-defined]
        if isinstance(one, pikepdf.Array):
            found += strings_of(one)
        elif isinstance(one, pikepdf.String):
            found.append(one)
    return found


def test_the_bytes_of_an_inline_picture_are_no_operators() -> None:
    draw = "q 72 0 0 72 0 0 cm BI /W 20 /H 20 /BPC 8 /CS /RGB ID q Q f (( EI Q 0 0 9 9 re f"

    page = first(draw)

    assert page.faults == ()
    assert [(one.space, one.pixels, one.inline) for one in page.images] == [
        ("DeviceRGB", (20, 20), True)
    ]
    assert len(page.fills) == 1


@given(st.binary(max_size=300))
def test_any_bytes_are_cut_without_failing(stream: bytes) -> None:
    for _, operands in operations(stream):
        shown(operands)


# ---------------------------------------------------------------- what is painted


def test_type_has_its_true_size_through_text_matrix_page_and_form() -> None:
    draft = form(b"BT /F1 2 Tf 10 0 0 10 50 50 Tm (x) Tj ET")

    page = read(draft).pages[0]

    assert [text.size for text in page.texts] == [10.0]


def test_what_a_state_sets_ends_with_it() -> None:
    page = first("0 0 0 1 k q 0 1 0 0 k /Over gs 0 0 99 99 re f Q 0 0 99 99 re f")

    assert [(one.paint.values, one.laid.overprint) for one in page.fills] == [
        ((0.0, 1.0, 0.0, 0.0), True),
        ((0.0, 0.0, 0.0, 1.0), False),
    ]


def test_overprint_of_fills_and_lines_is_told_apart() -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        states = pdf.pages[0].obj.Resources.ExtGState
        states.Lines = Dictionary(OP=True, op=False, OPM=1)

    page = first("/Lines gs 0 0 99 99 re 3 w B", spoil=add)

    assert [one.laid.overprint for one in page.fills] == [False]
    assert [one.laid.overprint for one in page.lines] == [True]


def test_without_a_word_on_fills_they_overprint_as_lines_do() -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.ExtGState.Both = Dictionary(OP=True, OPM=1)

    page = first("/Both gs 0 0 99 99 re f", spoil=add)

    assert [one.laid.overprint for one in page.fills] == [True]


@pytest.mark.parametrize(
    ("draw", "weight", "outline"),
    [
        ("2 w 0 0 m 50 0 l S", 2.0, Outline.STROKE),
        ("q 3 0 0 3 0 0 cm 0.5 w 0 0 m 50 0 l S Q", 1.5, Outline.STROKE),
        ("0.5 w 10 10 50 20 re B", 0.5, Outline.EDGE),
        ("10 10 50 1.5 re f", 1.5, Outline.FILL),
        ("10 10 m 60 10 l 60 10.5 l 10 10.5 l h f", 0.5, Outline.FILL),
        ("10 10 50 20 re 10 10 50 21 re f*", 1.0, Outline.FILL),
        ("10 10 50 20 re 9 9 52 22 re f*", 1.0, Outline.FRAME),
    ],
)
def test_all_that_prints_as_a_line_is_a_line(
    draw: str, weight: float, outline: Outline
) -> None:
    page = first(draw)

    assert [(one.weight, one.outline) for one in page.lines] == [(weight, outline)]


@pytest.mark.parametrize(
    "draw", ["0 0 2 2 re f", "0 0 50 20 re f", "0 0 m 9 9 9 9 9 1 c f"]
)
def test_dots_areas_and_curves_are_no_lines(draw: str) -> None:
    page = first(draw)

    assert page.lines == ()


def test_what_is_clipped_away_is_not_painted() -> None:
    page = first("q 0 0 50 50 re W n 60 60 20 20 re f 40 40 20 20 re f Q")

    assert [one.count for one in page.fills] == [1]
    assert page.fills[0].area.width == pytest.approx(10 * 25.4 / 72, abs=0.01)


def test_areas_are_measured_from_the_upper_left_corner_of_the_trim() -> None:
    def cut(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.TrimBox = Array([72, 72, 72 + 720, 72 + 720])

    page = first("72 720 72 72 re f 0 0 20 20 re f", spoil=cut)

    inside, outside = page.fills
    assert (inside.area.left, inside.area.top) == (0.0, 0.0)
    assert inside.area.width == inside.area.height == 25.4
    assert (inside.zone, outside.zone) == (Zone.PAGE, Zone.BLEED)


def test_the_like_is_counted_and_the_rest_told_apart() -> None:
    page = first("0 0 0 1 k " + "0 0 9 9 re f " * 40 + "1 0 0 0 k 0 0 9 9 re f")

    assert [one.count for one in page.fills] == [40, 1]


def test_a_pattern_is_followed() -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        cell = Stream(
            pdf,
            b"1 0 0 rg 0 0 5 5 re f",
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=[0, 0, 10, 10],
            XStep=10,
            YStep=10,
            Resources=Dictionary(),
        )
        pdf.pages[0].obj.Resources.Pattern = Dictionary(P=pdf.make_indirect(cell))

    page = first("/Pattern cs /P scn 0 0 99 99 re f", spoil=add)

    assert {one.paint.space for one in page.fills} == {"DeviceRGB", "Pattern"}


def test_white_pictures_and_dark_ones_have_no_tones_at_the_ends() -> None:
    page = first(place("Photo", 0, 0, 72, 72).decode())

    (image,) = page.images
    assert image.tones is not None
    assert (image.tones.faint, image.tones.choked) == (0.0, 0.0)


# ---------------------------------------------------------------- damaged and hostile


def test_a_drawing_that_holds_itself_is_a_fault() -> None:
    def knot(pdf: pikepdf.Pdf) -> None:
        made = pdf.make_indirect(Stream(pdf, b"/Form Do", Subtype=Name.Form))
        made.Resources = Dictionary(XObject=Dictionary(Form=made))
        pdf.pages[0].obj.Resources.XObject.Form = made

    page = first("/Form Do", spoil=knot)

    assert page.faults == ("a drawing that holds itself",)


def test_drawings_that_multiply_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def multiply(pdf: pikepdf.Pdf) -> None:
        below = pdf.make_indirect(Stream(pdf, b"0 0 1 1 re f", Subtype=Name.Form))
        for _ in range(12):
            resources = Dictionary(XObject=Dictionary(Form=below))
            above = Stream(
                pdf, b"/Form Do " * 20, Subtype=Name.Form, Resources=resources
            )
            below = pdf.make_indirect(above)
        pdf.pages[0].obj.Resources.XObject.Form = below

    monkeypatch.setattr(content, "_MOST", 20_000)

    page = first("/Form Do", spoil=multiply)

    assert page.faults == ("more operators than a page can need",)


def test_what_is_packed_to_be_enormous_is_not_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(content, "LARGEST", 1 << 20)
    noise = random.Random(1).randbytes(70_000)

    def bomb(pdf: pikepdf.Pdf) -> None:
        made = Stream(
            pdf, zlib.compress(noise + b" " * (4 << 20)), Filter=Name.FlateDecode
        )
        pdf.pages[0].obj.Contents = made

    facts = read(Draft(spoil=bomb))

    assert facts.pages[0].faults == (
        "its content cannot be read: its content is larger than 1 MB",
    )
    assert facts.pages[1].texts


def test_a_page_that_is_damaged_does_not_hide_the_others() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = Stream(pdf, b"no flate", Filter=Name.FlateDecode)

    facts = read(Draft(spoil=spoil))

    assert facts.pages[0].faults
    assert facts.pages[1].texts
    assert facts.pages[1].faults == ()


@pytest.mark.parametrize(
    "entries",
    [
        {"Font": 3},
        {"XObject": Array([])},
        {"ExtGState": Dictionary(Over=Array([1]), Out=7)},
        {"ColorSpace": Dictionary(Odd=Array([Name.ICCBased, 4]))},
        {"Font": Dictionary(F1=Dictionary())},
        {"XObject": Dictionary(Photo=Dictionary(Subtype=Name.Image), Art=5)},
    ],
)
def test_resources_of_another_kind_are_no_crash(entries: dict[str, object]) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            pdf.pages[0].obj.Resources[f"/{key}"] = value

    facts = read(Draft(spoil=spoil, more=b"/Odd cs 1 scn 0 0 9 9 re f"))

    assert len(facts.pages) == 4
    assert facts.file.unreadable == ""


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_file_with_broken_bytes_is_never_a_crash(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(SOUND)
    for _ in range(chance.randrange(1, 60)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cut = chance.choice([len(data), chance.randrange(len(data))])

    facts = PikepdfPressReader().read(bytes(data[:cut]))

    assert facts.file.sha256


SOUND = Draft().write()


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4\n", b"GIF89a", b"%PDF-1.4\n" + b"\0" * 99]
)
def test_what_is_no_pdf_is_unreadable(data: bytes) -> None:
    facts = PikepdfPressReader().read(data, "ad.pdf")

    assert facts.file.unreadable
    assert facts.file.name == "ad.pdf"


# ---------------------------------------------------------------- many hands, same facts


def test_forks_read_the_same() -> None:
    pdf = Draft(pages=9).write()

    alone = PikepdfPressReader().read(pdf)
    together = PikepdfPressReader(ForkedWorkshop(2)).read(pdf)

    assert together == alone
    assert [page.number for page in together.pages] == list(range(1, 10))
    assert [font.pages for font in together.fonts] == [tuple(range(1, 10))]


# ---------------------------------------------------------------- JPEG


@pytest.mark.parametrize("quality", [40, 75, 85, 92, 98])
def test_the_quality_of_a_jpeg_is_told(quality: int) -> None:
    facts = read_jpeg(jpeg("RGB", colour=(9, 99, 9), quality=quality))

    assert facts is not None
    assert abs(facts.quality - quality) <= 2


def test_a_jpeg_says_what_it_is() -> None:
    facts = read_jpeg(jpeg(comment=b"for position only", progressive=True))

    assert facts is not None
    assert (facts.components, facts.adobe, facts.progressive) == (4, True, True)
    assert (facts.profile, facts.subsampled) == (False, False)
    assert facts.comment == "for position only"


@pytest.mark.parametrize("cut", [3, 20, 200, 600])
def test_half_a_jpeg_is_damaged(cut: int) -> None:
    assert read_jpeg(jpeg()[:cut]) is None


@given(st.binary(max_size=200))
def test_any_bytes_after_the_start_of_a_jpeg_are_read(data: bytes) -> None:
    read_jpeg(b"\xff\xd8" + data + b"\xff\xd9")
