"""A mail as it is posted: headers, plain text and HTML in one message (RFC 5322, 2045).

A letter is brought into form once: everything that its readers share is encoded, and
parted where a token stands. A reader's message is then those parts with values between
them. The parts are quoted-printable; each value begins a line and ends one, by soft line
breaks that no reader sees, so that what stands around it is the same in every message.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from hashlib import sha256

from press.model.header import UnsafeError, encoded, phrase, safe, unfolded
from press.model.letter import Letter, Parcel

#: Octets of a line, without the "=" of a soft line break (RFC 2045, 6.7).
_WIDTH = 75
_SOFT = b"=\r\n"
_ODD = re.compile(rb"[^\t -<>-~]")
_ENDS = re.compile(r"\r\n|\r|\n")
_NAME = re.compile(r"[!-9;-~]{1,70}")
#: What may not stand within <…>, nor between two addresses.
_BRACKETED = re.compile(r"[\s<>,;\"\\()]")
#: The headers that a form writes itself.
_OWN = frozenset(
    {"from", "to", "cc", "bcc", "reply-to", "subject", "date", "message-id"}
    | {"mime-version", "content-type", "content-transfer-encoding"}
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A letter parted at tokens: every second part is the name of one.

    Attributes:
        tokens: Those for which there are values.
        headers: Headers after those of each reader's own.
        body: Both parts of the message.
        in_headers: Tokens whose values stand in headers.
        in_body: Tokens whose values stand in the body.
    """

    tokens: frozenset[str]
    headers: tuple[bytes | str, ...]
    body: tuple[bytes | str, ...]
    in_headers: frozenset[str]
    in_body: frozenset[str]


class Form:
    """A letter, ready to be written to one reader after the other.

    It may be used by many threads at once.

    Args:
        letter: What all readers get.

    Raises:
        UnsafeError: Something of it cannot stand in a header.
    """

    __slots__ = ("_boundary", "_head", "_letter", "_parts")

    def __init__(self, letter: Letter) -> None:
        self._letter = letter
        _hold(letter)
        whole = f"{letter.text}\0{letter.html}".encode(errors="surrogatepass")
        # "=_" is never in a quoted-printable part; the same letter has the same bytes.
        self._boundary = f"=_{sha256(whole).hexdigest()[:32]}"
        self._head = "".join(f"{name}: {value}\r\n" for name, value in _names(letter))
        self._parts: _Parts | None = None

    def write(self, parcel: Parcel, date: dt.datetime) -> bytes:
        """Return one reader's message.

        Args:
            parcel: The reader: address, number of the message, values of the tokens.
            date: When it is written; aware.

        Raises:
            UnsafeError: A value cannot stand where it is to stand.
        """
        parts = self._parts
        if parts is None or parts.tokens != parcel.values.keys():
            parts = self._parts = self._parted(frozenset(parcel.values))
        _hold_parcel(parcel, parts)
        values = parcel.values
        in_headers = {token: values[token].encode() for token in parts.in_headers}
        in_body = {token: _line(values[token]) for token in parts.in_body}
        head = (
            f"{self._head}To: <{parcel.email}>\r\n"
            f"Date: {format_datetime(date)}\r\n"
            f"Message-ID: <{parcel.message_id}>\r\n"
        )
        return b"".join(
            (
                head.encode(),
                *_filled(parts.headers, in_headers),
                *_filled(parts.body, in_body),
            )
        )

    __call__ = write

    def _parted(self, tokens: frozenset[str]) -> _Parts:
        letter = self._letter
        headers = tuple(self._shared(tokens))
        body = tuple(self._body(tokens))
        if any(token in letter.subject + letter.sender_name for token in tokens):
            raise UnsafeError("a token stands where nothing is filled in")
        return _Parts(
            tokens=tokens,
            headers=headers,
            body=body,
            in_headers=frozenset(one for one in headers if isinstance(one, str)),
            in_body=frozenset(one for one in body if isinstance(one, str)),
        )

    def _shared(self, tokens: Collection[str]) -> Iterator[bytes | str]:
        for name, value in self._letter.headers:
            yield f"{name}: ".encode("ascii")
            for part in _split(value, tokens):
                yield part if part in tokens else part.encode("ascii")
            yield b"\r\n"
        kind = f'multipart/alternative; boundary="{self._boundary}"'
        yield f"MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n".encode("ascii")

    def _body(self, tokens: Collection[str]) -> Iterator[bytes | str]:
        letter = self._letter
        for kind, text in (("plain", letter.text), ("html", letter.html)):
            yield (
                f"--{self._boundary}\r\n"
                f'Content-Type: text/{kind}; charset="utf-8"\r\n'
                "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            ).encode("ascii")
            yield from _quoted_parts(_split(text, tokens), tokens)
            yield b"\r\n"
        yield f"--{self._boundary}--\r\n".encode("ascii")


def _names(letter: Letter) -> Iterator[tuple[str, str]]:
    """Yield the headers of a letter that every reader's message begins with."""
    yield "From", f"{phrase(letter.sender_name)} <{letter.sender_email}>"
    if letter.reply_to:
        yield "Reply-To", f"<{letter.reply_to}>"
    yield "Subject", encoded(letter.subject)


def _filled(
    parts: tuple[bytes | str, ...], values: Mapping[str, bytes]
) -> Iterator[bytes]:
    for part in parts:
        yield values[part] if isinstance(part, str) else part


def _split(text: str, tokens: Collection[str]) -> list[str]:
    """Part a text at its tokens; they stand among the parts."""
    if not tokens:
        return [text]
    longest_first = sorted(tokens, key=len, reverse=True)
    pattern = "|".join(re.escape(token) for token in longest_first)
    return [part for part in re.split(f"({pattern})", text) if part]


# --- What cannot be written ----------------------------------------------------------


def _hold(letter: Letter) -> None:
    """Hold a letter's headers against what would break a message."""
    lines = {"subject": letter.subject, "sender's name": letter.sender_name}
    for name, line in lines.items():
        if not safe(line):
            raise UnsafeError(f"the {name} holds a character that ends lines")
    for address in (letter.sender_email, letter.reply_to):
        if not safe(address) or _BRACKETED.search(address):
            raise UnsafeError("the sender's address holds what no address holds")
    for name, value in letter.headers:
        if not _NAME.fullmatch(name) or name.lower() in _OWN:
            raise UnsafeError("a header has a name that it cannot have")
        if not value.isascii() or not safe(unfolded(value)):
            raise UnsafeError(f"{name} holds a character that ends lines")


def _hold_parcel(parcel: Parcel, parts: _Parts) -> None:
    values = parcel.values
    if not safe(" ".join(values.values())):
        raise UnsafeError("a value holds a character that ends lines")
    for address in (parcel.email, parcel.message_id):
        if not safe(address) or _BRACKETED.search(address) or "@" not in address:
            raise UnsafeError("an address or a message's name holds what none holds")
    if not parcel.message_id.isascii():
        raise UnsafeError("a message's name holds what none holds")
    for token in parts.in_headers:
        value = values[token]
        if not value.isascii() or _BRACKETED.search(value):
            raise UnsafeError("a value in a header is no address of a page")


# --- Quoted-printable (RFC 2045, 6.7) ------------------------------------------------


def _quoted_parts(parts: list[str], tokens: Collection[str]) -> Iterator[bytes | str]:
    """Yield the parts of a text with soft line breaks around what is filled in."""
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if part in tokens:
            yield part
            if not last:
                yield _SOFT
            continue
        lines = [_line(line) for line in _ENDS.split(part)]
        yield b"\r\n".join(lines)
        # At the beginning of a line a value needs no break before it.
        if not last and lines[-1]:
            yield _SOFT


def _line(text: str) -> bytes:
    """Write a line, without its end, as quoted-printable.

    A space at its end is written in figures, as are a dot and "From" at its beginning,
    which servers on the way change.
    """
    try:
        line = text.encode()
    except UnicodeEncodeError as error:
        raise UnsafeError("half a character stands in the text") from error
    line = _ODD.sub(_figures, line)
    if line[:1] == b"." or line[:5] == b"From ":
        line = b"=%02X%s" % (line[0], line[1:])
    if line[-1:] in {b" ", b"\t"}:
        line = b"%s=%02X" % (line[:-1], line[-1])
    return line if len(line) <= _WIDTH else _SOFT.join(_wrapped(line))


def _figures(found: re.Match[bytes]) -> bytes:
    return b"=%02X" % found[0][0]


def _wrapped(line: bytes) -> Iterator[bytes]:
    """Yield the pieces of a line; none ends within three figures."""
    start, end = 0, len(line)
    while end - start > _WIDTH:
        cut = start + _WIDTH
        inside = line.rfind(b"=", cut - 2, cut)
        cut = cut if inside < 0 else inside
        yield line[start:cut]
        start = cut
    yield line[start:]
