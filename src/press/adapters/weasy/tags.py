"""Thin out the tag tree: lines of a paragraph need no element of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

#: Elements that hold their text themselves.
TEXT = frozenset({"/P", "/H1", "/H2", "/H3", "/H4", "/Caption", "/LI", "/LBody", "/TD"})


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
    return (
        isinstance(item, pydyf.Dictionary)
        and item.get("Type") == "/StructElem"
        and bool(item.get("K"))
    )


def _is_plain(item: Any) -> bool:
    """Whether an element is a Span that holds one piece of marked content."""
    return (
        _is_element(item)
        and item["S"] in {"/Span", "/NonStruct"}
        and len(item["K"]) == 1
        and isinstance(item["K"][0], int)
    )
