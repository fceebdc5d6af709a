"""Front matter of other programs, YAML or TOML: whatever it says, with its place."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from typing import Any, Final

from press.manifest.source import Source
from press.manifest.tree import Mapping, Node, Scalar, Sequence, Tree
from press.manifest.yaml import read_tree
from press.model.finding import Checked, Finding, error, ready
from press.model.incoming import ForeignSetting

YAML_FENCE: Final = "---"
TOML_FENCE: Final = "+++"
#: Lines of TOML that are looked through for the one at fault.
_MOST_LINES: Final = 300


def split_foreign(source: Source) -> Checked[tuple[str, int, int, int]]:
    """Find front matter: its fence, its first line, the line after it, and the text's.

    Lines are counted from 0; a text without front matter has an empty fence.
    """
    lines = source.lines
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    fence = lines[start].rstrip()
    if fence not in {YAML_FENCE, TOML_FENCE}:
        return Checked(value=("", start, start, start))
    for number in range(start + 1, len(lines)):
        if lines[number].rstrip() == fence:
            return Checked(value=(fence, start + 1, number, number + 1))
    if not any(line.strip() for line in lines[start + 1 : start + 2]):
        return Checked(value=("", start, start, start))  # a line across the text
    finding = error(
        "intake.front-matter",
        "the front matter is never closed",
        source.whole(start),
        f"put a line {fence} between the front matter and the text",
    )
    return Checked(value=None, findings=(finding,))


def read_settings(
    source: Source, fence: str, first: int, last: int
) -> Checked[tuple[ForeignSetting, ...]]:
    """Read the settings between two lines."""
    if fence == TOML_FENCE:
        return _read_toml(source, first, last)
    if fence != YAML_FENCE or not any(
        line.strip() for line in source.lines[first:last]
    ):
        return Checked(value=())
    read = read_tree(source, first=first, last=last)
    if read.value is None or not ready(read.findings):
        return Checked(value=None, findings=read.findings or (_unread(source, first),))
    if not isinstance(read.value.root, Mapping):
        return Checked(value=None, findings=(_unread(source, first),))
    return Checked(
        value=tuple(_of_node(read.value, read.value.root, "")), findings=read.findings
    )


def _unread(source: Source, line: int) -> Finding:
    return error(
        "intake.front-matter",
        "this front matter cannot be read",
        source.whole(line),
        "write each setting as name: value",
    )


def _of_node(tree: Tree, node: Node, name: str) -> Iterator[ForeignSetting]:
    match node:
        case Scalar():
            if not node.is_null:
                spot = node.spot
                place = tree.source.place(spot.line, spot.column, spot.width)
                yield ForeignSetting(name=name, values=(node.text,), place=place)
        case Sequence(items=items):
            yield from _of_list(tree, items, name)
        case Mapping(entries=entries):
            for entry in entries:
                yield from _of_node(tree, entry.value, _below(name, entry.key.text))


def _of_list(
    tree: Tree, items: tuple[Node, ...], name: str
) -> Iterator[ForeignSetting]:
    plain = [one for one in items if isinstance(one, Scalar) and not one.is_null]
    if plain:
        place = tree.source.place(plain[0].spot.line, plain[0].spot.column)
        values = tuple(one.text for one in plain)
        yield ForeignSetting(name=name, values=values, place=place)
    for item in items:
        if not isinstance(item, Scalar):
            yield from _of_node(tree, item, name)


def _below(above: str, name: str) -> str:
    return f"{above}.{name}".lower() if above else name.lower()


def _read_toml(
    source: Source, first: int, last: int
) -> Checked[tuple[ForeignSetting, ...]]:
    lines = source.lines[first:last]
    try:
        data = tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        line = first + _fault(lines)
        finding = error(
            "intake.front-matter",
            "this line of the front matter is no TOML",
            source.whole(line),
            'write it as name = "value"',
        )
        return Checked(value=None, findings=(finding,))
    return Checked(value=tuple(_of_toml(data, "", source, first)))


def _fault(lines: tuple[str, ...]) -> int:
    """Return the first line with which, and with all that follow, TOML is broken."""
    good = 0
    for number in range(1, min(len(lines), _MOST_LINES) + 1):
        try:
            tomllib.loads("\n".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue
        good = number
    rest = range(good, len(lines))
    return next((n for n in rest if lines[n].strip()), max(0, len(lines) - 1))


def _of_toml(
    value: Any, name: str, source: Source, first: int
) -> Iterator[ForeignSetting]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _of_toml(inner, _below(name, str(key)), source, first)
        return
    items = value if isinstance(value, list) else [value]
    plain = tuple(_shown(one) for one in items if not isinstance(one, dict | list))
    if plain:
        place = source.place(first)
        yield ForeignSetting(name=name, values=plain, place=place)
    for one in items:
        if isinstance(one, dict):
            yield from _of_toml(one, name, source, first)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
