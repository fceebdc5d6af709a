"""The desk's tools: one engine behind every port."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from press.adapters.bindery import PikepdfBindery
from press.adapters.cache import FolderCache
from press.adapters.finishing import PikepdfFinisher
from press.adapters.harfbuzz import HarfBuzzShaper
from press.adapters.hyphens import PyphenHyphenator
from press.adapters.icc.inks import IccInks
from press.adapters.jinja import JinjaTemplates
from press.adapters.pdfium import PdfiumReader
from press.adapters.pictures import PillowPictureLab
from press.adapters.plates import PdfiumPlates
from press.adapters.press_reader import KeptPages, PikepdfPressReader
from press.adapters.qr import SegnoCodes
from press.adapters.replica import PikepdfReplica
from press.adapters.stripping import PikepdfStripper
from press.adapters.workshop import ForkedWorkshop
from press.adapters.zxing import ZxingCodeReader
from press.desk.fingerprint import of_press
from press.desk.reading import CACHE, Desk
from press.ports import (
    Bindery,
    Cache,
    CodeReader,
    Codes,
    Finisher,
    Hyphenator,
    PdfReader,
    PictureLab,
    Plates,
    PressReader,
    ReplicaMaker,
    Shaper,
    Stripper,
    Templates,
    Typesetter,
    Workshop,
)
from press.prepress.marks import place_marks

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
    finisher: Finisher
    replica: ReplicaMaker
    stripper: Stripper
    reader: PdfReader
    press_reader: PressReader
    plates: Plates
    code_reader: CodeReader
    codes: Codes
    cache: Cache
    workshop: Workshop


def workers() -> int:
    """Return how many processes may work at once: as many as press may use cores."""
    cores = os.cpu_count() or 1
    if sys.platform == "linux":
        cores = len(os.sched_getaffinity(0))
    return max(1, min(cores, MOST_WORKERS))


def make_tools(desk: Desk, typesetter: Typesetter) -> Tools:
    """Lay out the tools for an edition.

    Raises:
        MissingToolError: A font of the layout is not there.
    """
    shaper = HarfBuzzShaper(desk.layout.faces)
    prepared = desk.root / CACHE / "pictures"
    workshop, cache = ForkedWorkshop(workers()), FolderCache(desk.root / CACHE)
    inks = IccInks(desk.profile, desk.layout.printer.ink.point, desk.layout.palette)
    return Tools(
        pictures=PillowPictureLab(
            root=desk.root,
            cache=prepared,
            printer=desk.layout.printer,
            profile=desk.profile,
        ).letter_with(desk.layout.faces),
        prepared=prepared,
        shaper=shaper,
        hyphenator=PyphenHyphenator(desk.house.hyphenation),
        templates=JinjaTemplates(Path(desk.layout.folder)),
        typesetter=typesetter,
        bindery=PikepdfBindery(shaper),
        finisher=PikepdfFinisher(inks, place_marks),
        replica=PikepdfReplica(inks),
        stripper=PikepdfStripper(),
        reader=PdfiumReader(),
        press_reader=PikepdfPressReader(workshop, KeptPages(cache, of_press())),
        plates=PdfiumPlates(),
        code_reader=ZxingCodeReader(),
        codes=SegnoCodes(),
        cache=cache,
        workshop=workshop,
    )
