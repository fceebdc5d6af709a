"""Faults of syntax that a line shows by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.manifest.character import INVISIBLE_SPACES
from press.manifest.draft import (
    BLOCK_TEXT,
    SETTING,
    Draft,
    Fault,
    Mending,
    indent_of,
    name_column,
    value_column,
)

OPENING_QUOTE = re.compile(r"""(?:^\s*|[:?-]\s+|[\[{,]\s*)(["'])""")
AFTER_COLON = re.compile(rf"\s*(?:-\s+)*\w[\w-]*:(?=[{INVISIBLE_SPACES}])")
PASTED = "it usually comes by pasting from a word processor; retype the space"


def find_line_faults(draft: Draft, known: frozenset[int]) -> list[Fault]:
    """Return the faults that lines show by themselves, but for lines in `known`."""
    return [fault for fault in _line_faults(draft) if fault.line not in known]


def _line_faults(draft: Draft) -> Iterator[Fault]:
    open_quote = ""
    for line in _lines_outside_blocks(draft):
        text = draft.lines[line]
        if open_quote:
            open_quote = "" if open_quote in text else open_quote
        elif text[0] == "%":
            yield _directive(draft, line)
        elif fault := _bad_space(draft, line):
            yield fault
        elif (start := _unclosed(text)) is not None:
            if _next_is_setting(draft, line):
                yield unclosed_quote(draft, line, start)
            else:
                open_quote = text[start]


def _lines_outside_blocks(draft: Draft) -> Iterator[int]:
    """Yield the lines that say anything, but for texts under | and >."""
    block: int | None = None
    for line, text in enumerate(draft.lines):
        if not text.strip(" \t"):
            continue
        if block is not None and indent_of(text) > block and text[0] == " ":
            continue
        block = indent_of(text) if BLOCK_TEXT.match(text) else None
        yield line


def _bad_space(draft: Draft, line: int) -> Fault | None:
    text = draft.lines[line]
    indent = text[: indent_of(text)]
    for column, char in enumerate(indent):
        if char == " ":
            continue
        mending = draft.shifted(line, _likely_indent(draft, line))
        spot = (line, column, len(indent) - column)
        if char == "\t":
            message = "a tab is used to indent this line; YAML allows only spaces"
            return draft.fault(message, "replace the tab with spaces", spot, mending)
        message = "an invisible no-break space is used to indent this line"
        return draft.fault(message, PASTED + "s", spot, mending)
    if found := AFTER_COLON.match(text):
        column = found.end()
        mended = text[:column] + " " + text[column + 1 :]
        message = "an invisible no-break space stands after the colon"
        mending = Mending(line=line, text=mended)
        return draft.fault(message, PASTED, (line, column, 1), mending)
    return None


def _likely_indent(draft: Draft, line: int) -> int:
    above = draft.above(line)
    if above is None:
        return 0
    text = draft.lines[above]
    deeper = 2 if SETTING.match(text) and value_column(text) is None else 0
    return name_column(text) + deeper


def _unclosed(text: str) -> int | None:
    """Return the column of a quotation mark that its line does not close."""
    at = 0
    while found := OPENING_QUOTE.search(text, at):
        end = _closing(text, found.end(), found[1])
        if end is None:
            return found.start(1)
        at = end
    return None


def _closing(text: str, start: int, quote: str) -> int | None:
    column = start
    while column < len(text):
        if quote == '"' and text[column] == "\\":
            column += 2
        elif text[column] != quote:
            column += 1
        elif quote == "'" and text[column + 1 : column + 2] == "'":
            column += 2
        else:
            return column + 1
    return None


def _next_is_setting(draft: Draft, line: int) -> bool:
    for number in range(line + 1, len(draft.lines)):
        if draft.lines[number].strip():
            return begins_setting(draft, number, line)
    return False


def begins_setting(draft: Draft, line: int, above: int) -> bool:
    """Whether a line begins a setting beside or above that of a line before."""
    text = draft.lines[line]
    near = line > above and indent_of(text) <= name_column(draft.lines[above])
    return near and SETTING.match(text) is not None


def unclosed_quote(draft: Draft, line: int, column: int) -> Fault:
    """Say that a quotation mark is never closed."""
    text = draft.lines[line].rstrip()
    quote = text[column]
    return draft.fault(
        "this quotation mark is never closed",
        f"put the closing {quote} at the end of the value",
        (line, column, 1),
        Mending(line=line, text=text + quote),
    )


def _directive(draft: Draft, line: int) -> Fault:
    return draft.fault(
        "lines that begin with “%” are not used here",
        "delete the line",
        (line, 0, len(draft.lines[line])),
        Mending(line=line, text=""),
    )
