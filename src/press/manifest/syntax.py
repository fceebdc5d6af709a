"""What is wrong with a line that YAML refuses, in an editor's words.

ruamel says where it gave up; what an editor did wrong is judged by the characters
there and by the lines around, never by ruamel's wording.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ruamel.yaml.error import MarkedYAMLError, StreamMark
from ruamel.yaml.scanner import ScannerError

from press.manifest.draft import (
    SETTING,
    Draft,
    Fault,
    Mending,
    indent_of,
    name_column,
    value_column,
)
from press.manifest.line_fault import begins_setting, unclosed_quote

TYPOGRAPHIC_QUOTES = "“”„‟‘’‚‛«»"
NO_SPACE = re.compile(r"\s*(?:-\s+)*\w[\w-]*:(?=[^\s/])")
BEYOND_UNICODE = re.compile(r"\\U(?!000|0010)[0-9a-fA-F]{8}")
VALUE_END = re.compile(r"[,\]}]|$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """Where ruamel stood: line and column of the draft, and the character there."""

    line: int
    column: int
    char: str


def find_bad_escape(draft: Draft) -> list[Fault]:
    """Return the escapes that stand for no character."""
    faults = []
    for line, text in enumerate(draft.lines):
        if found := BEYOND_UNICODE.search(text):
            faults.append(_unknown_escape(draft, line, found.start(), 10))
    return faults


def _unknown_escape(draft: Draft, line: int, column: int, width: int) -> Fault:
    text = draft.lines[line]
    escape = text[column : column + width]
    return draft.fault(
        f"“{escape}” means nothing inside double quotation marks",
        "write \\\\ for a backslash, or use single quotation marks",
        (line, column, width),
        Mending(
            line=line,
            text=text[:column] + "\\" + text[column:],
            since=column + 1,
            by=1,
        ),
    )


def find_fault(problem: MarkedYAMLError, draft: Draft) -> Fault:
    """Say what stopped ruamel."""
    at = _mark(problem.problem_mark or problem.context_mark, draft)
    context = _mark(problem.context_mark, draft) if problem.context_mark else None
    if context and context.char in ("[", "{") and context != at:
        return _in_brackets(draft, context, at)
    if context and isinstance(problem, ScannerError):
        return _while_scanning(draft, context, at)
    if at.char == ":":
        return _odd_colon(draft, at)
    if isinstance(problem, ScannerError) and at.char == "\t":
        hint = "replace the tab with spaces"
        text = draft.lines[at.line]
        mended = text[: at.column] + " " + text[at.column + 1 :]
        spot = (at.line, at.column, 1)
        mending = Mending(line=at.line, text=mended)
        return draft.fault(
            "a tab stands here, where YAML allows none", hint, spot, mending
        )
    if isinstance(problem, ScannerError) or (context and context == at):
        return _odd_beginning(draft, at)
    return _out_of_line(draft, at)


def _mark(mark: StreamMark, draft: Draft) -> _Mark:
    line, column = draft.position(mark.index)
    return _Mark(line=line, column=column, char=draft.lines[line][column : column + 1])


def _odd_colon(draft: Draft, at: _Mark) -> Fault:
    text = draft.lines[at.line]
    setting = SETTING.match(text)
    if setting and setting.end("key") <= at.column < setting.end():
        return _first_colon(draft, at)
    start = value_column(text)
    if start is None:
        return _unreadable(draft, at)
    return _second_colon(draft, at, start)


def _second_colon(draft: Draft, at: _Mark, start: int) -> Fault:
    text = draft.lines[at.line]
    mending = draft.quoted(at.line, start)
    if text[start] in TYPOGRAPHIC_QUOTES:
        return draft.fault(
            "this typographic quotation mark means nothing to YAML",
            "put straight quotation marks \" or ' around the value",
            (at.line, start, 1),
            mending,
        )
    value = text[start:].rstrip().replace('"', '\\"')
    return draft.fault(
        "a second colon on this line confuses YAML",
        f'put the value in quotes: {text[:start].strip()} "{value}"',
        (at.line, at.column, 1),
        mending,
    )


def _first_colon(draft: Draft, at: _Mark) -> Fault:
    """A line that begins like a setting continues the value above it."""
    above = draft.above(at.line)
    if above is None:
        return _unreadable(draft, at)
    upper = draft.lines[above]
    if value_column(upper) is None:
        return _no_colon(draft, above)
    return _wrong_indent(draft, at.line, above, name_column(upper))


def _wrong_indent(draft: Draft, line: int, like: int | None, right: int) -> Fault:
    """Say that a line should be indented like one above it."""
    text = draft.lines[line]
    own = indent_of(text)
    spot = (line, own, len(text.strip().split(":")[0]))
    if own == right or like is None:
        return draft.fault(
            "list items and settings cannot stand side by side",
            "give the list a name, or line this up with what it belongs to",
            spot,
            draft.without(line),
        )
    name = SETTING.match(draft.lines[like])
    neighbour = f"“{name['key']}” on line" if name else "line"
    fault = draft.fault(
        f"this line is indented by {_spaces(own)}, which fits none of its neighbours",
        f"line it up with {neighbour} {like + 1} ({_spaces(right)})",
        spot,
        draft.shifted(line, right),
    )
    if own < right:
        return fault
    block = draft.block_below(line)
    moved = (draft.shifted(n, indent_of(draft.lines[n]) - own + right) for n in block)
    return replace(fault, followers=tuple(moved))


def _spaces(count: int) -> str:
    return f"{count} space" if count == 1 else f"{count} spaces"


def _no_colon(draft: Draft, line: int) -> Fault:
    text = draft.lines[line]
    start = indent_of(text)
    if found := NO_SPACE.match(text):
        column = found.end()
        mended = text[:column] + " " + text[column:]
        return draft.fault(
            "a space is missing after the colon",
            f"write {mended.strip()}",
            (line, column - 1, 1),
            Mending(line=line, text=mended, since=column + 1, by=1),
        )
    return draft.fault(
        "this line has no colon, so that it is neither a setting nor a list item",
        "write “name: value”; a longer text continues indented below its name",
        (line, start, len(text.strip())),
        draft.without(line),
    )


def _in_brackets(draft: Draft, opening: _Mark, at: _Mark) -> Fault:
    closing = "]" if opening.char == "[" else "}"
    text = draft.lines[opening.line]
    if not at.char or begins_setting(draft, at.line, opening.line):
        return draft.fault(
            f"this bracket {opening.char} is never closed",
            f"put the closing {closing} after the last value",
            (opening.line, opening.column, 1),
            Mending(line=opening.line, text=text.rstrip() + closing, sure=False),
        )
    if at.char == ":":
        there = draft.lines[at.line]
        start = there.rfind(": ", 0, at.column) + 2
        end = VALUE_END.search(there, at.column)
        mending = draft.quoted(at.line, start, end.start()) if end else None
        return draft.fault(
            "a second colon in this value confuses YAML",
            "put the value in quotes",
            (at.line, at.column, 1),
            mending,
        )
    return draft.fault(
        f"a comma or the closing {closing} is missing before this",
        "put a text that holds brackets or quotation marks in quotes as a whole",
        (at.line, at.column, 1),
        draft.without(at.line),
    )


def _while_scanning(draft: Draft, context: _Mark, at: _Mark) -> Fault:
    text = draft.lines[at.line]
    if context.char in ("'", '"'):
        back = text.rfind("\\", 0, at.column + 1)
        if context.char == '"' and at.char and back >= 0:
            return _unknown_escape(draft, at.line, back, at.column + 1 - back)
        return unclosed_quote(draft, context.line, context.column)
    if context.char in ("|", ">", "&", "*", "!"):
        return _odd_beginning(draft, context)
    return _no_colon(draft, context.line)


def _odd_beginning(draft: Draft, at: _Mark) -> Fault:
    if not at.char:
        return _unreadable(draft, at)
    if at.char == "-":
        return draft.fault(
            "a list cannot begin on the line of its name",
            "begin the list on the next line; or put the text in quotes",
            (at.line, at.column, 1),
            draft.quoted(at.line, at.column),
        )
    return draft.fault(
        f"a value may not begin with “{at.char}”",
        "put the value in quotes",
        (at.line, at.column, 1),
        draft.quoted(at.line, at.column),
    )


def _out_of_line(draft: Draft, at: _Mark) -> Fault:
    """Something stands where the lines above leave no room for it."""
    before = draft.lines[at.line][: at.column]
    if not before.strip():
        like, right = _nearest_level(draft, at.line)
        return _wrong_indent(draft, at.line, like, right)
    start = value_column(draft.lines[at.line])
    if before.rstrip()[-1] in "'\"" and start is not None:
        return draft.fault(
            "the value goes on after its closing quotation mark",
            "put the whole value in one kind of quotation mark,"
            " and use the other kind or typographic ones inside",
            (at.line, at.column, len(draft.lines[at.line].rstrip()) - at.column),
            draft.quoted(at.line, start),
        )
    return _unreadable(draft, at)


def _nearest_level(draft: Draft, line: int) -> tuple[int | None, int]:
    """Return the line above that this one is most like, and its indentation.

    A list item is most like items that begin with the same setting.
    """
    text = draft.lines[line]
    own, is_item = indent_of(text), _is_item(text)
    levels: list[tuple[bool, int, int, int]] = []
    for number in range(line - 1, -1, -1):
        upper = draft.lines[number]
        if is_item and _is_item(upper):
            level, other = indent_of(upper), _key(upper) != _key(text)
        elif not is_item and SETTING.match(upper):
            level, other = name_column(upper), False
        else:
            continue
        levels.append((other, abs(level - own), -level, number))
    if not levels:
        return None, own
    _, _, level, number = min(levels, key=lambda one: one[:3])
    return number, -level


def _is_item(text: str) -> bool:
    return text.lstrip().startswith("- ")


def _key(text: str) -> str:
    """Return the name of the setting that a line begins with; empty for none."""
    found = SETTING.match(text)
    return found["key"] if found else ""


def _unreadable(draft: Draft, at: _Mark) -> Fault:
    return draft.fault(
        "YAML cannot make sense of this line",
        "compare it with the lines above, or put the value in quotes",
        (at.line, at.column, 1),
        draft.without(at.line),
    )
