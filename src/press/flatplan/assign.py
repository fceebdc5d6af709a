"""From the manifest's assignments to packages: what stands in one box."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from press.flatplan.order import SectionCopy
from press.model.article import Article
from press.model.edition import Assignment, Edition, Section
from press.model.layout import Layout
from press.model.package import Package

BRIEF = 5


def assign(
    edition: Edition, layout: Layout, ready: Callable[[Assignment], Article]
) -> tuple[SectionCopy, ...]:
    """Return every section's packages.

    Articles whose template is a group's run together as one package, in the place of
    the first of them. A section without articles takes no room.

    Args:
        edition: The edition.
        layout: The layout.
        ready: Returns an assigned article as this edition prints it.
    """
    filled = [section for section in edition.print.sections if section.articles]
    return tuple(
        SectionCopy(
            name=section.name,
            grid=_grid(section, layout),
            packages=tuple(_packages(section, layout, ready, front=number == 0)),
            claim=section.pages,
        )
        for number, section in enumerate(filled)
    )


def _grid(section: Section, layout: Layout) -> str:
    name = section.template or layout.section(section.name).template
    return layout.template(name).grid


@dataclass(slots=True)
class _Heap:
    """Assignments that become one package."""

    template: str
    order: int
    assignments: list[Assignment] = field(default_factory=list)


def _packages(
    section: Section,
    layout: Layout,
    ready: Callable[[Assignment], Article],
    *,
    front: bool,
) -> Iterator[Package]:
    heaps: dict[str, _Heap] = {}
    for order, assignment in enumerate(section.articles):
        template = _template(section, assignment, layout)
        group = layout.template(template).group
        name = f"{section.name}/{template}" if group else str(assignment.slug)
        heap = heaps.setdefault(name, _Heap(template, order))
        heap.assignments.append(assignment)
    for name, heap in heaps.items():
        first = heap.assignments[0]
        yield Package(
            id=name,
            section=section.name,
            template=heap.template,
            grid=_grid(section, layout),
            priority=min(one.priority for one in heap.assignments),
            articles=tuple(ready(one) for one in heap.assignments),
            order=heap.order,
            splash=front and heap.order == 0,
            page=next((one.page for one in heap.assignments if one.page), None),
            columns=next(
                (one.columns for one in heap.assignments if one.columns), None
            ),
            jump=first.jump,
            place=first.place,
        )


def _template(section: Section, assignment: Assignment, layout: Layout) -> str:
    style = layout.section(section.name)
    if assignment.template:
        return assignment.template
    if assignment.priority == BRIEF and style.brief:
        return style.brief
    return section.template or style.template
