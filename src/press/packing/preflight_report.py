"""What preflight looked at and what it found, as data and as a page to read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from press.model.finding import Area, Finding, Severity
from press.model.ink import Ink
from press.model.plates import PlateFacts
from press.model.press import Profile
from press.model.printer import Printer
from press.packing.report import describe_finding


class Outcome(StrEnum):
    """How a check went."""

    PASSED = "passed"  #: It found nothing.
    WARNED = "warned"  #: It found what wants a look.
    FAILED = "failed"  #: It found what keeps the file from going to press.
    NOT_RUN = "not run"  #: It was not made here.


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRun:
    """A check, and how it went.

    Attributes:
        number: Its number in the list of checks.
        name: What it looks at, in a word or two.
        about: What must be so, in one line.
        findings: What it found.
        run: Whether it was made.
        where: Who makes it where it was not made here.
    """

    number: int
    name: str
    about: str
    findings: tuple[Finding, ...] = ()
    run: bool = True
    where: str = ""

    @property
    def outcome(self) -> Outcome:
        """How it went."""
        severities = {one.severity for one in self.findings}
        if Severity.ERROR in severities:
            return Outcome.FAILED
        if Severity.WARNING in severities:
            return Outcome.WARNED
        return Outcome.PASSED if self.run else Outcome.NOT_RUN


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """A file that was checked before it goes to press.

    Attributes:
        title: What was checked: an edition, an advertisement.
        file: The file's name.
        sha256: Its hash, in hexadecimal.
        printer: What it was held against.
        profile: The profile of press and paper; None where it has none.
        checks: All checks, by number.
        plates: What every page prints; empty where plates were not made.
        findings: Everything found, that of checks with it.
    """

    title: str
    file: str
    sha256: str
    printer: Printer
    profile: Profile | None
    checks: tuple[CheckRun, ...]
    plates: tuple[PlateFacts, ...]
    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity there are."""
        return sum(one.severity is severity for one in self.findings)


def write_preflight(report: Preflight) -> bytes:
    """Return preflight.json: checks, findings with their place in mm, ink of every page."""
    about = {
        "title": report.title,
        "file": report.file,
        "sha256": report.sha256,
        "ready": not report.count(Severity.ERROR),
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "printer": _printer(report.printer),
        "profile": _profile(report.profile),
        "checks": [_check(one) for one in report.checks],
        "findings": [_finding(one) for one in report.findings],
    }
    text = json.dumps(about, ensure_ascii=False, indent=1).removesuffix("\n}")
    # A page a line: its heat map has thousands of numbers.
    pages = ",\n  ".join(json.dumps(_page(one)) for one in report.plates)
    return f'{text},\n "pages": [\n  {pages}\n ]\n}}\n'.encode()


def _printer(printer: Printer) -> dict[str, Any]:
    ink = printer.ink
    return {
        "name": printer.name,
        "standard": printer.standard.value,
        "trim mm": [_tenth(printer.width.mm), _tenth(printer.height.mm)],
        "type area mm": [
            _tenth(printer.type_width.mm),
            _tenth(printer.type_height.mm),
        ],
        "ink limit": {
            "point": ink.point,
            "window": ink.window,
            "side mm": _tenth(ink.side.mm),
        },
    }


def _profile(profile: Profile | None) -> dict[str, Any] | None:
    if profile is None:
        return None
    return {
        "description": profile.description,
        "condition": profile.condition,
        "stand-in": profile.stand_in,
        "sha256": profile.sha256,
    }


def _check(check: CheckRun) -> dict[str, Any]:
    about: dict[str, Any] = {
        "check": check.number,
        "name": check.name,
        "about": check.about,
        "outcome": check.outcome.value,
        "findings": len(check.findings),
    }
    return about | ({"where": check.where} if check.where else {})


def _finding(finding: Finding) -> dict[str, Any]:
    about = describe_finding(finding)
    if finding.place.area is not None:
        about["area mm"] = _area(finding.place.area)
    return about


def _page(page: PlateFacts) -> dict[str, Any]:
    peak, window = page.peak, page.window
    return {
        "page": page.page,
        "trim mm": [_tenth(page.width), _tenth(page.height)],
        "colour": page.in_colour,
        "mean ink": _ink(page.coverage),
        "most ink": {
            "total": _tenth(peak.ink.total),
            "inks": _ink(peak.ink),
            "area mm": _area(peak.area),
            "over the limit": round(peak.over, 6),
        },
        "window": None
        if window is None
        else {"mean": _tenth(window.mean), "area mm": _area(window.area)},
        "inked mm": None if page.inked is None else _area(page.inked),
        "bleeds": {
            bleed.edge.value: {
                "asked mm": _tenth(bleed.wanted),
                "touched mm": _tenth(bleed.touching),
                "gaps mm": [_area(gap) for gap in bleed.gaps],
            }
            for bleed in page.bleeds
        },
        "heat": {
            "side mm": page.heat.side,
            "columns": page.heat.columns,
            "per cent": list(page.heat.values),
        },
    }


def _ink(ink: Ink) -> dict[str, float]:
    shares = zip("CMYK", ink.parts, strict=True)
    return {name: round(share * 100, 2) for name, share in shares}


def _area(area: Area) -> dict[str, float]:
    return {
        "left": round(area.left, 2),
        "top": round(area.top, 2),
        "width": round(area.width, 2),
        "height": round(area.height, 2),
    }


def _tenth(value: float) -> float:
    return round(value, 1)
