"""Characters that nobody sees: taken out, and reported once for each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of invisible character.

    Attributes:
        name: What it is called, singular.
        names: What several are called; empty where that is the same with an s.
        characters: The characters, as the inside of a regular expression's class.
        instead: What stands in its place.
        rtl: Whether it has a job in text that holds right-to-left script.
        hint: Where it usually comes from, if that helps.
    """

    name: str
    characters: str
    names: str = ""
    instead: str = ""
    rtl: bool = False
    hint: str = ""

    def called(self, count: int) -> str:
        """Return what so many of them are called."""
        return self.name if count == 1 else self.names or f"{self.name}s"


_WORD = "it usually comes with text pasted from Word or from a web page"

#: Order matters only for speed: the first kind that holds a character names it.
KINDS: Final = (
    Kind(name="soft hyphen", characters="\u00ad", hint=_WORD),
    Kind(name="zero-width space", characters="\u200b", hint=_WORD),
    Kind(name="word joiner", characters="\u2060-\u2064"),
    Kind(
        name="direction mark",
        characters="\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069",
        rtl=True,
    ),
    Kind(
        name="sign that asks for an emoji",
        names="signs that ask for an emoji",
        characters="\ufe0e\ufe0f",
        hint="paper prints the plain sign before it",
    ),
    Kind(name="byte order mark", characters="\ufeff"),
    Kind(
        name="object replacement character",
        characters="\ufffc",
        hint="a picture or an object was lost where it stands",
    ),
    Kind(
        name="private-use character",
        characters="\ue000-\uf8ff\U000f0000-\U0010ffff",
        hint="a symbol of somebody's own font: write the sign itself",
    ),
    Kind(name="vertical tab", characters="\x0b", instead=" ", hint=_WORD),
    Kind(name="form feed", characters="\x0c", instead=" "),
    Kind(name="line separator", characters="\u2028", instead=" ", hint=_WORD),
    Kind(name="paragraph separator", characters="\u2029", instead="\n\n", hint=_WORD),
    Kind(name="next-line character", characters="\x85", instead=" "),
    Kind(
        name="control character",
        characters="\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff",
        hint="a quotation mark or dash may be lost here: compare with the original",
    ),
    Kind(
        name="lone surrogate",
        characters="\ud800-\udfff",
        hint="half a character was lost: compare with the original",
    ),
    Kind(name="formatting character", characters="\u180e\ufff9-\ufffb"),
)

JOINER: Final = Kind(
    name="joiner between Latin letters",
    names="joiners between Latin letters",
    characters="\u200c\u200d",
)

_ANY: Final = re.compile(f"[{''.join(kind.characters for kind in KINDS)}\u200c\u200d]")
_RTL: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc]")
#: A joiner works in Arabic and Indic scripts and in emoji; between these it does not.
_LATIN_BELOW: Final = "\u0250"


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """A line of text without invisible characters, and the kinds that were in it."""

    text: str
    kinds: tuple[Kind, ...] = ()


@lru_cache(maxsize=256)
def _kind_of(character: str) -> Kind:
    return next(
        (kind for kind in KINDS if re.match(f"[{kind.characters}]", character)), JOINER
    )


def _kept(line: str, at: int, kind: Kind, *, rtl: bool) -> bool:
    if kind is JOINER:
        around = line[max(at - 1, 0) : at] + line[at + 1 : at + 2]
        return any(character >= _LATIN_BELOW for character in around)
    return kind.rtl and rtl


def _pieces(line: str, kinds: list[Kind]) -> Iterator[str]:
    rtl = _RTL.search(line) is not None
    last = 0
    for match in _ANY.finditer(line):
        at = match.start()
        kind = _kind_of(match[0])
        if _kept(line, at, kind, rtl=rtl):
            continue
        kinds.append(kind)
        yield line[last:at]
        yield kind.instead
        last = at + 1
    yield line[last:]


def holds_invisible(text: str) -> bool:
    """Whether a text holds a character that may have to go."""
    return _ANY.search(text) is not None


def sweep(line: str) -> Swept:
    """Take the invisible characters out of a line."""
    if not holds_invisible(line):
        return Swept(text=line)
    kinds: list[Kind] = []
    text = "".join(_pieces(line, kinds))
    return Swept(text=text, kinds=tuple(kinds))
