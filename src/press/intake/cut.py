"""Copy cut to length: whole paragraphs from the top."""

from __future__ import annotations

from dataclasses import replace

from press.model.copy import Block, Copy, Crosshead, Note, Separator

#: The last paragraph kept may run over the wanted length by this share.
OVER = 0.06


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
