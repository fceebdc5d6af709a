"""An article's words as they must stand on paper, from its copy alone."""

from __future__ import annotations

from collections.abc import Iterator

from press.model.article import Article
from press.model.copy import (
    Block,
    BlockQuote,
    Crosshead,
    FactBox,
    ItemList,
    Separator,
    Table,
    plain,
)
from press.model.package import Package
from press.preflight.proof import Passage


def passages(package: Package) -> Iterator[Passage]:
    """Yield what a package's frames and panels must say, in order."""
    group = len(package.articles) > 1 or "/" in package.id
    for article in package.articles:
        if group:
            yield _head(article.printed_headline)
        yield from _blocks(article.body.blocks)
        if article.contributor:
            yield _text(article.contributor)
        for note in article.body.notes:
            words = " ".join(plain(runs) for b in note.blocks for runs in b.texts())
            yield _text(f"{note.number} {words}")
        yield from _links(package, article)


def _links(package: Package, article: Article) -> Iterator[Passage]:
    if package.address and article is package.articles[-1]:
        yield _text(package.address_text)


def _text(words: str) -> Passage:
    return Passage(ways=(words,))


def _head(words: str) -> Passage:
    return Passage(ways=(words,), head=True)


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Passage]:
    for block in blocks:
        match block:
            case Crosshead():
                yield _head(plain(block.runs))
            case ItemList():
                yield from _list(block)
            case BlockQuote():
                yield from _blocks(block.blocks)
            case Table():
                yield _table(block)
            case FactBox():
                yield _facts(block)
            case Separator():
                yield _text("* * *")
            case _:
                yield _text(" ".join(plain(runs) for runs in block.texts()))


def _list(block: ItemList) -> Iterator[Passage]:
    for number, item in enumerate(block.items):
        yield _text("•" if block.start is None else f"{block.start + number}.")
        yield from _blocks(item)


def _table(block: Table) -> Passage:
    cells = " ".join(plain(runs) for runs in block.texts())
    heads = [plain(runs) for runs in block.head]
    rows = []
    for row in block.rows:
        parts = []
        for number, cell in enumerate(row):
            if not cell:
                continue
            head = f"{heads[number]}: " if number and heads and heads[number] else ""
            before = "" if number == 0 else " – " if number == 1 else "; "
            parts.append(f"{before}{head}{plain(cell)}")
        rows.append("".join(parts))
    spelled = " ".join((plain(block.caption), *rows))
    return Passage(ways=(cells, spelled), aside=True)


def _facts(block: FactBox) -> Passage:
    def words(blocks: tuple[Block, ...]) -> Iterator[str]:
        for inner in blocks:
            if isinstance(inner, ItemList):
                for number, item in enumerate(inner.items):
                    start = inner.start
                    yield "•" if start is None else f"{start + number}."
                    yield from words(item)
            else:
                yield from (plain(runs) for runs in inner.texts())

    return Passage(ways=(" ".join((block.title, *words(block.blocks))),), aside=True)
