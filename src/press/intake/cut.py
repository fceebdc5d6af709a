"""Copy cut to length: whole paragraphs from the top."""

from __future__ import annotations

import re
from dataclasses import replace

from press.model.article import Article
from press.model.copy import Block, Copy, Crosshead, Note, Separator, runs_of

#: The last paragraph kept may run over the wanted length by this share.
OVER = 0.06
_NOT_A_LETTER = re.compile(r"[\W_]+")


def cut_article(article: Article, words: int) -> Article:
    """Return an article with its text cut, and without the pull quotes that went.

    A pull quote that never stood in the text stays.
    """
    body = cut_copy(article.body, words)
    before, after = _letters_of(article.body), _letters_of(body)
    quotes = tuple(
        quote
        for quote in article.pull_quotes
        if _letters(quote) in after or _letters(quote) not in before
    )
    wall = article.paywall
    if wall is not None:
        wall = min(wall, len(body.blocks))
    return replace(article, body=body, pull_quotes=quotes, paywall=wall)


def cut_copy(copy: Copy, words: int) -> Copy:
    """Return the beginning of a text, about so many words long.

    Whole blocks are kept, at least one; a crosshead or separator never ends the text;
    notes that nothing refers to any more go too, and keep their numbers.
    """
    kept: list[Block] = []
    count = 0
    for block in copy.blocks:
        size = Copy(blocks=(block,)).words
        if kept and count + size > words * (1 + OVER):
            break
        kept.append(block)
        count += size
    while kept and isinstance(kept[-1], Crosshead | Separator):
        kept.pop()
    body = replace(copy, blocks=tuple(kept), notes=())
    wanted = {run.note for block in kept for runs in block.texts() for run in runs}
    return replace(body, notes=tuple(_wanted(copy.notes, wanted)))


def _wanted(notes: tuple[Note, ...], numbers: set[int | None]) -> list[Note]:
    return [note for note in notes if note.number in numbers]


def _letters_of(copy: Copy) -> str:
    """Return the letters of a text, without the numbers of its notes."""
    runs = (run for runs in runs_of(copy.blocks) for run in runs if run.note is None)
    return _letters("".join(run.text for run in runs))


def _letters(text: str) -> str:
    """Return only what is said, without spaces and marks."""
    return _NOT_A_LETTER.sub("", text).casefold()
