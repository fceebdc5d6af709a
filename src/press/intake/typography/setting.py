"""Sets the typography of texts, of copy and of whole articles."""

from __future__ import annotations

from dataclasses import dataclass, replace

from press.intake.typography.languages import Usage, usage_of
from press.intake.typography.line import Line
from press.intake.typography.opaque import pieces_of
from press.intake.typography.quotes import Open, curl
from press.model.article import Article, Picture
from press.model.copy import (
    Block,
    BlockQuote,
    Copy,
    Crosshead,
    FactBox,
    ItemList,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)


@dataclass(slots=True)
class _Setter:
    """Sets one text after the other; a quotation may reach over several.

    Attributes:
        usage: What the language asks for.
        open: The quotations that the last paragraph left open.
        binds: Whether to serve the breaking of lines too.
    """

    usage: Usage
    binds: bool = False
    open: Open = ()

    def runs(self, runs: Runs, opened: Open = ()) -> tuple[Runs, Open]:
        """Set the runs of one text; return them and what they leave open."""
        pieces = pieces_of(runs)
        line = Line([piece.seen for piece in pieces])
        for rule in self.usage.before:
            line.apply(rule)
        left: Open = ()
        if self.usage.marks is not None:
            edits, left = curl(line.text, self.usage.marks, opened)
            line.change(edits)
        for rule in self.usage.after:
            line.apply(rule)
        for rule in self.usage.bound if self.binds else ():
            line.apply(rule)
        texts = [""] * len(runs)
        for piece, seen in zip(pieces, line.pieces(), strict=True):
            texts[piece.run] += seen if piece.seen == piece.text else piece.text
        changed = tuple(
            run if run.text == text else replace(run, text=text)
            for run, text in zip(runs, texts, strict=True)
        )
        return tuple(run for run in changed if run.text), left

    def alone(self, runs: Runs) -> Runs:
        """Set a text that no other goes on."""
        return self.runs(runs)[0]

    def text(self, text: str) -> str:
        """Set a plain text that no other goes on."""
        return plain(self.alone((Run(text=text),))) if text else text

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Set blocks; a quotation may go on from paragraph to paragraph."""
        self.open = ()
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        if isinstance(block, Paragraph):
            runs, self.open = self.runs(block.runs, self.open)
            return replace(block, runs=runs)
        changed = self._other(block)
        self.open = ()
        return changed

    def _other(self, block: Block) -> Block:
        match block:
            case Crosshead():
                return replace(block, runs=self.alone(block.runs))
            case ItemList():
                items = tuple(self.blocks(item) for item in block.items)
                return replace(block, items=items)
            case BlockQuote():
                return replace(block, blocks=self.blocks(block.blocks))
            case FactBox():
                title = self.text(block.title)
                return replace(block, title=title, blocks=self.blocks(block.blocks))
            case Table():
                return self._table(block)
            case _:
                return block

    def _table(self, table: Table) -> Table:
        return replace(
            table,
            head=tuple(self.alone(cell) for cell in table.head),
            rows=tuple(tuple(self.alone(cell) for cell in row) for row in table.rows),
            caption=self.alone(table.caption),
        )

    def copy(self, copy: Copy) -> Copy:
        """Set the body of an article and its notes."""
        notes = tuple(
            replace(note, blocks=self.blocks(note.blocks)) for note in copy.notes
        )
        return Copy(blocks=self.blocks(copy.blocks), notes=notes)

    def picture(self, picture: Picture) -> Picture:
        """Set a picture's caption and credit."""
        return replace(
            picture,
            caption=self.text(picture.caption),
            credit=self.text(picture.credit),
        )


def set_runs(runs: Runs, *, lang: str) -> Runs:
    """Set the runs of one text, read as a whole across emphasis and links."""
    return _Setter(usage=usage_of(lang)).alone(runs)


def set_text(text: str, *, lang: str) -> str:
    """Set a plain text."""
    return _Setter(usage=usage_of(lang)).text(text)


def set_copy(copy: Copy, *, lang: str) -> Copy:
    """Set the body of an article, its lines bound where they must not break."""
    return _Setter(usage=usage_of(lang), binds=True).copy(copy)


def set_article(article: Article) -> Article:
    """Set all that is printed of an article: headlines, body, captions and the rest."""
    setter = _Setter(usage=usage_of(article.lang), binds=True)
    return replace(
        article,
        title=setter.text(article.title),
        headline=setter.text(article.headline),
        short_headline=setter.text(article.short_headline),
        standfirst=setter.text(article.standfirst),
        kicker=setter.text(article.kicker),
        byline=tuple(setter.text(name) for name in article.byline),
        pictures=tuple(setter.picture(picture) for picture in article.pictures),
        pull_quotes=tuple(setter.text(quote) for quote in article.pull_quotes),
        contributor=setter.text(article.contributor),
        body=setter.copy(article.body),
    )
