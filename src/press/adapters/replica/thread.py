"""Article threads: the way through an article's columns (ISO 32000-1, 12.4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from pikepdf import Array, Dictionary, Name, Pdf, String

from press.adapters.replica.place import rectangle
from press.model.press import Bead


def write_threads(book: Pdf, beads: Sequence[Bead]) -> None:
    """Add a thread of every article: its beads in a ring, each named by its page."""
    threads = Array()
    for title, group in groupby(beads, key=attrgetter("article")):
        thread = book.make_indirect(
            Dictionary(Type=Name.Thread, I=Dictionary(Title=String(title)))
        )
        ring = []
        for bead in group:
            page = book.pages[bead.page - 1]
            one = book.make_indirect(
                Dictionary(
                    Type=Name.Bead, T=thread, P=page.obj, R=rectangle(page, bead)
                )
            )
            ring.append(one)
            page.obj.B = Array([*page.obj.get("/B", Array()), one])
        for one, after in zip(ring, [*ring[1:], ring[0]], strict=True):
            one.N, after.V = after, one
        thread.F = ring[0]
        threads.append(thread)
    if threads:
        book.Root.Threads = threads
