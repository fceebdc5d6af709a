"""Markdown files of other programs, taken apart block by block and left as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from press.manifest.body.markdown import parser, parser_within_html
from press.manifest.body.shortcode import SHORTCODE, Use, understand
from press.manifest.foreign_front import read_settings, split_foreign
from press.manifest.foreign_marks import resolved, without_marks, without_site
from press.manifest.source import Source, decode
from press.model.finding import Checked
from press.model.incoming import ForeignCode, MarkdownBlock, MarkdownFile
from press.model.story import PieceKind, Sought

_BOX: Final = "container_press_open"
_KINDS: Final = {
    "paragraph_open": PieceKind.PARAGRAPH,
    "heading_open": PieceKind.HEADING,
    "bullet_list_open": PieceKind.LIST,
    "ordered_list_open": PieceKind.LIST,
    "blockquote_open": PieceKind.QUOTE,
    "table_open": PieceKind.TABLE,
    "fence": PieceKind.LISTING,
    "code_block": PieceKind.LISTING,
    "html_block": PieceKind.PARAGRAPH,
    "hr": PieceKind.SEPARATOR,
    _BOX: PieceKind.BOX,
    "footnote_reference_open": PieceKind.NOTE,
}
_BREAKS: Final = frozenset({"softbreak", "hardbreak"})
_SAID: Final = frozenset({"text", "code_inline", "text_special", "html_inline"})
_LITERAL: Final = frozenset({"fence", "code_block"})
_SPACE: Final = re.compile(r"\s+")


def read_foreign(data: bytes, *, file: str) -> Checked[MarkdownFile]:
    """Read a Markdown file with the front matter of Hugo, Jekyll, Eleventy or another.

    Args:
        data: What the file holds.
        file: What findings call it.

    Returns:
        Its settings and the blocks of its text; None where the front matter, or the
        encoding, cannot be read: then findings say where.
    """
    decoded = decode(data, file=file)
    if decoded.value is None:
        return Checked(value=None, findings=decoded.findings)
    source = resolved(decoded.value)
    parted = split_foreign(source)
    if parted.value is None:
        return Checked(value=None, findings=(*decoded.findings, *parted.findings))
    fence, first, last, text = parted.value
    source, taken = without_marks(without_site(source, last), text)
    settings = read_settings(source, fence, first, last)
    findings = (*decoded.findings, *settings.findings)
    if settings.value is None:
        return Checked(value=None, findings=findings)
    made = MarkdownFile(
        settings=settings.value, blocks=tuple(_blocks(source, text)), taken=taken
    )
    return Checked(value=made, findings=findings)


def _blocks(source: Source, first: int) -> Iterator[MarkdownBlock]:
    """Yield the blocks on top; what the parser keeps to itself is one, too.

    That are the addresses that links refer to, written below a text.
    """
    lines = source.lines[first:]
    done = 0
    for tokens in _groups(parser().parse("\n".join(lines))):
        span = tokens[0].map
        if span is None:
            continue
        start, stop = max(span[0], done), max(span[1], done)
        if tokens[0].type == _BOX and lines[stop : stop + 1]:
            stop += lines[stop].lstrip().startswith(":::")  # its end, which is no token
        yield from _unseen(source, lines, first, (done, start))
        done = stop
        yield _block(source, lines[start:stop], first + start, tokens)
    yield from _unseen(source, lines, first, (done, len(lines)))


def _groups(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the tokens of each block on top, the ones within it too."""
    start, depth = 0, 0
    for number, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            yield tokens[start : number + 1]
            start = number + 1


def _unseen(
    source: Source, lines: Sequence[str], first: int, span: tuple[int, int]
) -> Iterator[MarkdownBlock]:
    text = "\n".join(lines[slice(*span)]).strip("\n")
    if text.strip():
        yield MarkdownBlock(
            kind=PieceKind.PARAGRAPH,
            source=text,
            text="",
            place=source.place(first + span[0]),
        )


def _block(
    source: Source, lines: Sequence[str], first: int, tokens: Sequence[Token]
) -> MarkdownBlock:
    top = tokens[0]
    text = "\n".join(lines).rstrip()
    literal = top.type in _LITERAL
    inline = [child for one in tokens for child in one.children or ()]
    return MarkdownBlock(
        kind=_KINDS.get(top.type, PieceKind.PARAGRAPH),
        source=text.strip("\n"),
        text=_words(
            parser_within_html().parse(text) if top.type == "html_block" else tokens
        ),
        level=int(top.tag[1]) if top.type == "heading_open" else 0,
        is_html=top.type == "html_block",
        pictures=tuple(_pictures(inline)),
        codes=() if literal else tuple(_codes(source, text, first)),
        place=source.place(first),
    )


def _words(tokens: Sequence[Token]) -> str:
    """Return the words of a block, without those that a website's machine reads."""
    said = []
    for token in tokens:
        if token.type in _LITERAL:
            said.append(token.content)
        elif token.type == "inline":
            said.append("".join(_said(child) for child in token.children or ()))
    text = SHORTCODE.sub(" ", " ".join(said))
    tags = (child for token in tokens for child in token.children or ())
    for tag in tags:
        if tag.type == "html_inline":  # unless it was the inside of a shortcode
            text = text.replace(tag.content, "", 1)
    return _SPACE.sub(" ", text).strip()


def _said(token: Token) -> str:
    if token.type in _BREAKS:
        return "\n"
    return token.content if token.type in _SAID else ""


def _pictures(tokens: Sequence[Token]) -> Iterator[Sought]:
    for token in tokens:
        address = str(token.attrGet("src") or "") if token.type == "image" else ""
        if address:
            yield Sought(
                addresses=(address,),
                name=address.partition("?")[0].rpartition("/")[2],
                alt=" ".join(token.content.split()),
                caption=" ".join(str(token.attrGet("title") or "").split()),
            )


def _codes(source: Source, text: str, first: int) -> Iterator[ForeignCode]:
    for match in SHORTCODE.finditer(text):
        code = understand(match)
        before = text[: match.start()]
        line = before.count("\n")
        column = len(before) - (before.rfind("\n") + 1)
        yield ForeignCode(
            name=code.name,
            named=code.named,
            bare=code.bare,
            source=match[0],
            place=source.place(first + line, column, len(match[0])),
            known=code.use is not Use.UNKNOWN,
        )
