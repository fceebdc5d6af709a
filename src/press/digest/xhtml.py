"""Runs of copy as well-formed XHTML: the only markup that copy brings into the mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby

from press.model.copy import Mark, Run, Runs

_ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Xhtml:
    """Markup made here, which templates must not escape again.

    Attributes:
        markup: Well-formed XHTML.
    """

    markup: str

    def __html__(self) -> str:
        """Vouch for the markup; template engines ask for this by its name."""
        return self.markup


def serialise(runs: Runs) -> Xhtml:
    """Write runs as XHTML: emphasis, weight, script, links; everything else is text.

    Links are written where they are http, https or mailto addresses.
    """
    return Xhtml(
        "".join(
            _linked(link or "", "".join(_marked(run) for run in linked))
            for link, linked in groupby(runs, key=lambda run: run.link)
        )
    )


def _linked(link: str, markup: str) -> str:
    if _ADDRESS.match(link):
        return f'<a href="{escape(link)}">{markup}</a>'
    return markup


def _marked(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br />")
    for mark in sorted(run.marks, key=_INSIDE.index):
        text = f"<{mark.value}>{text}</{mark.value}>"
    return text


#: Which mark stands inside which, from the innermost on.
_INSIDE = (
    Mark.CODE,
    Mark.SUPERSCRIPT,
    Mark.SUBSCRIPT,
    Mark.DELETED,
    Mark.EMPHASIS,
    Mark.STRONG,
)
