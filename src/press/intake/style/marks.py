"""Quotation marks and brackets that do not pair, and stops on the wrong side of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from press.intake.style.passage import Passage, PassageKind, words_of
from press.model.finding import Finding, note, warning

_PAIRS = {")": "(", "]": "[", "}": "{"}
_BRACKETS = re.compile(r"[()\[\]{}]")
#: “a)”, “iv)” and “12)” count things off; “:)” smiles.
_COUNTS_OFF = re.compile(r"(?:(?<!\w)(?:\w|\d{1,3}|[ivx]{1,5})|[:;]-?)\)$")
_QUOTED = re.compile(r"“([^“”]{1,300}?)([.,])”")
_WORDS = re.compile(r"[^\W\d_]+")
#: Words a fragment has at most before a full stop, and before a comma; longer ones are
#: speech.
FRAGMENT = {".": 12, ",": 8}
#: Words after a quotation in which its speaker is looked for.
_NEAR = 4
_SAYING = words_of(
    "said says say saying told tells added adds asked asks wrote writes replied"
    " explained explains argued argues insisted insists warned warns noted notes"
    " announced declared claimed claims recalled recalls continued concluded according"
    " observed answered cried remarked shouted stated admitted suggested"
)


def find_unpaired(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Yield marks of an article's passages that are opened or closed alone.

    A quotation that runs over several paragraphs opens each of them anew and is closed
    once, at its end.
    """
    for number, passage in enumerate(passages):
        if passage.kind is PassageKind.CELL:
            continue
        after = passages[number + 1].text[:1] if number + 1 < len(passages) else ""
        yield from _quotes(passage, goes_on=after == "“")
        yield from _brackets(passage)


def _quotes(passage: Passage, *, goes_on: bool) -> Iterator[Finding]:
    text = passage.text
    opened: list[int] = []
    for found in re.finditer("[“”]", text):
        if found[0] == "“":
            opened.append(found.start())
        elif opened:
            opened.pop()
        else:
            yield _unpaired(passage, found.start(), "”", "closes what was never opened")
    if opened and not goes_on:
        # Of two that stay open the last is the odd one: it was meant to close.
        yield _unpaired(passage, opened[-1], "“", "is not closed")


def _brackets(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    opened: list[int] = []
    for found in _BRACKETS.finditer(text):
        at, sign = found.start(), found[0]
        if sign not in _PAIRS:
            opened.append(at)
        elif opened and text[opened[-1]] == _PAIRS[sign]:
            opened.pop()
        elif not _COUNTS_OFF.search(text[max(0, at - 6) : at + 1]):
            yield _unpaired(passage, at, sign, "closes what was never opened")
    for at in opened:
        yield _unpaired(passage, at, text[at], "is not closed")


def _unpaired(passage: Passage, at: int, sign: str, what: str) -> Finding:
    text = passage.text
    # The word beside it goes along, so that it can be found among others in the file.
    if sign in "“([{":
        first, last = at, at + len(text[at:].split()[0])
    else:
        first, last = at + 1 - len(text[: at + 1].split()[-1]), at + 1
    return warning(
        "style.unpaired",
        f"{sign} {what}: {text[first:last]}",
        passage.point(first, last),
        "add the other mark, or delete this one",
    )


def find_stops(passage: Passage) -> Iterator[Finding]:
    """Yield stops and commas that British use has outside of the quotation marks.

    A stop belongs inside where the words quoted are a sentence, or somebody's speech.
    """
    if passage.kind is not PassageKind.TEXT:
        return
    text = passage.text
    for found in _QUOTED.finditer(text):
        quoted, stop = found[1], found[2]
        before = text[: found.start()].rstrip()
        if not quoted[0].islower() or before[-1:] in (*",:;–—.!?…", ""):
            continue
        if len(quoted.split()) > FRAGMENT[stop] or _said(before[-40:]):
            continue
        if stop == "," and _said(text[found.end() :][:80], first=_NEAR):
            continue
        name = "full stop" if stop == "." else "comma"
        ending = found.start() + 1 + len(quoted.rpartition(" ")[0])
        yield note(
            "style.stop",
            f"the {name} stands inside the quotation marks, and “{quoted}” is no whole"
            " sentence",
            passage.point(ending, found.end()),
            f"British use: …{quoted.split()[-1]}”{stop}",
        )


def _said(text: str, first: int = 0) -> bool:
    """Whether the last word of a text, or one of its first, is one for speaking."""
    words = _WORDS.findall(text.lower())
    return not _SAYING.isdisjoint(words[:first] if first else words[-1:])
