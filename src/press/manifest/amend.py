"""Put articles into a manifest's sections or take them out: all other bytes stay.

A manifest belongs to its editor: comments, blank lines, order, quotation marks and line
breaks are hers. So it is never written anew: places are found by the marks of the YAML
parser, lines are put in or taken out there, and what comes out is read again. Where it does
not say exactly what was meant, nothing is changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from press.manifest.character import shielded

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
MARK = "\ufeff"
STEP = "  "


class Unclear(Exception):  # noqa: N818  (it ends nothing: its caller says what to do)
    """The text is laid out in a way in which nothing can be put in or taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """Where something ends or begins, counted from 0."""

    line: int
    column: int


def put_in(text: str, section: int, item: str) -> str:
    """Return a manifest with an item at the end of a section's articles.

    Args:
        text: The manifest.
        section: Which section, counted from 0.
        item: The item as YAML on one line: a name, or settings in braces.

    Raises:
        Unclear: There is no clear place for it.
    """
    page = _Page(text)
    found = page.section(section)
    value = _value(found, "articles")
    if value is None:
        page.begin_list(found, item)
    elif isinstance(value, SequenceNode) and not value.flow_style:
        page.add_line(_last(value), value.start_mark.column, f"- {item}")
    elif isinstance(value, SequenceNode):
        page.add_to_brackets(value, item, inside=bool(found.flow_style))
    else:
        page.fill(found, value, item)
    return page.text()


def take_out(text: str, section: int, number: int) -> str:
    """Return a manifest without an item of a section's articles.

    Args:
        text: The manifest.
        section: Which section, counted from 0.
        number: Which of its articles, counted from 0.

    Raises:
        Unclear: It shares its lines with something else.
    """
    page = _Page(text)
    value = _value(page.section(section), "articles")
    if not isinstance(value, SequenceNode) or number >= len(value.value):
        raise Unclear
    if value.flow_style:
        page.cut_from_brackets(value, number)
    else:
        page.cut_lines(value, number)
    return page.text()


class _Page:
    """A manifest's lines with their breaks, and the nodes that stand on them."""

    def __init__(self, text: str) -> None:
        self._mark = MARK if text.startswith(MARK) else ""
        self._lines = LINE.findall(text.removeprefix(MARK))
        bare = "\n".join(line.rstrip("\r\n") for line in self._lines)
        self._root: Node | None = _composed(bare)
        first = self._lines[0] if self._lines else ""
        self._break = first[len(first.rstrip("\r\n")) :] or "\n"

    def text(self) -> str:
        """Return the manifest as it is now."""
        return self._mark + "".join(self._lines)

    def section(self, number: int) -> MappingNode:
        """Return a section's settings."""
        plan = _value(self._root, "print")
        sections = _value(plan, "sections")
        if isinstance(sections, SequenceNode) and number < len(sections.value):
            found = sections.value[number]
            if isinstance(found, MappingNode):
                return found
        raise Unclear

    # ------------------------------------------------------------ putting in

    def add_line(self, after: Node, column: int, content: str) -> None:
        """Add a line below the last one of a node."""
        self._insert(_end(after).line + 1, f"{' ' * column}{content}")

    def begin_list(self, section: MappingNode, item: str) -> None:
        """Begin the list of a section that has none."""
        if section.flow_style:
            self._write(_end(section.value[-1][1]), f", articles: [{item}]")
            return
        column, line = section.start_mark.column, _end(section).line + 1
        self._insert(line, f"{' ' * column}articles:")
        self._insert(line + 1, f"{' ' * column}{STEP}- {item}")

    def fill(self, section: MappingNode, value: Node, item: str) -> None:
        """Begin a list where its name stands with nothing behind it."""
        if section.flow_style or not isinstance(value, ScalarNode):
            raise Unclear
        line = next(k for k, v in section.value if v is value).start_mark.line
        if not _is_nothing(value):  # It says so: null, or ~.
            if value.start_mark.line != line:
                raise Unclear
            self._erase(line, value.start_mark.column, value.end_mark.column)
        indent = " " * section.start_mark.column
        self._insert(line + 1, f"{indent}{STEP}- {item}")

    def add_to_brackets(self, value: SequenceNode, item: str, *, inside: bool) -> None:
        """Add to a list in brackets; an empty one becomes a list with lines."""
        start, end = value.start_mark, value.end_mark
        if value.value:
            self._write(_end(value.value[-1]), f", {item}")
            return
        rest = self._lines[end.line][end.column :].strip()
        alone = start.line == end.line and (not rest or rest.startswith("#"))
        if inside or not alone:
            self._write(_Spot(line=start.line, column=start.column + 1), item)
            return
        line = self._lines[start.line]
        indent = len(line) - len(line.lstrip(" -"))
        self._erase(start.line, start.column, end.column)
        self._insert(start.line + 1, f"{' ' * indent}{STEP}- {item}")

    # ------------------------------------------------------------ taking out

    def cut_lines(self, value: SequenceNode, number: int) -> None:
        """Take out the lines of an item."""
        node, column = value.value[number], value.start_mark.column
        first = node.start_mark.line
        while first and self._lines[first][column : column + 1] != "-":
            first -= 1
        if self._lines[first][:column].strip():
            raise Unclear
        del self._lines[first : _end(node).line + 1]

    def cut_from_brackets(self, value: SequenceNode, number: int) -> None:
        """Take an item out of brackets, and one of the commas beside it."""
        items = value.value
        start = _Spot(
            line=items[number].start_mark.line, column=items[number].start_mark.column
        )
        end = _end(items[number])
        if number + 1 < len(items):
            mark = items[number + 1].start_mark
            end = _Spot(line=mark.line, column=mark.column)
        elif number:
            start = _end(items[number - 1])
        if start.line != end.line:
            raise Unclear
        line = self._lines[start.line]
        self._lines[start.line] = line[: start.column] + line[end.column :]

    # ------------------------------------------------------------ the lines

    def _insert(self, number: int, content: str) -> None:
        """Insert a line; the last one of a file may lack its break."""
        if number == len(self._lines) and not self._lines[-1].endswith(("\r", "\n")):
            self._lines[-1] += self._break
            self._lines.append(content)
            return
        self._lines.insert(number, content + self._break)

    def _write(self, at: _Spot, content: str) -> None:
        line = self._lines[at.line]
        self._lines[at.line] = line[: at.column] + content + line[at.column :]

    def _erase(self, number: int, start: int, end: int) -> None:
        """Erase a stretch of a line; no white space is left hanging at its end."""
        line = self._lines[number]
        left, right = line[:start], line[end:]
        self._lines[number] = (left if right.strip() else left.rstrip()) + right


def _composed(text: str) -> Node | None:
    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(shielded(text))
    except MarkedYAMLError as problem:
        raise Unclear from problem
    return root


def _value(node: Node | None, name: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((v for k, v in node.value if k.value == name), None)


def _last(value: SequenceNode) -> Node:
    found: Node = value.value[-1]
    return found


def _is_nothing(node: Node) -> bool:
    """Whether a setting is left empty; the parser sees it where the next one begins."""
    return isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index


def _end(node: Node) -> _Spot:
    """Return where a node's last character stands; that of a block is told too late."""
    if isinstance(node, MappingNode) and not node.flow_style and node.value:
        key, value = node.value[-1]
        return _end(key) if _is_nothing(value) else _end(value)
    if isinstance(node, SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    mark = node.end_mark
    if mark.column == 0 and mark.line > node.start_mark.line:
        return _Spot(line=mark.line - 1, column=0)  # a text of several lines
    return _Spot(line=mark.line, column=mark.column)
