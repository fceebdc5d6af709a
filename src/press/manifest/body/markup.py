"""The writer's HTML: taken apart tag by tag, never trusted, its text read as Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from press.manifest.body.tree import VOID, Builder, Element, tags

_ATTRIBUTE: Final = (
    r"""\s*+(?P<name>[^\s"'<>/=]++)"""
    r"""(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'<>`]++)))?+"""
)
_UNNAMED: Final = re.sub(r"\?P<\w+>", "?:", _ATTRIBUTE)
_SETTING: Final = re.compile(_ATTRIBUTE)

#: One tag, comment or declaration. A comment's inside is masked long before.
TAG: Final = re.compile(
    rf"""<!--(?:[^<>]{{0,20}}-->)?+
       |<[?!][^<>]*+>
       |</(?P<end>[A-Za-z][A-Za-z0-9-]*+)[^<>]*+>
       |<(?P<start>[A-Za-z][A-Za-z0-9-]*+)(?P<settings>(?:{_UNNAMED}|\s*+/)*+)\s*+>""",
    re.VERBOSE,
)

#: Tags that part one block of text from the next. All others stand within a line and are
#: left to Markdown, which also knows an address in angle brackets from a tag.
BLOCKS: Final = tags(
    """address applet article aside audio base blockquote body button canvas caption center
    col colgroup dd details dialog div dl dt embed fieldset figcaption figure footer form
    frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe input legend li link
    listing main map math menu menuitem meta nav noembed noframes noscript object ol
    optgroup option p param plaintext pre script search section select source style summary
    svg table tbody td template textarea tfoot th thead title tr track ul video xmp"""
)

#: Tags whose inside is no markup; it is skipped or, in listings, kept as it stands.
_SKIPPED: Final = frozenset({"script", "style", "textarea", "title", "xmp"})

#: What makes it worth asking Markdown to read a text.
_MARKED: Final = re.compile(r"[\\`*_\[\]<>&!^~\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One tag of the writer's HTML.

    Attributes:
        name: Its name in lower case; empty for comments and declarations.
        closes: Whether it is an end tag.
        empty: Whether nothing can stand in it.
        attributes: Its settings, decoded.
    """

    name: str
    closes: bool
    empty: bool
    attributes: Mapping[str, str]


def _settings(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for item in _SETTING.finditer(text):
        value = item["double"] or item["single"] or item["bare"] or ""
        found.setdefault(item["name"].lower(), html.unescape(value))
    return found


def read_tag(match: re.Match[str]) -> Tag:
    """Take a match of `TAG` apart."""
    name = (match["start"] or match["end"] or "").lower()
    settings = match["settings"] or ""
    return Tag(
        name=name,
        closes=match["end"] is not None,
        empty=name in VOID or settings.endswith("/"),
        attributes=_settings(settings) if settings.strip("/ ") else {},
    )


def put(tag: Tag, builder: Builder, line: int) -> None:
    """Put a tag into the tree."""
    if not tag.name:
        return
    if tag.closes:
        if tag.name == "br":
            builder.add(Element(tag="br", line=line))
        builder.close_html(tag.name)
        return
    element = Element(tag=tag.name, line=line, attributes=tag.attributes)
    if tag.empty:
        builder.add(element)
    else:
        builder.open_html(element)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of text between two tags."""

    text: str
    line: int


Piece: TypeAlias = Tag | Stretch


def pieces(content: str) -> Iterator[tuple[int, Piece]]:
    """Yield the tags of blocks and the text between them, each with its line from 0.

    Tags that stand within a line stay in the text.
    """
    last = position = line = 0
    while match := TAG.search(content, position):
        position = match.end()
        tag = read_tag(match)
        if tag.name not in BLOCKS:
            continue
        line_at = line + content.count("\n", last, match.start())
        if match.start() > last:
            text = content[last : match.start()]
            yield line, Stretch(text=text, line=line)
        yield line_at, tag
        if tag.name in _SKIPPED and not tag.closes:
            end = re.compile(f"</{tag.name}", re.IGNORECASE).search(content, position)
            position = end.start() if end else len(content)
        line = line_at + content.count("\n", match.start(), position)
        last = position
    if last < len(content):
        yield line, Stretch(text=content[last:], line=line)


def without_tags(text: str) -> str:
    """Return the text of a listing: tags taken out, entities decoded."""
    return html.unescape(TAG.sub("", text))


def is_plain(text: str) -> bool:
    """Whether Markdown would find nothing in a text."""
    return not _MARKED.search(text)
