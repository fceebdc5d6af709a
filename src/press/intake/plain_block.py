"""The blocks of a plain text: paragraphs, lists and tables, told by how their lines stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from press.intake.markup.inline import at_start, escaped
from press.intake.plain_list import ITEM, list_at
from press.intake.plain_table import is_ruled, table_at
from press.model.story import PieceKind

#: The longest line of a text that somebody, or a program of mails, has wrapped.
_WIDEST: Final = 100
#: Of lines in a wrapped text, one may be longer, such as an address.
_FEW: Final = 0.05
#: How much of the width a line fills, with the next one's first word, that was wrapped.
_FULL, _NEARLY_FULL = 0.8, 0.9
_HALF, _MOST = 0.5, 0.6
#: Lines of verse, of an address or under a letter are not longer than this.
_SHORT: Final = 60
_STOP: Final = re.compile(r"[.!?…:。！？؟।][\"”’»)\]*_]*$")
_BREAK: Final = "\\\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of a plain text.

    Attributes:
        kind: What it is.
        text: Its words.
        markdown: How an article's file says it.
        line: The number of its first line.
        signs: How many of the source's words are signs of its form: bullets, numbers,
            lines of a table.
        columns: Of a table, how many; 0 where they cannot be told.
    """

    kind: PieceKind
    text: str
    markdown: str
    line: int
    signs: int = 0
    columns: int = 0


def blocks_of(text: str) -> Iterator[Block]:
    """Yield the blocks of a text.

    Paragraphs are parted by blank lines. Lines within one are joined where the text was
    wrapped at a width; where it was not, each is a paragraph.
    """
    lines = text.split("\n")
    width = wrapped_at(lines)
    at, before = 0, ""
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        made, end = _block_at(lines, at, width, before)
        yield from made
        before = lines[end - 1].rstrip()
        at = end


def wrapped_at(lines: Sequence[str]) -> int:
    """Return the width at which a text was wrapped; 0 where each line is a paragraph.

    Of wrapped text, a line is so long that the next one's first word had no room in it,
    and few lines end where a sentence does.
    """
    long = [len(one) for one in lines if len(one.split()) > 1 and not is_ruled(one)]
    within = [one for one in long if one <= _WIDEST]
    if not within or len(long) - len(within) > _FEW * len(long):
        return 0
    width = max(within)
    pairs = [
        (one, other)
        for one, other in pairwise(lines)
        if one.strip() and other.strip() and not ITEM.match(other)
    ]
    full = sum(not _has_room(one, other, width) for one, other in pairs)
    ended = sum(_ends(one, other) for one, other in pairs)
    is_wrapped = full >= _HALF * len(pairs) and ended < _MOST * len(pairs)
    return width if is_wrapped else 0


def _block_at(
    lines: Sequence[str], at: int, width: int, before: str
) -> tuple[list[Block], int]:
    """Return the blocks that begin at a line that is not blank, and where they end."""
    number = at + 1
    if table := table_at(lines, at):
        kind = PieceKind.TABLE if table.columns else PieceKind.LISTING
        made = Block(
            kind=kind,
            text=table.text,
            markdown=table.markdown,
            line=number,
            signs=table.signs,
            columns=table.columns,
        )
        return [made], table.end
    if listed := list_at(lines, at, wrapped=bool(width), before=before):
        made = Block(
            kind=PieceKind.LIST,
            text=listed.text,
            markdown=listed.markdown,
            line=number,
            signs=listed.signs,
        )
        return [made], listed.end
    end = at + 1
    while end < len(lines) and lines[end].strip() and not _begins(lines, end, width):
        end += 1
    run = [line.strip() for line in lines[at:end]]
    found, first = [], number
    for part in _parts(run, width):
        found.append(_paragraph(part, first, width))
        first += len(part)
    return found, end


def _begins(lines: Sequence[str], at: int, width: int) -> bool:
    """Whether a list or a table begins at a line."""
    if table_at(lines, at) is not None:
        return True
    before = lines[at - 1].rstrip()
    return list_at(lines, at, wrapped=bool(width), before=before) is not None


def _parts(run: Sequence[str], width: int) -> list[list[str]]:
    """Part lines that follow one another into paragraphs."""
    if _is_set_by_line(run, width):
        return [list(run)]
    parts = [[run[0]]]
    for one, other in pairwise(run):
        ended = _has_room(one, other, width, _NEARLY_FULL) and _ends(one, other)
        if not width or ended:
            parts.append([other])
        else:
            parts[-1].append(other)
    return parts


def _is_set_by_line(run: Sequence[str], width: int) -> bool:
    """Whether lines end where their writer wanted: verse, an address, a signature."""
    pairs = list(pairwise(run))
    if not pairs or all(_ends(one, other) for one, other in pairs):
        return False
    if width:
        return all(_has_room(one, other, width) for one, other in pairs)
    return all(len(line) <= _SHORT for line in run)


def _paragraph(part: list[str], line: int, width: int) -> Block:
    words = " ".join(" ".join(part).split())
    if set(words) <= set("*-_–—•·# ") and not re.search(r"\w", words):
        return Block(kind=PieceKind.SEPARATOR, text=words, markdown="***", line=line)
    broken = len(part) > 1 and _is_set_by_line(part, width)
    shown = [" ".join(one.split()) for one in part] if broken else [words]
    return Block(
        kind=PieceKind.PARAGRAPH,
        text=words,
        markdown=_BREAK.join(at_start(escaped(one)) for one in shown),
        line=line,
    )


def _has_room(one: str, other: str, width: int, share: float = _FULL) -> bool:
    """Whether a line could have held the next one's first word, too, in a share of it."""
    return len(one.rstrip()) + 1 + len(other.split(maxsplit=1)[0]) <= share * width


def _ends(one: str, other: str) -> bool:
    """Whether a sentence ends with a line, and the next line begins one."""
    first = other.lstrip(" \t\"“”„«‘'([*_—–-¿¡")[:1]
    return _STOP.search(one.rstrip()) is not None and not first.islower()
