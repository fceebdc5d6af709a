"""What a card says about an article, what everybody may read of it, and how long it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from press.model.article import Article, Picture
from press.model.copy import (
    Block,
    Copy,
    Crosshead,
    Note,
    Paragraph,
    ParagraphRole,
    Run,
    Runs,
    Separator,
    plain,
    runs_of,
)

#: About so many words make a card, and reading goes at so many a minute.
WORDS = 45
WORDS_A_MINUTE = 230

#: A sentence that ends before so many words is too little for a card by itself.
_LEAST = 12
#: A sentence that ends a little late is better than one cut off.
_LATEST = 55

#: Scripts that are written without spaces: two characters pass for a word.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")
_END = re.compile(r"[.!?…؟۔।][\"'”’»)\]]*$")
_IDEOGRAPHIC_END = re.compile(r"[。！？]$")
_SHORTENED = re.compile(
    r"^[\"'“‘(]*(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Rev|Sir|St|Gen|Lt|Col|Capt|Hon|No|Nos|Vol|pp?|cf"
    r"|ca?|e\.g|i\.e|vs|etc|approx|fig|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.$"
)


def minutes(article: Article) -> int:
    """Return how many minutes it takes to read an article, at least one."""
    words = sum(_weight(plain(runs)) for runs in runs_of(article.body.blocks))
    return max(1, round(words / WORDS_A_MINUTE))


def teaser(article: Article) -> Runs:
    """Return the standfirst, or the first sentences of what everybody may read."""
    if article.standfirst.strip():
        return (Run(text=article.standfirst.strip()),)
    runs = _opening(open_part(article))
    text = plain(runs)
    if _weight(text) <= WORDS:
        return runs
    end, whole = _cut(text)
    return _first(runs, end) if whole else (*_first(runs, end), Run(text="…"))


def open_part(article: Article) -> Copy:
    """Return the text that everybody may read: all of it, or what is above the paywall.

    A members' article without a paywall line is open as far as `beginning` goes. Notes
    that only the kept part refers to are kept with it.
    """
    if not article.members_only:
        return article.body
    if article.paywall is None:
        return beginning(article.body)
    return _kept(article.body, article.body.blocks[: article.paywall])


def open_pictures(article: Article) -> tuple[Picture, ...]:
    """Return the pictures that everybody may see: the lead, and those of the open part.

    Without a paywall line, nobody said that a members' article opens more than its lead.
    """
    if not article.members_only:
        return article.pictures
    wall = 0 if article.paywall is None else article.paywall
    return tuple(
        picture
        for picture in article.pictures
        if picture.lead or (picture.block is not None and picture.block < wall)
    )


def beginning(body: Copy) -> Copy:
    """Return a text up to the end of its first paragraph."""
    for number, block in enumerate(body.blocks, 1):
        if isinstance(block, Paragraph) and block.role is ParagraphRole.BODY:
            return _kept(body, body.blocks[:number])
    return Copy()


def _kept(body: Copy, blocks: tuple[Block, ...]) -> Copy:
    """Return the first blocks of a text; no heading or separator ends them."""
    while blocks and isinstance(blocks[-1], Crosshead | Separator):
        blocks = blocks[:-1]
    notes: dict[int, Note] = {}
    wanted = _referred(blocks)
    while wanted:
        new = [n for n in body.notes if n.number in wanted and n.number not in notes]
        notes.update((note.number, note) for note in new)
        wanted = {number for note in new for number in _referred(note.blocks)}
    return Copy(blocks=blocks, notes=tuple(n for n in body.notes if n.number in notes))


def _referred(blocks: tuple[Block, ...]) -> set[int]:
    """Return the numbers of the notes that blocks refer to."""
    runs = (run for runs in runs_of(blocks) for run in runs)
    return {run.note for run in runs if run.note is not None}


def _opening(body: Copy) -> Runs:
    """Return the first paragraphs as one, as far as a card can need them."""
    runs: list[Run] = []
    for block in body.blocks:
        if not isinstance(block, Paragraph) or block.role is not ParagraphRole.BODY:
            continue
        if runs:
            runs.append(Run(text=" "))
        runs += [
            replace(run, text=run.text.replace("\n", " "))
            for run in block.runs
            if run.note is None
        ]
        if _weight(plain(tuple(runs))) > _LATEST:
            break
    return tuple(runs)


def _weight(text: str) -> float:
    return sum(weight for _, weight in _words(text))


def _words(text: str) -> Iterator[tuple[re.Match[str], float]]:
    unspaced = re.compile(f"[{_UNSPACED}]")
    for word in _WORD.finditer(text):
        yield word, 0.5 if unspaced.match(word[0]) else 1.0


def _cut(text: str) -> tuple[int, bool]:
    """Return where a card's text ends, and whether it ends with a sentence."""
    count = 0.0
    sentence = last = 0
    for word, weight in _words(text):
        count += weight
        if count <= WORDS:
            last = word.end()
        if count > WORDS and sentence:
            break
        if count > _LATEST:
            break
        if count >= _LEAST and _ends_sentence(word[0]):
            sentence = word.end()
    if sentence:
        return sentence, True
    while last < len(text) and unicodedata.category(text[last]).startswith("M"):
        last += 1  # a mark belongs to its letter
    return len(text[:last].rstrip(" ,;:–—-")), False


def _ends_sentence(word: str) -> bool:
    if _IDEOGRAPHIC_END.search(word):
        return True
    return bool(_END.search(word)) and not _SHORTENED.match(word)


def _first(runs: Runs, length: int) -> Runs:
    """Return runs up to a length in characters."""
    kept: list[Run] = []
    for run in runs:
        if length <= 0:
            break
        kept.append(replace(run, text=run.text[:length]))
        length -= len(run.text)
    return tuple(kept)
