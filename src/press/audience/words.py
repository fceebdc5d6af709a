"""Words and signs of a segment's rule, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<sign>!=|<=|>=|[=<>(),])
    |"(?P<quoted>(?:[^"\\]|\\["\\])*)"
    |(?P<word>[^\s=<>!(),"“”„\\]+)""",
    re.VERBOSE,
)
_QUOTES = "“”„"
_BARE = re.compile(r"[\w.@+-]+")


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    QUOTED = auto()
    SIGN = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a quoted text or a sign.

    Attributes:
        kind: Which of them.
        text: Its text, without quotation marks.
        start: Where it begins, counted from 0.
        width: How many characters it takes.
    """

    kind: Kind
    text: str
    start: int
    width: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these words of the language, in whatever letters."""
        return self.kind is Kind.WORD and self.text.lower() in words


class RuleError(ValueError):
    """A rule cannot be read.

    Attributes:
        start: Where, in characters from 0.
        width: How many characters are meant.
        hint: The way out.
    """

    def __init__(
        self, message: str, *, start: int, width: int = 1, hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.start = start
        self.width = max(width, 1)
        self.hint = hint


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a rule, the last of them its end.

    Raises:
        RuleError: A quotation mark is never closed, or a sign has no meaning.
    """
    found = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unknown(text, at)
        kind = match.lastgroup
        if kind == "word":
            found.append(Token(Kind.WORD, match["word"], at, match.end() - at))
        elif kind == "quoted":
            plain = re.sub(r"\\(.)", r"\1", match["quoted"])
            found.append(Token(Kind.QUOTED, plain, at, match.end() - at))
        elif kind == "sign":
            found.append(Token(Kind.SIGN, match["sign"], at, match.end() - at))
        at = match.end()
    return (*found, Token(Kind.END, "", len(text), 0))


def _unknown(text: str, at: int) -> RuleError:
    sign = text[at]
    if sign == '"':
        return RuleError(
            "this quotation mark is never closed",
            start=at,
            hint='write "…", and \\" for a quotation mark within',
        )
    if sign in _QUOTES:
        return RuleError(
            f"{sign} is not a quotation mark here", start=at, hint='write "…"'
        )
    if sign == "!":
        return RuleError("! has no meaning here", start=at, hint="write not, or !=")
    return RuleError(f"{sign} has no meaning here", start=at)


def quoted(text: str, keep: frozenset[str]) -> str:
    """Return a text as a rule has it: bare where it can be, else in quotation marks.

    Args:
        text: Any text.
        keep: Words that mean something else when they stand bare.
    """
    if _BARE.fullmatch(text) and text.lower() not in keep:
        return text
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inside}"'
