"""Measuring and planning, with what earlier builds have kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from press.desk.fingerprint import fingerprint, of_press
from press.desk.tools import Tools
from press.flatplan.candidate import Leaves, SectionPlan, SectionTask
from press.flatplan.grower import grow
from press.flatplan.order import Order, SectionCopy
from press.flatplan.plan import groups, plan
from press.flatplan.section import solve_all
from press.flatplan.space import Bought
from press.measure.composer import Composer
from press.measure.house import measure_house
from press.measure.measured import measure
from press.model.edition import Edition, PrintPlan
from press.model.finding import Checked
from press.model.flatplan import Flatplan
from press.model.furniture import HouseShapes, Measured
from press.model.house import AdChannel, House, HouseAd
from press.model.layout import Layout
from press.model.package import Package
from press.model.record import decode, encode

#: A section that cannot be made is kept as this.
NO_PLAN = b"null"


Surveyed = tuple[Measured, tuple[Leaves, Leaves]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Every package measured, and what it costs in every box; by id."""

    measured: Mapping[str, Measured]
    leaves: Mapping[str, tuple[Leaves, Leaves]]


def _recalled(kept: bytes) -> Surveyed:
    data = json.loads(kept)
    measured = decode(Measured, data["measured"])
    whole, opening = (tuple(dict(costs) for costs in one) for one in data["leaves"])
    return measured, (whole, opening)


def ads_of(edition: Edition, house: House) -> list[HouseAd]:
    """Return the house ads that an edition may print, in its order."""
    ads = {ad.id: ad for ad in house.house_ads if AdChannel.PRINT in ad.channels}
    return [ads[name] for name in edition.print.house_ads or ads if name in ads]


def _ad_depths(own: HouseShapes, layout: Layout) -> Iterator[tuple[int, int]]:
    """Yield the least and most lines of every design that holds every ad."""
    for design in layout.ads:
        needed = [
            shape.depth
            for _, shapes in own.ads
            for shape in shapes
            if shape.design == design.name
        ]
        least = max(needed, default=design.least)
        if least <= design.most:
            yield max(least, design.least), design.most


class PlanningDesk:
    """Measures packages and plans pages, each only when it has changed."""

    def __init__(self, layout: Layout, tools: Tools, *, to_draw: bool = True) -> None:
        self._layout, self._tools, self._to_draw = layout, tools, to_draw
        self._press = of_press()
        self._keys: dict[str, str] = {}

    def survey(self, packages: Sequence[Package]) -> Survey:
        """Return every package measured, and what it costs in every box."""
        out: dict[str, Surveyed] = {}
        todo = []
        tools = self._tools
        for package in packages:
            key = fingerprint(self._press, self._layout.fingerprint, package)
            self._keys[package.id] = key
            kept = tools.cache.get("measured", key)
            if kept is None:
                todo.append(package)
            else:
                out[package.id] = _recalled(kept)
        if todo and self._to_draw:
            tools.typesetter.start()  # copy that is new makes pages that are
        todo.sort(key=lambda p: -sum(a.body.words for a in p.articles))
        made = tools.workshop.map(self._survey, todo)
        for package, (found, value) in zip(todo, made, strict=True):
            out[package.id] = found
            tools.cache.put("measured", self._keys[package.id], value)
        return Survey(
            measured={name: measured for name, (measured, _) in out.items()},
            leaves={name: leaves for name, (_, leaves) in out.items()},
        )

    def measure_house(self, edition: Edition, house: House) -> HouseShapes:
        """Return the house ads of an edition and the imprint, set."""
        tools = self._tools
        wanted = ads_of(edition, house)
        composer = Composer(self._layout, tools.shaper, None)
        return measure_house(house, wanted, self._layout, composer)

    def _survey(self, package: Package) -> tuple[Surveyed, bytes]:
        """Survey a package; with it what the cache keeps, written by the same fork."""
        tools = self._tools
        found = measure(package, self._layout, tools.shaper, tools.hyphenator)
        leaves = grow(package, found, self._layout)
        heights = [[list(costs.items()) for costs in one] for one in leaves]
        kept = {"measured": encode(found), "leaves": heights}
        return (found, leaves), json.dumps(kept).encode()

    def plan(
        self,
        sections: tuple[SectionCopy, ...],
        survey: Survey,
        own: HouseShapes,
        print_plan: PrintPlan,
    ) -> Checked[Flatplan]:
        """Return the flatplan."""
        pages, advertisements = print_plan.pages, print_plan.advertisements
        depths = tuple(_ad_depths(own, self._layout))
        last = self._layout.furniture.last_ad and depths
        order = Order(
            sections=sections,
            measured=survey.measured,
            leaves=survey.leaves,
            layout=self._layout,
            pages=pages,
            ads=tuple(ad for ad, _ in own.ads),
            ad_depths=depths,
            imprint=own.imprint_depth,
            last_ad=max(self._layout.furniture.last_ad, depths[0][0]) if last else 0,
            bought=tuple(
                Bought(
                    number=number,
                    lines=self._layout.space(one.size).lines,
                    page=one.page,
                    not_beside=one.not_beside,
                )
                for number, one in enumerate(advertisements)
            ),
        )
        return plan(order, self._solve)

    def _solve(self, tasks: Sequence[SectionTask]) -> Iterable[SectionPlan | None]:
        """Solve sections that no earlier build has solved."""
        out: dict[int, SectionPlan | None] = {}
        todo: list[SectionTask] = []
        places: list[tuple[int, str]] = []
        for number, task in enumerate(tasks):
            key = self._key(task)
            kept = self._tools.cache.get("sections", key)
            if kept is None:
                todo.append(task)
                places.append((number, key))
            elif kept == NO_PLAN:
                out[number] = None
            else:
                out[number] = decode(SectionPlan, json.loads(kept))
        made = self._tools.workshop.map(solve_all, groups(todo))
        found = [plan for group in made for plan in group]
        for (number, key), one in zip(places, found, strict=True):
            out[number] = one
            value = NO_PLAN if one is None else json.dumps(encode(one)).encode()
            self._tools.cache.put("sections", key, value)
        return [out[number] for number in range(len(tasks))]

    def _key(self, task: SectionTask) -> str:
        candidates = [
            f"{self._keys[c.package.id]}:{c.start}:{c.part}:{c.package.page}"
            for c in task.candidates
        ]
        panel = str(task.layout.furniture.contents)
        rest = (task.name, task.grid, panel, str(task.ads), *map(str, task.pages))
        return fingerprint("section", *candidates, *rest)
