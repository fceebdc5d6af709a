"""What is done to the HTML after the engine."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from press.digest.inert import release
from press.digest.room import fit_columns
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
    return fold(fit_columns(whole_widths(release(html))))


def whole_widths(html: str) -> str:
    """Round widths down to whole pixels: Outlook misreads others, and wraps sums."""
    return _TAG.sub(
        lambda tag: _MEASURED.sub(lambda value: _WIDTH.sub(_whole, value[0]), tag[0]),
        html,
    )


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
    ends = list(accumulate(_octets(line)))
    if not ends or ends[-1] <= longest:
        yield line
        return
    good, fair, soft = _breaks(line)
    start = 0
    head = ""
    while ends[-1] - (ends[start - 1] if start else 0) + len(head) > longest:
        room = longest - len(head) - len(_SOFT_BREAK[0])
        limit = bisect_right(ends, (ends[start - 1] if start else 0) + room)
        at = _last(good, start, limit) or _last(fair, start, limit)
        if at:
            yield head + line[start:at]
            start, head = at + 1, ""
        elif at := _last(soft, start, limit):
            yield head + line[start:at] + _SOFT_BREAK[0]
            start, head = at, _SOFT_BREAK[1]
        else:
            break
    yield head + line[start:]


def _octets(line: str) -> list[int]:
    """Return the octets of each character; a token's are those it may grow to."""
    octets = [len(character.encode()) for character in line]
    for token in _TOKENS.finditer(line):
        octets[token.start()] += room_for_tokens(token[0])
    return octets


def _last(points: list[int], start: int, limit: int) -> int | None:
    """Return the last of the sorted points between two offsets."""
    index = bisect_right(points, limit) - 1
    return points[index] if index >= 0 and points[index] > start else None


def _breaks(line: str) -> tuple[list[int], list[int], list[int]]:
    """Return where a line may be broken: well, fairly, and with a soft break."""
    good: list[int] = []
    fair: list[int] = []
    soft: list[int] = []
    for token in _TOKEN.finditer(line):
        start = token.start()
        if token.lastgroup == "tag":
            good += [start + found for found in _between_attributes(token[0])]
            fair += [
                start + value.start(1) + offset
                for value in _FREE_VALUE.finditer(token[0])
                for offset, character in enumerate(value[1])
                if character == " "
            ]
        elif token.lastgroup == "text":
            inside = _inside_references(token[0])
            for offset, character in enumerate(token[0]):
                if character == " ":
                    good.append(start + offset)
                elif offset and offset not in inside:
                    soft.append(start + offset)
    return good, fair, soft


def _between_attributes(tag: str) -> Iterator[int]:
    quoted = False
    for offset, character in enumerate(tag):
        if character == '"':
            quoted = not quoted
        elif character == " " and not quoted:
            yield offset


def _inside_references(text: str) -> set[int]:
    return {
        offset
        for reference in _REFERENCE.finditer(text)
        for offset in range(reference.start() + 1, reference.end())
    }
