"""The picture lab: looks at pictures, and makes them ready for print and for mail.

What the store recalls needs no Pillow: it is loaded when a picture is opened.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Never, Self

import PIL

from press.adapters.pictures.cut import Cut, crop_box, pixels_for, plan_cut, whole
from press.adapters.pictures.fault import Fault, RefusedError
from press.adapters.pictures.order import (
    MAIL,
    PRINT,
    Lettering,
    Order,
    PressOrder,
)
from press.adapters.pictures.source import Source, find
from press.adapters.pictures.store import Made, Seen, Store
from press.model.article import Picture, PictureKind
from press.model.digest import MailPicture
from press.model.errors import EngineError
from press.model.finding import Checked, Finding, Severity
from press.model.picture import (
    PictureFacts,
    PictureFormat,
    PictureJob,
    PreparedPicture,
)
from press.model.press import Profile
from press.model.printer import Printer, Resolution
from press.model.type import Face

if TYPE_CHECKING:
    from press.adapters.pictures.darkroom import Developed
    from press.adapters.pictures.platemaking import Plated
    from press.adapters.pictures.separation import Separator

EVERYWHERE = Resolution()
SPARE_PIXELS = 2  # so that rounding never leaves a picture under its resolution
SLACK = 1.2
REGULAR = 400
MOST_STRETCHED = 0.01
MAIL_PAPER = "#ffffff"
_PT_AN_INCH = 72
#: Part of every key in the store: raise it when the same job gives other bytes.
_VERSION = f"3 Pillow {PIL.__version__}"
SCREEN_PPI = 150
#: Drawings that must be made pixels have so many an inch.
DRAWN_PPI = 300


class PillowPictureLab:
    """The `PictureLab` of ports.py, with Pillow.

    With a printer and a profile pictures are made ready for that press, and stand-ins
    are drawn; without, the pages show the pictures themselves.

    Attributes:
        resolution: Pixels an inch that pictures need; a printer knows them itself.
    """

    def __init__(
        self,
        root: Path,
        cache: Path,
        *,
        resolution: Resolution = EVERYWHERE,
        printer: Printer | None = None,
        profile: Profile | None = None,
        threads: int | None = None,
    ) -> None:
        self.resolution = resolution if printer is None else printer.pictures
        self._press = _Press(printer, profile) if printer and profile else None
        self._lettering: Lettering = ()
        self._root = root
        self._store = Store(cache)
        self._threads = threads or os.cpu_count() or 1

    def letter_with(self, faces: Iterable[Face]) -> Self:
        """Set the letters of drawings that become pixels in a layout's typefaces."""
        self._lettering = tuple(
            (face.family, face.file)
            for face in faces
            if face.weight == REGULAR and not face.italic and not face.script
        )
        return self

    def inspect(self, picture: Picture) -> Checked[PictureFacts]:
        """Look at a picture without decoding all of it: milliseconds, small memory."""
        try:
            seen = self._look(find(self._root, picture.file))
        except RefusedError as refused:
            return _refused(picture, refused)
        faults = tuple(fault.found_in(picture) for fault in seen.faults)
        return Checked(value=seen.facts, findings=faults)

    def find_damaged(self, pictures: Sequence[Picture]) -> Sequence[Finding]:
        """Decode pictures in full, on all cores; return what is wrong with them."""
        files = {picture.file: picture for picture in reversed(pictures)}
        each = [picture for _, picture in reversed(files.items())]
        with ThreadPoolExecutor(self._threads) as pool:
            found = tuple(pool.map(self._damage, each))
        return tuple(finding for finding in found if finding is not None)

    def prepare(self, jobs: Sequence[PictureJob]) -> Sequence[Checked[PreparedPicture]]:
        """Make pictures ready for print, on all cores; results in the jobs' order.

        Raises:
            EngineError: A chart was asked for in a shape that would crop it.
        """
        from press.adapters.pictures.strict import strict  # noqa: PLC0415

        with strict(), ThreadPoolExecutor(self._threads) as pool:
            return tuple(pool.map(self._prepare, jobs))

    def for_mail(
        self, picture: Picture, *, width: int, base: str
    ) -> Checked[MailPicture]:
        """Make a picture ready for mail, `width` CSS pixels wide (two pixels each).

        It is never enlarged: a picture with fewer pixels than `width` is shown smaller.
        """
        try:
            source = find(self._root, picture.file)
            facts = self._look(source).facts
            order = _mail_order(picture, facts, width)
            made = self._made(source, facts, order)
        except RefusedError as refused:
            return _refused(picture, refused)
        shown = min(width, made.pixels[0])
        mailed = MailPicture(
            name=made.name,
            url=f"{base.rstrip('/') or 'pictures'}/{made.name}",
            data=self._store.read(made.name),
            width=shown,
            height=max(1, round(shown * made.pixels[1] / made.pixels[0])),
            alt=picture.alt,
            pixels=made.pixels,
        )
        faults = tuple(fault.found_in(picture) for fault in made.faults)
        return Checked(value=mailed, findings=faults)

    def _look(self, source: Source) -> Seen:
        """Look at a file, or recall what a look at it told."""
        seen = self._store.recall_seen(source, _VERSION)
        if seen is None:
            from press.adapters.pictures.darkroom import examine  # noqa: PLC0415

            seen = examine(source)
            self._store.remember_seen(source, _VERSION, seen)
        return seen

    def _damage(self, picture: Picture) -> Finding | None:
        """Return what keeps a picture from being decoded, unless `inspect` says it."""
        try:
            source = find(self._root, picture.file)
            seen = self._look(source)
        except RefusedError:
            return None
        if seen.whole:
            return None
        from press.adapters.pictures.darkroom import decode_all  # noqa: PLC0415

        try:
            decode_all(source, seen.facts)
        except RefusedError as refused:
            return refused.fault.found_in(picture)
        self._store.remember_seen(source, _VERSION, replace(seen, whole=True))
        return None

    def _prepare(self, job: PictureJob) -> Checked[PreparedPicture]:
        picture = job.picture
        try:
            source = find(self._root, picture.file)
            facts = self._look(source).facts
            order = _print_order(job, facts)
            if self._press is not None:
                order = replace(order, press=self._press.order(job))
            made = self._made(source, facts, order)
        except RefusedError as refused:
            return _refused(picture, refused)
        faults = made.faults
        ppi = None
        if made.press or facts.format is not PictureFormat.SVG:
            ppi = made.pixels[0] / _inches(job)
        if facts.format is not PictureFormat.SVG:
            faults += self._find_coarse(job, facts, order.cut, bits=made.bits)
        prepared = PreparedPicture(
            name=made.name,
            pixels=made.pixels,
            ppi=ppi,
            press=made.press,
            screen=made.screen,
            ink=made.ink,
        )
        return Checked(
            value=prepared,
            findings=tuple(fault.found_in(picture) for fault in faults),
        )

    def _made(self, source: Source, facts: PictureFacts, order: Order) -> Made:
        """Make a picture as ordered, or recall that it was made."""
        if facts.format is PictureFormat.SVG:
            order = replace(order, lettering=self._lettering)
        words = repr((_VERSION, facts.sha256, order))
        key = hashlib.sha256(words.encode()).hexdigest()
        made = self._store.recall_made(key)
        if made is None:
            developed = self._developed(source, facts, order)
            if find(self._root, source.name).identity != source.identity:
                raise RefusedError(
                    "picture.damaged", "was changed while it was read", hint="run again"
                )
            made = self._kept(developed)
            self._store.remember_made(key, made)
        return made

    def _developed(
        self, source: Source, facts: PictureFacts, order: Order
    ) -> Developed | Plated:
        if order.press is not None and self._press is not None:
            return self._press.make(source, facts, order, order.press)
        from press.adapters.pictures.darkroom import develop  # noqa: PLC0415

        return develop(source, facts, order)

    def _kept(self, developed: Developed | Plated) -> Made:
        """Keep what was made; what is not drawn itself gets its stand-in."""
        from press.adapters.pictures.darkroom import Developed  # noqa: PLC0415
        from press.adapters.pictures.standin import stand_in  # noqa: PLC0415

        if isinstance(developed, Developed):
            return Made(
                name=self._store.keep(developed.data, developed.suffix),
                pixels=developed.pixels,
                faults=developed.faults,
            )
        plate, shown = developed.plate, developed.screen
        press = self._store.keep(plate.data, plate.suffix)
        screen = self._store.keep(shown.data, shown.suffix)
        flat = stand_in(developed.pixels, press=press, screen=screen)
        return Made(
            name=self._store.keep(flat, "jpg"),
            pixels=developed.pixels,
            faults=developed.faults,
            press=press,
            screen=screen,
            bits=developed.bits,
            ink=plate.ink,
        )

    def _find_coarse(
        self, job: PictureJob, facts: PictureFacts, cut: Cut, *, bits: bool
    ) -> tuple[Fault, ...]:
        """Find a picture that has too few pixels for its printed size."""
        ppi = cut.width / _inches(job)
        least, wanted = _limits(self.resolution, job.picture.kind, bits=bits)
        if ppi >= wanted:
            return ()
        bad = ppi < least
        needed = round(wanted * _inches(job) * facts.pixels[0] / cut.width)
        return (
            Fault(
                code="picture.resolution",
                severity=Severity.ERROR if bad else Severity.WARNING,
                text=f"{int(ppi)} ppi at {job.width.mm:.0f} mm;"
                f" {wanted:.0f} are wanted",
                hint=f"at least {needed:,} pixels wide, or run it in fewer columns",
            ),
        )


class _Press:
    """What the lab knows of the press; engines are loaded when a picture is made."""

    def __init__(self, printer: Printer, profile: Profile) -> None:
        self._printer, self._profile = printer, profile
        self._sha256 = profile.sha256 or hashlib.sha256(profile.data).hexdigest()
        self._lock = threading.Lock()
        self._separator: Separator | None = None

    def order(self, job: PictureJob) -> PressOrder:
        """Say what this press adds to an order."""
        return PressOrder(
            profile=self._sha256,
            limit=self._printer.ink.point,
            ground=job.ground,
            screen=pixels_for(_inches(job), SCREEN_PPI),
            drawn=pixels_for(_inches(job), DRAWN_PPI),
        )

    def make(
        self, source: Source, facts: PictureFacts, order: Order, press: PressOrder
    ) -> Developed | Plated:
        """Make a picture."""
        from press.adapters.pictures.platemaking import make_plates  # noqa: PLC0415
        from press.adapters.pictures.separation import Separator  # noqa: PLC0415

        with self._lock:
            self._separator = self._separator or Separator(self._profile.data)
        return make_plates(source, facts, order, press, self._separator)


def _limits(
    resolution: Resolution, kind: PictureKind, *, bits: bool
) -> tuple[float, float]:
    """Return the pixels an inch below which a picture is an error, and a warning."""
    if bits:
        return resolution.bits_least, resolution.bits_wanted
    least = resolution.least if kind is PictureKind.PHOTO else 0.0
    chart = kind is PictureKind.CHART
    return least, resolution.line_art if chart else resolution.wanted


def _refused(picture: Picture, refused: RefusedError) -> Checked[Never]:
    return Checked(value=None, findings=(refused.fault.found_in(picture),))


def _inches(job: PictureJob) -> float:
    return job.width.pt / _PT_AN_INCH


def _print_order(job: PictureJob, facts: PictureFacts) -> Order:
    """Say how a picture is made for a place on a page."""
    picture, pixels = job.picture, facts.pixels
    ratio = job.width.pt / job.height.pt
    box = whole(pixels)
    if picture.kind is not PictureKind.CHART:
        box = crop_box(pixels, ratio, picture.focus)
    elif abs(ratio * pixels[1] / pixels[0] - 1) > MOST_STRETCHED:
        raise EngineError(
            f"{picture.file}: a chart of {pixels[0]} × {pixels[1]} pixels was given a"
            f" place of {job.width} × {job.height}, but charts are never cropped"
        )
    if facts.format is PictureFormat.SVG:
        size = (f"{job.width.mm:.3f}mm", f"{job.height.mm:.3f}mm")
        as_drawn = plan_cut(box, box[2] - box[0])
        return Order(cut=as_drawn, paper=job.paper, recipe=PRINT, size=size)
    wanted = pixels_for(_inches(job), job.ppi) + SPARE_PIXELS
    cut = plan_cut(box, wanted, slack=SLACK)
    return Order(cut=cut, paper=job.paper, recipe=PRINT)


def _mail_order(picture: Picture, facts: PictureFacts, width: int) -> Order:
    """Say how a picture is made for a mail, twice as fine as CSS pixels."""
    box = whole(facts.pixels)
    if picture.crop and picture.kind is not PictureKind.CHART:
        box = crop_box(facts.pixels, picture.crop, picture.focus)
    cut = plan_cut(box, 2 * width)
    if facts.format is PictureFormat.SVG:  # a drawing is as fine as it is drawn
        height = round(2 * width * (box[3] - box[1]) / (box[2] - box[0]))
        cut = Cut(box=box, pixels=(2 * width, max(1, height)))
    return Order(cut=cut, paper=MAIL_PAPER, recipe=MAIL)
