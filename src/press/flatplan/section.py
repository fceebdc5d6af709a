"""A section: its articles shared out over its pages at the least cost.

Pages are filled one after another. With U the articles already placed and p what is
still to be continued,

    D(k + 1, U ∪ S, p') = min over S of  D(k, U, p) + page(k, S, p) + prices

over all sets S of the others that fill page k (from the page optimiser), with the
editor's pins as conditions, not as prices. Articles of priority 4 and 5 may be left at
the end, at a price. An article too long for any page opens with a full page of its own
and goes on overleaf.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import inf

from press.flatplan.fill import Rows
from press.flatplan.leaf import Leaf, Task
from press.flatplan.tree import Item, PageTree
from press.model.article import Direction
from press.model.flatplan import Setting
from press.model.furniture import HeadShape, Measured
from press.model.layout import Layout
from press.model.package import Package

#: Price of leaving an article out, by priority 4 and 5, and for each of its lines.
HELD_OVER = {4: 14.0, 5: 5.0}
HELD_OVER_LINE = 0.03
#: Price of a page whose first article has a low priority, for each step under 2.
NO_LEAD = 4.0
#: Price of an article far from its place in the editor's order.
OUT_OF_ORDER = 4.0
#: Price of a house ad across the page, for itself and for each line.
AD, AD_LINE = 7.0, 0.22
FULL_PAGE_AD = 40.0
#: Price of a long article that opens on a right-hand page.
OPENS_RIGHT = 1.5
#: Price of a front page that has no second article.
LONELY_FRONT = 4.0
#: Ways to make the front page that are followed up.
FRONTS = 5
#: States kept after each page, best first: more than a section of ten ever has.
BEAM = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A package that wants room in a section.

    Attributes:
        package: The package.
        measured: What it measures.
        start: First row; above 0 when an earlier page began it.
        part: 0, or the number of the continuation.
    """

    package: Package
    measured: Measured
    start: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRoom:
    """A page as the section gets it.

    Attributes:
        number: Page number.
        lines: Grid lines of its story area.
        front: Whether it is page 1, with its contents panel.
    """

    number: int
    lines: int
    front: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTask:
    """What is asked of a section.

    Attributes:
        name: Its name.
        candidates: Its packages in the editor's order, then what continues here.
        pages: Its pages.
        layout: The layout.
        grid: Name of its grid.
        ads: How many house ads may be used.
    """

    name: str
    candidates: tuple[Candidate, ...]
    pages: tuple[PageRoom, ...]
    layout: Layout
    grid: str
    ads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A package's box on a page; the contents panel has no candidate."""

    candidate: Candidate | None
    column: int
    line: int
    columns: int
    lines: int
    setting: Setting | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChoice:
    """A page made.

    Attributes:
        placed: Its boxes.
        ad: Grid lines of a house ad at its foot; 0 is none.
        cost: What it costs.
    """

    placed: tuple[Placed, ...]
    ad: int
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPlan:
    """A section made.

    Attributes:
        pages: Its pages, in order.
        left: Packages that found no room.
        carried: What goes on in another section, if anything.
        cost: What it costs in all.
    """

    pages: tuple[PageChoice, ...]
    left: tuple[Package, ...]
    carried: Candidate | None
    cost: float


@dataclass(frozen=True, slots=True)
class _State:
    """Pages filled so far."""

    cost: float
    used: int
    pending: Candidate | None
    due: int | None  #: Page on which the pending must stand; None is any later one.
    pages: tuple[PageChoice, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Option:
    """One way to fill a page: which candidates, at what cost, with how deep an ad."""

    mask: int
    cost: float
    ad: int


def solve(task: SectionTask) -> SectionPlan | None:
    """Return the best plan of a section; None when there is none."""
    return _Section(task).solve()


class _Section:
    def __init__(self, task: SectionTask) -> None:
        self._task = task
        self._grid = task.layout.grid(task.grid)
        self._gap = task.layout.gap
        self._height = max(page.lines for page in task.pages)
        self._rows = {c.package.id: Rows(c.measured.galley) for c in task.candidates}
        self._leaves = [self._leaf_row(c) for c in task.candidates]
        self._long = {i for i, row in enumerate(self._leaves) if self._too_long(i, row)}
        items = tuple(
            self._item(i, c, row)
            for i, (c, row) in enumerate(
                zip(task.candidates, self._leaves, strict=True)
            )
        )
        self._tree = PageTree(items, self._grid.columns, self._height, self._gap)
        self._tails: dict[tuple[str, int], tuple[PageTree, tuple[Leaf, ...]]] = {}

    # ------------------------------------------------------------ leaves

    def _leaf_row(
        self, candidate: Candidate, *, jumps: bool = False, height: int = 0
    ) -> tuple[Leaf, ...]:
        return tuple(
            self._leaf(candidate, n, jumps=jumps, height=height or self._height)
            for n in range(1, self._grid.columns + 1)
        )

    def _leaf(
        self, candidate: Candidate, columns: int, *, jumps: bool, height: int
    ) -> Leaf:
        package, measured = candidate.package, candidate.measured
        template = self._task.layout.template(package.template)
        heads: tuple[HeadShape, ...] = measured.heads
        if candidate.start:
            heads = measured.jump_heads
        elif package.columns not in {None, columns}:
            heads = ()
        return Leaf(
            Task(
                measured=measured,
                rows=self._rows[package.id],
                template=template,
                priority=min(5, package.priority + candidate.part),
                heads=heads,
                height=height,
                grid_columns=self._grid.columns,
                start=candidate.start,
                jumps=jumps,
                rtl=package.article.direction is Direction.RTL,
            ),
            columns,
        )

    def _too_long(self, number: int, row: tuple[Leaf, ...]) -> bool:
        candidate = self._task.candidates[number]
        rows = self._rows[candidate.package.id]
        text = rows.total - rows.depth[candidate.start]
        room = self._height * self._grid.columns
        return not any(leaf.costs for leaf in row) and text > room * 0.6

    def _item(self, number: int, candidate: Candidate, row: tuple[Leaf, ...]) -> Item:
        priority = min(5, candidate.package.priority + candidate.part)
        return Item(
            name=candidate.package.id,
            rank=priority * 100 + number,
            priority=priority,
            leaves=tuple(leaf.costs for leaf in row),
        )

    # ------------------------------------------------------------ pages in order

    def solve(self) -> SectionPlan | None:
        """Return the best plan."""
        states = [_State(0.0, 0, None, None)]
        for index, page in enumerate(self._task.pages):
            best: dict[tuple[int, str, int], _State] = {}
            for state in states:
                for new in self._next(state, index, page):
                    pending = new.pending
                    key = (
                        new.used,
                        pending.package.id if pending else "",
                        pending.start if pending else 0,
                    )
                    if key not in best or new.cost < best[key].cost:
                        best[key] = new
            states = sorted(best.values(), key=lambda s: (s.cost, s.used))[:BEAM]
        return self._finish(states)

    def _finish(self, states: list[_State]) -> SectionPlan | None:
        best: SectionPlan | None = None
        last = self._task.pages[-1].number
        for state in states:
            left = [
                c.package
                for i, c in enumerate(self._task.candidates)
                if not state.used >> i & 1
            ]
            if any(package.must_run for package in left):
                continue
            elsewhere = state.due is not None and state.due > last
            if state.pending is not None and not elsewhere:
                continue
            cost = state.cost + sum(self._price_of_leaving(p) for p in left)
            if best is None or cost < best.cost:
                best = SectionPlan(
                    pages=state.pages,
                    left=tuple(left),
                    carried=state.pending,
                    cost=cost,
                )
        return best

    def _price_of_leaving(self, package: Package) -> float:
        lines = self._rows[package.id].total
        return HELD_OVER[package.priority] + HELD_OVER_LINE * lines

    def _next(self, state: _State, index: int, page: PageRoom) -> Iterator[_State]:
        """Yield every way to fill the next page."""
        if page.front:
            yield from self._front(state, page)
            return
        pending, due = state.pending, state.due
        if pending is not None and due in {None, page.number}:
            yield from self._with_tail(state, pending, index, page)
        if pending is None or due != page.number:
            for option in self._options(self._tree, page, index):
                if option.mask & state.used == 0:
                    yield self._take(state, option, self._tree, page, None)
        if pending is None:
            yield from self._open(state, page)

    def _options(
        self, tree: PageTree, page: PageRoom, index: int, *, tail: int = 0
    ) -> Iterator[_Option]:
        """Yield the sets that fill a page, a house ad at its foot if need be."""
        pinned = self._pinned(page)
        count = len(self._task.candidates)
        for mask in tree.masks():
            own = mask & ((1 << count) - 1)
            if (mask >> count) != tail or not self._obeys(own, pinned):
                continue
            price = self._price(own, index, has_tail=tail > 0)
            cost = tree.cost(mask, page.lines)
            if cost < inf:
                yield _Option(mask, cost + price, 0)
            elif self._task.ads:
                least, most = self._task.layout.furniture.ad
                found = [
                    (
                        tree.cost(mask, page.lines - ad - self._gap)
                        + AD
                        + AD_LINE * ad,
                        ad,
                    )
                    for ad in range(least, most + 1)
                ]
                ad_cost, ad = min(found)
                if ad_cost < inf:
                    yield _Option(mask, ad_cost + price, ad)
        if self._task.ads and not pinned and not tail:
            yield _Option(0, FULL_PAGE_AD, page.lines)

    def _pinned(self, page: PageRoom) -> int:
        return sum(
            1 << i
            for i, c in enumerate(self._task.candidates)
            if c.package.page == page.number and c.part == 0
        )

    def _obeys(self, mask: int, pinned: int) -> bool:
        """Whether a set has what is pinned to its page and nothing pinned elsewhere."""
        if pinned & ~mask:
            return False
        for i, c in enumerate(self._task.candidates):
            elsewhere = c.package.page is not None and c.part == 0
            if mask >> i & 1 and elsewhere and not pinned >> i & 1:
                return False
        return True

    def _price(self, mask: int, index: int, *, has_tail: bool) -> float:
        members = [i for i in range(len(self._task.candidates)) if mask >> i & 1]
        lead = min(
            (self._task.candidates[i].package.priority for i in members), default=5
        )
        if has_tail:
            lead = min(lead, 3)
        price = NO_LEAD * max(0, lead - 2)
        count, pages = len(self._task.candidates), len(self._task.pages)
        for i in members:
            wanted = (i + 0.5) / count
            have = (index + 0.5) / pages
            price += OUT_OF_ORDER * max(0.0, abs(wanted - have) - 0.5 / pages)
        return price

    def _take(
        self,
        state: _State,
        option: _Option,
        tree: PageTree,
        page: PageRoom,
        tail: tuple[Candidate, tuple[Leaf, ...]] | None,
    ) -> _State:
        count = len(self._task.candidates)
        lines = page.lines - (option.ad + self._gap if option.ad else 0)
        placed = []
        for cell in tree.cells(option.mask, lines) if option.mask else ():
            if cell.item < count:
                candidate = self._task.candidates[cell.item]
                leaf = self._leaves[cell.item][cell.columns - 1]
            elif tail is not None:
                candidate, leaf = tail[0], tail[1][cell.columns - 1]
            else:
                raise AssertionError(cell)
            placed.append(
                Placed(
                    candidate=candidate,
                    column=cell.column,
                    line=cell.line,
                    columns=cell.columns,
                    lines=cell.lines,
                    setting=leaf.setting(cell.lines),
                )
            )
        choice = PageChoice(placed=tuple(placed), ad=option.ad, cost=option.cost)
        return _State(
            state.cost + option.cost,
            state.used | (option.mask & ((1 << count) - 1)),
            state.pending if tail is None else None,
            state.due if tail is None else None,
            (*state.pages, choice),
        )

    # ------------------------------------------------------------ continuations

    def _with_tail(
        self, state: _State, tail: Candidate, index: int, page: PageRoom
    ) -> Iterator[_State]:
        """Yield pages on which the pending article goes on."""
        key = (tail.package.id, tail.start)
        if key not in self._tails:
            row = self._leaf_row(tail)
            item = self._item(len(self._task.candidates), tail, row)
            self._tails[key] = (self._tree.extend(item), row)
        tree, row = self._tails[key]
        for option in self._options(tree, page, index, tail=1):
            if option.mask & state.used == 0:
                yield self._take(state, option, tree, page, (tail, row))
        if not any(leaf.costs for leaf in row):  # still too long: another full page
            yield from self._full_page(state, tail, page, 0)

    def _open(self, state: _State, page: PageRoom) -> Iterator[_State]:
        """Yield pages given over to an article too long for any page."""
        for number in self._long:
            candidate = self._task.candidates[number]
            if state.used >> number & 1 or page.number == self._task.pages[-1].number:
                continue
            if candidate.package.page in {None, page.number} or candidate.part:
                yield from self._full_page(state, candidate, page, 1 << number)

    def _full_page(
        self, state: _State, candidate: Candidate, page: PageRoom, bit: int
    ) -> Iterator[_State]:
        columns = self._grid.columns
        leaf = self._leaf(candidate, columns, jumps=True, height=page.lines)
        if page.lines not in leaf.costs:
            return
        setting = leaf.setting(page.lines)
        placed = Placed(
            candidate=candidate,
            column=0,
            line=0,
            columns=columns,
            lines=page.lines,
            setting=setting,
        )
        cost = leaf.costs[page.lines] + OPENS_RIGHT * (page.number % 2)
        yield _State(
            state.cost + cost,
            state.used | bit,
            replace(candidate, start=setting.stop, part=candidate.part + 1),
            page.number + 1,
            (*state.pages, PageChoice(placed=(placed,), ad=0, cost=cost)),
        )

    # ------------------------------------------------------------ the front page

    def _front(self, state: _State, page: PageRoom) -> Iterator[_State]:
        """Yield front pages: the splash, which may jump, the contents, a second article."""
        splash = self._task.candidates[0]
        row = self._leaf_row(splash, jumps=True, height=page.lines)
        jump = splash.package.jump
        contents = _contents_leaves(self._task.layout, self._grid.columns)
        items = [Item(name="contents", rank=900, priority=9, leaves=contents)]
        if jump != 0:
            items.append(self._item(0, splash, row))
        tree = self._tree.extend(*items)
        count = len(self._task.candidates)
        found: list[tuple[float, int]] = []
        for mask in tree.masks():
            own, extra = mask & ((1 << count) - 1), mask >> count
            jumps = extra >> 1 & 1
            if not extra & 1 or jumps == own & 1:
                continue  # the contents must be there, and the splash once
            if not self._obeys(own & ~1, self._pinned(page) & ~1):
                continue
            lonely = LONELY_FRONT if own & ~1 == 0 else 0.0
            found.append((tree.cost(mask, page.lines) + lonely, mask))
        for cost, mask in sorted(found)[:FRONTS]:
            if cost < inf:
                yield self._front_page(state, tree, mask, cost, (page, row))

    def _front_page(
        self,
        state: _State,
        tree: PageTree,
        mask: int,
        cost: float,
        rest: tuple[PageRoom, tuple[Leaf, ...]],
    ) -> _State:
        page, row = rest
        count = len(self._task.candidates)
        placed: list[Placed] = []
        pending: Candidate | None = None
        for cell in tree.cells(mask, page.lines):
            candidate: Candidate | None = None
            setting: Setting | None = None
            if cell.item < count:
                candidate = self._task.candidates[cell.item]
                setting = self._leaves[cell.item][cell.columns - 1].setting(cell.lines)
            elif cell.item == count + 1:
                candidate = self._task.candidates[0]
                setting = row[cell.columns - 1].setting(cell.lines)
                pending = replace(candidate, start=setting.stop, part=1)
            placed.append(
                Placed(
                    candidate=candidate,
                    column=cell.column,
                    line=cell.line,
                    columns=cell.columns,
                    lines=cell.lines,
                    setting=setting,
                )
            )
        used = mask & ((1 << count) - 1) | 1
        due = self._task.candidates[0].package.jump if pending else None
        choice = PageChoice(placed=tuple(placed), ad=0, cost=cost)
        return _State(state.cost + cost, used, pending, due or None, (choice,))


def _contents_leaves(layout: Layout, columns: int) -> tuple[dict[int, float], ...]:
    """Return what the contents panel costs: one column wide, and rather tall."""
    least, most = layout.furniture.contents
    ideal = (least + most) / 2
    one = {h: abs(h - ideal) * 0.06 for h in range(least, most + 1)}
    return (one, *({} for _ in range(columns - 1)))
