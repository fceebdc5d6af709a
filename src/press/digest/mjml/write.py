r"""MJML written so that the engine reads it as it is meant.

The engine (mrml) writes attribute values with a programmer's escapes: a no-break space
becomes the letters `\u{a0}` and a quotation mark ends the value. So values are written
in printable ASCII. It refuses what it does not expect: blanks in a tag that could hold
others, a comment among attributes, one for Outlook outside of HTML. So these are taken
out, or put where it reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from press.digest.mjml.comment import held, is_conditional, put_back
from press.digest.mjml.components import COMPONENTS, Content, Holding, holding
from press.digest.mjml.token import Kind, Token, read_tag
from press.model.finding import Place
from press.model.template import Filled

_BARE_AMPERSAND = re.compile(r"&(?!#\d+;|#[xX][0-9A-Fa-f]+;|[A-Za-z]\w*;)")
_LINE_BREAK = re.compile(r"\s*[\n\r\t]\s*")
_UNPRINTED = re.compile(r"[^ -~]|[\"\\<>]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def ascii_value(value: str) -> str:
    """Write an attribute value in printable ASCII that an engine cannot misread."""
    value = _LINE_BREAK.sub(" ", value)
    value = _BARE_AMPERSAND.sub("&amp;", value)
    return _UNPRINTED.sub(lambda found: f"&#{ord(found[0])};", value)


def plain(text: str) -> str:
    """Write the text between tags so that it is read as text.

    The engine's tokenizer panics on `é >`: a character of several octets, a space and
    a bare ">" (htmlparser 0.2.1).
    """
    if "&" in text:
        text = _BARE_AMPERSAND.sub("&amp;", text)
    return text.replace(">", "&gt;")


class Edit(NamedTuple):
    """A stretch of a text, and what is written for it."""

    start: int
    end: int
    new: str


@lru_cache(maxsize=8192)
def written_tag(text: str) -> str:
    """Write a whole tag in the one way that the engine reads.

    Of two equal attributes the first counts, as it does for MJML's own engine.
    """
    tag = read_tag(text)
    values = {one.name: one.value for one in reversed(tag.attributes)}
    attributes = "".join(
        f' {name}="{ascii_value(values[name])}"'
        for name in dict.fromkeys(one.name for one in tag.attributes)
    )
    return f"<{tag.name}{attributes}{' />' if tag.empty else '>'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text that was written anew from a filled template.

    Attributes:
        text: The text.
        source: What it was written from.
        edits: Stretches of the source, in order, and what was written for each.
    """

    text: str
    source: Filled
    edits: tuple[Edit, ...] = ()

    def place_of(self, offset: int) -> Place:
        """Return the place in the template that made the text at an offset."""
        shift = 0
        for edit in self.edits:
            start = edit.start + shift
            if offset < start:
                break
            if offset < start + len(edit.new):
                return self.source.place_of(edit.start)
            shift += len(edit.new) - (edit.end - edit.start)
        return self.source.place_of(offset - shift)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """MJML that the engine may see.

    Attributes:
        mjml: Well-formed, every attribute value in printable ASCII, and traced.
        styles: The style sheets that are to be written into the elements.
        comments: Comments for Outlook, which the engine does not see.
    """

    mjml: Written
    styles: str
    comments: tuple[str, ...] = ()

    def completed(self, html: str) -> str:
        """Put into the engine's HTML what it did not see."""
        return put_back(html, self.comments)


def write(filled: Filled, tokens: Iterable[Token]) -> Guarded:
    """Write MJML in which nothing is wrong in the one way that the engine reads."""
    writer = _Writer()
    writer.write(tokens)
    pieces: list[str] = []
    end = 0
    for edit in writer.edits:
        pieces += (filled.text[end : edit.start], edit.new)
        end = edit.end
    text = "".join([*pieces, filled.text[end:]])
    written = Written(text=text, source=filled, edits=tuple(writer.edits))
    return Guarded(
        mjml=written,
        styles="\n".join(writer.styles),
        comments=tuple(writer.comments),
    )


@dataclass(slots=True)
class _Writer:
    """Goes over the tokens and notes what is to be written in another way."""

    edits: list[Edit] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    #: The tags that are open, the innermost last.
    open: list[str] = field(default_factory=list)
    #: Where the content of the innermost begins, as long as it holds nothing.
    bare: int | None = None
    #: Where a style sheet began that is written into the elements.
    inline: int | None = None

    def write(self, tokens: Iterable[Token]) -> None:
        """Note what is to be written for the tokens."""
        writers: dict[Kind, Callable[[Token], None]] = {
            Kind.TEXT: self._text,
            Kind.RAW: self._raw,
            Kind.COMMENT: self._comment,
            Kind.START: self._start,
            Kind.END: self._end,
        }
        for token in tokens:
            if token.kind in writers:
                writers[token.kind](token)

    def _edit(self, token: Token, new: str) -> None:
        if token.text != new:
            self.edits.append(Edit(token.start, token.end, new))

    def _text(self, token: Token) -> None:
        if token.text.isspace() and self._is_frame():
            self._edit(token, "")
            return
        self.bare = None
        if ">" in token.text or "&" in token.text:
            self._edit(token, plain(token.text))

    def _is_frame(self) -> bool:
        """Whether what is written now stands between tags that hold no text."""
        component = COMPONENTS.get(self.open[-1]) if self.open else None
        return not self.open or (
            component is not None and component.content is Content.TAGS
        )

    def _raw(self, token: Token) -> None:
        css = token.text
        if not css.isascii():
            escape = _js_escape if self.open[-1] == "script" else _css_escape
            css = _NOT_ASCII.sub(escape, css)
        css = css.replace("]]>", "]]\\3e ")  # ends what the engine reads as one piece
        self.bare = None
        if self.inline is None:
            self._edit(token, css)
        else:
            self.styles.append(css)

    def _comment(self, token: Token) -> None:
        new = ""
        if is_conditional(token.text):
            new = held(len(self.comments))
            self.comments.append(token.text)
            self.bare = None
            parent = self.open[-1] if self.open else ""
            if holding(parent) is Holding.IN_RAW:
                new = f"<mj-raw>{new}</mj-raw>"
        self._edit(token, new)

    def _start(self, token: Token) -> None:
        written = written_tag(token.text)
        tag = token.tag
        if tag is None:
            return
        self.bare = None
        if tag.name == "mj-style" and tag.get("inline") == "inline" and not tag.empty:
            self.inline = token.start
        else:
            self._edit(token, written)
        if not tag.empty:
            self.open.append(tag.name)
            self.bare = token.end

    def _end(self, token: Token) -> None:
        name = self.open.pop()
        if self.inline is not None:
            self.edits.append(Edit(self.inline, token.end, ""))
            self.inline = None
        elif self.bare is not None and name in COMPONENTS:
            # Blanks alone, and comments: some tags may hold nothing, but not these.
            while self.edits and self.edits[-1].start >= self.bare:
                self.edits.pop()
            self.edits.append(Edit(self.bare, token.end, f"</{name}>"))
        else:
            self._edit(token, f"</{name}>")
        self.bare = None


def _css_escape(found: re.Match[str]) -> str:
    return f"\\{ord(found[0]):x} "


def _js_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
