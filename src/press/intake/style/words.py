"""Words written twice, overlong paragraphs, and -ise beside -ize."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from press.intake.style.passage import Passage, PassageKind, words_of
from press.model.finding import Finding, note, warning

#: Words that English may well have twice in a row.
TWICE_WELL = words_of(
    "had that is was her you do did in on so very no yes never long many far really"
    " there now hear bye ha ho blah knock tut win who what one two"
)
_WORD = r"[^\W\d_]+(?:[’'][^\W\d_]+)*"
_DOUBLED = re.compile(
    rf"(?<![\w’'-])({_WORD})[\s\u00a0]+(?:\1)(?![\w’'-])", re.IGNORECASE
)
_ENDING = re.compile(
    r"(?<![\w-])([a-z]{3,}?)(is|iz|ys|yz)"
    r"(?:e|es|ed|ing|er|ers|able|ation|ations)(?![\w-])"
)


def find_doubled(passage: Passage) -> Iterator[Finding]:
    """Yield words that were written twice by mistake."""
    if passage.kind is PassageKind.CELL:
        return
    text = passage.text
    for found in _DOUBLED.finditer(text):
        word = found[1]
        again = found[0][-len(word) :]
        named = again[0].isupper() and not word.isupper()
        if word.lower() in TWICE_WELL or named or _goes_on(text, found, word):
            continue
        yield warning(
            "style.doubled",
            f"“{word}” is written twice",
            passage.point(*found.span()),
            "delete one of the two",
        )


def _goes_on(text: str, found: re.Match[str], word: str) -> bool:
    """Whether a word is repeated more than once: that is meant."""
    before = text[: found.start()].split()[-1:]
    after = text[found.end() :].split()[:1]
    return word.lower() in {one.strip(",.;:!?").lower() for one in before + after}


def find_overlong(passage: Passage, most: int) -> Iterator[Finding]:
    """Yield a note where a paragraph has more words than the paper likes."""
    words = len(passage.text.split())
    if passage.kind is PassageKind.TEXT and words > most:
        yield note(
            "style.overlong",
            f"this paragraph has {words} words; {most} is this paper's limit",
            passage.point(0, len(" ".join(passage.text.split()[:3]))),
            "divide it",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    passage: Passage
    start: int
    stop: int

    @property
    def word(self) -> str:
        return self.passage.text[self.start : self.stop]


def find_endings(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Yield a note for each word that an edition writes with -ise and with -ize."""
    uses: dict[tuple[str, str], dict[str, list[_Use]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for passage in passages:
        for found in _ENDING.finditer(passage.text):
            use = _Use(passage=passage, start=found.start(), stop=found.end())
            uses[found[1], found[2][0]][found[2][1]].append(use)
    for by_letter in uses.values():
        if len(by_letter) == 1:
            continue
        rare, usual = sorted(by_letter.values(), key=len)
        told: set[str] = set()
        for use in rare:
            if use.passage.article in told:
                continue
            told.add(use.passage.article)
            yield note(
                "style.endings",
                f"“{use.word}” here, “{usual[0].word}” in {_where(use, usual)}",
                use.passage.point(use.start, use.stop),
                "use one of the two; `spellings` in style.yaml can say which",
            )


def _where(use: _Use, others: list[_Use]) -> str:
    articles = {other.passage.article for other in others}
    return "the same article" if use.passage.article in articles else min(articles)
