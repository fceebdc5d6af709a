"""Lists in plain text: lines that begin with a bullet or a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from press.intake.markup.inline import at_start, escaped

ITEM: Final = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>[-*•·‣◦▪●–]|\d{1,3}[.)])[ \t]+(?P<text>\S.*)"
)
#: One line alone that begins so is a note, what somebody says, or a number.
_DOUBTFUL: Final = frozenset("*–")
_DEEPER: Final = 2
_NUMBER: Final = "1"
_SENTENCE: Final = re.compile(r"[.!?…][\"”’»)]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list, read.

    Attributes:
        text: Its words, without bullets and numbers.
        markdown: How an article's file says it.
        signs: How many bullets and numbers there were.
        end: The index of the first line after it.
    """

    text: str
    markdown: str
    signs: int
    end: int


@dataclass(slots=True, kw_only=True)
class _Item:
    indent: int
    kind: str
    number: int
    paragraphs: list[list[str]] = field(default_factory=list)

    def shown(self) -> Iterator[str]:
        """Yield its paragraphs."""
        for lines in self.paragraphs:
            yield " ".join(" ".join(lines).split())


def list_at(
    lines: Sequence[str], at: int, *, wrapped: bool, before: str
) -> Listed | None:
    """Return the list that begins at a line; None where none does.

    Args:
        lines: The text's lines.
        at: The index of the line.
        wrapped: Whether the text's lines were wrapped, so that one goes on in the next.
        before: The last line with words above; empty for none.
    """
    first = _item(lines[at])
    if first is None:
        return None
    if first.kind == "–" and not before.endswith(":") and _speaks(first):
        return None
    items, end = [first], at + 1
    while end < len(lines):
        after = _next_words(lines, end)
        loose = after > end
        if after == len(lines) or not _goes_on(
            lines[after], items, loose=loose, wrapped=wrapped
        ):
            break
        _take(lines[after], items, loose=loose)
        end = after + 1
        if first.kind == "–" and not before.endswith(":") and _speaks(items[-1]):
            return None
    if not _is_sure(items, before):
        return None
    return Listed(
        text=" ".join(one for item in items for one in item.shown()),
        markdown=_written(items),
        signs=len(items),
        end=end,
    )


def _next_words(lines: Sequence[str], at: int) -> int:
    """Return the index of the next line that is not blank; that after the last for none."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _speaks(item: _Item) -> bool:
    """Whether an item is a whole sentence, as what people say is."""
    return any(_SENTENCE.search(text) for text in item.shown())


def _item(line: str) -> _Item | None:
    match = ITEM.fullmatch(line)
    if match is None or not re.search(r"\w", match["text"]):
        return None
    mark = match["mark"]
    numbered = mark[:-1].isdigit()
    return _Item(
        indent=_indent(line),
        kind=_NUMBER + mark[-1] if numbered else mark,
        number=int(mark[:-1]) if numbered else 0,
        paragraphs=[[match["text"]]],
    )


def _indent(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip())


def _goes_on(line: str, items: list[_Item], *, loose: bool, wrapped: bool) -> bool:
    """Whether a line belongs to a list: another item, or more of the last one."""
    found, base = _item(line), items[0]
    if found is None:
        # After a blank line, a tab begins a paragraph of the text.
        begins = loose and line.startswith("\t")
        deep = _indent(line) >= base.indent + _DEEPER and not begins
        return deep or (wrapped and not loose)
    if found.indent < base.indent:
        return False
    beside = next(one for one in reversed(items) if one.indent <= found.indent)
    if beside.indent < found.indent:
        return True
    following = not found.number or found.number == beside.number + 1
    return found.kind == beside.kind and following


def _take(line: str, items: list[_Item], *, loose: bool) -> None:
    found = _item(line)
    if found is not None:
        items.append(found)
    elif loose:
        items[-1].paragraphs.append([line.strip()])
    else:
        items[-1].paragraphs[-1].append(line.strip())


def _is_sure(items: list[_Item], before: str) -> bool:
    """Whether lines that begin like items are some.

    A number or a star alone is none, and dashes may open what people say.
    """
    base = [item for item in items if item.indent == items[0].indent]
    kind = items[0].kind
    if len(base) == 1 and (kind in _DOUBTFUL or kind.startswith(_NUMBER)):
        return False
    if kind != "–" or before.endswith(":"):
        return True
    return not any(_SENTENCE.search(text) for item in items for text in item.shown())


def _written(items: list[_Item]) -> str:
    loose = any(len(item.paragraphs) > 1 for item in items)
    above: list[tuple[int, int]] = []  # How far an item was indented, its mark's width.
    made: list[str] = []
    for item in items:
        while above and above[-1][0] >= item.indent:
            above.pop()
        pad = " " * sum(width for _, width in above)
        mark = f"{item.number}. " if item.kind.startswith(_NUMBER) else "- "
        inner = pad + " " * len(mark)
        first, *others = (at_start(escaped(text)) for text in item.shown())
        made.append("\n\n".join([f"{pad}{mark}{first}", *(inner + x for x in others)]))
        above.append((item.indent, len(mark)))
    return ("\n\n" if loose else "\n").join(made)
