"""The front page: the splash, which may jump, the contents, and what fits beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from press.flatplan.candidate import (
    Candidate,
    PageChoice,
    PageRoom,
    Placed,
    SectionTask,
)
from press.flatplan.grower import Grower, item_of
from press.flatplan.tree import Cell, Item, PageTree
from press.model.layout import Layout

#: Price of a front page that has no second article.
LONELY = 4.0
#: Ways to make the front page that are followed up.
FOLLOWED = 5
CONTENTS_OFF = 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A front page.

    Attributes:
        choice: The page.
        used: Candidates placed on it, a bit each; the splash is one, jump or not.
        tail: The rest of the splash; None where it ends on the page.
    """

    choice: PageChoice
    used: int
    tail: Candidate | None


def make_fronts(
    task: SectionTask, grower: Grower, tree: PageTree, page: PageRoom
) -> Iterator[Front]:
    """Yield the best front pages, the best first.

    Args:
        task: The section.
        grower: Grows leaves.
        tree: The page optimiser over all candidates.
        page: Page 1.
    """
    count = len(task.candidates)
    splash = task.candidates[0]
    contents = Item(
        name="contents",
        rank=900,
        priority=9,
        leaves=_contents(task.layout, task.columns),
    )
    extra = [contents]
    if splash.package.jump != 0:
        heights = range(1, page.lines + 1)
        extra.append(item_of(0, splash, grower.leaves(splash, heights, jumps=True)))
    tree = tree.extend(*extra)
    found = []
    for mask in tree.masks():
        own, special = mask & ((1 << count) - 1), mask >> count
        once = (special >> 1 & 1) != (own & 1)
        if special & 1 and once and _obeys(task.candidates, own, page):
            lonely = LONELY if own & ~1 == 0 else 0.0
            found.append((tree.cost(mask, page.lines) + lonely, mask))
    for cost, mask in sorted(found)[:FOLLOWED]:
        if cost < inf:
            cells = tree.cells(mask, page.lines)
            yield _front(task.candidates, grower, cells, cost)


def _obeys(candidates: tuple[Candidate, ...], mask: int, page: PageRoom) -> bool:
    """Whether a set has all that is pinned to page 1, and nothing pinned elsewhere."""
    for i, candidate in enumerate(candidates):
        pin = candidate.package.page
        here = bool(mask >> i & 1)
        if i and pin is not None and here != (pin == page.number):
            return False
    return True


def _front(
    candidates: tuple[Candidate, ...],
    grower: Grower,
    cells: tuple[Cell, ...],
    cost: float,
) -> Front:
    count = len(candidates)
    placed: list[Placed] = []
    used, tail = 1, None
    for cell in cells:
        candidate, setting = None, None
        if cell.item != count:
            number = cell.item if cell.item < count else 0
            candidate = candidates[number]
            used |= 1 << number
            jumps = cell.item > count
            found = grower.setting(candidate, cell.columns, cell.lines, jumps=jumps)
            if found is None:
                raise AssertionError(candidate.package.id)
            setting = found[1]
            if jumps:
                tail = candidate.goes_on(setting)
        placed.append(
            Placed(
                package=candidate.package.id if candidate else "",
                part=0,
                column=cell.column,
                line=cell.line,
                columns=cell.columns,
                lines=cell.lines,
                setting=setting,
            )
        )
    choice = PageChoice(placed=tuple(placed), ad=0, cost=cost)
    return Front(choice=choice, used=used, tail=tail)


def _contents(layout: Layout, columns: int) -> tuple[dict[int, float], ...]:
    """Return what the contents panel costs: one column wide, and rather tall."""
    least, most = layout.furniture.contents
    ideal = (least + most) / 2
    one = {h: abs(h - ideal) * CONTENTS_OFF for h in range(least, most + 1)}
    return (one, *({} for _ in range(columns - 1)))
