"""Show findings the way compilers do, so that editors can jump to them."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from press.cli.terminal import cells, printable
from press.model.finding import Finding, Place, Severity

_TAB = 4
_SOURCE_CELLS = 96  # An article's paragraph is one line: show the part that matters.
_COLOURS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.NOTE: "\x1b[1;36m",
}
_PLAIN = "\x1b[0m"
_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def show(findings: Iterable[Finding], *, colour: bool = False, base: str = "") -> str:
    """Write all findings and a summary line, sorted by file and line.

    Args:
        findings: In any order.
        colour: Whether severities and carets are coloured.
        base: Path from the current folder to the newspaper's, so that the files shown
            can be opened from where the reader stands.
    """
    ordered = in_order(findings)
    if not ordered:
        return ""
    blocks: list[str] = []
    file: str | None = None
    for finding in ordered:
        if blocks and finding.place.file != file:
            blocks.append("")
        file = finding.place.file
        blocks.append(_shown(finding, colour=colour, base=base))
    return "\n".join([*blocks, summary(ordered)])


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings by file, line and column; those without a file come last."""
    return sorted(findings, key=_position)


def _position(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return (
        place.file is None,
        place.file or "",
        place.line or 0,
        place.column or 0,
        place.page or 0,
        place.article or "",
        _RANK[finding.severity],
        finding.code,
        finding.message,
    )


def summary(findings: Sequence[Finding]) -> str:
    """Count findings: "2 errors, 1 warning"."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(
        f"{counts[severity]} {severity}{'s' if counts[severity] > 1 else ''}"
        for severity in Severity
        if counts[severity]
    )


def _shown(finding: Finding, *, colour: bool, base: str) -> str:
    paint = _COLOURS[finding.severity] if colour else ""
    plain = _PLAIN if colour else ""
    where = _where(finding.place, base)
    prefix = f"{printable(where)}: " if where else ""
    on_page = finding.place.file and finding.place.page
    page = f" (page {finding.place.page})" if on_page else ""
    severity = f"{paint}{finding.severity}:{plain}"
    lines = [f"{prefix}{severity} {printable(finding.message)}{page} [{finding.code}]"]
    gutter = len(str(finding.place.line or ""))
    excerpt = _excerpt(finding.place)
    if excerpt:
        lines.append(f"  {finding.place.line} | {excerpt.text}".rstrip())
        carets = " " * excerpt.indent + paint + "^" * excerpt.carets + plain
        lines.append(f"  {'':{gutter}} | {carets}")
    if finding.hint:
        lines.append(f"  {'':{gutter}} hint: {printable(finding.hint)}")
    return "\n".join(lines)


def _where(place: Place, base: str) -> str:
    if not place.file:
        return str(place)
    on_web = "://" in place.file
    file = (
        place.file if on_web else posixpath.normpath(posixpath.join(base, place.file))
    )
    return ":".join(str(part) for part in (file, place.line, place.column) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Excerpt:
    """The part of a source line that is shown, and where the carets stand under it."""

    text: str
    indent: int
    carets: int


def _excerpt(place: Place) -> _Excerpt | None:
    if place.source is None or place.line is None or place.column is None:
        return None
    glyphs = _glyphs(place.source)
    first = min(place.column - 1, len(glyphs))
    last = min(first + max(place.width, 1), len(glyphs))
    start, end = _window(glyphs, first)
    before = "…" if start else ""
    after = "…" if end < len(glyphs) else ""
    return _Excerpt(
        text=before + "".join(glyphs[start:end]) + after,
        indent=cells(before + "".join(glyphs[start:first])),
        carets=max(cells("".join(glyphs[first : min(last, end)])), 1),
    )


def _glyphs(source: str) -> list[str]:
    """Return what is shown for each character: tabs as spaces, controls as escapes."""
    glyphs: list[str] = []
    column = 0
    for character in source.rstrip("\r\n"):
        glyph = (
            " " * (_TAB - column % _TAB) if character == "\t" else printable(character)
        )
        glyphs.append(glyph)
        column += cells(glyph)
    return glyphs


def _window(glyphs: Sequence[str], first: int) -> tuple[int, int]:
    """Choose which characters of a long line are shown: those around `first`."""
    start = first
    room = _SOURCE_CELLS // 3
    while start and room >= cells(glyphs[start - 1]):
        start -= 1
        room -= cells(glyphs[start])
    if cells("".join(glyphs[:first])) <= _SOURCE_CELLS // 2:
        start = 0
    end = start
    room = _SOURCE_CELLS
    while end < len(glyphs) and room >= cells(glyphs[end]):
        room -= cells(glyphs[end])
        end += 1
    return start, end
