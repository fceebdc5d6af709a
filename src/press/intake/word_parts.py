"""What a Word document says besides its copy: comments, changes, heads, properties.

Read from its XML (ECMA-376, part 1), apart from the engine that makes HTML of it: so the
engine's words can be counted against the document's own.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Self

from lxml import etree

from press.intake.package import Node, Package, given, local
from press.intake.word_graphics import Graphic, graphics_in
from press.model.story import Furniture, Left

_BREAKS: Final = frozenset({"tab", "br", "cr", "ptab"})
_UNREAD: Final = frozenset({"instrText", "delText", "delInstrText", "rPr", "pPr"})
_DELETED: Final = frozenset({"del", "moveFrom"})
_INSERTED: Final = frozenset({"ins", "moveTo"})
_NOTES: Final = {"footnotes": "footnote", "endnotes": "endnote"}
_TEXTS: Final = (".xml", ".rels")
_IMAGE: Final = "/image"
_LINKS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: What `w:vanish` may say to mean no.
_NO: Final = frozenset({"0", "false", "off"})


@dataclass(slots=True, kw_only=True)
class WordParts:
    """The parts of a Word document.

    Attributes:
        package: The document.
        texts: Its XML, by name; words that are not to be read are taken out of it.
        left: What was taken out, and what the engine never reads.
        inserted: The words of tracked insertions, change by change.
        deleted: The words of tracked deletions.
        external: The addresses of pictures that lie elsewhere.
        graphics: The charts and diagrams, which the engine never reads either.
    """

    package: Package
    texts: dict[str, Node]
    left: list[Left] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    external: list[str] = field(default_factory=list)
    graphics: list[Graphic] = field(default_factory=list)

    @classmethod
    def of(cls, package: Package) -> Self | None:
        """Read the parts of a document; None where one of them is broken or unsafe."""
        texts = {}
        for name in package.names:
            if not name.lower().endswith(_TEXTS) or name.startswith("customXml/"):
                continue
            root = package.xml(name)
            if root is None:
                return None
            texts[name] = root
        parts = cls(package=package, texts=texts)
        if parts.main not in texts:
            return None
        for root in texts.values():
            parts._settle(root)
        for name, root in texts.items():
            parts._look(name, root)
        return parts

    @property
    def main(self) -> str:
        """The name of the part with the text."""
        for link in self.texts.get("_rels/.rels", ()):
            if given(link, "Type").endswith("/officeDocument"):
                return given(link, "Target").lstrip("/")
        return "word/document.xml"

    def packed(self) -> bytes:
        """Return the document with its texts alone; of pictures it holds the names.

        That of a picture which is not there is held, too: the engine would stop at it.
        """
        self._link_loose()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name in self.package.names:
                root = self.texts.get(name)
                made.writestr(name, b"" if root is None else etree.tostring(root))
            for name, root in self.texts.items():
                if name not in self.package.names:
                    made.writestr(name, etree.tostring(root))
            for name in sorted(self._pictures() - set(self.package.names)):
                made.writestr(name, b"")
        return out.getvalue()

    def _pictures(self) -> set[str]:
        """Return the names by which the engine asks for pictures."""
        targets = (
            given(one, "Target")
            for root in self._of_kind("Relationships")
            for one in root
            if given(one, "TargetMode") != "External"
            and given(one, "Type").endswith(_IMAGE)
        )
        return {
            one[1:] if one.startswith("/") else f"word/{one}" for one in targets if one
        }

    def _link_loose(self) -> None:
        """Let references to pictures that lead nowhere lead to one that is not there."""
        folder, _, name = self.main.rpartition("/")
        where = f"{folder}/_rels/{name}.rels"
        links = self.texts.setdefault(
            where, etree.Element(f"{{{_LINKS}}}Relationships")
        )
        known = {given(one, "Id") for one in links}
        text = self.texts[self.main]
        shown = [
            *(given(one, "embed") for one in _named(text, "blip")),
            *(given(one, "id") for one in _named(text, "imagedata")),
        ]
        for number in dict.fromkeys(shown):
            if number and number not in known:
                etree.SubElement(
                    links,
                    f"{{{_LINKS}}}Relationship",
                    {"Id": number, "Type": f"{_KIND}{_IMAGE}", "Target": number},
                )

    def words(self) -> int:
        """How many words it has: its text, the notes that it refers to, all left out."""
        text = self.texts[self.main]
        counted = len(_read(text).split())
        for part, name in _NOTES.items():
            wanted = {given(one, "id") for one in _named(text, f"{name}Reference")}
            for root in self._of_kind(part):
                counted += sum(
                    len(_read(note).split())
                    for note in _named(root, name)
                    if given(note, "id") in wanted
                )
        return counted + sum(left.words for left in self.left)

    def property(self, name: str) -> str:
        """Return one of the document's properties: "title", "creator", "modified"."""
        for part, root in self.texts.items():
            if part.startswith("docProps/core"):
                for one in _named(root, name):
                    return " ".join((one.text or "").split())
        return ""

    def _of_kind(self, kind: str) -> list[Node]:
        return [root for root in self.texts.values() if local(root) == kind]

    def _settle(self, root: Node) -> None:
        """Take out what is hidden; put what only newer programs show where all look."""
        for run in _named(root, "r"):
            if _is_hidden(run) and (words := " ".join(_read(run).split())):
                self._leave("hidden in the document", words)
            if _is_hidden(run):
                _remove(run)
        for choice in _named(root, "AlternateContent"):
            _take_fallback(choice)
        for formula in (*_named(root, "oMathPara"), *_named(root, "oMath")):
            words = " ".join(
                "".join(one.text or "" for one in _named(formula, "t")).split()
            )
            if formula.getparent() is not None and words:
                self._leave("an equation", words)
            _remove(formula)

    def _look(self, name: str, root: Node) -> None:
        """Note what a part says that is no copy."""
        match local(root):
            case "comments":
                for comment in _named(root, "comment"):
                    who = given(comment, "author")
                    self._leave(
                        f"comment of {who}" if who else "comment of an editor",
                        " ".join(_read(comment).split()),
                    )
            case "hdr" | "ftr":
                self._leave("head or foot of the page", " ".join(_read(root).split()))
            case "Relationships":
                self._note_external(root)
            case "document" | "footnotes" | "endnotes":
                self._note_changes(root)
                self._note_graphics(name)
            case _:
                pass
        if name == self.main and self.deleted:
            self._leave("deleted, by a tracked change", " ".join(self.deleted))

    def _note_external(self, root: Node) -> None:
        self.external += [
            given(one, "Target")
            for one in root
            if given(one, "TargetMode") == "External"
            and given(one, "Type").endswith(_IMAGE)
        ]

    def _note_graphics(self, name: str) -> None:
        for one in graphics_in(name, self.texts):
            self.graphics.append(one)
            self._leave(one.kind, one.words)

    def _note_changes(self, root: Node) -> None:
        for change in root.iter():
            kind = local(change)
            if kind in _INSERTED and (words := " ".join(_read(change).split())):
                self.inserted.append(words)
            if kind in _DELETED:
                gone = "".join(
                    one.text or ""
                    for one in change.iter()
                    if local(one) in {"delText", "t"}
                )
                if words := " ".join(gone.split()):
                    self.deleted.append(words)

    def _leave(self, why: str, words: str) -> None:
        if words:
            self.left.append(Left(kind=Furniture.PAGE, why=why, text=words))


def _named(root: Node, name: str) -> list[Node]:
    return [one for one in root.iter() if local(one) == name]


def _read(node: Node) -> str:
    return "".join(_texts(node))


def _texts(node: Node) -> Iterator[str]:
    """Yield what is read: as the text stands when every tracked change is accepted."""
    name = local(node)
    if name in _UNREAD or name in _DELETED:
        return
    if name == "t":
        yield node.text or ""
    elif name in _BREAKS:
        yield " "
    elif name == "noBreakHyphen":
        yield "\u2011"
    elif name == "sym":
        yield "•"
    else:
        apart = " " if name in {"p", "tc", "txbxContent"} else ""
        yield apart
        for child in node:
            yield from _texts(child)
        yield apart


def _is_hidden(run: Node) -> bool:
    properties = next((one for one in run if local(one) == "rPr"), None)
    if properties is None:
        return False
    return any(
        local(one) == "vanish" and given(one, "val").lower() not in _NO
        for one in properties
    )


def _take_fallback(choice: Node) -> None:
    """Leave of several forms of one thing the oldest, which the engine reads."""
    parent = choice.getparent()
    if parent is None:
        return
    kept = next((one for one in choice if local(one) == "Fallback"), None)
    if kept is None:
        kept = next((one for one in choice if local(one) == "Choice"), None)
    at = parent.index(choice)
    for child in reversed(list(kept) if kept is not None else []):
        parent.insert(at, child)
    _remove(choice)


def _remove(node: Node) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
