"""Rich Text as it should have been written: every letter as itself, notes as notes.

What engines make of Rich Text differs: of letters written as numbers, of those that stand
beside them for older programs, of notes, comments and hidden words. So all of it is read
here first, and its words are counted; the engine is given what none can misread.
The names are those of the specification of Rich Text 1.9.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final

from press.intake.rich_tokens import (
    PAGE_WORDS,
    USUAL,
    Token,
    TokenKind,
    code_page,
    page_of_set,
    tokens,
)
from press.intake.rich_words import (
    CELLS,
    DELETED,
    ENDS,
    NO_COPY,
    OUT,
    SHOWN,
    SIGN_WORDS,
    SIGNS,
    TABLES,
    TAKEN,
    UNSEEN,
)
from press.model.story import Furniture, Left

_SURROGATES: Final = range(0xD800, 0xE000)
_LOW: Final = 0xDC00
_WIDE: Final = 0x10000
_ESCAPED: Final = re.compile(r"[\\{}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RichText:
    """A Rich Text file, read.

    Attributes:
        data: The same text, written so that every engine reads it alike.
        words: How many words its text has, without those that stay out.
        left: What stays out of copy: comments, what was deleted, what is hidden, the heads
            and feet of its pages.
        insertions: How many tracked insertions there are.
        deletions: How many tracked deletions.
    """

    data: bytes
    words: int
    left: tuple[Left, ...]
    insertions: int = 0
    deletions: int = 0


def read_rich_text(data: bytes) -> RichText:
    """Read a Rich Text file."""
    reader = _Reader()
    for token in tokens(data):
        reader.take(token)
    reader.flush()
    return RichText(
        data="".join(reader.out).encode(),
        words=len("".join((*reader.said, " ", *reader.noted)).split()),
        left=tuple(
            Left(kind=Furniture.PAGE, why=why, text=words)
            for why, texts in reader.left
            if (words := " ".join("".join(texts).split()))
        ),
        insertions=reader.insertions,
        deletions=reader.deletions,
    )


class _Use(Enum):
    """What becomes of the words of a group."""

    TEXT = auto()
    TABLE = auto()  #: Handed on, and not counted.
    LEFT = auto()  #: Listed, and not handed on.
    UNSEEN = auto()  #: Neither.


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What holds within a group.

    Attributes:
        use: What becomes of its words.
        why: Why they are left out, where they are.
        page: The code page of its letters.
        skip: How many characters after a letter written as a number say it again.
        out: Which words set its letters off as none of the text.
        starred: Whether the group may be passed over by who does not know it.
        fresh: Whether nothing of the group was read yet.
        fonts: Whether it lists fonts.
        is_note: Whether its words are those of a note.
    """

    use: _Use = _Use.TEXT
    why: str = ""
    page: str = USUAL
    skip: int = 1
    out: frozenset[str] = frozenset()
    starred: bool = False
    fresh: bool = False
    fonts: bool = False
    is_note: bool = False


@dataclass(slots=True, kw_only=True)
class _Reader:
    state: _State = field(default_factory=_State)
    outer: list[_State] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    left: list[tuple[str, list[str]]] = field(default_factory=list)
    insertions: int = 0
    deletions: int = 0
    usual: str = USUAL
    pages: dict[int, str] = field(default_factory=dict)
    font: int = 0
    default: int = 0
    skipping: int = 0
    high: int = 0
    letters: bytearray = field(default_factory=bytearray)

    def take(self, token: Token) -> None:
        """Take in the next part."""
        if token.kind in {TokenKind.TEXT, TokenKind.BYTE}:
            self._text(token.text)
        elif token.kind is TokenKind.WORD:
            self._control(token)
        elif token.kind is TokenKind.SIGN:
            self._sign(token.text)
        elif token.kind is TokenKind.DATA:
            if self.state.use is _Use.TABLE:
                self._emit(token.text)
        else:
            self._brace(token.kind)

    def flush(self) -> None:
        """Read the bytes that wait in their code page: some letters have several."""
        if self.letters:
            data, self.letters = bytes(self.letters), bytearray()
            self._say(data.decode(self.state.page, errors="replace"))

    def _brace(self, kind: TokenKind) -> None:
        self._settle()
        if kind is TokenKind.OPEN:
            self._emit_star()
            self._emit("{")
            self.outer.append(self.state)
            self.state = replace(self.state, fresh=True, starred=False)
        elif self.outer:
            inner, self.state = self.state, self.outer.pop()
            self._emit("}")
            if inner.fonts and not self.state.fonts:
                self.state = replace(self.state, page=self._default_page())

    def _text(self, text: str) -> None:
        text = text.replace("\r", "").replace("\n", "").replace("\x00", "")
        if self.skipping:
            self.skipping, text = (
                max(0, self.skipping - len(text)),
                text[self.skipping :],
            )
        if text:
            self._emit_star()
            self._drop_half()
            self.letters += text.encode("latin-1")

    def _sign(self, sign: str) -> None:
        if sign == "*" and self.state.fresh:
            self.state = replace(self.state, starred=True)
            return
        if self.skipping and sign in SIGNS:
            self.skipping -= 1
            return
        self._settle()
        if sign in {"\n", "\r", "\r\n"}:
            self._end("par")
        elif sign in SIGNS:
            self._say(SIGNS[sign])
        elif sign == "\t":
            self._end("tab")

    def _control(self, token: Token) -> None:
        if self.skipping and token.text in SIGN_WORDS:
            self.skipping -= 1
            return
        if token.text == "u" and token.number is not None:
            self._number(token.number)
            return
        self._settle()
        if self.state.fresh:
            self._begin(token.text)
        if token.text in SIGN_WORDS:
            self._say(SIGN_WORDS[token.text])
        elif token.text in ENDS:
            self._end(ENDS[token.text])
        elif not self._sets(token):
            self._hand_on(token)

    def _begin(self, name: str) -> None:
        """Tell by its first word what a group is."""
        state = self.state
        if state.use is _Use.UNSEEN or state.use is _Use.LEFT:
            pass
        elif name in NO_COPY:
            self.state = replace(state, use=_Use.LEFT, why=NO_COPY[name])
            self.left.append((NO_COPY[name], []))
        elif name in UNSEEN:
            self.state = replace(state, use=_Use.UNSEEN)
        elif name in SHOWN:
            is_note = state.is_note or name == "footnote"
            self.state = replace(state, starred=False, is_note=is_note)
            if is_note:
                self.noted.append(" ")
        elif state.starred or name in TABLES:
            # Some write what a field asks for without the star that engines wait for.
            starred = state.starred or name == "fldinst"
            self.state = replace(
                state, use=_Use.TABLE, starred=starred, fonts=name == "fonttbl"
            )
        self._emit_star()

    def _emit_star(self) -> None:
        """Write the star that a group began with, where it still has one."""
        if self.state.fresh and self.state.starred:
            self._emit("\\*")
            if self.state.use is _Use.TEXT:  # it is not said what it holds
                self.state = replace(self.state, use=_Use.TABLE)
        if self.state.fresh:
            self.state = replace(self.state, fresh=False)

    def _sets(self, token: Token) -> bool:
        """Whether a control word was one that only reading needs."""
        name, number = token.text, token.number
        if name == "uc":
            self.state = replace(self.state, skip=max(number or 0, 0))
            return True
        if name in PAGE_WORDS or name == "ansicpg":
            self.usual = PAGE_WORDS.get(name) or code_page(number or 0)
            self.state = replace(self.state, page=self.usual)
        elif name in {"f", "fcharset", "cpg", "deff"}:
            self._set_font(name, number or 0)
        elif name == "plain":
            page = self._default_page()
            self.state = replace(self.state, out=frozenset(), page=page)
        elif name in OUT or name in TAKEN:
            self._track(name, is_on=number != 0)
            return True
        return False

    def _set_font(self, name: str, number: int) -> None:
        if name == "deff":
            self.default = number
        elif not self.state.fonts:
            if name == "f":
                page = self.pages.get(number, self.usual)
                self.state = replace(self.state, page=page)
        elif name == "f":
            self.font = number
        elif name == "fcharset":
            self.pages[self.font] = page_of_set(number, self.usual)
        else:
            self.pages[self.font] = code_page(number)

    def _default_page(self) -> str:
        return self.pages.get(self.default, self.usual)

    def _track(self, name: str, *, is_on: bool) -> None:
        if name in TAKEN:
            self.insertions += is_on
            return
        self.deletions += is_on and OUT[name] is DELETED
        out = self.state.out | {name} if is_on else self.state.out - {name}
        self.state = replace(self.state, out=out)

    def _hand_on(self, token: Token) -> None:
        number = "" if token.number is None else token.number
        self._emit(f"\\{token.text}{number} ")
        if token.text in CELLS:
            self._count(" ")

    def _number(self, number: int) -> None:
        """Take in a letter written as its number; two numbers make a rare one."""
        self.flush()
        self.skipping = self.state.skip
        number %= _WIDE
        if number not in _SURROGATES:
            self._drop_half()
            self._say(chr(number))
        elif number < _LOW:
            self._drop_half()
            self.high = number
        elif self.high:
            pair = ((self.high - _SURROGATES.start) << 10) + number - _LOW + _WIDE
            self.high = 0
            self._say(chr(pair))
        else:
            self._say("\ufffd")

    def _settle(self) -> None:
        self.skipping = 0
        self._drop_half()
        self.flush()

    def _drop_half(self) -> None:
        """Show that a letter is missing, of which only one half was written."""
        if self.high:
            self.high = 0
            self._say("\ufffd")

    def _end(self, word: str) -> None:
        """End a paragraph or a line; between hidden words it is hidden, too."""
        if self._is_out():
            self._list(" ")
            return
        self._emit(f"\\{word} ")
        self._count(" ")

    def _say(self, text: str) -> None:
        self._emit_star()
        if self._is_out():
            self._list(text)
            return
        self._count(text)
        self._emit(_ESCAPED.sub(lambda match: "\\" + match[0], text))

    def _count(self, text: str) -> None:
        if self.state.use is _Use.TEXT:
            (self.noted if self.state.is_note else self.said).append(text)

    def _is_out(self) -> bool:
        if self.state.use is _Use.TEXT:
            return bool(self.state.out)
        return self.state.use is _Use.LEFT

    def _list(self, text: str) -> None:
        """List words as left out: those that follow one another together."""
        why = self.state.why or next(OUT[one] for one in sorted(self.state.out))
        if not self.left or self.left[-1][0] != why:
            self.left.append((why, []))
        self.left[-1][1].append(text)

    def _emit(self, text: str) -> None:
        if self.state.use in {_Use.TEXT, _Use.TABLE}:
            self.out.append(text)
