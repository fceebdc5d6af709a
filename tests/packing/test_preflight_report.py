"""What preflight found, as data and as a page."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from press.model.finding import Place, error, note, warning
from press.model.ink import Ink
from press.model.plates import BleedFacts, Edge, InkPeak
from press.model.press import Profile
from press.packing.preflight_html import write_preflight_page
from press.packing.preflight_report import (
    CheckRun,
    Outcome,
    Preflight,
    write_preflight,
)
from tests.preflight.plates import a_page, a_printer, an_area

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)
FAULT = error(
    "preflight.ink-limit",
    "235 % of ink at a <point>",
    Place(page=2, area=an_area(40, 50, 30, 20)),
    "thin the “colours” & keep black",
)
LOOK = warning("preflight.type-size", "small type", Place(page=1))
WHOLE = error("preflight.intent", "there is no output intent")
PROFILE = Profile(
    data=b"", description="Calculated newsprint", version=2.4, condition="X"
)


def a_report(**more: Any) -> Preflight:
    about: dict[str, Any] = {
        "title": "The Paper, September 2024",
        "file": "print.pdf",
        "sha256": "ab" * 32,
        "printer": a_printer(name="newsprint"),
        "profile": PROFILE,
        "checks": (
            CheckRun(number=4, name="Intent", about="It is there.", findings=(WHOLE,)),
            CheckRun(number=12, name="Empty pages", about="There are none."),
            CheckRun(
                number=43,
                name="Second engine",
                about="It agrees.",
                run=False,
                where="press prove",
            ),
        ),
        "plates": (
            a_page(1, coverage=Ink(black=0.1), thumbnail=PNG, heat_picture=PNG),
            a_page(2, thumbnail=PNG, heat_picture=PNG),
        ),
        "findings": (LOOK, FAULT, WHOLE),
    }
    return Preflight(**(about | more))


def data(report: Preflight) -> Any:
    return json.loads(write_preflight(report))


def page(report: Preflight) -> str:
    return write_preflight_page(report).decode()


# ---------------------------------------------------------------- preflight.json


def test_the_data_says_whether_the_file_may_go_to_press() -> None:
    bad, good = data(a_report()), data(a_report(findings=(LOOK,)))

    assert (bad["ready"], bad["errors"], bad["warnings"]) == (False, 2, 1)
    assert (good["ready"], good["errors"], good["warnings"]) == (True, 0, 1)


def test_every_check_is_told_with_its_number_and_outcome() -> None:
    checks = data(a_report())["checks"]

    assert [(one["check"], one["outcome"]) for one in checks] == [
        (4, "failed"),
        (12, "passed"),
        (43, "not run"),
    ]
    assert checks[2]["where"] == "press prove"


def test_a_check_is_as_bad_as_the_worst_it_found() -> None:
    def outcome(*findings: Any) -> Outcome:
        return CheckRun(number=1, name="", about="", findings=findings).outcome

    assert outcome() is Outcome.PASSED
    assert outcome(note("a.b", "")) is Outcome.PASSED
    assert outcome(note("a.b", ""), LOOK) is Outcome.WARNED
    assert outcome(LOOK, FAULT) is Outcome.FAILED


def test_findings_have_their_page_and_their_area_in_millimetres() -> None:
    look, fault, whole = data(a_report())["findings"]

    assert fault["page"] == 2
    assert fault["area mm"] == {"left": 40, "top": 50, "width": 30, "height": 20}
    assert fault["code"] == "preflight.ink-limit"
    assert "area mm" not in look
    assert "page" not in whole


def test_every_page_has_its_ink_figures() -> None:
    peak = InkPeak(
        ink=Ink(0.7, 0.6, 0.5, 0.6), area=an_area(), over=0.012, patches=(an_area(),)
    )
    bleed = BleedFacts(edge=Edge.TOP, wanted=3, touching=20, gaps=(an_area(),))

    one, two = data(
        a_report(plates=(a_page(1, peak=peak, bleeds=(bleed,)), a_page(2, window=None)))
    )["pages"]

    assert one["most ink"]["total"] == 240
    assert one["most ink"]["inks"] == {"C": 70, "M": 60, "Y": 50, "K": 60}
    assert one["most ink"]["over the limit"] == 0.012
    assert one["window"]["mean"] == 120
    assert one["bleeds"]["top"]["touched mm"] == 20
    assert len(one["bleeds"]["top"]["gaps mm"]) == 1
    assert one["heat"] == {"side mm": 5, "columns": 2, "per cent": [0, 50, 100, 190]}
    assert one["colour"] is True
    assert two["window"] is None


def test_a_profile_that_stands_in_is_said_to() -> None:
    report = a_report(profile=replace(PROFILE, stand_in=True))

    assert data(report)["profile"]["stand-in"] is True
    assert "stand-in for IFRA26" in page(report)
    assert "stand-in" not in page(a_report()).split("<main>")[1]
    assert data(a_report(profile=None))["profile"] is None


# ---------------------------------------------------------------- preflight.html


class _Tags(HTMLParser):
    """Checks that all that is opened is closed, in order."""

    EMPTY = frozenset({"meta", "rect", "circle", "image"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src"}:
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.EMPTY:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_needs_nothing_but_itself() -> None:
    tags = _Tags()
    tags.feed(page(a_report()))

    assert tags.open == []
    assert {link.partition(":")[0] for link in tags.links if link[0] != "#"} == {"data"}
    assert {link[1:] for link in tags.links if link[0] == "#"} <= set(tags.ids)
    assert len(tags.ids) == len(set(tags.ids))
    assert "<script" not in page(a_report())


def test_a_fault_is_marked_on_its_page_where_it_lies_with_its_number() -> None:
    html = page(a_report())
    first, second = html.split('id="page-1"')[1].split('id="page-2"')

    assert '<rect class="fault" x="40.00" y="50.00" width="30.00" height="20.00"/>' in (
        second
    )
    assert ">1</text>" in second
    assert 'class="fault"' not in first


def test_errors_come_before_warnings_and_numbers_agree_with_the_marks() -> None:
    low = warning("a.low", "low", Place(page=2, area=an_area(1, 1)))
    html = page(a_report(findings=(low, FAULT)))

    assert html.index("235 % of ink") < html.index("a.low")
    assert re.findall(r">(\d)</text>", html) == ["1", "2"]
    assert re.findall(r'class="(fault|look)-badge"', html) == ["fault", "look"]


def test_words_are_escaped() -> None:
    html = page(a_report(title="A & <b>"))

    assert "235 % of ink at a &lt;point&gt;" in html
    assert "Thin the “colours” &amp; keep black" in html
    assert "<h1>A &amp; &lt;b&gt;</h1>" in html


def test_what_is_of_no_page_stands_with_the_file() -> None:
    html = page(a_report())

    whole = html.split("The file as a whole")[1].split("<h2>Pages")[0]
    assert "There is no output intent" in whole
    assert "235 %" not in whole
    assert "The file as a whole" not in page(a_report(findings=(FAULT,)))


def test_the_verdict_is_the_findings() -> None:
    assert "Not for press: 2 errors, 1 warning" in page(a_report())
    assert "For press, 1 warning" in page(a_report(findings=(LOOK,)))
    assert "Ready for press" in page(a_report(findings=()))


def test_a_file_without_plates_is_reported_too() -> None:
    report = a_report(plates=(), checks=())

    assert "235 % of ink" in page(report)
    assert "not rendered" in page(report)
    assert data(report)["pages"] == []


def test_a_fault_too_small_to_see_is_drawn_larger() -> None:
    small = replace(FAULT, place=Place(page=2, area=an_area(40, 50, 0.25, 0.25)))

    html = page(a_report(findings=(small,)))

    (drawn,) = re.findall(
        r'class="fault" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', html
    )
    assert float(drawn[1]) >= 3
    assert float(drawn[0]) < 40 < float(drawn[0]) + float(drawn[1])


def test_the_same_findings_make_the_same_bytes() -> None:
    assert write_preflight_page(a_report()) == write_preflight_page(a_report())
    assert write_preflight(a_report()) == write_preflight(a_report())
