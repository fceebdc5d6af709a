"""Small bound books made by hand, and the replica made of them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from press.adapters.replica import PikepdfReplica
from press.model.finding import Checked
from press.model.ink import BLACK, PAPER, Colour, Ink
from press.model.press import Profile, ReplicaJob

WIDTH, HEIGHT = 400.0, 600.0
RED = Ink(magenta=0.9, yellow=0.8, black=0.1)
PALETTE = (
    Colour(name="paper", ink=PAPER, screen="#ffffff"),
    Colour(name="ink", ink=BLACK, screen="#111111"),
    Colour(name="accent", ink=RED, screen="#b3121d"),
)
PROFILE = Profile(data=b"", description="Newsprint", version=2.1, condition="NEWS")


class PaleInks:
    """A press that shows inks as they would be without paper."""

    def to_screen(self, ink: Ink) -> tuple[float, float, float]:
        cyan, magenta, yellow, black = ink.parts
        return (
            (1 - cyan) * (1 - black),
            (1 - magenta) * (1 - black),
            (1 - yellow) * (1 - black),
        )


def a_job(**changes: Any) -> ReplicaJob:
    standard: dict[str, Any] = {
        "title": "The Lamp, September 2024",
        "lang": "en-GB",
        "date": 86_400,
        "palette": PALETTE,
        "profile": PROFILE,
        "pictures": {},
        "folder": "",
    }
    return ReplicaJob(**(standard | changes))


def a_book(
    *contents: str | bytes,
    resources: Mapping[str, Mapping[str, bytes]] | None = None,
    bleed: float = 0.0,
    articles: tuple[str, ...] = ("salt",),
) -> bytes:
    """Return a bound book: a page for each content, and an element for each article.

    Args:
        contents: What is drawn on each page.
        resources: Streams by kind and name, the same ones for every page; the kind is
            "Image" (raw JPEG, 8 x 6 pixels), "Form" or "Pattern".
        bleed: Points of bleed around every page.
        articles: Names of the articles.
    """
    with Pdf.new() as book:
        own = _resources(book, resources or {})
        edges = [-bleed, -bleed, WIDTH + bleed, HEIGHT + bleed]
        numbers = Array()
        for number, content in enumerate(contents):
            data = content.encode() if isinstance(content, str) else content
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array(edges),
                TrimBox=Array([0, 0, WIDTH, HEIGHT]),
                BleedBox=Array(edges),
                Contents=Stream(book, data),
                Resources=own,
                StructParents=number,
            )
            book.pages.append(pikepdf.Page(page))
            numbers.append(number)
            numbers.append(Array())
        book.Root.StructTreeRoot = _tree(book, articles, numbers, len(contents))
        book.docinfo = book.make_indirect(Dictionary(Author=String("Lamp & Sons")))
        out = io.BytesIO()
        book.save(out, deterministic_id=True)
        return out.getvalue()


def _resources(book: Pdf, wanted: Mapping[str, Mapping[str, bytes]]) -> Object:
    out = Dictionary(XObject=Dictionary(), Pattern=Dictionary())
    for kind, streams in wanted.items():
        for name, data in streams.items():
            stream = Stream(book, data)
            if kind == "Image":
                stream.Filter, stream.Subtype = Name.DCTDecode, Name.Image
                stream.ColorSpace, stream.BitsPerComponent = Name.DeviceRGB, 8
                stream.Width, stream.Height = 8, 6
            elif kind == "Form":
                stream.Subtype = Name.Form
                stream.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
            folder = out.Pattern if kind == "Pattern" else out.XObject
            folder[f"/{name}"] = book.make_indirect(stream)
    return book.make_indirect(out)


def _tree(book: Pdf, articles: tuple[str, ...], numbers: Array, pages: int) -> Object:
    root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = book.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array())
    )
    for name in articles:
        element = Dictionary(
            Type=Name.StructElem, S=Name.Art, P=whole, K=Array(), T=String(name)
        )
        whole.K.append(book.make_indirect(element))
    root.K = Array([whole])
    root.ParentTree = book.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = pages
    return root


def make(bound: bytes, **changes: Any) -> Checked[bytes]:
    return PikepdfReplica(PaleInks()).make(bound, a_job(**changes))


@contextmanager
def the_replica(bound: bytes, **changes: Any) -> Iterator[Any]:
    """Open the replica of a book; nothing may be wrong with it."""
    made = make(bound, **changes)
    assert made.findings == ()
    assert made.value is not None
    with pikepdf.open(io.BytesIO(made.value)) as book:
        yield book
