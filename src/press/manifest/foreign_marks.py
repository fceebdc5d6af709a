"""What a website's machine reads in Markdown, and no reader: taken out, and told."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import Final

from press.manifest.body.masking import code_in
from press.manifest.source import Source
from press.model.incoming import TakenMark

_SITE: Final = re.compile(r"\{\{-?\s*site\.(?:base_?)?url\s*-?\}\}")
_RELATIVE: Final = re.compile(
    r"\{\{-?\s*['\"](?P<path>[^'\"{}|]+)['\"]\s*\|\s*(?:relative|absolute)_url\s*-?\}\}"
)
#: kramdown's lists of attributes: `{: .lead}`, `{:width="300"}`; `{#id}` of headings.
_ATTRIBUTES: Final = re.compile(
    r"(?<!\\)\{:[^{}\n]*\}|(?<=\S)[ \t]*\{\#[\w:.-]+\}(?=[ \t\#]*$)", re.MULTILINE
)
_MARKS: Final = re.compile(rf"{_SITE.pattern}|{_ATTRIBUTES.pattern}", re.MULTILINE)


def resolved(source: Source) -> Source:
    """Return a file with the paths that stand in Jekyll's filters for addresses."""
    lines = (_RELATIVE.sub(r"\g<path>", line) for line in source.lines)
    return replace(source, lines=tuple(lines))


def without_site(source: Source, last: int) -> Source:
    """Return a file without what stands for the site's address in its front matter.

    Args:
        source: The file.
        last: The line after the front matter.
    """
    head = (_SITE.sub("", line) for line in source.lines[:last])
    return replace(source, lines=(*head, *source.lines[last:]))


def without_marks(source: Source, first: int) -> tuple[Source, tuple[TakenMark, ...]]:
    """Return a file without such marks in its text, and what was taken out.

    What stands in code stays.

    Args:
        source: The file.
        first: The first line of its text, counted from 0.
    """
    text = "\n".join(source.lines[first:])
    code = code_in(text)
    starts = [0, *accumulate(len(line) + 1 for line in source.lines[first:])]
    kept, taken, done = [], [], 0
    for match in _MARKS.finditer(text):
        start, end = match.span()
        if any(since <= start < until for since, until in code):
            continue
        line = bisect_right(starts, start) - 1
        place = source.place(first + line, start - starts[line], end - start)
        taken.append(TakenMark(text=match[0].strip(), place=place))
        kept.append(text[done:start])
        done = end
    lines = "".join([*kept, text[done:]]).split("\n")
    return replace(source, lines=(*source.lines[:first], *lines)), tuple(taken)
