"""Whether Outlook for Windows can draw a mail, as far as that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from press.digest.markup import MarkupReader
from press.digest.preview.condition import unwrap
from press.digest.room import Row, rows
from press.model.finding import Finding, error, warning

_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
#: What may stand directly in what.
_HOLDER = {
    "tr": frozenset({"table", "thead", "tbody", "tfoot"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    **dict.fromkeys(("thead", "tbody", "tfoot"), frozenset({"table"})),
}
_WHOLE = re.compile(r"\d+(?:px)?|100%")
_SIZED = re.compile(r"(?<![\w-])width:\s*(\d*\.\d+)px")
_BEHIND = re.compile(
    r"""\sbackground\s*=\s*"([^"]+)"|background(?:-image)?\s*:[^;"]*url\(\s*['"]?([^'")]+)"""
)
_FILL = re.compile(r'<v:(?:fill|image|imagedata)\b[^>]*\ssrc="([^"]+)"')
_MOST = 3
_TEMPLATES = "look at the conditional comments in the layout's digest templates"


def check_outlook(html: str) -> Iterator[Finding]:
    """Find what Outlook for Windows would draw wrongly in a finished mail.

    It is judged by what Word reads: its tables are balanced, widths are there, whole
    and no larger than the room they have, and pictures behind text are in VML too. How
    Outlook draws it can be seen in Outlook only.
    """
    word = unwrap(html)
    yield from _check_tables(word)
    yield from _check_widths(word)
    yield from _check_rows(html)
    yield from _check_backgrounds(word)


# ---------------------------------------------------------------- tables


def _check_tables(word: str) -> Iterator[Finding]:
    reader = _Tables()
    reader.feed(word)
    reader.close()
    if reader.fault:
        message = f"in what Outlook reads, {reader.fault}"
        yield error("digest.outlook-table", message, hint=_TEMPLATES)


class _Tables(MarkupReader):
    """Notes the first tag that is not where it belongs."""

    def __init__(self) -> None:
        super().__init__()
        self.fault = ""
        self._open: list[str] = []
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a part of a table that stands outside of one."""
        del attrs
        if tag not in _PARTS:
            return
        holders = _HOLDER.get(tag)
        around = self._open[-1] if self._open else ""
        if holders and around not in holders:
            where = f"directly in <{around}>" if around else "outside of any table"
            self._note(f"<{tag}> stands {where}")
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note an end that does not match."""
        if tag not in _PARTS:
            return
        if not self._open:
            self._note(f"</{tag}> closes nothing")
        elif (last := self._open.pop()) != tag:
            self._note(f"</{tag}> comes where <{last}> is still open")

    def handle_data(self, data: str) -> None:
        """Remember the words last read, to say where a fault is."""
        self._words = " ".join(data.split()) or self._words

    def close(self) -> None:
        """Note what was never closed."""
        super().close()
        if self._open:
            self._note(f"<{self._open[-1]}> is never closed")

    def _note(self, fault: str) -> None:
        after = f' (after "{self._words[-40:]}")' if self._words else ""
        self.fault = self.fault or fault + after


# ---------------------------------------------------------------- widths


def _check_widths(word: str) -> Iterator[Finding]:
    reader = _Widths()
    reader.feed(word)
    reader.close()
    yield from (
        warning(
            "digest.outlook-width",
            f"{what}; Outlook takes whole pixels only",
            hint="give a width in whole pixels in the layout's digest templates",
        )
        for what in islice(dict.fromkeys(reader.found), _MOST)
    )


class _Widths(MarkupReader):
    """Notes pictures and tables without a width that Outlook understands."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element's width."""
        values = {name: value or "" for name, value in attrs}
        style, width = values.get("style", ""), values.get("width", "").strip()
        if found := _SIZED.search(style):
            self.found.append(f"<{tag}> is {found[1]} px wide")
        elif width and tag in {"table", "td", "th", "img"} and not _whole(width):
            self.found.append(f'<{tag}> has width="{width}"')
        elif tag == "img" and not width:
            self.found.append(f"the picture {values.get('src', '')} has no width")
        elif tag == "table" and not self._depth and not width and "width:" not in style:
            self.found.append("a table of the frame has no width")
        self._depth += tag == "table"

    def handle_endtag(self, tag: str) -> None:
        """Note that a table ends."""
        self._depth -= tag == "table" and self._depth > 0


def _whole(width: str) -> bool:
    return bool(_WHOLE.fullmatch(width)) or width.endswith("%")


def _check_rows(html: str) -> Iterator[Finding]:
    """Find rows and tables that are wider than the room they stand in."""
    all_rows = list(rows(html))
    wide = [row for row in all_rows if row.room and not row.fits]
    if wide:
        worst = max(wide, key=_excess)
        yield warning(
            "digest.outlook-wide",
            f"{_named(worst)} {worst.width:g} px wide where there are"
            f" {worst.room:g}; Outlook makes the mail wider",
            hint="make them narrower, or the padding around them smaller, in the"
            " layout's digest templates",
        )
    if any(_half_said(row) for row in all_rows):
        yield warning(
            "digest.outlook-width",
            "some columns of a row have a width and others have none; Outlook shares"
            " the rest out by what stands in them",
            hint="give every column of the row a width",
        )


def _excess(row: Row) -> float:
    return row.width - (row.room or 0)


def _named(row: Row) -> str:
    count = len(row.cells)
    return f"{count} columns side by side are" if count > 1 else "a column or table is"


def _half_said(row: Row) -> bool:
    """Whether some columns that Outlook alone sees have a width, and others none."""
    return all(cell.ghost for cell in row.cells) and len(
        {cell.width is None for cell in row.cells}
    ) == len((True, False))


# ---------------------------------------------------------------- backgrounds


def _check_backgrounds(word: str) -> Iterator[Finding]:
    drawn = {unescape(address) for address in _FILL.findall(word)}
    behind = (
        unescape(found[1] or found[2]).strip("'\"") for found in _BEHIND.finditer(word)
    )
    for address in dict.fromkeys(behind):
        if address not in drawn:
            yield warning(
                "digest.outlook-background",
                f"Outlook does not show the picture {address} behind text",
                hint="use background-url of mj-section or mj-hero, which draw it for"
                " Outlook too, or see that the text can be read without it",
            )
