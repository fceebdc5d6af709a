"""A section: its articles shared out over its pages at the least cost.

Pages are filled one after another. With U the articles already placed and p what is
still to be continued,

    D(k + 1, U ∪ S, p') = min over S of  D(k, U, p) + page(k, S, p) + prices

over all sets S of the others that fill page k (from the page optimiser), with the
editor's pins as conditions, not as prices. Articles of priority 4 and 5 may be left at
the end, at a price. An article too long for any page, or the lead of a section, may
open with a full page of its own and go on overleaf.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf

from press.flatplan.candidate import (
    Candidate,
    Carried,
    Leaves,
    PageChoice,
    PageRoom,
    Placed,
    SectionPlan,
    SectionTask,
)
from press.flatplan.front import make_fronts
from press.flatplan.grower import Grower, item_of
from press.flatplan.tree import Cell, PageTree
from press.model.flatplan import Setting
from press.model.package import Package

#: Price of leaving an article out, by priority 4 and 5, and for each of its words.
HELD_OVER = {4: 14.0, 5: 6.0}
HELD_OVER_WORD = 0.007
#: Price of a page whose first article has a low priority, for each step under 2.
NO_LEAD = 4.0
#: Price of a section that does not begin with its lead, for each step of priority.
LEAD_LATE = 12.0
#: Price of an article far from its place in the editor's order.
OUT_OF_ORDER = 4.0
#: Price of a house ad across the page, for itself and for each line.
AD, AD_LINE = 5.0, 0.3
FULL_PAGE_AD = 40.0
#: Price of an article that goes on overleaf, and of one that opens on a right-hand page.
OVERLEAF, OPENS_RIGHT = 2.0, 4.0
#: Share of a page that the text of an article must have to open with a full page: when
#: no box holds it, and when it leads its section.
LONG_SHARE, SPLIT_SHARE = 0.55, 0.6
#: States kept after each page, best first: more than a section of ten ever has.
BEAM = 4000


@dataclass(frozen=True, slots=True)
class _Option:
    """One way to fill a page: which candidates, at what cost, with how deep an ad."""

    mask: int
    cost: float
    ad: int


@dataclass(frozen=True, slots=True)
class _Tail:
    """A continuation, and the page optimiser with it."""

    candidate: Candidate
    tree: PageTree
    leaves: Leaves


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A page chosen whose boxes are worked out when it is wanted."""

    option: _Option
    lines: int
    tail: _Tail | None


_Choice = PageChoice | _Drawn


@dataclass(frozen=True, slots=True)
class _State:
    """Pages filled so far."""

    cost: float
    used: int
    pending: Candidate | None
    due: int | None  #: Page on which the pending must stand; None is any later one.
    pages: tuple[_Choice, ...] = field(default=())

    @property
    def key(self) -> tuple[int, str, int]:
        """What decides how the pages after these can be filled."""
        pending = self.pending
        if pending is None:
            return self.used, "", 0
        return self.used, pending.package.id, pending.start


def solve(task: SectionTask) -> SectionPlan | None:
    """Return the best plan of a section; None when there is none."""
    return _Section(task).solve()


class _Section:
    def __init__(self, task: SectionTask) -> None:
        self._task = task
        self._grower = Grower(task.layout, task.columns)
        self._split = [i for i in range(len(task.candidates)) if self._may_split(i)]
        items = tuple(
            item_of(i, candidate, candidate.leaves)
            for i, candidate in enumerate(task.candidates)
        )
        self._own = (1 << len(items)) - 1
        self._tree = PageTree(items, task.columns, task.height, task.layout.gap)
        self._tails: dict[tuple[str, int], _Tail] = {}
        self._openings: dict[tuple[str, int, int], tuple[float, Setting] | None] = {}

    def _may_split(self, number: int) -> bool:
        """Whether an article may open with a page of its own and go on overleaf."""
        candidate = self._task.candidates[number]
        if candidate.package.jump == 0 or candidate.part:
            return False
        text = self._grower.rows(candidate).total
        share = text / (self._task.height * self._task.columns)
        if not any(map(self._fits, candidate.leaves)):
            return share > LONG_SHARE
        return candidate.priority == 1 and share > SPLIT_SHARE

    def _fits(self, costs: dict[int, float]) -> bool:
        return min(costs, default=self._task.height + 1) <= self._task.height

    # ------------------------------------------------------------ pages in order

    def solve(self) -> SectionPlan | None:
        """Return the best plan."""
        states = [_State(0.0, 0, None, None)]
        for index, page in enumerate(self._task.pages):
            best: dict[tuple[int, str, int], _State] = {}
            for state in states:
                for new in self._next(state, index, page):
                    if new.key not in best or new.cost < best[new.key].cost:
                        best[new.key] = new
            states = sorted(best.values(), key=lambda s: (s.cost, s.key))[:BEAM]
        ends = [(cost, s) for s in states if (cost := self._cost_at_end(s)) < inf]
        if not ends:
            return None
        cost, state = min(ends, key=lambda end: end[0])
        return SectionPlan(
            pages=tuple(map(self._draw, state.pages)),
            left=tuple(package.id for package in self._left(state)),
            carried=_carried(state.pending),
            cost=cost,
        )

    def _left(self, state: _State) -> list[Package]:
        return [
            candidate.package
            for i, candidate in enumerate(self._task.candidates)
            if not state.used >> i & 1
        ]

    def _cost_at_end(self, state: _State) -> float:
        """Return what a plan costs in all; endless where it is none."""
        elsewhere = state.due is not None and state.due > self._task.pages[-1].number
        if state.pending is not None and not elsewhere:
            return inf
        left = self._left(state)
        if any(package.must_run for package in left):
            return inf
        return state.cost + sum(map(_price_of_leaving, left))

    def _next(self, state: _State, index: int, page: PageRoom) -> Iterator[_State]:
        """Yield every way to fill the next page."""
        if page.front:
            yield from self._front(page)
            return
        pending, due = state.pending, state.due
        if pending is not None and due in {None, page.number}:
            yield from self._continue(state, pending, index, page)
        if pending is None or due != page.number:
            for option in self._options(self._tree, page, index):
                if option.mask & state.used == 0:
                    yield self._take(state, option, page, None)
        if pending is None:
            yield from self._open(state, page)

    def _front(self, page: PageRoom) -> Iterator[_State]:
        due = self._task.candidates[0].package.jump
        for front in make_fronts(self._task, self._grower, self._tree, page):
            yield _State(
                front.choice.cost, front.used, front.tail, due or None, (front.choice,)
            )

    # ------------------------------------------------------------ one page

    def _options(
        self, tree: PageTree, page: PageRoom, index: int, *, tail: int = 0
    ) -> Iterator[_Option]:
        """Yield the sets that fill a page, a house ad at its foot if need be."""
        count = len(self._task.candidates)
        for mask in tree.masks():
            own = mask & self._own
            if (mask >> count) != tail or not self._obeys(own, page):
                continue
            price = self._price(own, index, page, has_tail=tail > 0)
            cost = tree.cost(mask, page.lines)
            if cost < inf:
                yield _Option(mask, cost + price, 0)
            elif self._task.ads:
                ad_cost, ad = self._ad(tree, mask, page)
                if ad_cost < inf:
                    yield _Option(mask, ad_cost + price, ad)
        whole = any(least <= page.lines <= most for least, most in self._task.ads)
        if whole and not tail and self._obeys(0, page):
            yield _Option(0, FULL_PAGE_AD, page.lines)

    def _ad(self, tree: PageTree, mask: int, page: PageRoom) -> tuple[float, int]:
        """Return the cheapest page with a house ad at its foot, and the ad's depth."""
        room = page.lines - self._task.layout.gap
        return min(
            (tree.cost(mask, room - ad) + AD + AD_LINE * ad, ad)
            for least, most in self._task.ads
            for ad in range(least, min(most, room) + 1)
        )

    def _obeys(self, mask: int, page: PageRoom) -> bool:
        """Whether a set has all that is pinned to its page, and nothing else pinned."""
        for i, candidate in enumerate(self._task.candidates):
            pin = candidate.package.page
            if pin is not None and bool(mask >> i & 1) != (pin == page.number):
                return False
        return True

    def _price(self, mask: int, index: int, page: PageRoom, *, has_tail: bool) -> float:
        candidates = self._task.candidates
        members = [i for i in range(len(candidates)) if mask >> i & 1]
        lead = min((candidates[i].priority for i in members), default=5)
        price = self._late(lead, page)
        price += NO_LEAD * max(0, (min(lead, 3) if has_tail else lead) - 2)
        for i in members:
            wanted = (i + 0.5) / len(candidates)
            have = (index + 0.5) / len(self._task.pages)
            off = abs(wanted - have) - 0.5 / len(self._task.pages)
            price += OUT_OF_ORDER * max(0.0, off)
        return price

    def _late(self, lead: int, page: PageRoom) -> float:
        """Return the price of a first page that the section's lead does not stand on."""
        if page.number != self._task.pages[0].number:
            return 0.0
        best = min(candidate.priority for candidate in self._task.candidates)
        return LEAD_LATE * max(0, lead - best)

    def _take(
        self, state: _State, option: _Option, page: PageRoom, tail: _Tail | None
    ) -> _State:
        return _State(
            state.cost + option.cost,
            state.used | (option.mask & self._own),
            None if tail else state.pending,
            None if tail else state.due,
            (*state.pages, _Drawn(option, page.lines, tail)),
        )

    def _draw(self, drawn: _Choice) -> PageChoice:
        """Work out the boxes of a page."""
        if isinstance(drawn, PageChoice):
            return drawn
        option, tail = drawn.option, drawn.tail
        tree = tail.tree if tail else self._tree
        lines = drawn.lines
        if option.ad:
            lines -= option.ad + self._task.layout.gap
        cells = tree.cells(option.mask, lines) if option.mask else ()
        placed = tuple(self._place(cell, tail) for cell in cells)
        return PageChoice(placed=placed, ad=option.ad, cost=option.cost)

    def _place(self, cell: Cell, tail: _Tail | None) -> Placed:
        if cell.item < len(self._task.candidates):
            candidate = self._task.candidates[cell.item]
        elif tail is not None:
            candidate = tail.candidate
        else:
            raise AssertionError(cell)
        found = self._grower.setting(candidate, cell.columns, cell.lines)
        if found is None:
            raise AssertionError(candidate.package.id)
        return Placed(
            package=candidate.package.id,
            part=candidate.part,
            column=cell.column,
            line=cell.line,
            columns=cell.columns,
            lines=cell.lines,
            setting=found[1],
        )

    # ------------------------------------------------------------ continuations

    def _continue(
        self, state: _State, candidate: Candidate, index: int, page: PageRoom
    ) -> Iterator[_State]:
        """Yield pages on which the pending article goes on."""
        tail = self._tail(candidate)
        for option in self._options(tail.tree, page, index, tail=1):
            if option.mask & state.used == 0:
                yield self._take(state, option, page, tail)
        if not any(tail.leaves):  # still too long
            yield from self._full_page(state, candidate, page, 0)

    def _tail(self, candidate: Candidate) -> _Tail:
        key = (candidate.package.id, candidate.start)
        if key not in self._tails:
            heights = range(1, self._task.height + 1)
            leaves = self._grower.leaves(candidate, heights)
            item = item_of(len(self._task.candidates), candidate, leaves)
            self._tails[key] = _Tail(candidate, self._tree.extend(item), leaves)
        return self._tails[key]

    def _open(self, state: _State, page: PageRoom) -> Iterator[_State]:
        """Yield pages given over to an article that goes on overleaf."""
        if page.number == self._task.pages[-1].number:
            return
        for number in self._split:
            candidate = self._task.candidates[number]
            free = not state.used >> number & 1
            if free and candidate.package.page in {None, page.number}:
                yield from self._full_page(state, candidate, page, 1 << number)

    def _full_page(
        self, state: _State, candidate: Candidate, page: PageRoom, bit: int
    ) -> Iterator[_State]:
        columns = self._task.columns
        if not self._obeys(bit, page):
            return
        found = self._opening(candidate, page.lines)
        if found is None:
            return
        price, setting = found
        placed = Placed(
            package=candidate.package.id,
            part=candidate.part,
            column=0,
            line=0,
            columns=columns,
            lines=page.lines,
            setting=setting,
        )
        cost = price + OVERLEAF + OPENS_RIGHT * (page.number % 2)
        cost += self._late(candidate.priority, page)
        yield _State(
            state.cost + cost,
            state.used | bit,
            candidate.goes_on(setting),
            page.number + 1,
            (*state.pages, PageChoice(placed=(placed,), ad=0, cost=cost)),
        )

    def _opening(
        self, candidate: Candidate, lines: int
    ) -> tuple[float, Setting] | None:
        """Return the best way to fill a page with the beginning of an article."""
        key = (candidate.package.id, candidate.start, lines)
        if key not in self._openings:
            self._openings[key] = self._grower.setting(
                candidate, self._task.columns, lines, jumps=True
            )
        return self._openings[key]


def _carried(candidate: Candidate | None) -> Carried | None:
    if candidate is None:
        return None
    return Carried(
        package=candidate.package.id, start=candidate.start, part=candidate.part
    )


def _price_of_leaving(package: Package) -> float:
    each = HELD_OVER[package.priority]
    return sum(
        each + HELD_OVER_WORD * article.body.words for article in package.articles
    )
