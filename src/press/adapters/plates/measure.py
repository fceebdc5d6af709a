"""What the plates of a page show: how much ink, and what lies where."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from press.adapters.plates.patch import Patch, find_patches, join_near
from press.model.finding import Area
from press.model.ink import Ink
from press.model.plates import BleedFacts, Edge, HeatMap, InkPeak, InkWindow, PlateFacts
from press.model.printer import Printer

#: Pixels a millimetre (101.6 ppi), so that every millimetre begins with a pixel.
PER_MM = 4
FULL = 255
PER_CENT = FULL / 100
#: Less ink than this is none: the faint edge of something, the noise of a JPEG.
FAINT = 8
#: How far measures may be off before ink counts as outside of something, in pixels.
NEAR = 2
#: A point is over the limit if it has so much more, in per cent: a step of a plate.
STEP = 1.0
#: Inks of registration marks differ by no more.
ALIKE = 24
#: Gaps in a bleed that are shorter do not count, in millimetres.
SHORTEST_GAP = 2
MOST_PATCHES = 12
#: Patches that are nearer are one, in millimetres.
APART = 4
SQUARE_MM = 5
S = TypeVar("S", bound=np.generic)
Inked = NDArray[np.uint8]
Total = NDArray[np.uint16]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Exposure:
    """The plates of a page as they were rendered.

    Attributes:
        page: Page number, from 1.
        width: Width of the trim, in millimetres.
        height: Its height.
        margin: Whole millimetres that are seen around the trim, on the left and above;
            on the right and below there may be a part of one more.
        inks: The plates cyan, magenta, yellow and black: 4 × height × width, 255 for
            all ink.
    """

    page: int
    width: float
    height: float
    margin: int
    inks: Inked


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the exposure, in pixels."""

    top: int
    right: int
    bottom: int
    left: int

    def of(self, pixels: NDArray[S]) -> NDArray[S]:
        """Return that part of pixels."""
        return pixels[self.top : self.bottom, self.left : self.right]


def measure(exposure: Exposure, printer: Printer) -> PlateFacts:
    """Return what the plates print, without its pictures."""
    total = exposure.inks[0].astype(np.uint16)
    for plate in exposure.inks[1:]:
        total += plate
    inked = total > FAINT
    trim, bleed = _trim(exposure), bleed_of(exposure, printer)
    return PlateFacts(
        page=exposure.page,
        width=exposure.width,
        height=exposure.height,
        peak=_peak(exposure, total, bleed, printer.ink.point),
        window=_window(exposure, total, bleed, printer.ink.side.mm),
        coverage=_coverage(exposure, trim),
        inked=_around(exposure, inked, bleed),
        strays=_strays(exposure, inked, bleed, printer),
        bleeds=tuple(_bleeds(exposure, inked, trim, printer)),
        beyond=_beyond(exposure, inked, bleed),
        heat=_heat(exposure, total, trim),
    )


def _trim(exposure: Exposure) -> Frame:
    start = exposure.margin * PER_MM
    return Frame(
        top=start,
        right=start + round(exposure.width * PER_MM),
        bottom=start + round(exposure.height * PER_MM),
        left=start,
    )


def bleed_of(exposure: Exposure, printer: Printer) -> Frame:
    """Return the trim with the printer's bleed."""
    trim, edges = _trim(exposure), printer.bleed
    height, width = exposure.inks.shape[1:]
    return Frame(
        top=max(0, trim.top - round(edges.top.mm * PER_MM)),
        right=min(width, trim.right + round(edges.right.mm * PER_MM)),
        bottom=min(height, trim.bottom + round(edges.bottom.mm * PER_MM)),
        left=max(0, trim.left - round(edges.left.mm * PER_MM)),
    )


def _area(exposure: Exposure, frame: Frame) -> Area:
    """Return a rectangle of pixels in millimetres from the trim's corner."""
    start = exposure.margin * PER_MM
    return Area(
        left=(frame.left - start) / PER_MM,
        top=(frame.top - start) / PER_MM,
        width=(frame.right - frame.left) / PER_MM,
        height=(frame.bottom - frame.top) / PER_MM,
    )


# ---------------------------------------------------------------- how much ink


def _peak(exposure: Exposure, total: Total, bleed: Frame, limit: float) -> InkPeak:
    seen = bleed.of(total)
    row, column = (int(at) for at in np.unravel_index(int(seen.argmax()), seen.shape))
    row, column = row + bleed.top, column + bleed.left
    parts = [round(int(ink) / FULL, 4) for ink in exposure.inks[:, row, column]]
    share, patches = 0.0, tuple[Area, ...]()
    if seen[row - bleed.top, column - bleed.left] > (limit + STEP) * PER_CENT:
        over = np.zeros(total.shape, np.bool_)
        frame = (slice(bleed.top, bleed.bottom), slice(bleed.left, bleed.right))
        over[frame] = seen > (limit + STEP) * PER_CENT
        share = float(over.sum()) / seen.size
        patches = _areas(exposure, over)
    return InkPeak(
        ink=Ink(*parts),
        area=_area(exposure, Frame(row, column + 1, row + 1, column)),
        over=share,
        patches=patches,
    )


def _window(
    exposure: Exposure, total: Total, bleed: Frame, side_mm: float
) -> InkWindow | None:
    """Return the square with the most ink, by an integral image of millimetres.

    Squares are tried at every whole millimetre from the trim's corner (GWG R0026 asks
    for any square; the mean of two that lie a millimetre apart hardly differs).
    """
    side = round(side_mm)
    top, left = -(-bleed.top // PER_MM), -(-bleed.left // PER_MM)
    bottom, right = bleed.bottom // PER_MM, bleed.right // PER_MM
    if side < 1 or bottom - top < side or right - left < side:
        return None
    cells = _sums(total)[top:bottom, left:right]
    area = np.pad(cells.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    sums = (
        area[side:, side:]
        - area[:-side, side:]
        - area[side:, :-side]
        + area[:-side, :-side]
    )
    row, column = (int(at) for at in np.unravel_index(int(sums.argmax()), sums.shape))
    return InkWindow(
        mean=float(sums[row, column]) / (side * PER_MM) ** 2 / PER_CENT,
        area=Area(
            left=column + left - exposure.margin,
            top=row + top - exposure.margin,
            width=side,
            height=side,
        ),
    )


def _sums(total: Total) -> NDArray[np.int64]:
    """Return the ink of every whole square millimetre."""
    rows, columns = (size // PER_MM * PER_MM for size in total.shape)
    cut = total[:rows, :columns]
    lines = cut[0::PER_MM].astype(np.uint32)
    for row in range(1, PER_MM):
        lines += cut[row::PER_MM]
    cells = lines[:, 0::PER_MM].astype(np.int64)
    for column in range(1, PER_MM):
        cells += lines[:, column::PER_MM]
    return cells


def _coverage(exposure: Exposure, trim: Frame) -> Ink:
    """Return the mean of each ink; one that is nowhere seen is none at all."""
    parts = []
    for plate in exposure.inks:
        seen = trim.of(plate)
        there = int(seen.max()) > FAINT
        parts.append(float(seen.mean()) / FULL if there else 0.0)
    return Ink(*(round(part, 6) for part in parts))


def _heat(exposure: Exposure, total: Total, trim: Frame) -> HeatMap:
    cells = _sums(trim.of(total))
    rows, columns = (math.ceil(size / SQUARE_MM) for size in cells.shape)
    grown = np.zeros((rows * SQUARE_MM, columns * SQUARE_MM), np.int64)
    counted = np.zeros_like(grown)
    grown[: cells.shape[0], : cells.shape[1]] = cells
    counted[: cells.shape[0], : cells.shape[1]] = PER_MM**2
    shape = (rows, SQUARE_MM, columns, SQUARE_MM)
    means = grown.reshape(shape).sum(axis=(1, 3)) / counted.reshape(shape).sum(
        axis=(1, 3)
    )
    values = np.rint(means / PER_CENT).astype(int)
    return HeatMap(
        side=SQUARE_MM, columns=columns, values=tuple(values.ravel().tolist())
    )


# ---------------------------------------------------------------- where ink is


def _around(exposure: Exposure, inked: Mask, bleed: Frame) -> Area | None:
    seen = bleed.of(inked)
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not len(rows):
        return None
    return _area(
        exposure,
        Frame(
            top=int(rows[0]) + bleed.top,
            right=int(columns[-1]) + 1 + bleed.left,
            bottom=int(rows[-1]) + 1 + bleed.top,
            left=int(columns[0]) + bleed.left,
        ),
    )


def _strays(
    exposure: Exposure, inked: Mask, bleed: Frame, printer: Printer
) -> tuple[Area, ...]:
    """Return ink outside the type area that does not run off an edge with bleed."""
    trim = _trim(exposure)
    across = (exposure.width - printer.type_width.mm) / 2 * PER_MM
    down = (exposure.height - printer.type_height.mm) / 2 * PER_MM
    outside = np.zeros(inked.shape, np.bool_)
    frame = (slice(bleed.top, bleed.bottom), slice(bleed.left, bleed.right))
    outside[frame] = inked[frame]
    outside[
        max(0, trim.top + round(down) - NEAR) : trim.bottom - round(down) + NEAR,
        max(0, trim.left + round(across) - NEAR) : trim.right - round(across) + NEAR,
    ] = False
    if not outside.any():
        return ()
    found = find_patches(_cells(outside))
    return _told(exposure, (one for one in found if not _runs_off(one, trim, printer)))


def _runs_off(patch: Patch, trim: Frame, printer: Printer) -> bool:
    """Whether a patch touches an edge over which ink may run."""
    edges = printer.bleed
    return (
        (bool(edges.top.pt) and patch.top * PER_MM <= trim.top)
        or (bool(edges.right.pt) and patch.right * PER_MM >= trim.right)
        or (bool(edges.bottom.pt) and patch.bottom * PER_MM >= trim.bottom)
        or (bool(edges.left.pt) and patch.left * PER_MM <= trim.left)
    )


def _beyond(exposure: Exposure, inked: Mask, bleed: Frame) -> tuple[Area, ...]:
    """Return ink past the bleed; marks have all four inks alike."""
    past = inked.copy()
    past[
        max(0, bleed.top - NEAR) : bleed.bottom + NEAR,
        max(0, bleed.left - NEAR) : bleed.right + NEAR,
    ] = False
    if not past.any():
        return ()
    rows, columns = np.nonzero(past)
    found = exposure.inks[:, rows, columns]
    marks = found.max(axis=0) - found.min(axis=0) <= ALIKE
    past[rows[marks], columns[marks]] = False
    return _areas(exposure, past) if past.any() else ()


def _bleeds(
    exposure: Exposure, inked: Mask, trim: Frame, printer: Printer
) -> Iterator[BleedFacts]:
    """Yield every edge; all are turned so that the bleed lies above the trim."""
    edges = printer.bleed
    for edge, wanted, turns, depth, start in (
        (Edge.TOP, edges.top.mm, 0, trim.top, trim.left),
        (Edge.RIGHT, edges.right.mm, 1, inked.shape[1] - trim.right, trim.top),
        (Edge.BOTTOM, edges.bottom.mm, 2, inked.shape[0] - trim.bottom, 0),
        (Edge.LEFT, edges.left.mm, 3, trim.left, 0),
    ):
        turned = np.rot90(inked, turns)
        begin = {
            Edge.BOTTOM: inked.shape[1] - trim.right,
            Edge.LEFT: inked.shape[0] - trim.bottom,
        }.get(edge, start)
        sideways = turns % 2 == 1
        length = trim.bottom - trim.top if sideways else trim.right - trim.left
        yield _bleed_facts(exposure, turned, edge, wanted, (depth, begin, length))


def _bleed_facts(
    exposure: Exposure,
    turned: Mask,
    edge: Edge,
    wanted: float,
    place: tuple[int, int, int],
) -> BleedFacts:
    depth, begin, length = place
    inside = turned[depth : depth + NEAR, begin : begin + length].all(axis=0)
    touching = float(inside.sum()) / PER_MM
    if not wanted:
        return BleedFacts(edge=edge, wanted=0.0, touching=touching)
    outermost = max(0, depth - round(wanted * PER_MM))
    zone = turned[outermost : outermost + NEAR + 1, begin : begin + length]
    empty: Mask = np.logical_and(inside, ~zone.any(axis=0))
    gaps = tuple(
        _gap(exposure, edge, wanted, first / PER_MM, (last - first) / PER_MM)
        for first, last in _runs(empty)
        if last - first >= SHORTEST_GAP * PER_MM
    )
    return BleedFacts(edge=edge, wanted=wanted, touching=touching, gaps=gaps)


def _runs(row: Mask) -> list[tuple[int, int]]:
    """Return where a row is true: first, and one after the last."""
    steps = np.flatnonzero(np.diff(np.concatenate(([False], row, [False]))))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)]


def _gap(
    exposure: Exposure, edge: Edge, wanted: float, start: float, length: float
) -> Area:
    """Return where bleed is missing; `start` counts along the turned edge."""
    match edge:
        case Edge.TOP:
            return Area(left=start, top=-wanted, width=length, height=wanted)
        case Edge.RIGHT:
            return Area(left=exposure.width, top=start, width=wanted, height=length)
        case Edge.BOTTOM:
            left = exposure.width - start - length
            return Area(left=left, top=exposure.height, width=length, height=wanted)
        case Edge.LEFT:
            top = exposure.height - start - length
            return Area(left=-wanted, top=top, width=wanted, height=length)


# ---------------------------------------------------------------- patches


def _cells(mask: Mask) -> Mask:
    """Return whether there is anything in each square millimetre."""
    rows, columns = (-(-size // PER_MM) for size in mask.shape)
    grown = np.zeros((rows * PER_MM, columns * PER_MM), np.bool_)
    grown[: mask.shape[0], : mask.shape[1]] = mask
    lines = grown[0::PER_MM].copy()
    for row in range(1, PER_MM):
        lines |= grown[row::PER_MM]
    made = lines[:, 0::PER_MM].copy()
    for column in range(1, PER_MM):
        made |= lines[:, column::PER_MM]
    return made


def _areas(exposure: Exposure, mask: Mask) -> tuple[Area, ...]:
    """Return the largest patches of what is true."""
    return _told(exposure, find_patches(_cells(mask)))


def _told(exposure: Exposure, patches: Iterable[Patch]) -> tuple[Area, ...]:
    joined = sorted(join_near(patches, APART), key=lambda one: -one.cells)
    return tuple(_of_patch(exposure, patch) for patch in joined[:MOST_PATCHES])


def _of_patch(exposure: Exposure, patch: Patch) -> Area:
    return Area(
        left=patch.left - exposure.margin,
        top=patch.top - exposure.margin,
        width=patch.right - patch.left,
        height=patch.bottom - patch.top,
    )
