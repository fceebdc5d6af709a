"""The job ticket: what the printer's order desk must know, as data and as one page."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from press.model.length import Length
from press.model.press import Profile
from press.model.printer import Delivery, Edges, Printer

#: Files listed under one another before a further list is begun beside them; the most
#: lists that stand side by side.
ROWS, LISTS = 40, 3
#: How much of a check sum is printed: enough to compare by eye. All of it is in the data.
SHOWN = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A printing job.

    Attributes:
        paper: The paper's title.
        publisher: Who orders it.
        edition: The edition's id.
        title: Its title: "September 2024".
        issue: Its number.
        on_sale: The day it is on sale.
        pages: Page count.
        colour: Pages that are printed in colour; all others are black alone.
        printer: What the printer asks.
        profile: The profile the pages are made for.
        barcode: Digits of the bar code on the front page, with its add-on; may be empty.
    """

    paper: str
    publisher: str
    edition: str
    title: str
    issue: int
    on_sale: dt.date
    pages: int
    colour: tuple[int, ...]
    printer: Printer
    profile: Profile
    barcode: str = ""

    @property
    def black(self) -> tuple[int, ...]:
        """Pages that are printed in black alone."""
        return tuple(n for n in range(1, self.pages + 1) if n not in self.colour)


def delivered(job: Job, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of a build that go to the printer: its pages, or its spreads."""
    wanted = "pages/" if job.printer.delivery is Delivery.PAGES else "spreads.pdf"
    return {name: files[name] for name in sorted(files) if name.startswith(wanted)}


def describe_job(job: Job, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return a job as data.

    Args:
        job: The job.
        files: The build's files by name, the printer's among them.
    """
    printer, profile = job.printer, job.profile
    return {
        "paper": job.paper,
        "publisher": job.publisher,
        "edition": job.edition,
        "issue": job.issue,
        "on sale": job.on_sale.isoformat(),
        "pages": job.pages,
        "colour pages": list(job.colour),
        "black pages": list(job.black),
        "trim": {"width": _mm(printer.width), "height": _mm(printer.height)},
        "bleed": {
            "top": _mm(printer.bleed.top),
            "right": _mm(printer.bleed.right),
            "bottom": _mm(printer.bleed.bottom),
            "left": _mm(printer.bleed.left),
        },
        "marks": printer.marks,
        "standard": printer.standard.value,
        "profile": {
            "asked": printer.profile.name,
            "used": profile.description,
            "stand-in": profile.stand_in,
            "sha256": profile.sha256,
        },
        "condition": profile.condition,
        "ink": {
            "point": printer.ink.point,
            "window": printer.ink.window,
            "side": _mm(printer.ink.side),
        },
        "delivery": printer.delivery.value,
        "creep": _mm(printer.creep),
        "barcode": job.barcode or None,
        "files": describe_files(delivered(job, files)),
    }


def describe_files(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the size and the check sum of every file, by name."""
    return {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(files.items())
    }


def _mm(length: Length) -> float:
    return round(length.mm, 3)


# ---------------------------------------------------------------- as a page

#: The sheet is A4 and in black; it takes the layout's own faces.
CSS = """
@page { size: 210mm 297mm; margin: 0 }
html, body { margin: 0; padding: 0 }
body { position: absolute; left: 18mm; top: 16mm; width: 174mm;
  font: 400 9pt/12pt "%(family)s"; color: device-cmyk(0 0 0 1) }
h1, h2, p, dl, dt, dd, table { margin: 0; padding: 0; font: inherit }
h1 { font-size: 20pt; line-height: 24pt; font-weight: 700 }
h2 { font-weight: 700; margin-top: 12pt;
  border-top: .5pt solid device-cmyk(0 0 0 1); padding-top: 3pt }
table { border-collapse: collapse; width: 100%% }
th, td { text-align: left; vertical-align: top; padding: 1pt 6pt 1pt 0;
  font-weight: 400 }
th { width: 32mm; font-weight: 600 }
.warning { font-weight: 700; border: 1pt solid device-cmyk(0 0 0 1);
  padding: 3pt 5pt; margin-top: 8pt }
.lists { display: table; width: 100%%; font-size: 6.6pt; line-height: 8.4pt }
.list { display: table-cell; vertical-align: top; padding-right: 4mm }
.list td { padding: 0 2pt 0 0 }
.list td + td { text-align: right }
"""


def ticket_css(family: str) -> str:
    """Return the style sheet of the ticket's page, set in one family."""
    return CSS % {"family": family}


def ticket_html(job: Job, files: Mapping[str, bytes], lang: str = "en-GB") -> str:
    """Return the job as one page of HTML, for the printer's order desk."""
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>"
        for name, text in _rows(job)
    )
    title = f"{job.paper}, {job.title}"
    return (
        f'<!doctype html><html lang="{escape(lang)}"><head><meta charset="utf-8">'
        f"<title>Job ticket: {escape(title)}</title></head><body>"
        f"<h1>{escape(title)}</h1>"
        f"<p>Job ticket. Ordered by {escape(job.publisher)}.</p>{_stand_in(job)}"
        f"<h2>The job</h2><table>{rows}</table>"
        f"<h2>Files</h2>{_lists(delivered(job, files))}</body></html>"
    )


def _rows(job: Job) -> Iterator[tuple[str, str]]:
    printer = job.printer
    yield "Issue", f"No. {job.issue}, {job.edition}"
    yield "On sale", job.on_sale.isoformat()
    yield "Pages", str(job.pages)
    yield "In colour", _pages(job.colour)
    yield "In black alone", _pages(job.black)
    yield "Trim", f"{printer.width.mm:g} × {printer.height.mm:g} mm"
    yield "Bleed", _bleed(printer.bleed)
    yield "Marks", "crop and register marks" if printer.marks else "none"
    yield "Standard", printer.standard.label
    yield "Profile", job.profile.description
    yield "Output condition", " ".join((job.profile.condition, job.profile.describes))
    ink, side = printer.ink, printer.ink.side.mm
    mean = f"{ink.window:g} % as the mean of {side:g} × {side:g} mm"
    yield "Most ink", f"{ink.point:g} % at a point, {mean}"
    spreads = printer.delivery is Delivery.SPREADS
    yield (
        "Delivered as",
        f"printer's spreads, saddle-stitched, creep {printer.creep.mm:g} mm a sheet"
        if spreads
        else "single pages, one file each",
    )
    if job.barcode:
        yield "Bar code", job.barcode


def _stand_in(job: Job) -> str:
    if not job.profile.stand_in:
        return ""
    asked = escape(job.printer.profile.name)
    used = escape(job.profile.description)
    return (
        f'<p class="warning">Not made for the profile asked for ({asked}):'
        f" {used} stands in for it.</p>"
    )


def _bleed(bleed: Edges) -> str:
    edges = (bleed.top, bleed.right, bleed.bottom, bleed.left)
    if not bleed.most.pt:
        return "none"
    if len({edge.pt for edge in edges}) == 1:
        return f"{bleed.top.mm:g} mm on all edges"
    names = ("top", "right", "bottom", "left")
    return ", ".join(
        f"{name} {edge.mm:g} mm" for name, edge in zip(names, edges, strict=True)
    )


def _pages(numbers: tuple[int, ...]) -> str:
    """Return page numbers as people write them: 1–4, 8, 12 (6 pages)."""
    if not numbers:
        return "none"
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = (f"{r[0]}–{r[-1]}" if len(r) > 1 else f"{r[0]}" for r in runs)
    count = f"{len(numbers)} page{'s' if len(numbers) > 1 else ''}"
    return f"{', '.join(spans)} ({count})"


def _lists(files: Mapping[str, bytes]) -> str:
    """Return the files as lists side by side, as many as one page holds."""
    names = sorted(files)
    shown = names[: ROWS * LISTS]
    lists = []
    beside = math.ceil(len(shown) / ROWS)
    depth = math.ceil(len(shown) / max(1, beside))
    for start in range(0, len(shown), max(1, depth)):
        part = shown[start : start + depth]
        rows = "".join(_file(name, files[name]) for name in part)
        lists.append(f'<div class="list"><table>{rows}</table></div>')
    more = len(names) - len(shown)
    rest = f" {more} more files are listed in ticket.json." if more else ""
    return (
        f'<div class="lists">{"".join(lists)}</div>'
        f"<p>{len(names)} files: name, bytes, and how the SHA-256 sum begins; it stands"
        f" whole in ticket.json.{rest}</p>"
    )


def _file(name: str, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()[:SHOWN]
    short = name.rpartition("/")[2]
    return f"<tr><td>{escape(short)}</td><td>{len(data)}</td><td>{digest}</td></tr>"
