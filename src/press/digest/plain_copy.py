"""An article's text as plain text: wrapped, with the numbers of its links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from press.digest.wrap import WIDTH, wrap
from press.model.copy import (
    Block,
    BlockQuote,
    Copy,
    Crosshead,
    FactBox,
    ItemList,
    Note,
    Paragraph,
    Runs,
    Separator,
    Table,
)

#: Gives a link's address its number.
Number = Callable[[str], int]


def plain_copy(copy: Copy, number: Number) -> str:
    """Write an article's text and its notes.

    Args:
        copy: The text.
        number: Gives the number that stands in brackets after the words of a link.
    """
    blocks = [*_blocks(copy.blocks, number, WIDTH)]
    blocks += [_note(note, number) for note in copy.notes]
    return "\n\n".join(block for block in blocks if block)


def numbered(runs: Runs, number: Number) -> str:
    """Return the text of runs, each link followed by its number."""
    words: list[str] = []
    for link, linked in groupby(runs, key=lambda run: run.link):
        words += [run.text if run.note is None else f"({run.text})" for run in linked]
        if link:
            words.append(f" [{number(link)}]")
    return "".join(words)


def _blocks(blocks: Iterable[Block], number: Number, width: int) -> Iterator[str]:
    for block in blocks:
        yield _block(block, number, width)


def _block(block: Block, number: Number, width: int) -> str:
    if isinstance(block, Paragraph | Crosshead):
        lines = numbered(block.runs, number).split("\n")
        return "\n".join(wrap(line, width) for line in lines)
    if isinstance(block, BlockQuote | FactBox):
        return _box(block, number, width)
    if isinstance(block, ItemList):
        return "\n".join(_items(block, number, width))
    if isinstance(block, Table):
        rows = ((block.caption,), block.head, *block.rows)
        return "\n".join(_row(row, number) for row in rows if any(row))
    return "* * *" if isinstance(block, Separator) else "\n".join(block.lines)


def _box(block: BlockQuote | FactBox, number: Number, width: int) -> str:
    mark = "> " if isinstance(block, BlockQuote) else "| "
    title = [wrap(block.title, width - 2)] if isinstance(block, FactBox) else []
    inside = "\n\n".join([*title, *_blocks(block.blocks, number, width - 2)])
    return _indented(inside, mark, mark)


def _items(block: ItemList, number: Number, width: int) -> Iterator[str]:
    for count, item in enumerate(block.items, block.start or 0):
        mark = "* " if block.start is None else f"{count}. "
        inside = "\n\n".join(_blocks(item, number, width - len(mark)))
        yield _indented(inside, mark, " " * len(mark))


def _row(cells: Iterable[Runs], number: Number) -> str:
    return " | ".join(" ".join(numbered(cell, number).split()) for cell in cells)


def _note(note: Note, number: Number) -> str:
    mark = f"({note.number}) "
    inside = "\n\n".join(_blocks(note.blocks, number, WIDTH - len(mark)))
    return _indented(inside, mark, " " * len(mark))


def _indented(text: str, first: str, other: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        (f"{other if count else first}{line}").rstrip()
        for count, line in enumerate(lines)
    )
