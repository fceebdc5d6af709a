"""What a card says about an article, and how long the article takes to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from press.model.article import Article
from press.model.copy import Copy, Paragraph, ParagraphRole, Run, Runs, plain, runs_of

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
    """Return the standfirst, or the first sentences of the text."""
    if article.standfirst.strip():
        return (Run(text=article.standfirst.strip()),)
    runs = _opening(article.body)
    text = plain(runs)
    if _weight(text) <= WORDS:
        return runs
    end, whole = _cut(text)
    return _first(runs, end) if whole else (*_first(runs, end), Run(text="…"))


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
