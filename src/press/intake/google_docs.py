"""Google Docs' own HTML, as the zip that it downloads or as a lone file.

Bold and italic are classes of a style sheet there, links go by way of Google, lists are
flat, and comments lie among the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import parse_qs

from lxml import etree

from press.intake.credit import with_credits
from press.intake.head import take_head
from press.intake.markup import read_markup
from press.intake.member import with_captions, with_members
from press.intake.package import Package
from press.intake.page_text import decode_page
from press.intake.tree import (
    Node,
    class_names,
    drop,
    page_tree,
    refuse_depth,
    shown_words,
    too_deep,
    written,
)
from press.intake.word import no_title
from press.model.address import split_address
from press.model.finding import Checked, Finding, error, note
from press.model.incoming import CopyFile
from press.model.story import Furniture, Left, Origin, Story

_ZIPPED: Final = b"PK"
_RULE: Final = re.compile(r"\.(?P<name>[\w-]+)\s*\{(?P<what>[^}]*)\}")
_LIST: Final = re.compile(r"lst-\w+-(?P<level>\d)")
_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_ITALIC: Final = re.compile(r"font-style\s*:\s*italic")
_STRUCK: Final = re.compile(r"text-decoration[^;]*:\s*[^;]*line-through")
_RAISED: Final = re.compile(r"vertical-align\s*:\s*(?P<where>super|sub)\b")
_LOOKS: Final = ((_BOLD, "strong"), (_ITALIC, "em"), (_STRUCK, "s"))
_GOOGLE: Final = re.compile(r"(?:www\.)?google\.[a-z.]{2,6}")
_TITLES: Final = {"title": "press-title", "subtitle": "press-standfirst"}
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def read_google_doc(file: CopyFile) -> Checked[tuple[Story, ...]]:
    """Read a document of Google Docs as a story; its comments never reach copy."""
    if not file.data.startswith(_ZIPPED):
        return _read(file, file.data, names=file.beside, within="")
    opened = Package.open(file)
    if opened.value is None:
        return Checked(value=None, findings=opened.findings)
    package = opened.value
    pages = [name for name in package.names if name.lower().endswith((".html", ".htm"))]
    if len(pages) != 1:
        finding = error(
            "intake.unreadable",
            f"{file.name} holds {len(pages)} pages, and not the one of Google Docs",
            file.place,
            "download the document once more: File, Download, Web page",
        )
        return Checked(value=None, findings=(*opened.findings, finding))
    data = package.read(pages[0])
    if data is None:
        finding = error(
            "intake.unreadable",
            f"{file.name} is damaged: {pages[0]} cannot be unpacked",
            file.place,
            "download the document once more",
        )
        return Checked(value=None, findings=(*opened.findings, finding))
    read = _read(file, data, names=package.names, within=pages[0].rpartition("/")[0])
    return replace(read, findings=(*opened.findings, *read.findings))


def is_google_doc(data: bytes) -> bool:
    """Whether HTML is of Google Docs: its links, or the classes of its style sheet."""
    head = data[:200_000]
    wrapped = b"google.com/url?q=" in head and b"source=editors" in head
    return (
        wrapped
        or b'class="doc-content"' in head
        or b"@import url(https://themes.googleusercontent.com" in head
    )


def _read(
    file: CopyFile, data: bytes, *, names: tuple[str, ...], within: str
) -> Checked[tuple[Story, ...]]:
    root = page_tree(decode_page(data))
    if too_deep(root):
        return Checked(value=None, findings=(refuse_depth(file),))
    document = _Document(root=root, looks=_style_sheet(root))
    document.mend()
    harvest = read_markup(written(root))
    head = take_head(harvest.pieces)
    shown = with_members(
        with_captions(head.rest), names, within=within, place=file.place
    )
    found = [*document.findings(file), *shown.findings]
    if not head.title:
        found.append(no_title(file))
    left = (*document.left, *harvest.left)
    story = Story(
        origin=Origin(form="google-docs", file=file.name, id=file.stem),
        slug=file.stem,
        title=head.title,
        standfirst=head.standfirst,
        byline=head.byline,
        date=head.date,
        pieces=with_credits(shown.pieces),
        left=left,
        words=harvest.words - head.words + sum(one.words for one in document.left),
        findings=tuple(found),
    )
    return Checked(value=(story,), findings=story.findings)


def _style_sheet(root: Node) -> dict[str, str]:
    sheet = "".join(one.text or "" for one in root.iter("style"))
    looks: dict[str, str] = {}
    for rule in _RULE.finditer(sheet):
        looks[rule["name"]] = looks.get(rule["name"], "") + ";" + rule["what"]
    return looks


@dataclass(slots=True, kw_only=True)
class _Document:
    """A page of Google Docs, mended in place.

    Attributes:
        root: The page.
        looks: What the style sheet says of each class.
        left: What was taken out: comments.
    """

    root: Node
    looks: dict[str, str]
    left: list[Left] = field(default_factory=list)

    def mend(self) -> None:
        """Say by tags what is said by classes, and take out what is no copy."""
        self._take_comments()
        for node in list(self.root.iter()):
            if not isinstance(node.tag, str):
                continue
            if node.tag == "span":
                self._mark(node)
            elif node.tag == "a":
                _unwrap(node)
            elif node.tag in _HEADINGS or node.tag == "p":
                _name_title(node)
        _nest_lists(self.root)

    def findings(self, file: CopyFile) -> list[Finding]:
        """Say that there were comments."""
        if not self.left:
            return []
        many = len(self.left)
        return [
            note(
                "intake.comments",
                f"{file.name} has {many} comment{'s' * (many > 1)}, which stay out of"
                f" copy: “{self.left[0].text[:80]}”",
                file.place,
                "read them before the article goes on",
            )
        ]

    def _take_comments(self) -> None:
        for link in list(self.root.iter("a")):
            name = link.get("id") or link.get("name") or ""
            if name.startswith("cmnt_ref"):
                parent = link.getparent()
                alone = parent is not None and parent.tag == "sup" and len(parent) == 1
                drop(parent if alone and parent is not None else link)
        for link in list(self.root.iter("a")):
            name = link.get("id") or link.get("name") or ""
            if not name.startswith("cmnt") or link.getroottree().getroot() is None:
                continue
            holder = _holder(link)
            drop(link)
            if words := shown_words(holder):
                self.left.append(
                    Left(kind=Furniture.PAGE, why="comment of an editor", text=words)
                )
            drop(holder)

    def _mark(self, span: Node) -> None:
        """Say by tags how a span looks; within a heading its weight says nothing."""
        look = ";".join(self.looks.get(name, "") for name in class_names(span))
        look += ";" + (span.get("style") or "")
        names = [tag for rule, tag in _LOOKS if rule.search(look)]
        if any(one.tag in _HEADINGS for one in span.iterancestors()):
            names = [name for name in names if name != "strong"]
        if raised := _RAISED.search(look):
            names.append("sup" if raised["where"] == "super" else "sub")
        for name in names:
            _wrap_inside(span, name)


def _holder(link: Node) -> Node:
    """Return the block that holds a comment: its `div`, or its paragraph."""
    for node in link.iterancestors():
        if node.tag == "div":
            return node
        if node.tag in {"body", "html"}:
            break
    return next((node for node in link.iterancestors("p")), link)


def _wrap_inside(span: Node, name: str) -> None:
    inner = etree.Element(name)
    inner.text, span.text = span.text, None
    for child in list(span):
        inner.append(child)
    span.append(inner)


def _unwrap(link: Node) -> None:
    """Have a link lead where it leads, and not by way of Google."""
    parts = split_address(link.get("href") or "")
    if _GOOGLE.fullmatch(parts.hostname or "") and parts.path == "/url":
        query = parse_qs(parts.query)
        target = next(iter(query.get("q", query.get("url", []))), "")
        if target:
            link.set("href", target)


def _name_title(node: Node) -> None:
    for name in class_names(node):
        if name in _TITLES:
            node.set("class", f"{node.get('class')} {_TITLES[name]}")
            return


def _level(node: Node) -> int:
    if node.tag not in {"ul", "ol"}:
        return -1
    found = _LIST.search(node.get("class") or "")
    return int(found["level"]) if found else -1


def _nest_lists(root: Node) -> None:
    """Put lists of a lower level into the item that they follow."""
    for node in list(root.iter("ul", "ol")):
        level, before = _level(node), node.getprevious()
        if level < 1 or before is None or (node.getprevious() is None):
            continue
        while before is not None and len(before) and _level(before) >= 0:
            last = before[-1]
            inner = last[-1] if len(last) and _level(last[-1]) >= 0 else None
            if _level(before) < level and (inner is None or _level(inner) >= level):
                if inner is not None and inner.tag == node.tag:
                    for item in list(node):
                        inner.append(item)
                    drop(node)
                else:
                    tail, node.tail = node.tail, None
                    last.append(node)
                    before.tail = (before.tail or "") + (tail or "")
                break
            before = inner


__all__ = ["is_google_doc", "read_google_doc"]
