"""Names of the files for the printer."""

from __future__ import annotations

from press.model.edition import Edition
from press.model.finding import Checked
from press.model.house import House
from press.model.printer import Printer
from press.packing.names import Naming, page_names


def name_pages(
    edition: Edition, house: House, printer: Printer, pages: int
) -> Checked[tuple[str, ...]]:
    """Return the file name of every page, by the printer's pattern."""
    naming = Naming(
        code=house.code or "".join(word[0] for word in house.title.split()),
        edition=edition.id,
        issue=edition.number,
        pages=pages,
        date=edition.on_sale,
    )
    return page_names(printer.file_name, naming, printer.named_at)
