"""Links on paper: a reader cannot click, so addresses are printed or left out."""

from __future__ import annotations

from dataclasses import replace

from press.model.article import Article
from press.model.copy import (
    Block,
    BlockQuote,
    Copy,
    Crosshead,
    ItemList,
    Mark,
    Note,
    Paragraph,
    Run,
    Runs,
    plain,
)
from press.model.house import LinkPolicy

_SUPERSCRIPT = frozenset({Mark.SUPERSCRIPT})


def print_links(article: Article, policy: LinkPolicy) -> Article:
    """Return an article as its links are printed.

    With `endnotes`, every address is numbered in the text and listed at the article's
    end, after its notes; a link whose words are its address needs no number. With `qr`
    and `none`, the words stand alone.
    """
    if policy is not LinkPolicy.ENDNOTES:
        return article
    numbering = _Numbering(last=max((n.number for n in article.body.notes), default=0))
    blocks = tuple(numbering.block(block) for block in article.body.blocks)
    notes = (*article.body.notes, *numbering.notes())
    return replace(article, body=Copy(blocks=blocks, notes=notes))


class _Numbering:
    def __init__(self, last: int) -> None:
        self._first = last + 1
        self._addresses: list[str] = []

    def notes(self) -> list[Note]:
        """Return the addresses as notes."""
        return [
            Note(
                number=number,
                blocks=(Paragraph(runs=(Run(text=_short(address), link=address),)),),
            )
            for number, address in enumerate(self._addresses, self._first)
        ]

    def block(self, block: Block) -> Block:
        """Return a block with numbers after its links."""
        match block:
            case Paragraph() | Crosshead():
                return replace(block, runs=self._runs(block.runs))
            case ItemList():
                items = tuple(tuple(map(self.block, item)) for item in block.items)
                return replace(block, items=items)
            case BlockQuote():
                return replace(block, blocks=tuple(map(self.block, block.blocks)))
            case _:
                return block

    def _runs(self, runs: Runs) -> Runs:
        out: list[Run] = []
        for i, run in enumerate(runs):
            out.append(run)
            ends = i + 1 == len(runs) or runs[i + 1].link != run.link
            if run.link and ends and _short(run.link) != plain((run,)):
                text = str(self._number(run.link))
                out.append(Run(text=text, marks=_SUPERSCRIPT))
        return tuple(out)

    def _number(self, address: str) -> int:
        if address not in self._addresses:
            self._addresses.append(address)
        return self._first + self._addresses.index(address)


def _short(address: str) -> str:
    """Return an address as people write it: without its scheme."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")
