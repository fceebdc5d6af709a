"""Tell an article's front matter from its text, without losing a line number."""

from __future__ import annotations

from dataclasses import dataclass

from press.manifest.source import Source
from press.model.finding import Checked, error

FENCE = "---"
TOML_FENCE = "+++"
EXAMPLE = "begin the file with: ---, then title: …, then --- again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Where front matter and text stand, in lines counted from 0.

    Attributes:
        first: First line of the front matter.
        last: The line after its last one: the closing fence.
        text: First line of the text.
    """

    first: int
    last: int
    text: int


def split(source: Source) -> Checked[Parts]:
    """Find front matter and text; without front matter there is only text."""
    lines = source.lines
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    fence = lines[start].rstrip()
    if fence != FENCE:
        message = "this article has no front matter"
        hint = EXAMPLE
        if fence == TOML_FENCE:
            message = "this front matter is TOML, which press does not read"
            hint = "write it as YAML between two lines ---"
        finding = error("article.front-matter", message, source.place(start), hint)
        return Checked(
            value=Parts(first=start, last=start, text=start), findings=(finding,)
        )
    for number in range(start + 1, len(lines)):
        if lines[number].rstrip() == FENCE:
            return Checked(value=Parts(first=start + 1, last=number, text=number + 1))
    finding = error(
        "article.front-matter",
        "the front matter is never closed",
        source.place(start, 0, len(FENCE)),
        "put a line --- between the front matter and the text",
    )
    return Checked(value=None, findings=(finding,))
