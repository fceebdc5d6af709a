"""Text of a paragraph as it is gathered, made into the runs that are set."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from press.model.copy import Mark, Run, Runs

#: A line's end in the source: a space, or nothing between Chinese or Japanese characters.
SOFT: Final = "\r"
#: A line break that the writer asked for.
BREAK: Final = "\n"

_SPACES: Final = re.compile(r"[ \t]{2,}|\t")
_AROUND_BREAK: Final = re.compile(r" *\n *")
_FIRST_WIDE: Final = "\u1100"
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")


def _wide(character: str) -> bool:
    """Whether a script without spaces writes this character."""
    return unicodedata.east_asian_width(character) in {"W", "F"} and not _HANGUL.match(
        character
    )


def _end_of_line(before: str, after: str) -> str:
    joins = before and after and _wide(before) and _wide(after)
    return "" if joins else " "


def _without_soft(text: str, before: str, after: str) -> str:
    if SOFT not in text:
        return text
    if text.isascii() and before < _FIRST_WIDE and after < _FIRST_WIDE:
        return text.replace(SOFT, " ")
    parts = text.split(SOFT)
    whole = parts[0]
    for index, part in enumerate(parts[1:], 1):
        following = part or "".join(parts[index + 1 :])
        left, right = (whole or before)[-1:], (following or after)[:1]
        whole += _end_of_line(left, right) + part
    return whole


def _merge(gathered: Sequence[Run]) -> list[Run]:
    """Join neighbours of the same kind."""
    merged: list[Run] = []
    parts: list[str] = []
    last: Run | None = None
    for run in gathered:
        if last is not None and _alike(last, run):
            parts.append(run.text)
            continue
        if last is not None:
            merged.append(_with_text(last, "".join(parts)))
        last, parts = run, [run.text]
    if last is not None:
        merged.append(_with_text(last, "".join(parts)))
    return merged


def _alike(one: Run, other: Run) -> bool:
    return (
        one.note is None
        and other.note is None
        and one.link == other.link
        and one.marks == other.marks
    )


def _with_text(run: Run, text: str) -> Run:
    """Return a run with another text; `replace` is slow, and this runs often."""
    if run.text == text:
        return run
    return Run(text=text, marks=run.marks, link=run.link, note=run.note)


def _collapsed(run: Run, before: str, after: str) -> str:
    if Mark.CODE in run.marks:
        return run.text.replace(SOFT, " ").replace(BREAK, " ")
    text = _without_soft(run.text, before, after)
    if "  " in text or "\t" in text:
        text = _SPACES.sub(" ", text)
    if BREAK in text:
        text = _AROUND_BREAK.sub(BREAK, text)
    if before in {"", " ", BREAK}:
        text = text.lstrip(" ")
    return text


def _trim_end(runs: list[Run]) -> None:
    while runs:
        last = runs[-1]
        text = last.text.rstrip(" \n") if Mark.CODE not in last.marks else last.text
        if text:
            runs[-1] = _with_text(last, text)
            return
        runs.pop()


def _drop_space_before(runs: list[Run], run: Run) -> None:
    """Take away the space before a line break or the number of a note."""
    if not runs or not (run.note is not None or run.text.startswith(BREAK)):
        return
    last = runs[-1]
    if Mark.CODE in last.marks or last.note is not None:
        return
    text = last.text.rstrip(" ")
    if text:
        runs[-1] = _with_text(last, text)
    elif run.note is None:
        runs.pop()


def tidy(gathered: Sequence[Run]) -> Runs:
    """Collapse spaces as HTML does and join runs of the same kind."""
    merged = _merge([run for run in gathered if run.text])
    runs: list[Run] = []
    before = ""
    for index, run in enumerate(merged):
        after = merged[index + 1].text[:1] if index + 1 < len(merged) else ""
        text = _collapsed(run, before, after)
        if not before:
            text = text.lstrip(" \n") if Mark.CODE not in run.marks else text
        if not text:
            continue
        _drop_space_before(runs, run)
        runs.append(_with_text(run, text))
        before = text[-1]
    _trim_end(runs)
    return tuple(runs)


def joined(pieces: Iterable[Runs], between: str) -> Runs:
    """Join several texts into one."""
    gathered: list[Run] = []
    for piece in pieces:
        if gathered:
            gathered.append(Run(text=between))
        gathered += piece
    return tidy(gathered)
