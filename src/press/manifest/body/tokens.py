"""From Markdown's tokens to the tree; the writer's HTML is woven in where it stands."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any, Final

from markdown_it.token import Token

from press.manifest.body.markdown import parser, parser_within_html
from press.manifest.body.markup import (
    TAG,
    Stretch,
    is_plain,
    pieces,
    put,
    read_tag,
    without_tags,
)
from press.manifest.body.paywall import speaks_of_paywall
from press.manifest.body.report import Report
from press.manifest.body.source import Source
from press.manifest.body.tree import (
    CONTAINER,
    NOTE,
    PAYWALL,
    REFERENCE,
    Builder,
    Element,
    tags,
)

#: Blocks of HTML whose own text is read as whole Markdown if they ask for it.
_ROOMY: Final = tags(
    """article aside blockquote body center dd details div figure footer header li main
    section td"""
)


class Weaver:
    """Turns one source into one tree."""

    def __init__(self, source: Source, report: Report) -> None:
        self._source = source
        self._report = report
        self._env: dict[str, Any] = {}
        self.builder = Builder()

    def weave(self) -> Builder:
        """Read the whole source."""
        tokens = parser().parse(self._source.text, self._env)
        self._blocks(tokens, 0, self._source.text.split("\n"))
        return self.builder

    def _blocks(self, tokens: Sequence[Token], first: int, lines: list[str]) -> None:
        """Weave blocks; `first` is the line of the source at which they begin."""
        index = first
        for token in tokens:
            if token.map:
                index = first + token.map[0]
            line = self._source.line(index)
            if token.nesting == 1:
                self.builder.open(self._opened(token, line, lines))
            elif token.nesting == -1:
                self.builder.close()
            elif token.type == "inline":
                self._inline(token.children or [], index)
            elif token.type == "html_block":
                self._html(token.content, index)
            else:
                self._leaf(token, line)

    def _opened(self, token: Token, line: int, lines: list[str]) -> Element:
        if token.meta.get("too_deep"):
            self.builder.too_deep = self.builder.too_deep or line
        if token.type == "footnote_reference_open":
            label = {"label": str(token.meta["label"])}
            return Element(tag=NOTE, line=line, attributes=label)
        if token.type == "container_press_open":
            self._check_closed(token, line, lines)
            info = {"info": token.info.strip()}
            return Element(tag=CONTAINER, line=line, attributes=info)
        return Element(tag=token.tag, line=line, attributes=_attributes(token))

    def _check_closed(self, token: Token, line: int, lines: list[str]) -> None:
        end = token.map[1] if token.map else 0
        closing = lines[end].lstrip(" \t>") if end < len(lines) else ""
        if not closing.startswith(token.markup):
            name = token.info.split()[0]
            self._report.warning(
                "article.container",
                f"the box “::: {name}” is never closed: it takes in all that follows",
                line,
                hint="close it with a line of its own: :::",
                near=":::",
            )

    def _leaf(self, token: Token, line: int) -> None:
        if token.type in {"fence", "code_block"}:
            self.builder.open(Element(tag="pre", line=line))
            text = self._source.literal(token.content)
            self.builder.words(text, line, literal=True)
            self.builder.close()
        elif token.tag:
            self.builder.add(Element(tag=token.tag, line=line))

    def _inline(self, tokens: Sequence[Token], index: int) -> None:
        """Weave a line of text that begins at a line of the source."""
        gathered: list[str] = []
        begun = index
        for token in tokens:
            if token.type == "text":
                gathered.append(token.content)
            elif token.type == "softbreak":
                gathered.append("\n")
                index += 1
            else:
                self._say(gathered, begun)
                self._inline_element(token, index)
                if token.type == "hardbreak":
                    index += 1
                elif token.type == "html_inline":
                    index += token.content.count("\n")
                begun = index
        self._say(gathered, begun)

    def _say(self, gathered: list[str], index: int) -> None:
        if gathered:
            self.builder.words("".join(gathered), self._source.line(index))
            gathered.clear()

    def _inline_element(self, token: Token, index: int) -> None:
        builder, line = self.builder, self._source.line(index)
        match token.type:
            case "hardbreak":
                builder.add(Element(tag="br", line=line))
            case "html_inline":
                self._inline_html(token.content, line)
            case "code_inline":
                builder.open(Element(tag="code", line=line))
                text = self._source.literal(token.content)
                builder.words(text, line, literal=True)
                builder.close()
            case "image":
                attributes = _attributes(token) | {"alt": _plain(token.children or [])}
                builder.add(Element(tag="img", line=line, attributes=attributes))
            case "footnote_ref":
                self._reference(token, line, index)
            case _:
                self._span(token, line)

    def _span(self, token: Token, line: int) -> None:
        if token.nesting == 1:
            attributes = _attributes(token)
            self.builder.open(Element(tag=token.tag, line=line, attributes=attributes))
        elif token.nesting == -1:
            self.builder.close()
        else:
            self.builder.words(token.content, line)

    def _reference(self, token: Token, line: int, index: int) -> None:
        label = token.meta.get("label")
        if label is not None:
            attributes = {"label": str(label)}
            element = Element(tag=REFERENCE, line=line, attributes=attributes)
            self.builder.add(element)
            return
        note = self._env["footnotes"]["list"][token.meta["id"]]
        self.builder.open(Element(tag=REFERENCE, line=line))
        self._inline(note["tokens"], index)
        self.builder.close()

    def _inline_html(self, content: str, line: int) -> None:
        remark = self._source.remark(content)
        if remark is not None and speaks_of_paywall(remark.text):
            attributes = {"text": remark.text}
            line = remark.line
            self.builder.add(Element(tag=PAYWALL, line=line, attributes=attributes))
            return
        match = TAG.match(content)
        if match:
            put(read_tag(match), self.builder, line)

    def _html(self, content: str, index: int) -> None:
        """Weave a block of the writer's HTML."""
        stripped = content.lstrip()
        if stripped.startswith("<!--") and "-->" not in stripped:
            self._report.error(
                "article.markup-removed",
                "this comment is never closed, so nothing after it is printed",
                self._source.line(index),
                hint="close it with -->",
                near="<!--",
            )
            return
        for offset, piece in pieces(content):
            if isinstance(piece, Stretch):
                self._stretch(piece.text, index + offset)
            else:
                put(piece, self.builder, self._source.line(index + offset))

    def _stretch(self, text: str, index: int) -> None:
        """Weave text that stands between two tags of a block."""
        line = self._source.line(index)
        if self.builder.in_listing:
            words = self._source.literal(without_tags(text))
            self.builder.words(words, line, literal=True)
        elif not text.strip() or is_plain(text):
            self.builder.words(text, line)
        elif self._wants_blocks():
            index += len(text) - len(text.lstrip("\n"))
            text = textwrap.dedent(text.strip("\n"))
            tokens = parser_within_html().parse(text, self._env)
            self._blocks(tokens, index, text.split("\n"))
        else:
            self._within_line(text, index)

    def _wants_blocks(self) -> bool:
        current = self.builder.current
        return current.tag in _ROOMY and current.get("markdown") in {"1", "block"}

    def _within_line(self, text: str, index: int) -> None:
        lead = text[: len(text) - len(text.lstrip())]
        index += lead.count("\n")
        # Spaces at a line's ends mean nothing in HTML; Markdown would break the line.
        lines = "\n".join(part.strip() for part in text.strip().split("\n"))
        self.builder.words(" " if lead else "", self._source.line(index))
        for token in parser_within_html().parseInline(lines, self._env):
            self._inline(token.children or [], index)
        self.builder.words(text[len(text.rstrip()) :], self._source.line(index))


def _attributes(token: Token) -> dict[str, str]:
    return {key: str(value) for key, value in token.attrs.items()}


def _plain(tokens: Sequence[Token]) -> str:
    """Return the text of inline tokens, as for a picture's description."""
    return "".join(
        _plain(token.children or [])
        if token.type == "image"
        else " "
        if token.type in {"softbreak", "hardbreak"}
        else token.content
        if token.type in {"text", "code_inline"}
        else ""
        for token in tokens
    )
