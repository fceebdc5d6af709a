"""The paywall line: what stands above it everybody may read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from press.manifest.body.report import Report
from press.manifest.body.tree import Element
from press.model.copy import Copy

#: How it is written, on a line of its own.
LINE: Final = "<!-- paywall -->"

_WRITTEN: Final = re.compile(r"<!--[ \t]*paywall[ \t]*-->", re.IGNORECASE)
_MEANT: Final = re.compile(
    r"<!--[^\w<>]{0,20}pay[\W_]?wall[^\w<>]{0,20}-->", re.IGNORECASE
)
_HINT: Final = f"write {LINE} on a line of its own, between two paragraphs"


def speaks_of_paywall(remark: str) -> bool:
    """Whether an HTML comment is a paywall line, or was meant to be one."""
    return _MEANT.fullmatch(remark) is not None


def find_misplaced(element: Element, report: Report, *, inside: bool) -> bool:
    """Say what is wrong with a paywall line; return whether it can stand.

    Args:
        element: The line.
        report: Collects what is wrong.
        inside: Whether it stands within a list, a quotation, a box, a table or a note.
    """
    text, line = element.get("text"), element.line
    near = text.split("\n", 1)[0]
    if _WRITTEN.fullmatch(text) is None:
        message = f"“{' '.join(text.split())}” is not read as the paywall line"
    elif inside:
        message = "the paywall line cannot stand within a list, quotation, box or note"
    elif report.line(line).strip() != text:
        message = "the paywall line must stand alone on its line"
    else:
        return True
    report.error("article.paywall", message, line, hint=_HINT, near=near)
    return False


def find_wall(
    walls: Sequence[tuple[int, int]], copy: Copy, report: Report
) -> int | None:
    """Return how many blocks stand before the paywall line, None for no line.

    Args:
        walls: How many blocks stand before each line found, and where it is.
        copy: The text as it was read.
        report: Collects what is wrong.
    """
    if not walls:
        return None
    (before, first), *others = walls
    for _, line in others:
        report.error(
            "article.paywall",
            f"a second paywall line (the first is line {first})",
            line,
            hint="delete all but one",
            near="<!--",
        )
    if before >= len(copy.blocks) and copy.blocks:
        report.warning(
            "article.paywall",
            "no text stands behind the paywall line",
            first,
            hint="put it where members read on, or delete it",
            near="<!--",
        )
    return min(before, len(copy.blocks))
