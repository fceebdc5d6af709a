"""MJML taken apart into tags, texts and comments, each with its offset.

Reading goes on after every mistake, so that all of them are told. What is read has no
meaning yet: whether a tag may stand where it stands is for `judge.py` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from press.digest.mjml.fault import Fault
from press.model.finding import Severity


class Kind(StrEnum):
    """What a token is."""

    TEXT = "text"  #: Text between tags.
    RAW = "raw"  #: What stands in a style sheet or a script.
    START = "start"  #: A tag; it may be empty, as in <br />.
    END = "end"  #: An end tag.
    COMMENT = "comment"
    ODD = "odd"  #: Nothing that can be read; `fault` says why.


class Attribute(NamedTuple):
    """An attribute as it is written; its offset is that in its tag."""

    name: str
    value: str
    offset: int


class Tag(NamedTuple):
    """A tag as it is written.

    Attributes:
        name: In small letters.
        attributes: In order; of two of the same name, both.
        empty: Whether it ends in "/>", or is one of HTML's that hold nothing.
        faults: What is wrong with its writing; offsets are those in the tag.
    """

    name: str
    attributes: tuple[Attribute, ...]
    empty: bool
    faults: tuple[Fault, ...] = ()

    def get(self, name: str) -> str | None:
        """Return the value of an attribute, None where there is none."""
        for attribute in self.attributes:
            if attribute.name == name:
                return attribute.value
        return None


class Token(NamedTuple):
    """A stretch of MJML.

    Attributes:
        kind: What it is.
        start: Where it begins.
        text: How it is written.
        tag: That of START and END.
        fault: Why it cannot be read, or not to its end.
    """

    kind: Kind
    start: int
    text: str
    tag: Tag | None = None
    fault: Fault | None = None

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


#: Elements of HTML that hold nothing and have no end tag.
_VOID: Final = "area base br col embed hr img input link meta param source track wbr"
VOID: Final = frozenset(_VOID.split())
#: Elements that hold no markup.
_SHEETS: Final = frozenset({"mj-style", "style", "script"})

# A quoted value may hold "<", but not what looks like a tag: a quotation mark was
# forgotten then.
_QUOTED = r""""[^"<]*(?:<(?![A-Za-z/!])[^"<]*)*"|'[^'<]*(?:<(?![A-Za-z/!])[^'<]*)*'"""
_TOKEN = re.compile(
    rf"""([^<]+)
      | (<[A-Za-z][^"'<>]*(?:(?:{_QUOTED})[^"'<>]*)*>)
      | (</[A-Za-z][^\s<>/]*\s*>)
      | (<!--.*?-->)""",
    re.VERBOSE | re.DOTALL,
)
#: What the groups of `_TOKEN` stand for.
_KINDS: Final = (Kind.ODD, Kind.TEXT, Kind.START, Kind.END, Kind.COMMENT)
_, _TEXT, _START, _, _COMMENT = _KINDS
_NAME = re.compile(r"</?([A-Za-z][^\s<>\"'/]*)")
_ATTRIBUTE = re.compile(
    rf"""(?P<blank>\s*)(?P<name>[^\s=<>"'/]+)
        (?:\s*=\s*(?P<value>{_QUOTED}|[^\s"'<>]+))?""",
    re.VERBOSE,
)
_TAG_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:._-]*")
_ATTRIBUTE_NAME = re.compile(r"[A-Za-z_:][A-Za-z0-9_:.-]*")


def tokenize(text: str) -> Iterator[Token]:
    """Yield what MJML is made of; blanks between two tags are left out."""
    position, length = 0, len(text)
    while position < length:
        found = _TOKEN.match(text, position)
        if found is None:
            token = _odd(text, position)
            yield token
            position = token.end
            continue
        written, kind = found[0], _KINDS[found.lastindex or 0]
        start, position = position, found.end()
        if kind is _TEXT:
            # Most of it is the indentation of the template, which means nothing.
            if not (written[0] == "\n" and written.isspace() and written.isascii()):
                yield Token(kind, start, written)
        elif kind is _COMMENT:
            yield Token(kind, start, written)
        else:
            tag = read_tag(written)
            yield Token(kind, start, written, tag)
            if tag.name in _SHEETS and kind is _START and not tag.empty:
                sheet = _sheet(text, position, tag.name)
                if sheet:
                    yield sheet
                    position = sheet.end


def _sheet(text: str, start: int, tag: str) -> Token | None:
    """Return a style sheet or script up to its end tag, None where it has none."""
    found = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(text, start)
    if found is None or found.start() == start:
        return None
    return Token(Kind.RAW, start, text[start : found.start()])


# --- Tags ----------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def read_tag(text: str) -> Tag:
    """Read a whole tag or end tag, from "<" to ">"."""
    found = _NAME.match(text)
    name = (found[1] if found else "").lower()
    position = found.end() if found else 1
    end = len(text) - 1
    closed = text[:end].rstrip()
    empty = closed.endswith("/") and not re.search(r"=\s*[^\s\"'<>]*/\Z", closed)
    if empty:
        end = len(closed) - 1
    attributes, faults = _attributes(text, position, end, name)
    if name and not _TAG_NAME.fullmatch(name):
        message = f'"{name}" cannot be the name of a tag'
        odd = Fault(offset=1, width=len(name), code="digest.markup", message=message)
        faults = (odd, *faults)
    return Tag(name, attributes, empty or name in VOID, faults)


def _attributes(
    text: str, position: int, end: int, tag: str
) -> tuple[tuple[Attribute, ...], tuple[Fault, ...]]:
    attributes: list[Attribute] = []
    faults: list[Fault] = []
    while position < end:
        found = _ATTRIBUTE.match(text, position, end)
        if found is None:
            if not text[position].isspace():
                faults.append(_stray(text[position], position, tag))
            position += 1
            continue
        position = found.end()
        value = found["value"] or ""
        faults += _form(found, tag)
        if any(one.name == found["name"] for one in attributes):
            faults.append(_twice(found, tag))
        bare = value[1:-1] if value[:1] in {'"', "'"} else value
        attributes.append(Attribute(found["name"], bare, found.start("name")))
    return tuple(attributes), tuple(faults)


def _stray(character: str, offset: int, tag: str) -> Fault:
    return Fault(
        offset=offset,
        code="digest.markup",
        message=f"{character!r} stands alone in <{tag}>",
        hint='an attribute is written name="value"',
    )


def _twice(found: re.Match[str], tag: str) -> Fault:
    return Fault(
        offset=found.start("name"),
        width=len(found["name"]),
        code="digest.attribute-twice",
        message=f"<{tag}> has the attribute {found['name']} twice",
        hint="take one out; mail engines disagree about which one counts",
    )


def _form(found: re.Match[str], tag: str) -> Iterator[Fault]:
    """Find what is wrong with the way an attribute is written."""
    name, value = found["name"], found["value"] or ""
    offset, width = found.start("name"), len(name)
    if not _ATTRIBUTE_NAME.fullmatch(name):
        message = f'"{name}" cannot be the name of an attribute'
        yield Fault(offset=offset, width=width, code="digest.markup", message=message)
    if not found["blank"]:
        yield Fault(
            offset=offset,
            width=width,
            code="digest.attribute-form",
            message=f"there is no blank before the attribute {name} of <{tag}>",
            hint="put one in",
            severity=Severity.WARNING,
        )
    if value and value[0] not in {'"', "'"}:
        yield Fault(
            offset=offset,
            width=width,
            code="digest.attribute-form",
            message=f"the value of {name} stands in no quotation marks",
            hint=f'write {name}="{value}"',
            severity=Severity.WARNING,
        )


# --- What cannot be read -------------------------------------------------------------

_ODDITIES: Final = (
    ("<!--", "", "this comment is never closed", 'end it with "-->"'),
    ("<!doctype", ">", "a document type has no place here", "take it out"),
    ("<?", "?>", "a processing instruction has no place here", "take it out"),
    ("<![cdata[", "]]>", "CDATA is not read", "take its marks out, keep its text"),
    (
        "<![",
        ">",
        "this condition is for Outlook only inside a comment",
        "write <!--[if mso]> ... <![endif]-->",
    ),
)


def _odd(text: str, start: int) -> Token:
    """Return what stands at a "<" that begins nothing whole."""
    for opening, closing, message, hint in _ODDITIES:
        if text[start : start + len(opening)].lower() == opening:
            end = start + len(opening)
            found = text.find(closing, end) if closing else -1
            end = found + len(closing) if found >= 0 else end
            return _fault(text[start:end], start, message, hint, width=len(opening))
    if _NAME.match(text, start):
        return _broken(text, start)
    return _fault("<", start, '"<" begins no tag here', 'write "&lt;"')


def _broken(text: str, start: int) -> Token:
    """Return a tag that has no end, up to where reading can go on."""
    slash = text[start + 1] == "/"
    found = _NAME.match(text, start)
    name = found[1] if found else ""
    position = _readable(text, start + slash + 1 + len(name))
    message = f"<{'/' if slash else ''}{name}> is not closed by a >"
    hint = None
    if text[position : position + 1] in {'"', "'"}:
        message = f"<{name}> has a value whose quotation mark is not closed"
        hint = f"look for the other {text[position]}"
    close = re.compile(r"[<>]").search(text, position)
    end = close.start() + (close[0] == ">") if close else len(text)
    odd = _fault(text[start:end], start, message, hint, len(name) + slash + 1)
    kind = Kind.END if slash else Kind.START
    tag = Tag(name.lower(), (), empty=name.lower() in VOID)
    return odd._replace(kind=kind, tag=tag)


def _readable(text: str, position: int) -> int:
    """Return how far the attributes of a tag can be read, to the value that cannot."""
    while attribute := _ATTRIBUTE.match(text, position):
        position = attribute.end()
    rest = re.compile(r"\s*(?:=\s*)?").match(text, position)
    return rest.end() if rest else position


def _fault(
    text: str, start: int, message: str, hint: str | None, width: int = 1
) -> Token:
    fault = Fault(
        offset=start, width=width, code="digest.markup", message=message, hint=hint
    )
    return Token(Kind.ODD, start, text, fault=fault)
