"""InCopy stories (.icml): Adobe's XML, written anew as HTML.

The names are those of the IDML File Format Specification, chapters on stories and text.
"""

from __future__ import annotations

import base64
import binascii
import html as markup
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from press.intake.icml_changes import Changes, carry_out
from press.intake.icml_list import ListWriter, berth_of
from press.intake.package import Node, given, local
from press.intake.told import number_in
from press.model.address import split_address
from press.model.incoming import Converted, Enclosed
from press.model.story import Furniture, Left

_TAGS: Final = {
    "title": 'p class="press-title"',
    "subtitle": 'p class="press-standfirst"',
    "author": 'p class="press-byline"',
    "date": 'p class="press-date"',
    "blockquote": "blockquote",
    "quote": "blockquote",
    "codeblock": "pre",
    "caption": 'p class="press-caption"',
    "image caption": 'p class="press-caption"',
}
_LOOKS: Final = (
    ("bold", "strong"),
    ("italic", "em"),
    ("strikeout", "s"),
    ("superscript", "sup"),
    ("subscript", "sub"),
    ("code", "code"),
)
_STYLE: Final = "AppliedParagraphStyle"
_CHARACTERS: Final = "AppliedCharacterStyle"
_DEEPEST_HEADING: Final = 6
_BREAK: Final = "\u2028"
_MOST_COLUMNS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Incopy:
    """An InCopy story, turned into HTML.

    Attributes:
        converted: What it says, and its pictures.
        left: Its writers' notes, and what was deleted.
        changes: Its tracked changes.
    """

    converted: Converted
    left: tuple[Left, ...]
    changes: Changes


def read_incopy(root: Node) -> Incopy:
    """Turn an InCopy story into HTML; its tracked changes are carried out."""
    changes = carry_out(root)
    writer = _Writer(links=_links(root))
    for story in (one for one in root.iter() if local(one) == "Story"):
        if not any(local(above) == "Story" for above in story.iterancestors()):
            writer.story(story)
    notes = "".join(
        f'<li id="fn{number}">{text}</li>'
        for number, text in enumerate(writer.notes, 1)
    )
    body = "".join(writer.blocks) + (f"<ol>{notes}</ol>" if notes else "")
    return Incopy(
        converted=Converted(html=body, pictures=tuple(writer.pictures)),
        left=(*changes.left, *writer.left),
        changes=changes,
    )


def _links(root: Node) -> dict[str, str]:
    """Return where each source of a link leads."""
    places = {
        given(one, "Self"): given(one, "DestinationURL")
        for one in root.iter()
        if local(one) == "HyperlinkURLDestination"
    }
    links = {}
    for one in root.iter():
        if local(one) != "Hyperlink":
            continue
        below = "".join(
            (inner.text or "").strip()
            for inner in one.iter()
            if local(inner) == "Destination"
        )
        target = places.get(below) or places.get(given(one, "Destination"), "")
        links[given(one, "Source")] = target
    return links


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Writes HTML.

    Attributes:
        links: Where the sources of links lead.
        blocks: The blocks that are finished.
        notes: The footnotes.
        pictures: The pictures that the file holds itself.
        left: The writers' notes.
    """

    links: dict[str, str]
    blocks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pictures: list[Enclosed] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def story(self, story: Node) -> None:
        """Write the paragraphs of a story."""
        self.blocks += _joined(self._paragraphs(story))

    def _paragraphs(self, parent: Node) -> Iterator[tuple[str, str]]:
        """Yield the style and the words of each paragraph: `Br` ends one."""
        style, line = "", ""
        for here, part in self._parts(parent):
            if part == "\n" or here != style:
                if line.strip():
                    yield style, line
                style, line = here, ""
            line += part.strip("\n")
        if line.strip():
            yield style, line

    def _parts(self, parent: Node) -> Iterator[tuple[str, str]]:
        """Yield running text with the style of its paragraph, and a break after each."""
        for node in parent:
            ranged = local(node) == "ParagraphStyleRange"
            style = given(node, _STYLE) if ranged else ""
            for inner in node if ranged else (node,):
                yield from ((style, part) for part in self._run(inner, ()))
            if ranged:
                yield style, ""

    def _run(self, node: Node, looks: tuple[str, ...]) -> Iterator[str]:
        match local(node):
            case "CharacterStyleRange":
                looks = _looks(given(node, _CHARACTERS))
                for inner in node:
                    yield from self._run(inner, looks)
            case "Content":
                yield _dressed(node.text or "", looks)
            case "Br":
                yield "\n"
            case "HyperlinkTextSource":
                inside = "".join(
                    part for inner in node for part in self._run(inner, looks)
                )
                target = self.links.get(given(node, "Self"), "")
                yield f'<a href="{markup.escape(target)}">{inside}</a>'
            case _:
                yield from self._object(node, looks)

    def _object(self, node: Node, looks: tuple[str, ...]) -> Iterator[str]:
        match local(node):
            case "Footnote" | "Endnote":
                yield self._note(node)
            case "Table":
                yield self._table(node)
            case "Rectangle" | "Polygon" | "Oval" | "Group":
                yield from (self._picture(one) for one in node.iter() if _is_image(one))
            case "Note":
                words = " ".join(
                    "".join(
                        one.text or "" for one in node.iter() if local(one) == "Content"
                    ).split()
                )
                if words:
                    self.left.append(
                        Left(
                            kind=Furniture.PAGE, why="comment of an editor", text=words
                        )
                    )
            case "Properties":
                return
            case _:
                for inner in node:
                    yield from self._run(inner, looks)

    def _note(self, node: Node) -> str:
        text = "".join(_joined(self._paragraphs(node)))
        self.notes.append(text)
        number = len(self.notes)
        return f'<sup><a href="#fn{number}" id="ref{number}">{number}</a></sup>'

    def _table(self, node: Node) -> str:
        """Write a table: each cell is named by its column and its row."""
        rows: dict[int, dict[int, str]] = {}
        for cell in (one for one in node if local(one) == "Cell"):
            column, _, row = given(cell, "Name").partition(":")
            held = rows.setdefault(number_in(row), {})
            text = "".join(_joined(self._paragraphs(cell)))
            held[number_in(column)] = held.get(number_in(column), "") + text
        heads = number_in(given(node, "HeaderRowCount"))
        columns = sorted({column for held in rows.values() for column in held})
        made = [
            _row(_in_columns(rows[number], columns), "th" if number < heads else "td")
            for number in sorted(rows)
        ]
        return f"<table>{''.join(made)}</table>"

    def _picture(self, node: Node) -> str:
        address = ""
        for link in (one for one in node.iter() if local(one) == "Link"):
            address = given(link, "LinkResourceURI") or given(link, "FilePath")
        name = unquote(split_address(address).path.rpartition("/")[2]) or (
            f"picture-{len(self.pictures) + 1}"
        )
        for held in (one for one in node.iter() if local(one) == "Contents"):
            try:
                data = base64.b64decode(held.text or "", validate=False)
            except binascii.Error:
                continue
            if data:
                self.pictures.append(Enclosed(name=name, data=data))
                return f'<img src="{markup.escape(name)}">'
        path = address.removeprefix("file:")
        return f'<img src="{markup.escape(path)}">'


def _in_columns(held: dict[int, str], columns: list[int]) -> list[str]:
    """Return the cells of a row, with nothing where one of another place reaches."""
    if len(columns) > _MOST_COLUMNS:  # no table: its words follow one another
        return [held[column] for column in sorted(held)]
    return [held.get(column, "") for column in columns]


def _row(cells: list[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def _is_image(node: Node) -> bool:
    return local(node) in {"Image", "EPS", "PDF", "WMF", "PICT", "ImportedPage"}


def _looks(style: str) -> tuple[str, ...]:
    name = style.rpartition("/")[2].lower()
    return tuple(tag for word, tag in _LOOKS if word in name)


def _dressed(text: str, looks: tuple[str, ...]) -> str:
    made = markup.escape(text, quote=False).replace(_BREAK, "<br>")
    for tag in looks if text.strip() else ():
        made = f"<{tag}>{made}</{tag}>"
    return made


def _joined(paragraphs: Iterator[tuple[str, str]]) -> list[str]:
    """Return paragraphs as blocks; those of one list stand in it together."""
    made: list[str] = []
    lists = ListWriter()
    for style, line in paragraphs:
        berth = berth_of(style)
        if berth is not None:
            lists.add(line.strip(), berth)
            continue
        made += lists.take()
        if line.strip():
            made.append(_block(style, line))
    return made + lists.take()


def _block(style: str, line: str) -> str:
    name = style.rpartition("/")[2].lower().partition(">")[0].strip()
    if line.startswith("<table>"):
        return line
    for word in ("header", "heading"):
        level = name.removeprefix(word).strip()[:1]
        if name.startswith(word) and level.isdigit():
            tag = f"h{min(max(int(level), 1), _DEEPEST_HEADING)}"
            return f"<{tag}>{line}</{tag}>"
    tag = _TAGS.get(name, "p")
    inside = f"<p>{line}</p>" if tag == "blockquote" else line
    return f"<{tag}>{inside}</{tag.partition(' ')[0]}>"
