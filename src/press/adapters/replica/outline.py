"""The outline: sections, and the articles in them."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import OutlineItem, Pdf

from press.model.page import Bookmark


def write_outline(book: Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """Give the book its outline, in the place of what it has."""
    if "/Outlines" in book.Root:
        del book.Root["/Outlines"]
    with book.open_outline() as outline:
        above: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
        for mark in bookmarks:
            box = book.pages[mark.page - 1].mediabox
            top = float(box[3]) - mark.top
            item = OutlineItem(
                mark.title, mark.page - 1, "XYZ", left=float(box[0]), top=top
            )
            while above[-1][0] >= mark.level:
                above.pop()
            above[-1][1].append(item)
            above.append((mark.level, item.children))
