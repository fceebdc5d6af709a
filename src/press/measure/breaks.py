"""Where a paragraph may be broken into lines, and at what price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from press.model.layout import TextSettings
from press.ports import Hyphenator

NO_BREAK = "\u00a0"
#: A line may end after these without a hyphen being added.
AFTER = "-–—/"
#: Long addresses may also end a line after these.
AFTER_IN_ADDRESS = "/.?&=_-#%+,;:@|"
#: Letters an address keeps together at its beginning.
ADDRESS_START = 3
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_TOKEN = re.compile(r"[^ \n]+")
_ADDRESS = re.compile(r"://|^www\.|@|\w/\w.*/|\w\.\w+/")

#: Scripts that break between any two letters, and what may not begin or end a line.
_IDEOGRAPH = re.compile(
    r"[\u2e80-\u2fdf\u3005-\u3007\u3021-\u30ff\u3400-\u9fff\uf900-\ufaff\uff10-\uff9f]"
)
_NOT_FIRST = (
    "、。，．：；？！」』】）〉》〕｝ーっゃゅょッャュョぁぃぅぇぉァィゥェォ々…‥"
)
_NOT_LAST = "「『【（〈《〔｛"

PENALTY_HYPHEN = 60.0
PENALTY_NAME = 160.0
PENALTY_EXPLICIT = 20.0
PENALTY_ADDRESS = 120.0
PENALTY_FORCED = 400.0


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may end.

    Attributes:
        end: Offset after the line's last character.
        resume: Offset of the next line's first character.
        penalty: What a break here costs, in units of badness.
        hyphen: Whether a hyphen is added.
        must: Whether the line must end here.
    """

    end: int
    resume: int
    penalty: float = 0.0
    hyphen: bool = False
    must: bool = False


def find_breaks(
    text: str,
    *,
    lang: str,
    hyphenator: Hyphenator | None,
    settings: TextSettings,
    literal: Sequence[tuple[int, int]] = (),
) -> list[Break]:
    """Return every place where a paragraph may be broken, in order; the end is last.

    Args:
        text: The paragraph with single spaces; a line feed is a break that must be.
        lang: Language of its words.
        hyphenator: Knows where words divide; None hyphenates nothing.
        settings: How short a divided word may be.
        literal: Offsets (from, to) of code, which is never hyphenated.
    """
    found: list[Break] = []
    for token in _TOKEN.finditer(text):
        start, word = token.start(), token[0]
        code = any(a <= start < b for a, b in literal)
        if _ADDRESS.search(word) or (code and len(word) > settings.hyphen_word):
            found += _breaks_in_address(word, start)
        else:
            found += _breaks_after_dashes(word, start)
            if hyphenator is not None and not code:
                found += _hyphens(word, start, lang, hyphenator, settings)
        found += _between_ideographs(word, start)
        stop = token.end()
        if stop < len(text):
            found.append(Break(stop, stop + 1, must=text[stop] == "\n"))
    found.append(Break(len(text), len(text), must=True))
    return sorted(set(found), key=lambda one: (one.end, one.penalty))


def _breaks_after_dashes(word: str, start: int) -> Iterator[Break]:
    for i, character in enumerate(word[:-1]):
        if character in AFTER and i > 0 and word[i + 1] != NO_BREAK:
            yield Break(start + i + 1, start + i + 1, PENALTY_EXPLICIT)


def _between_ideographs(word: str, start: int) -> Iterator[Break]:
    if word.isascii():
        return
    for i in range(1, len(word)):
        before, after = word[i - 1], word[i]
        if not (_IDEOGRAPH.match(before) or _IDEOGRAPH.match(after)):
            continue
        if before not in _NOT_LAST and after not in _NOT_FIRST:
            yield Break(start + i, start + i)


def ideographic(text: str) -> bool:
    """Whether most of a text breaks between any two letters, as Japanese does."""
    return len(_IDEOGRAPH.findall(text)) * 3 > len(text)


def _breaks_in_address(word: str, start: int) -> Iterator[Break]:
    for i, character in enumerate(word[:-1]):
        if (
            i >= ADDRESS_START
            and character in AFTER_IN_ADDRESS
            and word[i + 1] not in (character, "/" if character == ":" else "")
        ):
            yield Break(start + i + 1, start + i + 1, PENALTY_ADDRESS)


def _hyphens(
    word: str, start: int, lang: str, hyphenator: Hyphenator, settings: TextSettings
) -> Iterator[Break]:
    for part in _WORD.finditer(word):
        letters = part[0]
        if len(letters) < settings.hyphen_word or letters[1:].upper() == letters[1:]:
            continue  # too short, or capitals: an abbreviation
        name = letters[0].isupper()
        for at in hyphenator.points(letters, lang):
            before, after = at, len(letters) - at
            if before >= settings.hyphen_before and after >= settings.hyphen_after:
                offset = start + part.start() + at
                penalty = PENALTY_NAME if name else PENALTY_HYPHEN
                yield Break(offset, offset, penalty, hyphen=True)


def force_breaks(
    text: str, breaks: list[Break], advances: Sequence[float], measure: float
) -> list[Break]:
    """Add breaks inside pieces that are wider than the measure.

    A word that no rule divides is divided between any two letters, with a hyphen; an
    address or a number without one. Nothing may run out of its column.
    """
    out: list[Break] = []
    resume = 0
    for one in breaks:
        width, since = 0.0, resume
        for i in range(resume, one.end):
            if text[i] == NO_BREAK and i > since:
                out.append(Break(i, i + 1, PENALTY_FORCED))
            width += advances[i]
            if width > measure * 0.92 and i > since:
                hyphen = text[i - 1].isalpha() and text[i].isalpha()
                out.append(Break(i, i, PENALTY_FORCED, hyphen=hyphen))
                width, since = advances[i], i
        out.append(one)
        resume = one.resume
    return out
