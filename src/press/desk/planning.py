"""Measuring and planning, with what earlier builds have kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from press.desk.fingerprint import fingerprint, of_press
from press.desk.tools import Tools
from press.flatplan.candidate import SectionPlan, SectionTask
from press.flatplan.plan import Order, SectionCopy, plan
from press.flatplan.section import solve
from press.measure.measured import measure
from press.model.edition import Edition
from press.model.finding import Checked
from press.model.flatplan import Flatplan
from press.model.furniture import Measured
from press.model.house import AdChannel, House
from press.model.layout import Layout
from press.model.package import Package
from press.model.record import decode, encode

#: A section that cannot be made is kept as this.
NO_PLAN = b"null"


class PlanningDesk:
    """Measures packages and plans pages, each only when it has changed."""

    def __init__(self, layout: Layout, tools: Tools) -> None:
        self._layout, self._tools = layout, tools
        self._press = of_press()
        self._keys: dict[str, str] = {}

    def measure(self, packages: Sequence[Package]) -> dict[str, Measured]:
        """Return every package measured."""
        out: dict[str, Measured] = {}
        todo = []
        for package in packages:
            key = fingerprint(self._press, self._layout.fingerprint, package)
            self._keys[package.id] = key
            kept = self._tools.cache.get("measured", key)
            if kept is None:
                todo.append(package)
            else:
                out[package.id] = decode(Measured, json.loads(kept))
        todo.sort(key=lambda p: -sum(a.body.words for a in p.articles))
        made = self._tools.workshop.map(self._measure, todo)
        for package, found in zip(todo, made, strict=True):
            out[package.id] = found
            value = json.dumps(encode(found)).encode()
            self._tools.cache.put("measured", self._keys[package.id], value)
        return out

    def _measure(self, package: Package) -> Measured:
        tools = self._tools
        return measure(package, self._layout, tools.shaper, tools.hyphenator)

    def plan(
        self,
        sections: tuple[SectionCopy, ...],
        measured: Mapping[str, Measured],
        edition: Edition,
        house: House,
    ) -> Checked[Flatplan]:
        """Return the flatplan."""
        ads = [ad.id for ad in house.house_ads if AdChannel.PRINT in ad.channels]
        order = Order(
            sections=sections,
            measured=measured,
            layout=self._layout,
            pages=edition.print.pages,
            ads=tuple(ad for ad in edition.print.house_ads or ads if ad in ads),
        )
        return plan(order, self._solve)

    def _solve(self, tasks: Sequence[SectionTask]) -> Iterable[SectionPlan | None]:
        """Solve sections that no earlier build has solved."""
        out: dict[int, SectionPlan | None] = {}
        todo: list[tuple[int, str]] = []
        for number, task in enumerate(tasks):
            key = self._key(task)
            kept = self._tools.cache.get("sections", key)
            if kept is None:
                todo.append((number, key))
            elif kept == NO_PLAN:
                out[number] = None
            else:
                out[number] = decode(SectionPlan, json.loads(kept))
        found = self._tools.workshop.map(solve, [tasks[number] for number, _ in todo])
        for (number, key), one in zip(todo, found, strict=True):
            out[number] = one
            value = NO_PLAN if one is None else json.dumps(encode(one)).encode()
            self._tools.cache.put("sections", key, value)
        return [out[number] for number in range(len(tasks))]

    def _key(self, task: SectionTask) -> str:
        candidates = [
            f"{self._keys[c.package.id]}:{c.start}:{c.part}:{c.package.page}"
            for c in task.candidates
        ]
        rest = (task.name, task.grid, str(task.ads), *map(str, task.pages))
        return fingerprint("section", *candidates, *rest)
