"""What a press file is held against: the printer's demands, and what the edition says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from press.model.finding import Area
from press.model.length import Length
from press.model.printer import Edges, Printer

#: Body type below this wants a look (publishers' specifications; facts of newsprint).
SMALLEST_BODY = Length.of_pt(8)


class FileKind(StrEnum):
    """What a file is meant to be."""

    EDITION = "edition"  #: All pages of an edition.
    PAGE = "page"  #: One page of an edition, in a file of its own.
    AD = "ad"  #: A file from elsewhere, such as an advertisement.


@dataclass(frozen=True, slots=True, kw_only=True)
class Folio:
    """What must stand in a page's folio, or in the masthead.

    Attributes:
        page: Page number, from 1.
        area: Where it stands.
        says: Words that must stand there: the date, the issue number, the price.
        numbered: Whether the page's number must stand there, on the outer side.
    """

    page: int
    area: Area
    says: tuple[str, ...] = ()
    numbered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a file is held against; what is empty or None is not asked for.

    Attributes:
        printer: What the printer asks.
        kind: What the file is meant to be.
        width: Width of the trim; the printer's where it is None. Any for an
            advertisement without one.
        height: Its height, likewise.
        bleed: Its bleed; the printer's where it is None.
        pages: How many pages the edition has.
        condition: Its OutputConditionIdentifier; the printer's where it is empty.
        families: Families of type that the layout uses.
        bought: Other families that advertisements use, each with its page number.
        pictures: How many pictures stand on pages, by page number.
        folios: What every folio says.
        issn: What the barcode says: "9772632791007+09".
        file_name: The file's name by the printer's pattern.
        made: When the file says it was made: "D:20240830000000Z".
        sha256: Hash of the same file made another time.
        smallest_body: Pages whose text is mostly smaller want a look.
    """

    printer: Printer
    kind: FileKind = FileKind.EDITION
    width: Length | None = None
    height: Length | None = None
    bleed: Edges | None = None
    pages: int | None = None
    condition: str = ""
    families: frozenset[str] = frozenset()
    bought: frozenset[tuple[int, str]] = frozenset()
    pictures: tuple[tuple[int, int], ...] = ()
    folios: tuple[Folio, ...] = ()
    issn: str = ""
    file_name: str = ""
    made: str = ""
    sha256: str = ""
    smallest_body: Length = SMALLEST_BODY

    @property
    def trim(self) -> tuple[Length, Length] | None:
        """Width and height that the trim must have; None where any will do."""
        if self.width is not None and self.height is not None:
            return self.width, self.height
        if self.kind is FileKind.AD:
            return None
        return self.printer.width, self.printer.height

    @property
    def bleeds(self) -> Edges:
        """The bleed that pages must have."""
        return self.printer.bleed if self.bleed is None else self.bleed
