"""Runs of copy as well-formed XHTML: the only markup that copy brings into the mail."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

from press.model.copy import Mark, Run, Runs
from press.model.page import Html

_ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


def serialise(runs: Runs) -> Html:
    """Write runs as XHTML: emphasis, weight, script, links; everything else is text.

    Links are written where they are http, https or mailto addresses.
    """
    return Html(
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
