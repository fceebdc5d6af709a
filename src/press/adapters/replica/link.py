"""Links: annotations that are touched, and tags by which they are read out.

Every one is a Link element of the article it stands in (ISO 14289-1, 7.18.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from press.adapters.replica.place import rectangle
from press.model.press import Hotspot

PRINTED = 4
#: What stands in an address for itself: marks of RFC 3986, and "%" of what is quoted.
_MARKS = "%!#$&'()*+,/:;=?@[]~"


class Links:
    """Adds links to a tagged book."""

    def __init__(self, book: Pdf) -> None:
        self._book = book
        self._root = book.Root.StructTreeRoot
        self._whole = _first(self._root)
        self._articles = {
            str(one.T): one for one in _elements(self._whole) if "/T" in one
        }

    def add(self, hotspots: Sequence[Hotspot]) -> None:
        """Add a link for every hotspot, in their order."""
        number = int(self._root.ParentTreeNextKey)
        for spot in hotspots:
            page = self._book.pages[spot.page - 1]
            note = self._book.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=rectangle(page, spot),
                    Border=Array([0, 0, 0]),
                    F=PRINTED,
                    Contents=String(spot.says),
                    StructParent=number,
                    P=page.obj,
                )
            )
            if spot.url:
                note.A = Dictionary(S=Name.URI, URI=String(_ascii(spot.url)))
            else:
                note.Dest = self._destination(spot)
            page.obj.Annots = Array([*page.obj.get("/Annots", Array()), note])
            self._root.ParentTree.Nums.append(number)
            self._root.ParentTree.Nums.append(self._element(spot, note))
            number += 1
        self._root.ParentTreeNextKey = number

    def _destination(self, spot: Hotspot) -> Array:
        page = self._book.pages[spot.to_page - 1]
        left, top = float(page.mediabox[0]), float(page.mediabox[3])
        place: list[Any] = [page.obj, Name.XYZ, left, round(top - spot.to_top, 2), 0]
        return Array(place)

    def _element(self, spot: Hotspot, note: Object) -> Object:
        parent = self._articles.get(spot.article, self._whole)
        page = self._book.pages[spot.page - 1].obj
        element = self._book.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Link,
                P=parent,
                Pg=page,
                K=Array([Dictionary(Type=Name.OBJR, Obj=note, Pg=page)]),
            )
        )
        parent.K = Array([*_kids(parent), element])
        return element


def _first(root: Object) -> Object:
    return root.K[0] if isinstance(root.K, Array) else root.K


def _kids(element: Object) -> Sequence[Object]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _elements(element: Object) -> list[Object]:
    return [
        kid for kid in _kids(element) if isinstance(kid, Dictionary) and "/S" in kid
    ]


def _ascii(url: str) -> str:
    """Return an address in the letters that PDF takes (ISO 32000-1, 12.6.4.7)."""
    if url.isascii():
        return url
    parts = urlsplit(url)
    try:
        host = parts.netloc.encode("idna").decode()
    except UnicodeError:
        host = parts.netloc
    return quote(urlunsplit(parts._replace(netloc=host)), safe=_MARKS)
