"""The desk's tools: one engine behind every port."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from press.adapters.bindery import PikepdfBindery
from press.adapters.cache import FolderCache
from press.adapters.harfbuzz import HarfBuzzShaper
from press.adapters.hyphens import PyphenHyphenator
from press.adapters.jinja import JinjaTemplates
from press.adapters.mrml import MrmlRenderer
from press.adapters.pdfium import PdfiumReader
from press.adapters.pictures import PillowPictureLab
from press.adapters.qr import SegnoCodes
from press.adapters.weasy import WeasyTypesetter
from press.adapters.workshop import ForkedWorkshop
from press.model.house import House
from press.model.layout import Layout
from press.ports import (
    Bindery,
    Cache,
    Codes,
    Hyphenator,
    MailRenderer,
    PdfReader,
    PictureLab,
    Shaper,
    Templates,
    Typesetter,
    Workshop,
)

CACHE = ".press/cache"
MOST_WORKERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the desk works with; every one may be exchanged for another."""

    pictures: PictureLab
    prepared: Path
    shaper: Shaper
    hyphenator: Hyphenator
    templates: Templates
    typesetter: Typesetter
    bindery: Bindery
    reader: PdfReader
    codes: Codes
    mail: MailRenderer
    cache: Cache
    workshop: Workshop
    start: Callable[[], None]


def make_tools(root: Path, house: House, layout: Layout) -> Tools:
    """Lay out the tools for one paper and layout.

    Raises:
        MissingToolError: A font of the layout is not there.
    """
    workers = max(1, min(os.cpu_count() or 1, MOST_WORKERS))
    shaper = HarfBuzzShaper(layout.faces)
    typesetter = WeasyTypesetter(workers=workers)
    prepared = root / CACHE / "pictures"
    folder = Path(layout.folder)
    return Tools(
        pictures=PillowPictureLab(root=root, cache=prepared),
        prepared=prepared,
        shaper=shaper,
        hyphenator=PyphenHyphenator(house.hyphenation),
        templates=JinjaTemplates(folder),
        typesetter=typesetter,
        bindery=PikepdfBindery(shaper),
        reader=PdfiumReader(),
        codes=SegnoCodes(),
        mail=MrmlRenderer(folder),
        cache=FolderCache(root / CACHE),
        workshop=ForkedWorkshop(workers),
        start=typesetter.start,
    )
