"""Reads the body of an article: source, tree, blocks, notes, findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from press.manifest.body.blocks import HANDLERS
from press.manifest.body.flow import Reader
from press.manifest.body.judging import Judge
from press.manifest.body.notes import Notes
from press.manifest.body.paywall import find_wall
from press.manifest.body.report import Report
from press.manifest.body.source import Sweeper, prepare
from press.manifest.body.tokens import Weaver
from press.manifest.body.tree import Builder
from press.model.article import Picture
from press.model.copy import (
    Block,
    BlockQuote,
    Copy,
    Crosshead,
    FactBox,
    ItemList,
    Note,
    Separator,
)
from press.model.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRead:
    """What an article's body says.

    Attributes:
        copy: The text.
        paywall: How many blocks of it stand before the paywall line; None for none.
        pictures: Pictures that the text shows, in order; `file` as the writer wrote it.
        findings: What was odd, dropped or wrong, in the order of the lines.
    """

    copy: Copy
    paywall: int | None
    pictures: tuple[Picture, ...]
    findings: tuple[Finding, ...]


def _levels(blocks: tuple[Block, ...]) -> set[int]:
    found: set[int] = set()
    for block in blocks:
        if isinstance(block, Crosshead):
            found.add(block.level)
        elif isinstance(block, BlockQuote | FactBox):
            found |= _levels(block.blocks)
        elif isinstance(block, ItemList):
            for item in block.items:
                found |= _levels(item)
    return found


def _relevelled(block: Block, ranks: Mapping[int, int]) -> Block:
    if isinstance(block, Crosshead):
        return replace(block, level=ranks[block.level])
    if isinstance(block, BlockQuote | FactBox):
        return replace(block, blocks=_all_relevelled(block.blocks, ranks))
    if isinstance(block, ItemList):
        items = tuple(_all_relevelled(item, ranks) for item in block.items)
        return replace(block, items=items)
    return block


def _all_relevelled(
    blocks: tuple[Block, ...], ranks: Mapping[int, int]
) -> tuple[Block, ...]:
    return tuple(_relevelled(block, ranks) for block in blocks)


def _finish(blocks: tuple[Block, ...], notes: tuple[Note, ...]) -> Copy:
    """Let the highest crosshead be of level 1, and no separator end the text."""
    while blocks and isinstance(blocks[-1], Separator):
        blocks = blocks[:-1]
    levels = _levels(blocks).union(*(_levels(note.blocks) for note in notes))
    ranks = {level: rank for rank, level in enumerate(sorted(levels), 1)}
    return Copy(
        blocks=_all_relevelled(blocks, ranks),
        notes=tuple(
            replace(note, blocks=_all_relevelled(note.blocks, ranks)) for note in notes
        ),
    )


def _tell_depth(builder: Builder, report: Report) -> None:
    if builder.too_deep is not None:
        report.warning(
            "article.extreme",
            "lists, quotations or tags are nested more than 100 deep: "
            "the innermost were set as plain text",
            builder.too_deep,
            hint="nest less deeply",
        )


def read_body(text: str, *, file: str, first_line: int) -> BodyRead:
    """Read the body of an article.

    Args:
        text: The body, without front matter.
        file: The file's path from the newspaper's folder, for findings.
        first_line: The line of the file at which the text begins.

    Returns:
        The copy, its pictures and all findings; nothing in a text stops the reading.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    report = Report(file=file, first_line=first_line, lines=text.split("\n"))
    sweeper = Sweeper(report)
    source = prepare(text, first_line=first_line, report=report, sweeper=sweeper)
    builder = Weaver(source, report).weave()
    _tell_depth(builder, report)
    judge = Judge(report=report, source=source, sweeper=sweeper)
    notes = Notes(report=report)
    notes.give(builder.notes)
    reader = Reader(report=report, judge=judge, notes=notes, handlers=HANDLERS)
    blocks = reader.text(builder.root)
    set_notes = tuple(
        Note(
            number=number,
            blocks=reader.blocks(element),
            place=report.block(element.line),
        )
        for number, element in notes.wanted()
    )
    notes.tell_unused()
    judge.finish()
    sweeper.tell()
    copy = _finish(blocks, set_notes)
    return BodyRead(
        copy=copy,
        paywall=find_wall(reader.walls, copy, report),
        pictures=tuple(reader.pictures),
        findings=report.findings(),
    )
