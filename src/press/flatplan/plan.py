"""The flatplan of an edition: demand, pages, sections, jumps, house ads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from math import inf

from press.flatplan.allocate import (
    Demand,
    Span,
    choose_spans,
    page_count,
    possible_spans,
)
from press.flatplan.assemble import assemble
from press.flatplan.candidate import (
    Candidate,
    PageRoom,
    SectionPlan,
    SectionTask,
)
from press.flatplan.conflict import in_the_way
from press.flatplan.diagnose import Excess, excess, explain
from press.flatplan.order import Order, SectionCopy, room_of
from press.flatplan.refusal import does_not_add_up, no_home, no_room, nothing
from press.flatplan.section import solve_all
from press.flatplan.space import allowed, placements
from press.model.finding import Checked, Finding
from press.model.flatplan import Flatplan
from press.model.furniture import Measured
from press.model.package import Package

#: How far the page counts of sections may be from their demands: tried in turn.
WIDTHS = (1, 2, 3)
#: How often another allocation is tried where a guest finds no room.
ROUNDS = 8
#: How many sheets more than the demand a page count left to press may have.
MORE_SHEETS = 3
#: Share of a page that heads, pictures and gaps take beyond the text, for the demand.
FURNITURE = 0.42

_Key = tuple[str, tuple[PageRoom, ...], str]
Solver = Callable[[Sequence[SectionTask]], Iterable[SectionPlan | None]]


def one_by_one(tasks: Sequence[SectionTask]) -> Iterable[SectionPlan | None]:
    """Solve sections one after another."""
    return [plan for group in groups(tasks) for plan in solve_all(group)]


def groups(tasks: Sequence[SectionTask]) -> list[list[SectionTask]]:
    """Return tasks of the same articles together, in their order."""
    return [list(group) for _, group in groupby(tasks, key=_articles)]


def _articles(task: SectionTask) -> tuple[str, ...]:
    return task.name, *(f"{c.package.id}:{c.start}" for c in task.candidates)


def plan(order: Order, solver: Solver = one_by_one) -> Checked[Flatplan]:
    """Return the flatplan of an edition, or findings that say what would fit."""
    if not order.sections:
        return Checked(value=None, findings=(nothing(),))
    return _Planner(order, solver).plan()


class _Planner:
    def __init__(self, order: Order, solver: Solver) -> None:
        self._order, self._layout, self._solver = order, order.layout, solver
        self._solved: dict[_Key, SectionPlan | None] = {}
        self._signature = order.layout.signature
        self._homeless: tuple[Candidate, ...] = ()

    def plan(self) -> Checked[Flatplan]:
        """Return the flatplan."""
        demands = tuple(self._demand(section) for section in self._order.sections)
        space = sum(one.lines for one in self._order.bought) / self._layout.lines
        pages = self._order.pages or page_count(demands, self._signature, space)
        best: tuple[Order, list[Span], list[SectionPlan], int] | None = None
        fewest = inf
        for sheets in range(MORE_SHEETS if self._order.pages is None else 1):
            tried = pages + sheets * self._signature
            found = self._sell_and_allocate(demands, tried)
            if found is not None and (left := self._words_left(found[1])) < fewest:
                best, fewest = (self._order, *found, tried), left
            if fewest == 0:
                break
        if best is not None:
            return assemble(*best)
        return Checked(value=None, findings=tuple(self._explain(demands, pages)))

    def _words_left(self, plans: Sequence[SectionPlan]) -> int:
        """Return the words of all articles that find no room."""
        left = {package for plan in plans for package in plan.left}
        return sum(
            article.body.words
            for section in self._order.sections
            for package in section.packages
            if package.id in left
            for article in package.articles
        )

    def _sell_and_allocate(
        self, demands: tuple[Demand, ...], pages: int
    ) -> tuple[list[Span], list[SectionPlan]] | None:
        """Give advertisements their pages, and share out what they leave."""
        if not self._order.bought:
            return self._allocate(demands, pages)
        probably = self._probable_sections(demands, pages)
        for sold in placements(self._order.bought, pages, probably):
            self._order = replace(self._order, sold=sold)
            found = self._allocate(demands, pages)
            if found is not None:
                return found
        return None

    def _probable_sections(
        self, demands: tuple[Demand, ...], pages: int
    ) -> dict[int, str]:
        spans = possible_spans(demands, pages, WIDTHS[-1])
        chosen = choose_spans(spans, _distances(spans, demands)) or []
        return {
            page: section.name
            for section, span in zip(self._order.sections, chosen, strict=False)
            for page in range(span[0], span[1] + 1)
        }

    def _allocate(
        self, demands: tuple[Demand, ...], pages: int
    ) -> tuple[list[Span], list[SectionPlan]] | None:
        """Return the cheapest way to share out so many pages, and its sections."""
        for width in WIDTHS:
            spans = [
                [span for span in found if allowed(demand.name, span, self._order.sold)]
                for demand, found in zip(
                    demands, possible_spans(demands, pages, width), strict=True
                )
            ]
            costs = self._costs(spans, pages)
            for _ in range(ROUNDS):
                chosen = choose_spans(spans, costs)
                if chosen is None:
                    break
                plans = self._solve_with_guests(chosen, pages)
                if all(plans):
                    return chosen, [plan for plan in plans if plan]
                failed = plans.index(None)
                costs[failed, chosen[failed]] = inf
        return None

    def _costs(
        self, spans: Sequence[Sequence[Span]], pages: int
    ) -> dict[tuple[int, Span], float]:
        """Solve every section on every span it may have."""
        tasks: dict[_Key, SectionTask] = {}
        keys: dict[tuple[int, Span], _Key] = {}
        for number, found in enumerate(spans):
            for span in found:
                task = self._task(self._order.sections[number], span, pages, ())
                key = _key(task)
                keys[number, span] = key
                if key not in self._solved:
                    tasks[key] = task
        for key, plan in zip(tasks, self._solver(list(tasks.values())), strict=True):
            self._solved[key] = plan
        return {
            where: plan.cost
            for where, key in keys.items()
            if (plan := self._solved[key]) is not None
        }

    # ------------------------------------------------------------ demand

    def _demand(self, section: SectionCopy) -> Demand:
        grid = self._layout.grid(section.grid)
        page = (self._layout.lines - self._layout.furniture.folio) * grid.columns
        lines = 0.0
        for package in section.packages:
            measured = self._order.measured[package.id]
            text = measured.galley.lines
            lines += text + self._furniture(package, measured, text)
        flag = self._layout.section(section.name).flag * grid.columns
        return Demand(
            name=section.name,
            pages=(lines + flag) / page,
            claim=section.claim,
            pins=tuple(p.page for p in section.packages if p.page),
        )

    @staticmethod
    def _furniture(package: Package, measured: Measured, text: int) -> float:
        """Return the lines that an article's furniture usually takes."""
        heads = 12 if package.priority <= 2 else 6  # noqa: PLR2004
        pictures = FURNITURE * text if measured.figures else 0
        panels = sum(
            f.shapes[0].natural * f.shapes[0].columns
            for f in measured.figures
            if f.picture is None
        )
        return heads + pictures + panels + (text * 0.06)

    # ------------------------------------------------------------ solving

    def _rooms(
        self, span: tuple[int, int], name: str, last: int
    ) -> tuple[PageRoom, ...]:
        out = []
        for number in range(span[0], span[1] + 1):
            opens, ends = number == span[0], number == last
            lines = room_of(self._order, number, name, opens=opens, ends=ends)[1]
            out.append(PageRoom(number=number, lines=lines, front=number == 1))
        return tuple(out)

    def _solve_with_guests(
        self, spans: Sequence[Span], pages: int
    ) -> list[SectionPlan | None]:
        """Return the sections; what goes on in another section is handed to it."""
        packages = {p.id: p for s in self._order.sections for p in s.packages}
        carried: dict[int, Candidate] = {}
        out: list[SectionPlan | None] = []
        for section, span in zip(self._order.sections, spans, strict=True):
            guests = {
                number: guest
                for number, guest in carried.items()
                if span[0] <= self._due(guest) <= span[1]
            }
            task = self._task(section, span, pages, tuple(guests.values()))
            key = _key(task)
            if key not in self._solved:
                (self._solved[key],) = self._solver([task])
            found = self._solved[key]
            out.append(found)
            if found is not None:
                carried = {n: c for n, c in carried.items() if n not in guests}
            if found is not None and found.carried is not None:
                rest = found.carried
                carried[len(out) - 1] = Candidate(
                    package=packages[rest.package],
                    measured=self._order.measured[rest.package],
                    leaves=(),
                    start=rest.start,
                    part=rest.part,
                )
        self._homeless = tuple(carried.values())
        if carried and all(out):  # no section has the page it is to go on on
            out[min(carried)] = None
        return out

    @staticmethod
    def _due(candidate: Candidate) -> int:
        return candidate.package.jump or 0

    def _task(
        self,
        section: SectionCopy,
        span: tuple[int, int],
        last: int,
        carried: tuple[Candidate, ...],
    ) -> SectionTask:
        own = tuple(
            Candidate(
                package=package,
                measured=self._order.measured[package.id],
                leaves=self._order.leaves[package.id][0],
                openings=self._order.leaves[package.id][1],
            )
            for package in section.packages
        )
        guests = tuple(
            replace(c, package=replace(c.package, page=c.package.jump)) for c in carried
        )
        return SectionTask(
            name=section.name,
            candidates=own + guests,
            pages=self._rooms(span, section.name, last),
            layout=self._layout,
            grid=section.grid,
            ads=self._order.ad_depths if self._order.ads else (),
        )

    # ------------------------------------------------------------ findings

    def _explain(self, demands: tuple[Demand, ...], pages: int) -> Iterator[Finding]:
        """Say what is wrong with the sections on the pages nearest to their demand.

        Where every section could be made by itself, it is an article that goes on in
        another section that finds no room.
        """
        if self._homeless:
            yield from map(no_home, self._homeless)
            return
        spans = possible_spans(demands, pages, WIDTHS[-1])
        chosen = choose_spans(spans, _distances(spans, demands))
        if chosen is None:
            found = list(in_the_way(self._order.sections, demands, pages, WIDTHS[-1]))
            sections = [
                self._task(section, (2, 2), 0, ())  # a page that is not the last
                for section in self._order.sections
            ]
            yield from found or [no_room(sections, demands, pages)]
            return
        counts = [
            self._counts(section, found, pages)
            for section, found in zip(self._order.sections, spans, strict=True)
        ]
        if all(counts):
            yield does_not_add_up(
                demands, counts, pages, self._page_less(counts, pages)
            )
            return
        for section, span in zip(self._order.sections, chosen, strict=True):
            task = self._task(section, span, pages, ())
            if self._solved.get(_key(task)) is None:
                yield from explain(task)

    def _page_less(self, counts: Sequence[set[int]], pages: int) -> Excess | None:
        """Return the least that must go to save a page, and in which section."""
        found = [
            excess(self._task(section, (2, least), pages, ()))
            for section, count in zip(self._order.sections, counts, strict=True)
            if (least := min(count)) > 1
        ]
        return min(found, key=lambda one: one.lines, default=None)

    def _counts(
        self, section: SectionCopy, spans: Sequence[Span], pages: int
    ) -> set[int]:
        """Return on how many pages a section can be made, of those that were tried."""
        return {
            last - first + 1
            for first, last in spans
            if self._solved.get(_key(self._task(section, (first, last), pages, ())))
        }


def _distances(
    spans: Sequence[Sequence[Span]], demands: Sequence[Demand]
) -> dict[tuple[int, Span], float]:
    """Return how far every span is from what its section would like."""
    return {
        (number, span): (span[1] - span[0] + 1 - demands[number].pages) ** 2
        for number, found in enumerate(spans)
        for span in found
    }


def _key(task: SectionTask) -> _Key:
    """Return what a section's plan depends on.

    Without articles bound to pages, only left and right of the page numbers matter.
    """
    bound = any(c.package.page or c.package.jump or c.part for c in task.candidates)
    tails = ",".join(f"{c.package.id}:{c.start}" for c in task.candidates if c.part)
    return task.name, task.pages if bound else _renumbered(task.pages), tails


def _renumbered(pages: tuple[PageRoom, ...]) -> tuple[PageRoom, ...]:
    first = pages[0].number
    moved = first - (1 if first == 1 else 2 + first % 2)
    return tuple(replace(page, number=page.number - moved) for page in pages)
