"""48 tabloid pages: the sample edition's own, drawn by a build, three times over.

Every copy of a page has streams and pictures of its own, as 48 different pages would.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

from pikepdf import Name, Pdf, Stream

from press.adapters.bindery import PikepdfBindery
from press.compose.forme import Forme
from press.compose.view import PageView
from press.desk import build
from press.desk.order import BuildOrder
from press.desk.pages import Printed
from press.desk.reading import Desk
from press.desk.tools import Tools
from press.model.edition import EditionId
from press.model.page import Colophon, DrawnPage, Stationery
from press.model.press import PlacedPicture
from press.preflight.proof import Area, Copyreading

ROOT = Path(__file__).resolve().parents[1]
EDITION = EditionId("2024-09")
TIMES = 3
DIGITS = 32
Pictures = dict[str, PlacedPicture]


class Silent:
    """Progress that nobody watches."""

    def step(self, what: str, done: int, of: int) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Work:
    """Bound pages on their way to the press, and all that belongs to them."""

    desk: Desk
    forme: Forme
    printed: Printed
    tools: Tools


class _Stop(Exception):  # noqa: N818  (no error)
    """The build has come as far as is wanted."""


def copy_of_paper(folder: Path) -> Path:
    """Copy what the sample edition is made of, without what builds kept."""
    paper = folder / "paper"
    for name in ("layouts", f"editions/{EDITION}"):
        shutil.copytree(ROOT / name, paper / name)
    shutil.copy(ROOT / "press.yaml", paper)
    return paper


def tabloid(folder: Path) -> Work:
    """Build the sample edition as far as its bound pages; repeat these to be 48."""
    bound: dict[str, Any] = {}
    bind = PikepdfBindery.bind

    def take_pages(
        self: PikepdfBindery,
        pages: Sequence[DrawnPage],
        stationery: Stationery,
        colophon: Colophon,
    ) -> bytes:
        bound.update(pages=pages, stationery=stationery, colophon=colophon)
        return bind(self, pages, stationery, colophon)

    def take_work(
        desk: Desk, forme: Forme, printed: Printed, tools: Tools, _: object
    ) -> None:
        bound["work"] = Work(desk, forme, printed, tools)
        raise _Stop

    order = BuildOrder(paper=copy_of_paper(folder), edition=EDITION)
    with (
        mock.patch.object(PikepdfBindery, "bind", take_pages),
        mock.patch.object(build, "deliver", take_work),
    ):
        try:
            build.build_edition(order, Silent())
        except _Stop:
            pass
        else:
            raise SystemExit("the sample edition cannot be built")
    work: Work = bound["work"]
    pages, pictures = list(bound["pages"]), dict(work.printed.pictures)
    for turn in range(1, TIMES):
        pages += [_copied(page, turn, work, pictures) for page in bound["pages"]]
    file = work.tools.bindery.bind(pages, bound["stationery"], bound["colophon"])
    return replace(
        work,
        forme=_longer(work.forme),
        printed=_repeated(work.printed, file, pictures),
    )


def _copied(page: DrawnPage, turn: int, work: Work, pictures: Pictures) -> DrawnPage:
    """Return a page whose pictures are others, with the same pixels."""
    with Pdf.open(io.BytesIO(page.pdf)) as pdf:
        for thing in pdf.objects:
            if not isinstance(thing, Stream) or thing.get("/Subtype") != Name.Image:
                continue
            data = thing.read_raw_bytes()
            placed = work.printed.pictures.get(_name(data))
            if placed is not None:
                data += b"\0" * turn
                thing.write(data, filter=Name.DCTDecode)
                pictures[_name(data)] = _linked(work.tools.prepared, placed, turn)
        out = io.BytesIO()
        pdf.save(out)
        return replace(page, pdf=out.getvalue())


def _name(data: bytes) -> str:
    return f"{hashlib.sha256(data).hexdigest()[:DIGITS]}.jpg"


def _linked(folder: Path, placed: PlacedPicture, turn: int) -> PlacedPicture:
    names = []
    for name in (placed.press, placed.screen):
        names.append(f"{turn}-{name}")
        if not (folder / names[-1]).exists():
            os.link(folder / name, folder / names[-1])
    return PlacedPicture(press=names[0], screen=names[1])


def _longer(forme: Forme) -> Forme:
    pages = forme.flatplan.pages
    shifts = range(0, TIMES * len(pages), len(pages))
    longer = tuple(
        replace(page, number=page.number + by) for by in shifts for page in pages
    )
    return replace(forme, flatplan=replace(forme.flatplan, pages=longer))


def _repeated(
    printed: Printed, bound: bytes, pictures: Mapping[str, PlacedPicture]
) -> Printed:
    count = len(printed.views)
    shifts = range(0, TIMES * count, count)
    reading = printed.reading
    return replace(
        printed,
        bound=bound,
        pictures=pictures,
        views=tuple(_view(one, by) for by in shifts for one in printed.views),
        reading=Copyreading(
            threads=tuple(
                replace(one, frames=_on(one.frames, by), panels=_on(one.panels, by))
                for by in shifts
                for one in reading.threads
            ),
            labels=tuple(
                replace(one, area=_on((one.area,), by)[0])
                for by in shifts
                for one in reading.labels
            ),
            references=reading.references,
            leading=reading.leading,
            sizes=tuple((page + by, pt) for by in shifts for page, pt in reading.sizes),
        ),
    )


def _view(view: PageView, by: int) -> PageView:
    return replace(view, number=view.number + by)


def _on(areas: Sequence[Area], by: int) -> tuple[Area, ...]:
    return tuple(replace(area, page=area.page + by) for area in areas)
