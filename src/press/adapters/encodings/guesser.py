"""Tells encodings: by what a text says itself, or by how it reads in each."""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import Any, Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from press.adapters.encodings.likelihood import likelihood
from press.model.incoming import Encoding

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
#: What Python makes of bytes that cannot be read, where it is to keep them.
_STRAYS: Final = frozenset(map(chr, range(0xDC80, 0xDD00)))
_BEYOND: Final = re.compile(rb"[\x80-\xff]+")
#: Shorter texts tell no language; so much less likely (nats) is another one no more.
_LEAST_WORDS: Final = 60
_DOUBT: Final = 10.0
_WIDE: Final = 4_000
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f]")
_LAST_ASCII: Final = 127
_JAPANESE_MAIL: Final = "iso2022_jp"
_ESCAPE: Final = b"\x1b$"
#: The encodings in which newspapers get texts, with how much less likely each is than
#: the first, in nats, and what people call it. Of those that differ in a few characters
#: only, the one that is met more often stands for all.
_CANDIDATES: Final = (
    ("cp1252", 0.0, "Windows-1252"),
    ("mac_roman", -2.0, "Mac Roman"),
    ("iso8859_15", -4.0, "Latin-9 (ISO 8859-15)"),
    ("cp850", -4.0, "DOS code page 850"),
    ("cp437", -5.0, "DOS code page 437"),
    ("cp1250", -2.0, "Windows-1250"),
    ("iso8859_2", -3.0, "Latin-2 (ISO 8859-2)"),
    ("cp1251", -1.0, "Windows-1251"),
    ("koi8_r", -2.0, "KOI8-R"),
    ("koi8_u", -2.5, "KOI8-U"),
    ("cp866", -3.0, "DOS code page 866"),
    ("iso8859_5", -4.0, "ISO 8859-5"),
    ("cp1253", -2.0, "Windows-1253"),
    ("iso8859_7", -3.0, "ISO 8859-7"),
    ("cp1254", -2.0, "Windows-1254"),
    ("cp1255", -2.0, "Windows-1255"),
    ("iso8859_8", -3.0, "ISO 8859-8"),
    ("cp1256", -2.0, "Windows-1256"),
    ("iso8859_6", -3.0, "ISO 8859-6"),
    ("cp1257", -3.0, "Windows-1257"),
    ("iso8859_13", -4.0, "Latin-7 (ISO 8859-13)"),
    ("cp932", -2.0, "Shift-JIS"),
    ("euc_jp", -3.0, "EUC-JP"),
    ("cp949", -2.0, "EUC-KR"),
    ("gb18030", -2.0, "GB 18030"),
    ("big5", -3.0, "Big5"),
)
#: How many bytes beyond ASCII, with what stands around them, tell enough.
_LOOKED_AT: Final = 8_000
_CONTEXT: Final = re.compile(rb"[^\n]*[\x80-\xff][^\n]*(?:\n|$)")
#: Below this for each byte beyond ASCII it is no text.
_LEAST: Final = -9.0


class Encodings:
    """Tells encodings. Keeps the promise of `EncodingGuesser`."""

    def guess(self, data: bytes) -> Encoding | None:
        """Return the likeliest encoding; None where it seems to be no text."""
        for mark, name, shown in _MARKS:
            if data.startswith(mark) and _reads(data, name):
                return Encoding(name=name, shown=shown, sure=True)
        if b"\x00" in data:
            return _wide(data)
        if _ESCAPE in data and _reads(data, _JAPANESE_MAIL):
            return Encoding(name=_JAPANESE_MAIL, shown="ISO-2022-JP", sure=True)
        if _reads(data, "utf-8"):
            return Encoding(name="utf-8", shown="UTF-8", sure=True)
        if strays := _strays(data):
            return Encoding(name="utf-8", shown="UTF-8", sure=False, strays=strays)
        return _likeliest(data)


def _strays(data: bytes) -> int:
    """Return how many bytes of a text in UTF-8 are none; 0 for what is no such text.

    Where letters written as UTF-8 are at least as many as such bytes, it is one: those of
    other encodings look like it by chance only.
    """
    text = data.decode("utf-8", errors="surrogateescape")
    strays = sum(1 for one in text if one in _STRAYS)
    letters = sum(1 for one in text if not one.isascii()) - strays
    return strays if letters >= strays else 0


def _likeliest(data: bytes) -> Encoding | None:
    """Return the encoding in which a text reads most like one; None for no text."""
    telling = b"".join(_CONTEXT.findall(data))[:_LOOKED_AT]
    languages = _languages(telling)
    found = [
        (prior + likelihood(text, languages), name, shown)
        for name, prior, shown in _CANDIDATES
        if (text := _read(telling, name)) is not None and _reads(data, name)
    ]
    if not found:
        return None
    best, name, shown = max(found, key=lambda one: one[0])
    high = sum(1 for one in telling if one > _LAST_ASCII)
    if best < _LEAST * high + min(one[1] for one in _CANDIDATES):
        return None
    return Encoding(name=name, shown=shown, sure=False)


def _languages(telling: bytes) -> frozenset[str]:
    """Return the languages that the ASCII of a text may be of; none where it is little."""
    text = _BEYOND.sub(b" ", telling).decode("ascii")
    if len(text) < _LEAST_WORDS:
        return frozenset()
    ranked = _model().rank(text)
    (_, best), *_ = ranked
    return frozenset(name for name, odds in ranked if odds > best - _DOUBT)


@cache
def _model() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _read(data: bytes, name: str) -> str | None:
    """Return the start of a text in an encoding; its last letter may be cut off."""
    reader = codecs.getincrementaldecoder(name)()
    try:
        return reader.decode(data)
    except UnicodeDecodeError:
        return None


def _reads(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _wide(data: bytes) -> Encoding | None:
    """Return UTF-16 without its mark, of whichever order of bytes reads as a text."""
    found = []
    for name in ("utf-16-le", "utf-16-be"):
        start = _read(data[:_WIDE], name)
        if start and not _CONTROL.search(start) and _reads(data, name):
            found.append((likelihood(start) / len(start), name))
    best, name = max(found, default=(_LEAST, ""))
    return Encoding(name=name, shown="UTF-16", sure=False) if best > _LEAST else None
