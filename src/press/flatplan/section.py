"""A section: its articles shared out over its pages at the least cost.

Pages are filled one after another. With U the articles already placed and p what is
still to be continued,

    D(k + 1, U ∪ S, p') = min over S of  D(k, U, p) + page(k, S, p) + prices

over all sets S of the others that fill page k (from the page optimiser), with the
editor's pins as conditions, not as prices. Articles of priority 4 and 5 may be left at
the end, at a price. An article too long for any page, or the lead of a section, may
begin on one page and go on overleaf.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from press.flatplan.candidate import (
    Candidate,
    Carried,
    PageRoom,
    SectionPlan,
    SectionTask,
)
from press.flatplan.ways import Way, Ways
from press.model.package import Package

#: Price of leaving an article out, by priority 4 and 5, and for each of its words.
HELD_OVER = {4: 14.0, 5: 6.0}
HELD_OVER_WORD = 0.007
#: Price of a page whose first article has a low priority, for each step under 2.
NO_LEAD = 4.0
#: Price of a section that does not begin with its lead, for each step of priority.
LEAD_LATE = 24.0
#: Price of an article far from its place in the editor's order.
OUT_OF_ORDER = 4.0
#: Price of an article that goes on elsewhere; for each page between; and of one that
#: goes on over the turn of a leaf, not beside.
JUMP, FAR, OVER_THE_LEAF = 2.0, 2.5, 4.0
#: Price of a second jump, beside what its opening costs: an article jumps once
#: wherever it can.
JUMP_AGAIN = 24.0
#: States kept after each page, best first: more than a section of ten ever has.
BEAM = 4000
#: States held while a page is filled; then all but the best are let go.
MOST_STATES = 4 * BEAM


@dataclass(frozen=True, slots=True)
class _State:
    """Pages filled so far."""

    cost: float
    used: int
    pending: Candidate | None
    since: int  #: Page on which the pending article was left.
    ways: tuple[Way, ...] = ()

    @property
    def key(self) -> tuple[int, str, int, int]:
        """What decides how the pages after these can be filled."""
        pending = self.pending
        if pending is None:
            return self.used, "", 0, 0
        return self.used, pending.package.id, pending.start, self.since


class _Kept:
    """The cheapest states after a page, and what a further one may cost at most."""

    def __init__(self) -> None:
        self.limit = inf
        self._states: dict[tuple[int, str, int, int], _State] = {}

    def add(self, new: _State) -> None:
        """Keep a state, unless one that goes on in the same way is cheaper."""
        key = new.key
        if key not in self._states or new.cost < self._states[key].cost:
            self._states[key] = new
            if len(self._states) == MOST_STATES:
                self._states = {state.key: state for state in self.best()}
                self.limit = max(state.cost for state in self._states.values())

    def best(self) -> list[_State]:
        """Return the states to go on from, the cheapest first."""
        return sorted(self._states.values(), key=lambda s: (s.cost, s.key))[:BEAM]


def solve(task: SectionTask) -> SectionPlan | None:
    """Return the best plan of a section; None when there is none."""
    return solve_all([task])[0]


def solve_all(tasks: Sequence[SectionTask]) -> list[SectionPlan | None]:
    """Return the best plans of one section on several spans of pages."""
    whole = max(tasks, key=lambda task: task.height)
    ways = Ways(whole)
    return [_Section(task, ways).solve() for task in tasks]


class _Section:
    def __init__(self, task: SectionTask, ways: Ways) -> None:
        self._task, self._ways = task, ways
        self._last = task.pages[-1].number
        self._prices: dict[tuple[int, int, str, int], list[tuple[Way, float]]] = {}

    def solve(self) -> SectionPlan | None:
        """Return the best plan."""
        states = [_State(0.0, 0, None, 0)]
        for index, page in enumerate(self._task.pages):
            kept = _Kept()
            for state in states:
                for new in self._next(state, index, page, kept):
                    kept.add(new)
            states = kept.best()
        ends = [(cost, s) for s in states if (cost := self._cost_at_end(s)) < inf]
        if not ends:
            return None
        cost, state = min(ends, key=lambda end: end[0])
        return SectionPlan(
            pages=tuple(map(self._ways.draw, state.ways)),
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
        pending = state.pending
        if pending is not None and (pending.package.jump or 0) <= self._last:
            return inf
        left = self._left(state)
        if any(package.must_run for package in left):
            return inf
        return state.cost + sum(map(_price_of_leaving, left))

    # ------------------------------------------------------------ pages in order

    def _next(
        self, state: _State, index: int, page: PageRoom, kept: _Kept
    ) -> Iterator[_State]:
        """Yield every way to fill the next page, but for those that surely cost too much."""
        pending = state.pending
        due = pending.package.jump if pending else None
        if pending is not None and (pending.part > 1 or due in {None, page.number}):
            ways = self._priced(index, page, pending)
            yield from self._all(state, ways, kept, goes_on=True)
        if pending is None or due != page.number:
            ways = self._priced(index, page, None)
            yield from self._all(state, ways, kept, goes_on=False)

    def _all(
        self,
        state: _State,
        ways: Sequence[tuple[Way, float]],
        kept: _Kept,
        *,
        goes_on: bool,
    ) -> Iterator[_State]:
        for way, price in ways:
            if state.cost + way.cost + price > kept.limit:
                return
            if not way.used & state.used:
                yield from self._take(state, way, price, goes_on=goes_on)

    def _priced(
        self, index: int, page: PageRoom, pending: Candidate | None
    ) -> list[tuple[Way, float]]:
        """Return the ways to fill a page with their prices, the cheapest first."""
        goes_on = (pending.package.id, pending.start) if pending else ("", 0)
        key = index, page.number, *goes_on
        if key not in self._prices:
            found = (
                self._ways.with_tail(page, pending)
                if pending
                else self._ways.whole(page)
            )
            priced = [(way, self._price(way, index)) for way in found]
            self._prices[key] = sorted(priced, key=lambda each: each[0].cost + each[1])
        return self._prices[key]

    def _take(
        self, state: _State, way: Way, price: float, *, goes_on: bool
    ) -> Iterator[_State]:
        begins = way.opening is not None or way.jumps
        if begins and (way.page.number == self._last and not self._leaves(way)):
            return
        if begins and state.pending is not None and not goes_on:
            return  # one article at a time is left unended
        cost = state.cost + way.cost + price
        pending, since = state.pending, state.since
        if way.jumps:
            cost += JUMP_AGAIN
        if goes_on:
            cost += self._price_of_jump(since, way.page.number)
            pending = None
        if begins:
            pending, since = self._ways.goes_on(way), way.page.number
            if pending is None:
                return
        used = state.used | way.used
        yield _State(cost, used, pending, since, (*state.ways, way))

    def _leaves(self, way: Way) -> bool:
        """Whether the article that a way begins goes on in another section."""
        if way.opening is None:
            return False
        jump = self._task.candidates[way.opening].package.jump
        return (jump or 0) > self._last

    # ------------------------------------------------------------ prices

    @staticmethod
    def _price_of_jump(since: int, number: int) -> float:
        between = number - since - 1
        turned = OVER_THE_LEAF if since % 2 and since > 1 else 0.0
        return JUMP + FAR * between + turned

    def _price(self, way: Way, index: int) -> float:
        candidates = self._task.candidates
        members = [i for i in range(len(candidates)) if way.used >> i & 1]
        lead = min((candidates[i].priority for i in members), default=5)
        price = self._late(lead, way) if members or way.ad else 0.0
        shown = min(lead, 3) if way.tail else lead
        if not way.jumps and way.page.lines:
            price += NO_LEAD * max(0, shown - 2)
        for i in members:
            wanted = (i + 0.5) / len(candidates)
            have = (index + 0.5) / len(self._task.pages)
            off = abs(wanted - have) - 0.5 / len(self._task.pages)
            price += OUT_OF_ORDER * max(0.0, off)
        return price

    def _late(self, lead: int, way: Way) -> float:
        """Return the price of a first page that the section's lead does not stand on."""
        if way.page.number != self._task.pages[0].number:
            return 0.0
        best = min(candidate.priority for candidate in self._task.candidates)
        return LEAD_LATE * max(0, lead - best)


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
