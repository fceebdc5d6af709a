"""Bar codes of the front page, read as a till reads them and judged by the plates."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from press.adapters.pdfium import PdfiumReader
from press.adapters.plates import PdfiumPlates
from press.adapters.press_reader import PikepdfPressReader
from press.adapters.workshop import ForkedWorkshop
from press.adapters.zxing import ZxingCodeReader
from press.desk.readback import code_mark
from press.desk.seen import LookingDesk
from press.desk.tools import Tools
from press.model.finding import Finding, Severity
from press.model.press_facts import FileFacts, PressFacts
from press.preflight.checks.code import code
from press.preflight.rules import Rules
from tests.adapters.bars import CODE, HIGH, MODULE, OTHER, bars, width
from tests.adapters.press_files import a_file, a_printer, box

BLACK = "0 0 0 1 k"
PRINTER = a_printer()
RULES = Rules(printer=PRINTER, issn=f"{CODE}+09")
OWN = f"{BLACK} {bars()} f"


class Memory:
    """A cache that lives as long as the test."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}

    def get(self, kind: str, key: str) -> bytes | None:
        return self.kept.get((kind, key))

    def put(self, kind: str, key: str, value: bytes) -> None:
        self.kept[kind, key] = value


def tools(cache: Memory) -> Tools:
    named: Any = SimpleNamespace(
        reader=PdfiumReader(),
        press_reader=PikepdfPressReader(),
        plates=PdfiumPlates(),
        code_reader=ZxingCodeReader(),
        workshop=ForkedWorkshop(1),
        cache=cache,
    )
    return cast("Tools", named)


def facts(*content: str, cache: Memory | None = None) -> PressFacts:
    pdf = a_file("\n".join(content))
    front = PikepdfPressReader().read(pdf).pages[0]
    seen = LookingDesk(tools(cache or Memory()), PRINTER).look(pdf, front)
    assert seen.codes is not None
    marks = tuple(code_mark(one) for one in seen.codes)
    return PressFacts(file=FileFacts(), codes=marks)


def found(*content: str) -> list[Finding]:
    return list(code(facts(*content), RULES))


def test_a_sound_code_is_measured_and_passes() -> None:
    (mark,) = facts(OWN).codes

    assert mark.text == f"{CODE}+09"
    assert mark.inks == ("Black",)
    assert mark.module == pytest.approx(MODULE, abs=0.003)
    assert mark.quiet == pytest.approx((20, 20), abs=0.3)
    assert (mark.area.left, mark.area.top) == pytest.approx((20, 30), abs=0.2)
    assert mark.area.width == pytest.approx(width(), abs=0.2)
    assert list(code(facts(OWN), RULES)) == []


def test_it_is_remembered_as_it_was_seen() -> None:
    cache = Memory()

    assert facts(OWN, cache=cache) == facts(OWN, cache=cache)
    assert {kind for kind, _ in cache.kept} == {"seen", "codes"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"0.3 0.3 0.3 1 k {bars()} f", "Cyan, Magenta, Yellow, Black"),
        (f"0 0 0.15 0 k {box(12, 22, 54, 34)} f {OWN}", "Yellow, Black"),
        (f"{OWN} {box(10, 20, 7.6, 40)} f", "has 8.0 modules of white to its left"),
        (
            f"{OWN} {box(20 + width() + 0.9, 20, 5, 40)} f",
            "has 3.0 modules of white to its right",
        ),
    ],
)
def test_inks_and_white_are_those_of_the_plates(content: str, said: str) -> None:
    first, *more = found(content)

    assert first.severity is Severity.ERROR
    assert said in first.message
    assert {"modules of white" in one.message for one in more} <= {True}


def test_white_that_covers_a_colour_is_no_ink() -> None:
    covered = f"0 1 1 0 k {box(10, 20, 60, 40)} f 0 0 0 0 k {box(10, 20, 60, 40)} f"

    assert found(covered, OWN) == []


def test_black_that_is_drawn_twice_is_one_ink() -> None:
    assert found(OWN, OWN) == []


def test_another_papers_code_wants_a_look_where_it_stands() -> None:
    other = bars(OTHER, "", top=70)

    (one,) = found(OWN, f"{BLACK} {other} f")

    assert (one.code, one.severity) == ("preflight.barcode", Severity.WARNING)
    assert one.message.startswith(f"a till may take the barcode {OTHER} for this")
    assert one.place.page == 1
    assert one.place.area is not None
    assert one.place.area.top == pytest.approx(70, abs=0.2)
    assert one.place.area.height == pytest.approx(HIGH, abs=0.5)


def test_another_code_that_is_struck_through_is_none() -> None:
    other = bars(OTHER, "", top=70)
    line = "0 0 0 0 K 9 w 80 116 m 171 173 l S"

    assert found(OWN, f"{BLACK} {other} f {line}") == []


def test_another_code_alone_is_not_the_papers_own() -> None:
    (one,) = found(f"{BLACK} {bars(OTHER)} f")

    assert one.severity is Severity.ERROR
    assert f"says {OTHER}; this paper's is {CODE}" in one.message


def test_no_code_is_looked_for_where_none_is_wanted() -> None:
    desk = LookingDesk(tools(Memory()), PRINTER)

    assert desk.look(a_file(OWN)).codes is None
