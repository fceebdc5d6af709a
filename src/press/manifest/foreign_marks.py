"""What a website's machine reads in Markdown, and no reader: taken out, and told."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from press.manifest.body.masking import code_in
from press.manifest.body.remark import remarks_in
from press.manifest.source import Source
from press.model.incoming import TakenMark

_SITE: Final = re.compile(r"\{\{-?\s*site\.(?:base_?)?url\s*-?\}\}")
_RELATIVE: Final = re.compile(
    r"\{\{-?\s*['\"](?P<path>[^'\"{}|]+)['\"]\s*\|\s*(?:relative|absolute)_url\s*-?\}\}"
)
#: kramdown's lists of attributes: `{: .lead}`, `{:width="300"}`; `{#id}` of headings.
_ATTRIBUTES: Final = re.compile(
    r"(?<!\\)\{:(?!:comment)[^{}\n]*\}|(?<=\S)[ \t]*\{\#[\w:.-]+\}(?=[ \t\#]*$)",
    re.MULTILINE,
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

    Comments of editors go, too. What stands in code stays.

    Args:
        source: The file.
        first: The first line of its text, counted from 0.
    """
    text = "\n".join(source.lines[first:])
    starts = [0, *accumulate(len(line) + 1 for line in source.lines[first:])]
    numbers = list(range(first + 1))
    kept, taken, done = [], [], 0

    def line_of(at: int) -> int:
        return first + bisect_right(starts, at) - 1

    def keep(until: int) -> None:
        kept.append(text[done:until])
        numbers.extend(range(line_of(done) + 1, line_of(until) + 1))

    for start, end, remark in _spans(text):
        line = line_of(start)
        place = source.place(line, start - starts[line - first], end - start)
        written = text[start:end].strip()
        taken.append(TakenMark(text=written, place=place, remark=remark))
        keep(start)
        done = end
    keep(len(text))
    lines = "".join(kept).split("\n")
    made = replace(
        source, lines=(*source.lines[:first], *lines), numbers=tuple(numbers)
    )
    return made, tuple(taken)


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield in order what is to be taken out: from where to where, and what it says."""
    code = code_in(text)
    remarks = list(remarks_in(text, code))
    said = [(one.start, one.end) for one in remarks]
    marks = (match.span() for match in _MARKS.finditer(text))
    found = [
        (start, end, "")
        for start, end in marks
        if not _lies_in(start, code) and not _lies_in(start, said)
    ]
    yield from sorted([*found, *((one.start, one.end, one.words) for one in remarks)])


def _lies_in(at: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in one of these ranges, which are in order."""
    before = bisect_right(ranges, at, key=lambda one: one[0]) - 1
    return before >= 0 and at < ranges[before][1]
