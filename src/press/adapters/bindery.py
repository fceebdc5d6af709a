"""pikepdf: drawn pages bound into one file.

Every page comes as a PDF of its own, without font programs. Here each face is put in
once, cut down to the glyphs of the whole edition; the tag trees become one, articles
that jump are joined in it; an outline and the file's own facts are added. The same
pages give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from press.model.page import Bookmark, Colophon, DrawnPage, Stationery
from press.ports import FontCutter

PRODUCER = "press"
BATCH = 100
CMAP_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
CMAP_TAIL = b"""endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@dataclass(slots=True)
class _Face:
    """A face in the making: its object, and what is drawn with it."""

    number: int
    font: Object
    glyphs: dict[int, tuple[str, int]] = field(default_factory=dict)


class PikepdfBindery:
    """Binds drawn pages."""

    def __init__(self, cutter: FontCutter) -> None:
        self._cutter = cutter

    def bind(
        self, pages: Sequence[DrawnPage], stationery: Stationery, colophon: Colophon
    ) -> bytes:
        """Return the PDF: each face embedded once, one tree of tags, one outline."""
        with Pdf.new() as book:
            faces: dict[str, _Face] = {}
            trees: list[tuple[Object, Object]] = []
            for number, page in enumerate(pages):
                self._add(book, number, page, faces, trees)
            for name in sorted(faces):
                self._embed(book, faces[name], stationery)
            _join_tags(book, trees, [page.articles for page in pages])
            _outline(book, colophon.bookmarks)
            _describe(book, colophon)
            out = io.BytesIO()
            book.save(
                out,
                deterministic_id=True,
                compress_streams=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
            return out.getvalue()

    def _add(
        self,
        book: Pdf,
        number: int,
        page: DrawnPage,
        faces: dict[str, _Face],
        trees: list[tuple[Object, Object]],
    ) -> None:
        with Pdf.open(io.BytesIO(page.pdf)) as leaf:
            resources = leaf.pages[0].Resources
            own = dict(resources.Font.items())
            for name in own:
                del resources.Font[name]
            tree = leaf.Root.StructTreeRoot
            kids, content = tree.K[0], tree.ParentTree.Nums[1]
            book.pages.append(leaf.pages[0])
            added = book.pages[number].obj
            added.StructParents = number
            for use in sorted(page.fonts, key=lambda use: use.name):
                key = f"/{use.name}"
                if use.name not in faces:
                    font = book.copy_foreign(leaf.make_indirect(own[key]))
                    faces[use.name] = _Face(use.face, font)
                face = faces[use.name]
                face.glyphs |= {
                    glyph: (text, width) for glyph, text, width in use.glyphs
                }
                added.Resources.Font[key] = face.font
            trees.append(
                (
                    book.copy_foreign(leaf.make_indirect(kids)),
                    book.copy_foreign(leaf.make_indirect(content)),
                )
            )

    def _embed(self, book: Pdf, face: _Face, stationery: Stationery) -> None:
        program = self._cutter.subset(
            stationery.faces[face.number], sorted(face.glyphs)
        )
        inner = face.font.DescendantFonts[0]
        inner.W = _widths({g: width for g, (_, width) in face.glyphs.items()})
        face.font.ToUnicode = Stream(
            book, _to_unicode({g: text for g, (text, _) in face.glyphs.items()})
        )
        stream = Stream(book, program)
        if "/FontFile3" in inner.FontDescriptor:
            stream.Subtype = Name.OpenType
            inner.FontDescriptor.FontFile3 = stream
        else:
            stream.Length1 = len(program)
            inner.FontDescriptor.FontFile2 = stream


def _widths(widths: Mapping[int, int]) -> Array:
    """Return widths as PDF wants them: runs of glyph numbers (ISO 32000-1, 9.7.4.3)."""
    out = Array()
    for glyph in sorted(widths):
        if glyph - 1 not in widths:
            out.append(glyph)
            out.append(Array())
        out[-1].append(widths[glyph])
    return out


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    """Return the map from glyphs to text (ISO 32000-1, 9.10.3)."""
    parts = [CMAP_HEAD]
    items = sorted(texts.items())
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        parts.append(f"{len(batch)} beginbfchar\n".encode())
        parts += [
            f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>\n".encode()
            for glyph, text in batch
        ]
        parts.append(b"endbfchar\n")
    return b"".join((*parts, CMAP_TAIL))


# ---------------------------------------------------------------- tags


def _join_tags(
    book: Pdf,
    trees: Sequence[tuple[Object, Object]],
    articles: Sequence[tuple[str, ...]],
) -> None:
    """Make one tree of the pages' trees; the parts of an article become one element."""
    root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    heads = _name_heads([top for top, _ in trees])
    if heads:
        root.IDTree = Dictionary(Names=heads)
    whole = book.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array())
    )
    first: dict[str, Object] = {}
    numbers = Array()
    for index, ((top, content), names) in enumerate(zip(trees, articles, strict=True)):
        numbers.append(index)
        numbers.append(content)
        waiting = list(names)
        for element in _elements(top):
            name = waiting.pop(0) if Name.Art == element.S and waiting else ""
            if name and name in first:
                _move_kids(element, first[name])
                continue
            if name:
                first[name] = element
                element.T = String(name)
            element.P = whole
            whole.K.append(element)
    root.K = Array([whole])
    root.ParentTree = book.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = len(trees)
    book.Root.StructTreeRoot = root
    book.Root.MarkInfo = Dictionary(Marked=True)


def _name_heads(tops: Sequence[Object]) -> Array:
    """Give table heads names of their own in the book; return names and heads."""
    named = {
        str(one.ID): one
        for number, top in enumerate(tops)
        for one in _name_cells(top, number)
    }
    out = Array()
    for key in sorted(named):
        out.append(String(key))
        out.append(named[key])
    return out


def _name_cells(element: Object, number: int) -> Iterator[Object]:
    if "/ID" in element:
        element.ID = String(f"{number}-{element.ID}")
        yield element
    own = element.get("/A")
    if own is not None and "/Headers" in own:
        heads: Any = own.Headers
        own.Headers = Array([String(f"{number}-{head}") for head in heads])
    for kid in _elements(element) if "/K" in element else ():
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from _name_cells(kid, number)


def _elements(top: Object) -> Iterable[Object]:
    return list(top.K) if isinstance(top.K, Array) else [top.K]


def _move_kids(element: Object, to: Object) -> None:
    for kid in _elements(element):
        kid.P = to
        to.K.append(kid)


# ---------------------------------------------------------------- the file's own facts


def _outline(book: Pdf, bookmarks: Sequence[Bookmark]) -> None:
    with book.open_outline() as outline:
        above: list[tuple[int, list[pikepdf.OutlineItem]]] = [(0, outline.root)]
        for mark in bookmarks:
            height = float(book.pages[mark.page - 1].mediabox[3])
            item = pikepdf.OutlineItem(
                mark.title, mark.page - 1, "XYZ", left=0, top=height - mark.top
            )
            while above[-1][0] >= mark.level:
                above.pop()
            above[-1][1].append(item)
            above.append((mark.level, item.children))


def _describe(book: Pdf, colophon: Colophon) -> None:
    moment = dt.datetime.fromtimestamp(colophon.date, tz=dt.UTC)
    stamp = f"D:{moment:%Y%m%d%H%M%S}Z"
    book.docinfo = book.make_indirect(
        Dictionary(
            Title=String(colophon.title),
            Author=String(colophon.author),
            Creator=String(PRODUCER),
            Producer=String(PRODUCER),
            CreationDate=String(stamp),
            ModDate=String(stamp),
        )
    )
    book.Root.Lang = String(colophon.lang)
    book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
