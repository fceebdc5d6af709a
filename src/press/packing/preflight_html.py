"""preflight.html: one page to read, which needs nothing but itself."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape

from press.model.finding import Area, Finding, Severity
from press.model.plates import PlateFacts
from press.model.printer import Printer
from press.packing.preflight_report import Outcome, Preflight
from press.packing.preflight_style import STYLE

#: Millimetres of desk that are shown around a page.
AROUND = 6.0
#: Faults that are smaller are drawn so large, in millimetres.
SMALLEST = 3.0
BADGE = 7.0
INKS = (("Cyan", "c"), ("Magenta", "m"), ("Yellow", "y"), ("Black", "k"))
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def write_preflight_page(report: Preflight) -> bytes:
    """Return preflight.html."""
    title = f"Preflight · {report.title}"
    return "\n".join(
        (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>",
            *_head(report),
            *_strip(report),
            *_checks(report),
            *_whole(report),
            *_pages(report),
            "</main></body></html>\n",
        )
    ).encode()


# ---------------------------------------------------------------- what it is about


def _head(report: Preflight) -> Iterator[str]:
    errors, warnings = (
        report.count(severity) for severity in (Severity.ERROR, Severity.WARNING)
    )
    way = "failed" if errors else "warned" if warnings else "passed"
    words = ", ".join(
        _many(count, word)
        for count, word in ((errors, "error"), (warnings, "warning"))
        if count
    )
    verdict = {"failed": f"Not for press: {words}", "warned": f"For press, {words}"}
    yield f'<header class="head"><div><h1>{escape(report.title)}</h1>'
    yield f"<p>Preflight of {escape(report.file)}</p></div>"
    yield f'<span class="verdict {way}">{verdict.get(way, "Ready for press")}</span>'
    yield '</header><dl class="facts">'
    for name, value in _facts(report):
        yield f"<div><dt>{name}</dt><dd>{value}</dd></div>"
    yield "</dl>"


def _facts(report: Preflight) -> Iterator[tuple[str, str]]:
    printer = report.printer
    run = sum(check.outcome is not Outcome.NOT_RUN for check in report.checks)
    coloured = sum(page.in_colour for page in report.plates)
    pages = len(report.plates)
    yield "Printer", escape(printer.name) or "as printer.yaml says"
    yield "Standard", f"PDF/X{escape(printer.standard.value[1:])}"
    yield "Profile", _profile(report)
    yield "Trim", f"{printer.width.mm:g} × {printer.height.mm:g} mm, {_bleed(printer)}"
    yield "Pages", f"{pages}, {coloured} in colour" if pages else "not rendered"
    squares = f"{printer.ink.window:g} % in {printer.ink.side.mm:g} mm squares"
    yield "Ink limit", f"{printer.ink.point:g} % at a point, {squares}"
    yield "Checks", f"{run} of {len(report.checks)} made here"
    yield "SHA-256", f"<code>{escape(report.sha256[:16])}…</code>"


def _profile(report: Preflight) -> str:
    if report.profile is None:
        return "none"
    name = escape(report.profile.description)
    if not report.profile.stand_in:
        return name
    asked = escape(report.printer.profile.condition)
    return f'{name} <span class="tag">stand-in for {asked}</span>'


def _bleed(printer: Printer) -> str:
    return (
        f"{printer.bleed.most.mm:g} mm bleed" if printer.bleed.most.pt else "no bleed"
    )


# ---------------------------------------------------------------- overview


def _strip(report: Preflight) -> Iterator[str]:
    """Yield the most ink of every page as a bar."""
    if not report.plates:
        return
    limit = report.printer.ink.point
    top = max(limit * 1.1, *(page.peak.ink.total for page in report.plates))
    yield '<h2>Ink, page by page</h2><nav class="strip">'
    for page in report.plates:
        found = _on(report.findings, page.page)
        worst = f"has-{found[0].severity.value}" if found else ""
        most = page.peak.ink.total
        yield (
            f'<a class="{worst}" href="#page-{page.page}"'
            f' title="page {page.page}: {most:.0f} %"><span class="well">'
            f'<i class="bar" style="height:{most / top * 100:.1f}%"></i>'
            f'<i class="limit" style="bottom:{limit / top * 100:.1f}%"></i></span>'
            f"{page.page}</a>"
        )
    yield '</nav><p class="quiet">The point with the most ink on every page; the dashed'
    yield f" line is the printer’s limit of {limit:g} %.</p>"


def _checks(report: Preflight) -> Iterator[str]:
    if not report.checks:
        return
    counts = [
        f"{number} {outcome.value}"
        for outcome in Outcome
        if (number := sum(check.outcome is outcome for check in report.checks))
    ]
    bad = any(check.outcome is Outcome.FAILED for check in report.checks)
    yield f"<h2>Checks</h2><details{' open' if bad else ''}>"
    yield f'<summary>{", ".join(counts)}</summary><ul class="checks">'
    for check in report.checks:
        way = check.outcome.value.replace(" ", "-")
        where = f" <small>({escape(check.where)})</small>" if check.where else ""
        yield (
            f'<li><i class="dot {way}" title="{check.outcome.value}"></i>'
            f'<span class="number">{check.number}</span><span><b>{escape(check.name)}'
            f"</b><small>{escape(check.about)}</small>{where}</span></li>"
        )
    yield "</ul></details>"


def _whole(report: Preflight) -> Iterator[str]:
    """Yield what was found of the file as a whole, or on pages that were not rendered."""
    shown = {page.page for page in report.plates}
    rest = [one for one in report.findings if one.place.page not in shown]
    if rest:
        yield '<h2>The file as a whole</h2><section class="card">'
        yield from _found([(str(at), one) for at, one in enumerate(_ranked(rest), 1)])
        yield "</section>"


# ---------------------------------------------------------------- pages


def _pages(report: Preflight) -> Iterator[str]:
    if not report.plates:
        return
    yield '<h2>Pages</h2><p class="scale"><span>no ink</span><i></i><span>more than'
    yield f" {report.printer.ink.point:g} %, the limit</span></p>"
    for page in report.plates:
        yield from _page(page, report)


def _page(page: PlateFacts, report: Preflight) -> Iterator[str]:
    found = [
        (str(at), one) for at, one in enumerate(_on(report.findings, page.page), 1)
    ]
    kind = "in colour" if page.in_colour else "black only"
    yield f'<section class="page" id="page-{page.page}"><header>'
    yield f"<h3>Page {page.page}</h3>"
    yield f"<span>{page.width:g} × {page.height:g} mm, {kind}</span></header>"
    yield f"<figure>{_picture(page, report.printer, found)}"
    yield "<figcaption>As it prints; dashed is the type area</figcaption></figure>"
    yield f"<figure>{_heat(page)}"
    yield "<figcaption>Ink; the ring is its highest point, the square the fullest"
    yield '</figcaption></figure><div class="words">'
    yield from _figures(page, report.printer)
    yield from _found(found) if found else ('<p class="quiet">Nothing found.</p>',)
    yield "</div></section>"


def _picture(
    page: PlateFacts, printer: Printer, found: Sequence[tuple[str, Finding]]
) -> str:
    """Return the page with what was found on it marked, in millimetres."""
    across = (page.width - printer.type_width.mm) / 2
    down = (page.height - printer.type_height.mm) / 2
    parts = [_view(page), _image(page.thumbnail, page.width, page.height)]
    if across > 0 or down > 0:
        area = Area(
            left=max(across, 0.0),
            top=max(down, 0.0),
            width=min(printer.type_width.mm, page.width),
            height=min(printer.type_height.mm, page.height),
        )
        parts.append(_rectangle("guide", area))
    for number, one in found:
        if one.place.area is not None:
            parts += _mark(number, one, _grown(one.place.area), page)
    return "".join((*parts, "</svg>"))


def _heat(page: PlateFacts) -> str:
    heat = page.heat
    rows = len(heat.values) // max(heat.columns, 1)
    most = page.peak.area
    middle = most.left + most.width / 2, most.top + most.height / 2
    parts = [_view(page), f'<clipPath id="trim-{page.page}">']
    parts.append(f'<rect width="{page.width:g}" height="{page.height:g}"/></clipPath>')
    parts.append(f'<rect width="{page.width:g}" height="{page.height:g}" fill="#fff"/>')
    parts.append(f'<g clip-path="url(#trim-{page.page})">')
    size = heat.columns * heat.side, rows * heat.side
    parts.append(_image(page.heat_picture, *size, squares="pixelated"))
    parts.append("</g>")
    if page.empty:
        return "".join((*parts, "</svg>"))
    for name in ("most-halo", "most"):
        if page.window is not None:
            parts.append(_rectangle(name, page.window.area))
        parts.append(
            f'<circle class="{name}" cx="{middle[0]:g}" cy="{middle[1]:g}" r="5"/>'
        )
    return "".join((*parts, "</svg>"))


def _view(page: PlateFacts) -> str:
    width, height = page.width + 2 * AROUND, page.height + 2 * AROUND
    return (
        f'<svg viewBox="{-AROUND:g} {-AROUND:g} {width:g} {height:g}"'
        ' xmlns="http://www.w3.org/2000/svg">'
    )


def _image(png: bytes, width: float, height: float, squares: str = "auto") -> str:
    if not png:
        return ""
    data = b64encode(png).decode()
    return (
        f'<image width="{width:g}" height="{height:g}" preserveAspectRatio="none"'
        f' style="image-rendering:{squares}" href="data:image/png;base64,{data}"/>'
    )


def _rectangle(name: str, area: Area) -> str:
    return (
        f'<rect class="{name}" x="{area.left:.2f}" y="{area.top:.2f}"'
        f' width="{area.width:.2f}" height="{area.height:.2f}"/>'
    )


def _mark(number: str, one: Finding, area: Area, page: PlateFacts) -> list[str]:
    kind = "fault" if one.severity is Severity.ERROR else "look"
    x = min(max(area.left - BADGE / 2, 1.0), page.width - 1)
    y = min(max(area.top - BADGE / 2, 1.0), page.height - 1)
    return [
        _rectangle(kind, area),
        f'<circle class="{kind}-badge" cx="{x:.2f}" cy="{y:.2f}" r="{BADGE:g}"/>',
        f'<text class="badge-text" x="{x:.2f}" y="{y + 3.4:.2f}">{number}</text>',
    ]


def _grown(area: Area) -> Area:
    """Return an area large enough to be seen."""
    across = max(0.0, SMALLEST - area.width) / 2
    down = max(0.0, SMALLEST - area.height) / 2
    return Area(
        left=area.left - across,
        top=area.top - down,
        width=area.width + 2 * across,
        height=area.height + 2 * down,
    )


# ---------------------------------------------------------------- figures and findings


def _figures(page: PlateFacts, printer: Printer) -> Iterator[str]:
    most = page.peak.ink
    yield "<table><tr><td>Most ink at a point</td>"
    yield f"<td>{_limited(most.total, printer.ink.point)}</td></tr>"
    parts = zip("CMYK", most.parts, strict=True)
    inks = " ".join(f"{name}{part * 100:.0f}" for name, part in parts)
    area = page.peak.area
    yield f"<tr><td>of which</td><td>{inks}</td></tr><tr><td>where</td>"
    yield f"<td>{area.left:.0f} mm from the left, {area.top:.0f} from the top</td></tr>"
    if page.window is not None:
        yield f"<tr><td>Most in a square of {printer.ink.side.mm:g} mm</td>"
        yield f"<td>{_limited(page.window.mean, printer.ink.window)}</td></tr>"
    if page.peak.over:
        yield "<tr><td>Over the limit</td>"
        yield f"<td>{page.peak.over * 100:.2g} % of the page</td></tr>"
    yield "</table><table>"
    for (name, short), share in zip(INKS, page.coverage.parts, strict=True):
        wide = min(share * 400, 100)
        yield (
            f'<tr class="inks"><td>{name}</td><td class="wide"><span class="rail">'
            f'<i style="width:{wide:.1f}%;background:var(--{short})"></i></span></td>'
            f"<td>{share * 100:.1f} %</td></tr>"
        )
    yield "</table>"


def _limited(value: float, limit: float) -> str:
    way = "failed" if value > limit + 1 else ""
    return f'<span class="{way}">{value:.0f} %</span> of {limit:g}'


def _found(found: Sequence[tuple[str, Finding]]) -> Iterator[str]:
    yield '<ol class="found">'
    for number, one in found:
        severity = one.severity.value
        yield f'<li><span class="mark {severity}" title="{severity}">{number}</span><div>'
        yield f"<p>{escape(_sentence(one.message))} <code>{escape(one.code)}</code></p>"
        if one.hint:
            yield f'<p class="hint">{escape(_sentence(one.hint))}</p>'
        yield "</div></li>"
    yield "</ol>"


def _on(findings: Sequence[Finding], page: int) -> list[Finding]:
    return _ranked([one for one in findings if one.place.page == page])


def _ranked(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: _RANK[one.severity])


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
