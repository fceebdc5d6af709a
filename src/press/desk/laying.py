"""Laying out: an edition's copy made into packages, measured, and given its pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from press.desk.copy import with_codes
from press.desk.planning import PlanningDesk, Survey
from press.desk.reading import Desk
from press.desk.tools import Tools
from press.flatplan.assign import assign
from press.flatplan.order import SectionCopy
from press.model.finding import Checked
from press.model.flatplan import Flatplan
from press.model.furniture import HouseShapes
from press.model.package import Package


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """An edition laid out, not yet drawn.

    Attributes:
        packages: What gets boxes, section by section.
        survey: What they measure.
        own: The house ads and the imprint, set.
        planned: The flatplan, or why there is none.
    """

    packages: tuple[Package, ...]
    survey: Survey
    own: HouseShapes
    planned: Checked[Flatplan]


def lay_out(desk: Desk, tools: Tools, *, to_draw: bool = True) -> LaidOut:
    """Measure an edition's copy and plan its pages.

    Args:
        desk: What was read.
        tools: The tools.
        to_draw: Whether its pages are drawn afterwards, so that drawing may get ready.
    """
    sections = _sections(desk, tools)
    packages = tuple(p for section in sections for p in section.packages)
    planning = PlanningDesk(desk.layout, tools, to_draw=to_draw)
    survey = planning.survey(packages)
    own = planning.measure_house(desk.edition, desk.house)
    planned = planning.plan(sections, survey, own, desk.edition.print)
    return LaidOut(packages=packages, survey=survey, own=own, planned=planned)


def _sections(desk: Desk, tools: Tools) -> tuple[SectionCopy, ...]:
    sections = assign(desk.edition, desk.layout, desk.copy.ready)
    everything = tuple(p for section in sections for p in section.packages)
    coded = with_codes(everything, desk.edition, desk.house, tools.codes)
    by_id = {package.id: package for package in coded}
    return tuple(
        replace(section, packages=tuple(by_id[p.id] for p in section.packages))
        for section in sections
    )
