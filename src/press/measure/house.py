"""The paper's own matter: house ads in every design, and the imprint."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil

from press.measure.composer import Composer, Room
from press.model.copy import Mark, Run, Runs
from press.model.furniture import AD_PT, AD_TEXT_PT, AdShape, HouseShapes
from press.model.galley import GalleyLine
from press.model.house import House, HouseAd, Imprint
from press.model.layout import AdDesign, Layout

#: Columns of the imprint, and the white above it, in grid lines and points.
IMPRINT_COLUMNS, IMPRINT_ABOVE, IMPRINT_PT = 4, 1, 5.0
#: White between an ad's headline and its text beyond the least, in leadings of the
#: headline: the larger the type, the deeper its descenders.
AD_HEAD_WHITE = 0.25
_STRONG = frozenset({Mark.STRONG})
#: Addresses of mail and of the web as people write them.
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_WEB = r"(?:https?://|www\.)[\w-]+(?:\.[\w-]+)+(?:/[\w./-]*[\w/])?"


def measure_house(
    house: House, ads: Sequence[HouseAd], layout: Layout, composer: Composer
) -> HouseShapes:
    """Set the house ads in every design, and the imprint."""
    style = layout.style("imprint")
    gutter = layout.grids[0].gutter.pt
    width = (layout.area.pt - gutter * (IMPRINT_COLUMNS - 1)) / IMPRINT_COLUMNS
    set_columns = (
        composer.lines(runs, style, Room(width=width), house.lang, divide=False)
        for runs in _imprint(house)
    )
    columns = tuple(filter(None, set_columns))
    deepest = max(map(len, columns)) * style.leading.pt + IMPRINT_PT
    depth = ceil(deepest / layout.leading.pt) + IMPRINT_ABOVE
    return HouseShapes(
        ads=tuple(
            (
                ad.id,
                tuple(
                    _ad(ad, design, house, layout, composer) for design in layout.ads
                ),
            )
            for ad in ads
        ),
        imprint=columns,
        imprint_depth=max(depth, layout.furniture.imprint),
    )


def _ad(
    ad: HouseAd, design: AdDesign, house: House, layout: Layout, composer: Composer
) -> AdShape:
    width = layout.area.pt * design.words - 2 * AD_PT
    head, text = layout.style(design.head), layout.style(design.text)

    def lines(words: str, style: str) -> tuple[GalleyLine, ...]:
        return composer.lines(
            (Run(text=words),),
            layout.style(style),
            Room(width=width),
            house.lang,
            divide=False,
        )

    large, small = lines(ad.headline, design.head), lines(ad.text, design.text)
    white = AD_TEXT_PT + AD_HEAD_WHITE * head.leading.pt
    words = len(large) * head.leading.pt + white + len(small) * text.leading.pt
    return AdShape(
        design=design.name,
        head=large,
        text=small,
        words=words,
        depth=ceil((words + 2 * AD_PT) / layout.leading.pt),
    )


def _imprint(house: House) -> tuple[Runs, ...]:
    """Return the imprint's columns; the law wants the printer's name and address."""
    imprint: Imprint = house.imprint
    published = (
        Run(text=house.title, marks=_STRONG),
        Run(text=f" is published by {_at(imprint.publisher, imprint.address)}.\n"),
        Run(text=f"Printed by {_at(imprint.printer, imprint.printer_address)}."),
    )
    staff: list[Run] = []
    for role, name in imprint.staff:
        staff += [Run(text=role, marks=_STRONG), Run(text=f" {name}\n")]
    half = len(staff) // 4 * 2
    words = "\n".join((*imprint.contact, *imprint.notices))
    contact = tuple(_linked(words, house.website))
    return published, tuple(staff[:half]), tuple(staff[half:]), contact


def _linked(text: str, website: str) -> Iterator[Run]:
    """Yield text as runs; the addresses in it lead to what they name."""
    own = website.partition("://")[2].rstrip("/")
    known = [_MAIL, _WEB, rf"\b{re.escape(own)}\b"] if own else [_MAIL, _WEB]
    at = 0
    for found in re.finditer("|".join(known), text):
        if found.start() > at:
            yield Run(text=text[at : found.start()])
        yield Run(text=found[0], link=_address(found[0], website, own))
        at = found.end()
    if at < len(text):
        yield Run(text=text[at:])


def _address(written: str, website: str, own: str) -> str:
    if written == own:
        return website
    if "@" in written:
        return f"mailto:{written}"
    return written if "://" in written else f"https://{written}"


def _at(name: str, address: Sequence[str]) -> str:
    return ", ".join((name, *address))
