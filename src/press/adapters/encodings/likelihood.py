"""How likely it is that a text was read in the right encoding.

Every character beyond ASCII is weighed by what it is and what it stands between. A text
in the wrong encoding has signs in the middle of words, capitals after small letters,
quotation marks that face the wrong way, and letters that no language has together.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection
from typing import Final

from press.adapters.encodings.alphabets import (
    COMMON_EAST_ASIAN,
    LATIN_LETTERS,
    OTHER_LETTERS,
)

#: Weights are logarithms of how often a character is met in running text, roughly.
_NEVER: Final = -14.0
_SELDOM: Final = -9.0
_OUT_OF_PLACE: Final = -6.0
_OPENING: Final = "“‘«„‹¿¡‚"
_CLOSING: Final = "”’»“›‘"
_BETWEEN: Final = "’·\u00ad\u2011\u200c\u200d‐"
_DASHES: Final = "–—"
_SIGNS: Final = "€£°º©®™•×±½¼¾§²³ª¢¥№†µ‰¹"
#: Letters that are words.
_WORDS: Final = "àèéóáúòôùывсиаоукяіВСИАОУКЯІÀÈÉÓÁא"
_FOREIGN: Final = -2.0
_SPACES: Final = "\u00a0\u202f\u3000"
_VOWEL: Final = -5.0
_EAST: Final = 0x3000
_FULL_WIDTH: Final = range(0xFF01, 0xFF61)
_HALF_WIDTH: Final = range(0xFF61, 0xFFA0)
_KANA: Final = range(0x3041, 0x30FF)
_HANGUL: Final = range(0xAC00, 0xD7A4)
_CJK: Final = range(0x4E00, 0x9FA6)
_CJK_SIGNS: Final = "、。「」『』・…“”（）《》〈〉【】，；：？！—〜～"
_SCRIPTS: Final = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "THAI")


def likelihood(text: str, languages: Collection[str] = ()) -> float:
    """Return how likely a text is, as a logarithm; what is ASCII counts for nothing.

    Args:
        text: The text.
        languages: Those that its letters of ASCII may be of (ISO 639-1); all, if none.
    """
    padded = f"  {text}  "
    total = 0.0
    letters: Counter[str] = Counter()
    for place in range(2, len(padded) - 2):
        one = padded[place]
        if one.isascii():
            continue
        around = padded[place - 2 : place + 3]
        if one.isalpha() and ord(one) < _KANA.start and one not in _SIGNS:
            letters[one.lower()[0]] += 1
            total += _in_word(around)
        else:
            total += _sign(around[1], one, around[3])
    return total + _best_language(letters, languages) - _strange(text, letters)


def _best_language(letters: Counter[str], languages: Collection[str]) -> float:
    """Return how likely letters are in the language that has most of them."""
    count = letters.total()
    alphabets = [
        (known, 0.0 if not languages or language in languages else _FOREIGN * count)
        for language, known in LATIN_LETTERS.items()
    ] + [(known, 0.0) for known in OTHER_LETTERS.values()]
    return max(
        odds + sum(times * known.get(one, _SELDOM) for one, times in letters.items())
        for known, odds in alphabets
    )


def _strange(text: str, letters: Counter[str]) -> float:
    """Return how odd it is that few letters of another script stand in a text."""
    others = sum(
        times for one, times in letters.items() if _script(one) not in {"LATIN", ""}
    )
    ascii_letters = sum(1 for one in text if one.isascii() and one.isalpha())
    return 3.0 * others if others < ascii_letters / 4 else 0.0


def _in_word(around: str) -> float:
    """Return how odd it is that a letter stands where it stands, at most 0."""
    first, before, one, after, last = tuple(around)
    odd = 0.0
    for beside in (before, after):
        if beside.isalpha() and _script(beside) != _script(one):
            odd += _OUT_OF_PLACE
        odd -= 4.0 * beside.isdigit()
    if not before.isalpha() and not after.isalpha() and one not in _WORDS:
        odd -= 4.0
    if not one.isupper():
        return odd + (_OUT_OF_PLACE if before.isupper() and first.islower() else 0.0)
    odd -= 1.0
    if before.islower():
        return odd + _OUT_OF_PLACE
    if not before.isalpha() and after.isupper() and last.islower():
        return odd + _OUT_OF_PLACE  # “ÒWhere”
    if before.isupper() and after.islower():
        return odd - 3.0  # “18FÕs”
    return odd


def _sign(before: str, one: str, after: str) -> float:
    """Return how likely a character that is no letter is, where it stands."""
    if ord(one) >= _EAST:
        return _east_asian(one)
    if one in _BETWEEN and before.isalnum() and after.isalnum():
        return -2.0
    for signs, weigh in _PLACES:
        if one in signs:
            return weigh(before, one, after)
    category = unicodedata.category(one)
    if category in {"Cc", "Cn", "Co", "Cs"}:
        return _NEVER
    return _VOWEL if category == "Mn" else -12.0  # of Arabic, Hebrew and Thai


def _dash(before: str, _one: str, after: str) -> float:
    if before.isalnum() != after.isalnum():
        return -5.0
    return -4.0 if before.isalnum() else -3.0


def _space(before: str, _one: str, after: str) -> float:
    return -5.0 if before.isspace() or after.isspace() else -2.5


def _apostrophe(before: str, _one: str, after: str) -> float:
    return -5.0 if not before.isalnum() and after.isalpha() else -3.5


def _quote(before: str, one: str, after: str) -> float:
    starts, ends = not before.isalnum(), not after.isalnum()
    opens = one in _OPENING and starts and not ends
    closes = one in _CLOSING and ends and not before.isspace()
    if opens or closes:
        return -2.5
    return -5.0 if starts and ends else -10.0


def _bullet(before: str, _one: str, after: str) -> float:
    return -10.0 if before.isalnum() or after.isalnum() else -4.0


def _mark(before: str, one: str, after: str) -> float:
    counted = before.isdigit() and one not in "£©"
    if counted or (after.isdigit() and one in "£€¥§±"):
        return -3.5
    return -10.0 if before.isalnum() and after.isalnum() else -6.0


_PLACES: Final = (
    (_DASHES, _dash),
    ("…", lambda _before, _one, _after: -4.0),
    (_SPACES, _space),
    ("’", _apostrophe),
    (_OPENING + _CLOSING, _quote),
    ("•", _bullet),
    (_SIGNS, _mark),
)


def _east_asian(one: str) -> float:
    number = ord(one)
    if one in COMMON_EAST_ASIAN or one in _CJK_SIGNS:
        return -5.0
    if number in _KANA or number in _HANGUL:
        return -6.5
    if number in _CJK:
        return -9.0 if _is_usual(one) else _NEVER
    if number in _FULL_WIDTH:
        return -8.0
    return -7.0 if number in _HALF_WIDTH else _NEVER


def _is_usual(one: str) -> bool:
    """Whether a character is among the usual ones of a country of East Asia.

    The standards set those apart from the rare ones: GB 2312's first part ends at D7,
    that of JIS X 0208 at CF, and that of Big5 at C6.
    """
    for name, last in (("gb2312", 0xD7), ("euc_jp", 0xCF), ("big5", 0xC6)):
        try:
            if one.encode(name)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False


def _script(one: str) -> str:
    name = unicodedata.name(one, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "")
