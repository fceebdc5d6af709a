"""Advertisements that were bought: read, held against the printer, put in their places."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from press.compose.view import PageView
from press.desk.fingerprint import fingerprint, of_press
from press.model.edition import Advertisement, Edition
from press.model.errors import EngineError
from press.model.finding import Finding, error, ready
from press.model.layout import Layout
from press.model.plates import PlateFacts
from press.model.press import PlacedAd
from press.model.printer import Printer
from press.model.record import decode, encode
from press.ports import Cache
from press.preflight.advertisement import (
    at_its_place,
    count_pictures,
    find_misfit,
    judge_advertisement,
    printer_of,
)

#: Files with more bytes are no advertisements.
LARGEST = 256 << 20
KEPT = "advertisements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at an advertisement told.

    Attributes:
        findings: What is wrong with it, wherever it stands.
        see_through: Whether anything in it is transparent.
        pictures: How many pictures made of pixels it shows.
        families: Families of type that it uses.
    """

    findings: tuple[Finding, ...] = ()
    see_through: bool = False
    pictures: int = 0
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAd:
    """An advertisement on the desk.

    Attributes:
        file: Path of the PDF from the newspaper's folder.
        data: The PDF.
        look: What a look at it told.
    """

    file: str
    data: bytes = field(repr=False)
    look: Look

    @property
    def sha256(self) -> str:
        """Hash of the PDF, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def read_advertisements(
    root: Path, edition: Edition, layout: Layout, cache: Cache
) -> tuple[tuple[ReadAd, ...], list[Finding]]:
    """Read an edition's advertisements; return them, and what is wrong with them.

    A file that was looked at is not looked at again until it or its space changes.
    """
    read: list[ReadAd] = []
    findings: list[Finding] = []
    for one in edition.print.advertisements:
        if one.size not in {space.name for space in layout.spaces}:
            continue  # the manifest says so
        try:
            data = _bytes(root / one.file)
        except OSError as wrong:
            findings.append(
                error("ad.file", f"{one.file} cannot be read: {wrong}", one.place)
            )
            continue
        look = _look(one, data, layout, cache)
        findings += [at_its_place(found, one) for found in look.findings]
        read.append(ReadAd(file=one.file, data=data, look=look))
    return tuple(read), findings


def place_advertisements(
    read: tuple[ReadAd, ...], views: Iterable[PageView]
) -> Iterator[PlacedAd]:
    """Yield the advertisements in their places, page after page."""
    for view in views:
        if view.space is None:
            continue
        one, rect = read[view.space.advertisement], view.space.rect
        yield PlacedAd(
            page=view.number,
            left=rect.left.pt,
            top=rect.top.pt,
            width=rect.width.pt,
            height=rect.height.pt,
            advertiser=view.space.advertiser,
            data=one.data,
            whole=view.space.whole,
            see_through=one.look.see_through,
            pictures=one.look.pictures,
            families=one.look.families,
        )


def _bytes(file: Path) -> bytes:
    if file.stat().st_size > LARGEST:
        raise OSError(f"it has more than {LARGEST >> 20} MB")
    return file.read_bytes()


def _look(one: Advertisement, data: bytes, layout: Layout, cache: Cache) -> Look:
    space = layout.space(one.size)
    printer = printer_of(layout.printer, whole=layout.is_whole(space))
    size = layout.size(space)
    own = hashlib.sha256(data).hexdigest()
    key = fingerprint(of_press(), own, printer, *(side.pt for side in size))
    kept = cache.get(KEPT, key)
    if kept is not None:
        return decode(Look, json.loads(kept))
    look = _look_closely(data, one.file, layout, space.name, printer)
    cache.put(KEPT, key, json.dumps(encode(look)).encode())
    return look


def _look_closely(
    data: bytes, file: str, layout: Layout, space: str, printer: Printer
) -> Look:
    from press.adapters.plates import PdfiumPlates  # noqa: PLC0415  (loads slowly)
    from press.adapters.press_reader import PikepdfPressReader  # noqa: PLC0415

    facts = PikepdfPressReader().read(data, Path(file).name)
    findings = list(find_misfit(facts, layout.size(layout.space(space))))
    sound = ready(findings) and facts.pages and not facts.file.encrypted
    plates: tuple[PlateFacts, ...] = ()
    if sound:  # a page of any size at all would take any memory
        try:
            plates = tuple(PdfiumPlates().read(data, printer, [1]))
        except EngineError as wrong:
            findings.append(error("ad.file", f"it cannot be drawn: {wrong}"))
    judged = judge_advertisement(facts, plates, printer)
    findings += [found for found in judged if found.place.page in {None, 1}]
    pages = facts.pages[:1]
    return Look(
        findings=tuple(findings),
        see_through=any(page.transparency or page.groups for page in pages),
        pictures=sum(count_pictures(page) for page in pages),
        families=tuple(sorted({font.family for font in facts.fonts})),
    )
