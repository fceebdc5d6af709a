"""Names of the files for the printer, by the printer's own pattern."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from string import Formatter

from press.model.edition import EditionId
from press.model.finding import NOWHERE, Checked, Finding, Place, error

#: How a number may be written: as wide as so many digits, with zeros in front or not.
_NUMBER = re.compile(r"0?[1-9]?d?")
#: How a text may be cut: to so many letters.
_TEXT = re.compile(r"(?:\.[1-9][0-9]?)?s?")
#: How a date may be written: year, month, day, day of the year, week.
_DATE = re.compile(r"(?:%[YymdjV]|[A-Za-z0-9_-])*")
_FIELDS = {
    "code": _TEXT,
    "edition": _TEXT,
    "issue": _NUMBER,
    "page": _NUMBER,
    "pages": _NUMBER,
    "date": _DATE,
}
#: What no name may hold on some system, and what none should begin with.
_NEVER = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_FIRST = re.compile(r"[.~ -]")
_LONGEST = 120
_ENDING = ".pdf"
_CODE = "printer.file-name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What the names of an edition's files are made of.

    Attributes:
        code: The paper's short name.
        edition: The edition's id.
        issue: Its number.
        pages: Page count.
        date: The day it is on sale.
    """

    code: str
    edition: EditionId
    issue: int
    pages: int
    date: dt.date


def page_names(
    pattern: str, naming: Naming, place: Place = NOWHERE
) -> Checked[tuple[str, ...]]:
    """Return the file name of every page, in order.

    Args:
        pattern: Such as "{code}_{edition}_{page:03}.pdf": the printer's `file_name`.
        naming: What stands for its fields: {code}, {edition}, {issue}, {page}, {pages}
            and {date}.
        place: Where the pattern stands.
    """
    findings = tuple(_find_slips(pattern, place))
    if findings:
        return Checked(value=None, findings=findings)
    names = tuple(_name(pattern, naming, page + 1) for page in range(naming.pages))
    findings = tuple(_find_unusable(names, place))
    return Checked(value=None if findings else names, findings=findings)


def _name(pattern: str, naming: Naming, page: int) -> str:
    values: dict[str, object] = {
        "code": naming.code,
        "edition": naming.edition,
        "issue": naming.issue,
        "pages": naming.pages,
        "date": naming.date,
        "page": page,
    }
    return pattern.format_map(values)


# ---------------------------------------------------------------- what is wrong


def _find_slips(pattern: str, place: Place) -> Iterator[Finding]:
    """Find what is wrong with a pattern before anything is put into it."""

    def wrong(message: str, hint: str) -> Finding:
        return error(_CODE, message, place, hint)

    try:
        parts = list(Formatter().parse(pattern))
    except ValueError:
        yield wrong(
            f"in the file name “{pattern}” a brace is never closed, or never opened",
            "write fields as {page:03}",
        )
        return
    fields = [(name, how, turn) for _, name, how, turn in parts if name is not None]
    for name, how, turn in fields:
        yield from _find_wrong_field(name, how or "", turn, wrong)
    if "page" not in [name for name, _, _ in fields]:
        yield wrong(
            f"the file name “{pattern}” is the same for every page",
            "put {page:03} where the page number goes",
        )
    text = "".join(part for part, *_ in parts)
    if odd := _NEVER.search(text) or _FIRST.match(pattern):
        yield wrong(
            f"a file name cannot hold or begin with “{odd[0]}”",
            "take letters, digits, hyphens and low lines; press makes the folder",
        )
    if not pattern.endswith(_ENDING):
        yield wrong(f"the file name “{pattern}” does not end with .pdf", "add .pdf")


def _find_wrong_field(
    name: str, how: str, turn: str | None, wrong: Callable[[str, str], Finding]
) -> Iterator[Finding]:
    if name not in _FIELDS:
        known = ", ".join(f"{{{one}}}" for one in _FIELDS)
        yield wrong(f"{{{name}}} stands for nothing in a file name", f"use {known}")
        return
    if turn is not None or not _FIELDS[name].fullmatch(how):
        given = f"!{turn}" if turn is not None else f":{how}"
        example = {
            _NUMBER: f"{{{name}:03}}",
            _TEXT: f"{{{name}}}",
            _DATE: "{date:%Y%m%d}",
        }[_FIELDS[name]]
        yield wrong(f"{{{name}}} cannot be written as “{given}”", f"write {example}")


def _find_unusable(names: tuple[str, ...], place: Place) -> Iterator[Finding]:
    """Find names that files cannot have; no two pages can have the same."""
    for name in names:
        odd = _NEVER.search(name) or _FIRST.match(name)
        if odd or len(name) > _LONGEST:
            what = f"“{odd[0]}” in it" if odd else f"{len(name)} characters"
            yield error(
                _CODE,
                f"no file can be called “{name[:_LONGEST]}”: there is {what}",
                place,
                "take letters, digits, hyphens and low lines, 120 at most",
            )
            return
