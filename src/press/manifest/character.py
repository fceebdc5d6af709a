"""Characters that do not belong in copy: control characters and wrong decodings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: What can neither be printed nor be shown safely: control characters but tab and
#: line feed, overrides of the writing direction, lone surrogates, noncharacters.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufffe\uffff]"
)
#: What hides in pasted text and means nothing in print.
HIDDEN = re.compile("[\u00ad\u200b\u2028\u2029\u2060\ufeff\ufffc]")
SEPARATORS = re.compile("[\u2028\u2029]")
#: What YAML refuses or takes for a line break.
FOREIGN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
#: White space and characters without width.
BLANK = re.compile(
    "[\\s\x00-\x1f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]*"
)
INVISIBLE_SPACES = "\u00a0\u2007\u202f\u3000"
STAND_IN = 0xF0000
STAND_INS = re.compile("[\U000f0000-\U000fffff]")
# Characters that Windows-1252 has where Latin-1 has control characters.
CP1252_EXTRA = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
WRONG_DECODING = re.compile(f"[\u00c2-\u00f4][\u0080-\u00bf{CP1252_EXTRA}]{{1,3}}")


def shown(line: str) -> str:
    """Return a line that is safe on a terminal, column for column."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", line)


def shielded(text: str) -> str:
    """Put stand-ins in the place of characters that YAML refuses."""
    return FOREIGN.sub(lambda found: chr(STAND_IN + ord(found[0])), text)


def unshielded(text: str) -> str:
    """Put the characters back that `shielded` replaced."""
    return STAND_INS.sub(_original, text)


def _original(found: re.Match[str]) -> str:
    original = chr(ord(found[0]) - STAND_IN)
    return original if FOREIGN.match(original) else found[0]


def without_hidden(text: str) -> str:
    """Return a text without what hides in it; separators become spaces."""
    return HIDDEN.sub("", SEPARATORS.sub(" ", text))


def is_blank(text: str) -> bool:
    """Whether a text holds nothing that shows."""
    return BLANK.fullmatch(text) is not None


def name_of(character: str) -> str:
    """Return a character's number and name: "U+202E (right-to-left override)"."""
    number = f"U+{ord(character):04X}"
    if "\ud800" <= character <= "\udfff":
        return f"{number} (half of a broken character)"
    name = unicodedata.name(character, "a control character")
    return f"{number} ({name.lower() if name.isupper() else name})"


def wrong_decodings(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield what looks like UTF-8 read as Windows-1252.

    Yields:
        The offset, the odd characters, and what they should have been.
    """
    for found in WRONG_DECODING.finditer(text):
        for length in range(len(found[0]), 1, -1):
            odd = found[0][:length]
            try:
                meant = _as_bytes(odd).decode("utf-8")
            except UnicodeError:
                continue
            yield found.start(), odd, meant
            break


def _as_bytes(text: str) -> bytes:
    return b"".join(
        char.encode("latin-1") if char < "\u0100" else char.encode("cp1252")
        for char in text
    )
