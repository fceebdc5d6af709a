"""Mend the tag tree that WeasyPrint makes of a page.

Lines of a paragraph need no element of their own; running headers are no part of what
is read; an article has its own language; figures say where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf
from weasyprint.pdf import tags

#: Elements that hold their text themselves.
TEXT = frozenset({"/P", "/H1", "/H2", "/H3", "/H4", "/Caption", "/LI", "/LBody", "/TD"})


_HEADER = "Header"
_PT_PER_PX = 0.75
_usual_tag = tags._get_pdf_tag  # noqa: SLF001


def know_headers() -> None:
    """Have WeasyPrint tag headers as such in this process, for `mend` to find them."""
    tags._get_pdf_tag = _tag  # noqa: SLF001


def _tag(name: str | None) -> str:
    found: str = _HEADER if name == "header" else _usual_tag(name)
    return found


def mend(pdf: pydyf.PDF, page_box: Any) -> None:
    """Mend the tags of a page before it is written."""
    elements = {item.reference: item for item in pdf.objects if _is_element(item)}
    _take_out_headers(pdf, elements)
    articles = (one for one in elements.values() if one["S"] == "/Art")
    for element, lang in zip(articles, _languages(page_box), strict=False):
        if lang:
            element["Lang"] = pydyf.String(lang)
    for element in elements.values():
        if element["S"] == "/Figure":
            _turn(element["A"], page_box.margin_height())
    thin_out(pdf)


def _take_out_headers(pdf: pydyf.PDF, elements: Mapping[bytes, Any]) -> None:
    """Make running headers artifacts (ISO 14289-1, 7.8); one with a title stays."""
    gone: set[bytes] = set()
    numbers: set[int] = set()
    for header in [one for one in elements.values() if one["S"] == f"/{_HEADER}"]:
        inside = list(_walk(header, elements))
        if any(one["S"] == "/H1" for one in inside):
            header["S"] = "/NonStruct"
            continue
        parent = elements[header["P"]]
        parent["K"].remove(header.reference)
        for one in inside:
            one.free = "f"
            gone.add(one.reference)
            numbers |= {kid for kid in one["K"] if isinstance(kid, int)}
    for entry in _page_maps(pdf):
        entry[:] = ["null" if one in gone else one for one in entry]
    for item in pdf.objects:
        if numbers and isinstance(item, pydyf.Stream):
            _mark_as_header(item.stream, numbers)


def _mark_as_header(stream: list[Any], numbers: set[int]) -> None:
    for at, part in enumerate(stream):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in numbers:
            stream[at - 1] = "/Artifact"
            stream[at] = pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Header"})


def _walk(element: Any, elements: Mapping[bytes, Any]) -> Iterator[Any]:
    yield element
    for kid in element["K"]:
        if kid in elements:
            yield from _walk(elements[kid], elements)


def _languages(box: Any) -> Iterator[str]:
    """Yield the languages of a page's articles, in their order."""
    for child in getattr(box, "children", ()):
        inner = getattr(child, "_box", child)
        if inner.element_tag == "article":
            yield inner.element.get("lang", "")
        else:
            yield from _languages(inner)


def _turn(layout: Any, height: float) -> None:
    """State where a figure stands as PDF counts: in points from the lower left."""
    left, top, right, bottom = layout["BBox"]
    edges = (left, height - bottom, right, height - top)
    layout["BBox"] = pydyf.Array(round(edge * _PT_PER_PX, 3) for edge in edges)


def thin_out(pdf: pydyf.PDF) -> None:
    """Let paragraphs hold their text themselves, where it is all of one kind.

    WeasyPrint makes a Span of every line; a page has hundreds of them. Marked content
    may be a kid of the paragraph itself (ISO 32000-1, 14.7.4.2).
    """
    by_reference = {item.reference: item for item in pdf.objects}
    parents: dict[bytes, bytes] = {}
    for element in pdf.objects:
        if not _is_element(element) or element["S"] not in TEXT:
            continue
        spans: list[Any] = [by_reference.get(kid) for kid in element["K"]]
        if spans and all(_is_plain(span) for span in spans):
            for span in spans:
                parents[span.reference] = element.reference
                span.free = "f"
            element["K"] = pydyf.Array(span["K"][0] for span in spans)
    for entry in _page_maps(pdf):
        entry[:] = [parents.get(one, one) for one in entry]


def _page_maps(pdf: pydyf.PDF) -> Iterator[list[Any]]:
    """Yield the lists that say which element holds a page's marked content."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and "Nums" in item:
            yield from (entry for entry in item["Nums"] if isinstance(entry, list))


def _is_element(item: Any) -> bool:
    return isinstance(item, pydyf.Dictionary) and item.get("Type") == "/StructElem"


def _is_plain(item: Any) -> bool:
    """Whether an element is a Span that holds one piece of marked content."""
    return (
        _is_element(item)
        and item["S"] in {"/Span", "/NonStruct"}
        and len(item["K"]) == 1
        and isinstance(item["K"][0], int)
    )
