"""The flatplan of an edition: demand, pages, sections, jumps, house ads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from press.flatplan.allocate import Demand, allocate, moved, page_count
from press.flatplan.candidate import (
    Candidate,
    PageChoice,
    PageRoom,
    SectionPlan,
    SectionTask,
)
from press.flatplan.diagnose import explain
from press.flatplan.section import solve
from press.model.finding import Checked, Finding, error, note
from press.model.flatplan import (
    AdBox,
    Box,
    Flatplan,
    Jump,
    PagePlan,
    PanelBox,
)
from press.model.furniture import Measured
from press.model.house import AdId
from press.model.layout import Layout
from press.model.package import Package

#: How often pages may be moved between sections before press gives up.
ROUNDS = 8
#: Share of a page that heads, pictures and gaps take beyond the text, for the demand.
FURNITURE = 0.42

Solver = Callable[[Sequence[SectionTask]], Iterable[SectionPlan | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionCopy:
    """A section's packages, and the pages it claims."""

    name: str
    grid: str
    packages: tuple[Package, ...]
    claim: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be planned.

    Attributes:
        sections: In the order of pages.
        measured: Every package measured, by id.
        layout: The layout.
        pages: Page count; None lets press choose.
        ads: House ads that may fill space, in order.
    """

    sections: tuple[SectionCopy, ...]
    measured: Mapping[str, Measured]
    layout: Layout
    pages: int | None
    ads: tuple[AdId, ...]


def one_by_one(tasks: Sequence[SectionTask]) -> Iterable[SectionPlan | None]:
    """Solve sections one after another."""
    return map(solve, tasks)


def plan(order: Order, solver: Solver = one_by_one) -> Checked[Flatplan]:
    """Return the flatplan of an edition, or findings that say what would fit."""
    return _Planner(order, solver).plan()


class _Planner:
    def __init__(self, order: Order, solver: Solver) -> None:
        self._order, self._layout, self._solver = order, order.layout, solver
        self._solved: dict[
            tuple[str, tuple[PageRoom, ...], str], SectionPlan | None
        ] = {}
        self._signature = order.layout.signature

    def plan(self) -> Checked[Flatplan]:
        """Return the flatplan."""
        demands = tuple(self._demand(section) for section in self._order.sections)
        pages = self._order.pages or page_count(demands, self._signature)
        spans: list[tuple[int, int]] | None = None
        failed: list[int] = []
        for _ in range(ROUNDS):
            spans = allocate(demands, pages)
            if spans is None:
                return Checked(value=None, findings=(self._no_room(demands, pages),))
            plans = self._solve(spans)
            failed = [i for i, found in enumerate(plans) if found is None]
            if not failed:
                return self._assemble(spans, plans, pages)
            if self._order.pages is None and len(failed) * 2 > len(plans):
                pages += self._signature
                continue
            again = self._moved(demands, spans, failed)
            if again == demands:
                break
            demands = again
        return Checked(value=None, findings=tuple(self._explain(spans or [], failed)))

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
            name=section.name, pages=(lines + flag) / page, claim=section.claim
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
        furniture, out = self._layout.furniture, []
        for number in range(span[0], span[1] + 1):
            lines = self._layout.lines - self.top(number, name, opens=number == span[0])
            if number == last:
                lines -= furniture.imprint
            out.append(PageRoom(number=number, lines=lines, front=number == 1))
        return tuple(out)

    def top(self, number: int, name: str, *, opens: bool) -> int:
        """Return the grid line at which a page's story area begins."""
        furniture = self._layout.furniture
        if number == 1:
            return furniture.masthead + furniture.puffs
        flag = self._layout.section(name).flag if opens else 0
        return furniture.folio + flag

    def _solve(self, spans: Sequence[tuple[int, int]]) -> list[SectionPlan | None]:
        """Solve every section; what goes on in another section is handed to it."""
        last = spans[-1][1]
        carried: list[Candidate] = []
        packages = {p.id: p for s in self._order.sections for p in s.packages}
        out: list[SectionPlan | None] = []
        tasks = [
            self._task(section, span, last, ())
            for section, span in zip(self._order.sections, spans, strict=True)
        ]
        todo = [task for task in tasks if self._key(task) not in self._solved]
        for task, found in zip(todo, self._solver(todo), strict=True):
            self._solved[self._key(task)] = found
        for section, span in zip(self._order.sections, spans, strict=True):
            mine = tuple(
                c for c in carried if self._due(c) in range(span[0], span[1] + 1)
            )
            task = self._task(section, span, last, mine)
            if self._key(task) not in self._solved:
                self._solved[self._key(task)] = next(iter(self._solver([task])))
            found = self._solved[self._key(task)]
            out.append(found)
            if found is not None and found.carried is not None:
                rest = found.carried
                carried.append(
                    Candidate(
                        package=packages[rest.package],
                        measured=self._order.measured[rest.package],
                        start=rest.start,
                        part=rest.part,
                    )
                )
        return out

    @staticmethod
    def _due(candidate: Candidate) -> int:
        return candidate.package.jump or 0

    @staticmethod
    def _key(task: SectionTask) -> tuple[str, tuple[PageRoom, ...], str]:
        tails = ",".join(f"{c.package.id}:{c.start}" for c in task.candidates if c.part)
        return task.name, task.pages, tails

    def _task(
        self,
        section: SectionCopy,
        span: tuple[int, int],
        last: int,
        carried: tuple[Candidate, ...],
    ) -> SectionTask:
        own = tuple(
            Candidate(package=package, measured=self._order.measured[package.id])
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
            ads=len(self._order.ads),
        )

    def _moved(
        self,
        demands: tuple[Demand, ...],
        spans: Sequence[tuple[int, int]],
        failed: list[int],
    ) -> tuple[Demand, ...]:
        """Return demands that give sections which failed a page more, or one less."""
        out = demands
        for i in failed:
            if demands[i].claim is not None:
                continue
            pages = spans[i][1] - spans[i][0] + 1
            short = demands[i].pages < pages
            out = moved(out, demands[i].name, -1.0 if short and pages > 1 else 1.0)
        return out

    # ------------------------------------------------------------ assembling

    def _assemble(
        self,
        spans: Sequence[tuple[int, int]],
        plans: Sequence[SectionPlan | None],
        count: int,
    ) -> Checked[Flatplan]:
        pages: list[PagePlan] = []
        ads = _Ads(self._order.ads)
        held: list[str] = []
        findings: list[Finding] = []
        for section, span, found in zip(
            self._order.sections, spans, plans, strict=True
        ):
            if found is None:
                raise AssertionError(section.name)
            held += found.left
            findings += [
                _held_over(package)
                for package in section.packages
                if package.id in found.left
            ]
            for number, choice in enumerate(found.pages, span[0]):
                opens = number == span[0] and number > 1
                top = self.top(number, section.name, opens=opens)
                last = number == count
                lines = self._layout.lines - top
                lines -= self._layout.furniture.imprint if last else 0
                pages.append(
                    self._page(section, choice, ads, (number, top, lines, opens, last))
                )
        flatplan = Flatplan(
            pages=tuple(pages), jumps=_jumps(pages), held_over=tuple(held)
        )
        return Checked(value=flatplan, findings=tuple(findings))

    def _page(
        self,
        section: SectionCopy,
        choice: PageChoice,
        ads: _Ads,
        room: tuple[int, int, int, bool, bool],
    ) -> PagePlan:
        number, top, lines, opens, last = room
        columns = self._layout.grid(section.grid).columns
        contents = None
        boxes = []
        for one in choice.placed:
            if one.setting is None:
                contents = PanelBox(
                    column=one.column,
                    line=one.line,
                    columns=one.columns,
                    lines=one.lines,
                )
                continue
            boxes.append(
                Box(
                    package=one.package,
                    part=one.part,
                    column=one.column,
                    line=one.line,
                    columns=one.columns,
                    lines=one.lines,
                    setting=one.setting,
                )
            )
        placed_ads: tuple[AdBox, ...] = ()
        if choice.ad:
            placed_ads = (
                AdBox(
                    ad=ads.next(),
                    column=0,
                    line=lines - choice.ad,
                    columns=columns,
                    lines=choice.ad,
                ),
            )
        return PagePlan(
            number=number,
            section=section.name,
            grid=section.grid,
            opens=opens,
            top=top,
            lines=lines,
            boxes=tuple(sorted(boxes, key=lambda b: (b.line, b.column))),
            ads=placed_ads,
            contents=contents,
            imprint=last,
            cost=round(choice.cost, 3),
        )

    # ------------------------------------------------------------ findings

    def _no_room(self, demands: Sequence[Demand], pages: int) -> Finding:
        wanted = ", ".join(f"{d.name} {d.pages:.1f}" for d in demands)
        return error(
            "plan.sections",
            f"{pages} pages cannot be shared out among {len(demands)} sections "
            f"(they would fill: {wanted})",
            hint="change print.pages, or the pages that sections claim",
        )

    def _explain(
        self, spans: Sequence[tuple[int, int]], failed: list[int]
    ) -> Iterable[Finding]:
        for i in failed:
            section = self._order.sections[i]
            task = self._task(section, spans[i], spans[-1][1], ())
            yield from explain(task)


class _Ads:
    """Hands out house ads in turn."""

    def __init__(self, ads: tuple[AdId, ...]) -> None:
        self._ads, self._count = ads, 0

    def next(self) -> AdId:
        """Return the next ad."""
        self._count += 1
        return self._ads[(self._count - 1) % len(self._ads)]


def _held_over(package: Package) -> Finding:
    return note(
        "plan.held-over",
        f"“{package.article.printed_headline}” is held over: priority "
        f"{package.priority}, and no room in {package.section}",
        package.place,
        hint="give it priority 3 to make it run, or cut another article",
    )


def _jumps(pages: Sequence[PagePlan]) -> tuple[Jump, ...]:
    where: dict[tuple[str, int], int] = {
        (box.package, box.part): page.number for page in pages for box in page.boxes
    }
    return tuple(
        Jump(
            package=package,
            part=part,
            from_page=where[package, part - 1],
            to_page=number,
        )
        for (package, part), number in sorted(where.items())
        if part > 0
    )
