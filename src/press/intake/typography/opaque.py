"""What typography never touches: code, addresses, names of files, numbers of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from press.model.copy import Mark, Run

#: Stands for a character that is not touched: a letter to every rule.
LETTER: Final = "ᚠ"
#: Stands for the number of a note: nothing to every rule.
NOTHING: Final = "\u2063"

_ADDRESSES: Final = re.compile(
    r"""(?:https?://|ftp://|www\.(?=\w))[^\s<>"“”‘«»]*[^\s<>"“”‘’«»'.,;:!?)\]…]
       |(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+
       |(?<![\w@.-])(?:[\w-]+\.)+(?:com|org|net|gov|edu|int|io|info|eu|co\.uk|org\.uk|gov\.uk|uk|example)
        (?![\w-])(?:/[^\s<>"“”‘«»]*[^\s<>"“”‘’«»'.,;:!?)\]…])?
       |(?<![\w./~-])[\w./~-]*[\w-]\.(?:pdf|docx?|xlsx?|pptx?|odt|csv|txt|md|html?|xml|json|ya?ml|zip|gz
        |jpe?g|png|gif|svg|webp|tiff?|mp[34]|mov|wav|py|js|css|sh|exe)(?!\w)
       |\bISBN(?:-1[03])?:?\s?[\d][\dxX\s\u00a0–-]{8,20}[\dxX]
       |\b10\.\d{4,}/[^\s<>"“”‘«»]*[^\s<>"“”‘’«»'.,;:!?)\]…]""",
    re.VERBOSE | re.IGNORECASE,
)
#: Without this there is nothing of the kind in a text.
_HINT: Final = re.compile(r"[.@]\w")
_SCHEME: Final = re.compile(r"^(?:https?://|mailto:|tel:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a paragraph.

    Attributes:
        run: The index of the run it belongs to.
        text: The text.
        seen: What the rules see in its place.
    """

    run: int
    text: str
    seen: str


def _bare(address: str) -> str:
    return _SCHEME.sub("", address.strip()).rstrip("/")


def _untouched(run: Run) -> bool:
    if Mark.CODE in run.marks:
        return True
    return run.link is not None and _bare(run.text) == _bare(run.link)


def _spell(run: Run, index: int) -> Iterator[Piece]:
    text = run.text
    if run.note is not None:
        yield Piece(run=index, text=text, seen=NOTHING * len(text))
    elif _untouched(run):
        yield Piece(run=index, text=text, seen=LETTER * len(text))
    else:
        last = 0
        hinted = "ISBN" in text or "://" in text or _HINT.search(text)
        for match in _ADDRESSES.finditer(text) if hinted else ():
            start, end = match.span()
            yield Piece(run=index, text=text[last:start], seen=text[last:start])
            yield Piece(run=index, text=match[0], seen=LETTER * (end - start))
            last = end
        yield Piece(run=index, text=text[last:], seen=text[last:])


def pieces_of(runs: tuple[Run, ...]) -> list[Piece]:
    """Part runs into what may be touched and what may not."""
    return [piece for index, run in enumerate(runs) for piece in _spell(run, index)]
