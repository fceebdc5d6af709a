"""Read the text of an article: paragraphs without markup."""

from __future__ import annotations

from dataclasses import dataclass

from press.model.article import Picture
from press.model.copy import Copy, Paragraph, Run
from press.model.finding import Finding, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRead:
    """What the text of an article holds.

    Attributes:
        copy: The text.
        pictures: The pictures it shows, in order of appearance.
        findings: What cannot be set.
    """

    copy: Copy
    pictures: tuple[Picture, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_body(text: str, *, file: str, first_line: int) -> BodyRead:
    """Read the text of an article; `first_line` is its line in the file, from 1."""
    blocks: list[Paragraph] = []
    line = first_line
    for block in text.split("\n\n"):
        if words := block.strip():
            skipped = len(block) - len(block.lstrip("\n"))
            place = Place(file=file, line=line + skipped)
            blocks.append(Paragraph(runs=(Run(text=words),), place=place))
        line += block.count("\n") + 2
    return BodyRead(copy=Copy(blocks=tuple(blocks)))
