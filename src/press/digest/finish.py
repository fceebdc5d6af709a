"""What is done to the HTML after the engine."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from press.digest.inert import release
from press.digest.room import fit_columns, fit_pictures
from press.digest.token import TOKENS, room_for_tokens

#: RFC 5322, 2.1.1 allows 998 octets in a line, without its end.
LONGEST_LINE = 990

_TAG = re.compile(r'<[A-Za-z](?:[^"<>]|"[^"]*")*>')
_MEASURED = re.compile(r'\s(?:style|width)="[^"]*"')
_WIDTH = re.compile(r'((?<![\w-])(?:max-|min-)?width(?:="|:\s*))(\d+\.\d+)(?=px|")')

#: The engine works in single precision: 149.98003 is meant to be 150.
_NOISE = 0.1


def finish(html: str) -> str:
    """Make the engine's HTML ready for the post."""
    whole = whole_widths(yahoo_alone(release(html)))
    return fold(fit_pictures(fit_columns(whole)))


def yahoo_alone(html: str) -> str:
    """Let Yahoo alone read the rules with which the engine hides a carousel's arrows.

    With its comma (mrml 6.0.1) the condition is true on every screen; the official
    engine writes none, and then it is true for those that read it wrongly: Yahoo.
    """
    return html.replace("@media screen, yahoo {", "@media screen yahoo {")


def whole_widths(html: str) -> str:
    """Round widths down to whole pixels: Outlook misreads others, and wraps sums."""
    return _TAG.sub(lambda tag: _with_whole_widths(tag[0]), html)


@lru_cache(maxsize=4096)
def _with_whole_widths(tag: str) -> str:
    return _MEASURED.sub(lambda value: _WIDTH.sub(_whole, value[0]), tag)


def _whole(width: re.Match[str]) -> str:
    return f"{width[1]}{math.floor(float(width[2]) + _NOISE)}"


# --- Folding -------------------------------------------------------------------------

_TOKEN = re.compile(
    r"""(?P<remark><!(?:[^>]*)>)
      | (?P<tag></?[A-Za-z](?:[^"<>]|"[^"]*")*>)
      | (?P<text>[^<]+|<)""",
    re.VERBOSE,
)
_FREE_VALUE = re.compile(r'\s(?:alt|title|style|content|aria-label)="([^"]*)"')
_TOKENS = re.compile("|".join(TOKENS.all))
_SPACE = re.compile(" ")
_QUOTED_OR_SPACE = re.compile('"[^"]*"| ')
_REFERENCE = re.compile(r"&[#\w]+;")

#: An invitation to break where words are not parted by spaces; the line break stands
#: inside the tag, where it means nothing.
_SOFT_BREAK = ("<wbr", ">")


def fold(html: str, longest: int = LONGEST_LINE) -> str:
    """Break lines that are too long for the post, where white space means nothing.

    That is between the attributes of a tag or in place of a space in the text; where
    there is neither, in place of a space inside an alternative text or a style.
    """
    return "\n".join(
        piece for line in html.split("\n") for piece in _fold_line(line, longest)
    )


def _fold_line(line: str, longest: int) -> Iterator[str]:
    if not _is_longer(line, longest):
        yield line
        return
    good, fair = _breaks(line)
    soft: list[int] | None = None
    start = 0
    head = ""
    while _is_longer(line[start:], longest - len(head)):
        limit = _limit(line, start, longest - len(head) - len(_SOFT_BREAK[0]))
        at = _last(good, start, limit) or _last(fair, start, limit)
        if at:
            yield head + line[start:at]
            start, head = at + 1, ""
            continue
        soft = list(_soft_breaks(line)) if soft is None else soft
        if at := _last(soft, start, limit):
            yield head + line[start:at] + _SOFT_BREAK[0]
            start, head = at, _SOFT_BREAK[1]
        else:
            break
    yield head + line[start:]


def _is_longer(line: str, longest: int) -> bool:
    """Whether a line may have more octets, its tokens as long as they can be."""
    if len(line) > longest:
        return True
    return len(line.encode()) + room_for_tokens(line) > longest


def _limit(line: str, start: int, room: int) -> int:
    """Return the character up to which a line surely takes no more than some octets."""
    piece = _cut(line[start : start + room], room)
    grown = 0
    for token in _TOKENS.finditer(piece):
        more = grown + room_for_tokens(token[0])
        if len(piece[: token.end()].encode()) + more > room:
            piece = piece[: token.start()]
            break
        grown = more
    return start + len(_cut(piece, room - grown))


def _cut(text: str, octets: int) -> str:
    return text.encode()[: max(octets, 0)].decode(errors="ignore")


def _last(points: Sequence[int], start: int, limit: int) -> int | None:
    """Return the last of the sorted points between two offsets."""
    index = bisect_right(points, limit) - 1
    return points[index] if index >= 0 and points[index] > start else None


def _breaks(line: str) -> tuple[list[int], list[int]]:
    """Return where a line may be broken: well, and fairly."""
    good: list[int] = []
    fair: list[int] = []
    for token in _TOKEN.finditer(line):
        start = token.start()
        if token.lastgroup == "tag":
            between, within = _breaks_of(token[0])
            good += [start + offset for offset in between]
            fair += [start + offset for offset in within]
        elif token.lastgroup == "text":
            good += [start + space.start() for space in _SPACE.finditer(token[0])]
    return good, fair


@lru_cache(maxsize=4096)
def _breaks_of(tag: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where a tag may be broken: between attributes, and within free ones."""
    between = tuple(
        found.start() for found in _QUOTED_OR_SPACE.finditer(tag) if found[0] == " "
    )
    within = tuple(
        value.start(1) + space.start()
        for value in _FREE_VALUE.finditer(tag)
        for space in _SPACE.finditer(value[1])
    )
    return between, within


def _soft_breaks(line: str) -> Iterator[int]:
    """Yield where a break can be invited: within words, but not within references."""
    for token in _TOKEN.finditer(line):
        if token.lastgroup == "text":
            inside = _inside_references(token[0])
            for offset in range(1, len(token[0])):
                if offset not in inside and token[0][offset] != " ":
                    yield token.start() + offset


def _inside_references(text: str) -> set[int]:
    return {
        offset
        for reference in _REFERENCE.finditer(text)
        for offset in range(reference.start() + 1, reference.end())
    }
