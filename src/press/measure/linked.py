"""Words that lead somewhere: where on a set line they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from press.model.copy import Runs
from press.model.galley import LinkedWords
from press.model.line import Line
from press.model.script import is_shaped

_SPACES = " \u00a0"


def linked_words(
    line: Line, runs: Runs, advances: Sequence[float], hyphen: float
) -> tuple[LinkedWords, ...]:
    """Return the linked words of a line, from its indent, spaced as it will be drawn.

    Where letters join, or run from right to left, their places follow from no sum of
    widths: there the whole line leads to its address.

    Args:
        line: The line.
        runs: Its paragraph.
        advances: Width of every character of the paragraph, in points.
        hyphen: Width of a hyphen, in points.
    """
    pieces = _pieces(line, runs)
    if not pieces:
        return ()
    text = "".join(run.text for run in runs)[line.start : line.end]
    if is_shaped(text):
        return (LinkedWords(url=pieces[0][0], left=0.0, width=line.measure),)
    natural = sum(advances[line.start : line.end]) + hyphen * line.hyphen
    natural += line.tracking * (len(text) + line.hyphen)
    spaces = sum(letter in _SPACES for letter in text)
    rest = line.measure - natural
    extra = rest / spaces if spaces and (line.justified or rest < 0) else 0.0
    widths = (
        advance + line.tracking + extra * (letter in _SPACES)
        for letter, advance in zip(text, advances[line.start : line.end], strict=True)
    )
    at = [0.0, *accumulate(widths)]
    at[-1] += hyphen * line.hyphen
    return tuple(
        LinkedWords(
            url=url,
            left=round(at[start - line.start], 2),
            width=round(at[stop - line.start] - at[start - line.start], 2),
        )
        for url, start, stop in pieces
    )


def _pieces(line: Line, runs: Runs) -> list[tuple[str, int, int]]:
    """Return address, start and stop of a line's links; neighbours of one are one."""
    out: list[tuple[str, int, int]] = []
    at = 0
    for run in runs:
        start, stop = max(line.start, at), min(line.end, at + len(run.text))
        at += len(run.text)
        if not run.link or start >= stop:
            continue
        if out and out[-1][0] == run.link and out[-1][2] == start:
            start = out.pop()[1]
        out.append((run.link, start, stop))
    return out
