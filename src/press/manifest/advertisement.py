"""Advertisements that were bought: whether the manifest says enough of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from press.manifest.edition_file import AdvertisementPart, PrintPart
from press.manifest.folder import is_inside
from press.manifest.known import Known
from press.manifest.nearest import did_you_mean
from press.model.finding import Finding, error

#: A PDF says what it is in its first bytes; some programs write a little before.
HEAD = 1024


def find_advertisement_faults(
    root: Path, folder: str, plan: PrintPart, known: Known
) -> Iterator[Finding]:
    """Yield what is wrong with an edition's advertisements, but for what they show."""
    layout = known.layout(plan.layout)
    sections = [section.section for section in plan.sections]
    pages: dict[int, int | None] = {}
    for one in plan.advertisements:
        yield from _file(root, folder, one)
        if layout is not None and one.size not in layout.spaces:
            spaces = ", ".join(layout.spaces) or "none"
            yield error(
                "ad.size",
                f"layouts/{layout.name} has no space “{one.size}”",
                one.place_of("size"),
                did_you_mean(one.size, layout.spaces) or f"it has: {spaces}",
            )
        for number, name in enumerate(one.not_beside):
            if name not in sections:
                yield error(
                    "ad.section",
                    f"there is no section “{name}” in this edition",
                    one.place_of("not_beside", number),
                    did_you_mean(name, sections),
                )
        if one.page is not None:
            yield from _page(one, plan.pages, pages)


def _file(root: Path, folder: str, one: AdvertisementPart) -> Iterator[Finding]:
    file, place = f"{folder}/{one.file}", one.place_of("file")
    path = root / file
    if not is_inside(root / folder, path):
        yield error(
            "ad.file",
            f"{one.file} leads outside this edition's folder",
            place,
            f"put the PDF into {folder}/ads/",
        )
    elif not path.is_file():
        yield error(
            "ad.file",
            f"there is no {file}",
            place,
            f"put the PDF into {folder}/ads/, or correct its name",
        )
    else:
        with path.open("rb") as data:
            if b"%PDF-" not in data.read(HEAD):
                yield error(
                    "ad.file", f"{file} is not a PDF", place, "ask for it as PDF/X"
                )


def _page(
    one: AdvertisementPart, count: int | None, pages: dict[int, int | None]
) -> Iterator[Finding]:
    place = one.place_of("page")
    page = one.page or 0
    if page in pages:
        yield error(
            "ad.page",
            f"page {page} is sold twice (first on line {pages[page]})",
            place,
            "sell it once; one advertisement stands on a page",
        )
    pages.setdefault(page, place.line)
    if page == 1 or (count is not None and page >= count):
        last = count - 1 if count else "the last but one"
        yield error(
            "ad.page",
            f"page {page} cannot be sold: no advertisement stands on the first page,"
            " nor on the last, which has the imprint",
            place,
            f"name a page from 2 to {last}",
        )
