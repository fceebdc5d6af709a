"""The flatplan put together: sections on their pages, house ads, jumps, what is left."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from press.flatplan.allocate import Span
from press.flatplan.candidate import PageChoice, Placed, SectionPlan
from press.flatplan.order import Order, SectionCopy, last_ad_of, room_of
from press.model.finding import Checked, Finding, note
from press.model.flatplan import (
    AdBox,
    Box,
    Flatplan,
    Jump,
    PagePlan,
    PanelBox,
    SpaceBox,
)
from press.model.house import AdId
from press.model.package import Package


def assemble(
    order: Order, spans: Sequence[Span], plans: Sequence[SectionPlan], count: int
) -> Checked[Flatplan]:
    """Return the flatplan of an edition of so many pages, and what was held over."""
    ads = _Ads(order)
    pages: list[PagePlan] = []
    findings: list[Finding] = []
    for section, span, plan in zip(order.sections, spans, plans, strict=True):
        findings += [
            _held_over(package)
            for package in section.packages
            if package.id in plan.left
        ]
        for number, choice in enumerate(plan.pages, span[0]):
            opens, ends = number == span[0], number == count
            room = room_of(order, number, section.name, opens=opens, ends=ends)
            boxes = _Boxes(choice, room[1], ads, order, section)
            page = PagePlan(
                number=number,
                section=section.name,
                grid=section.grid,
                opens=opens and number > 1,
                top=room[0],
                lines=room[1] + (last_ad_of(order) if ends else 0),
                boxes=boxes.stories(),
                ads=boxes.last() if ends else boxes.filler(),
                space=_space(order, number, room[1]),
                contents=boxes.contents(),
                imprint=ends,
                cost=round(choice.cost, 3),
            )
            pages.append(page)
        findings += _left_out(order, section, pages)
    held = tuple(name for plan in plans for name in plan.left)
    flatplan = Flatplan(pages=tuple(pages), jumps=_jumps(pages), held_over=held)
    return Checked(value=flatplan, findings=tuple(findings))


class _Ads:
    """Hands out house ads: the first for the last page, the others in turn."""

    def __init__(self, order: Order) -> None:
        kept = 1 if last_ad_of(order) else 0
        self.first = order.ads[:kept]
        self._others = order.ads[kept:] or order.ads
        self._count = 0

    def next(self) -> AdId:
        """Return the next ad."""
        self._count += 1
        return self._others[(self._count - 1) % len(self._others)]


class _Boxes:
    """The boxes of one page."""

    def __init__(
        self,
        choice: PageChoice,
        lines: int,
        ads: _Ads,
        order: Order,
        section: SectionCopy,
    ) -> None:
        self._choice, self._lines, self._ads = choice, lines, ads
        self._order = order
        self._columns = order.layout.grid(section.grid).columns

    def stories(self) -> tuple[Box, ...]:
        """Return the articles' boxes, downwards and to the right."""
        boxes = [box for one in self._choice.placed if (box := _story(one))]
        return tuple(sorted(boxes, key=lambda box: (box.line, box.column)))

    def contents(self) -> PanelBox | None:
        """Return the box of the contents panel."""
        for one in self._choice.placed:
            if one.setting is None:
                return PanelBox(
                    column=one.column,
                    line=one.line,
                    columns=one.columns,
                    lines=one.lines,
                )
        return None

    def filler(self) -> tuple[AdBox, ...]:
        """Return the house ad that fills the foot of the page."""
        depth = self._choice.ad
        if not depth:
            return ()
        return (self._ad(self._ads.next(), self._lines - depth, depth),)

    def last(self) -> tuple[AdBox, ...]:
        """Return the house ads of the last page: one stands above the imprint.

        Where the same ad would fill the page above it too, it stands there once, larger.
        """
        line, depth = self._lines + self._order.layout.gap, self._order.last_ad
        fillers, first = self.filler(), self._ads.first
        whole = self._lines + self._order.layout.gap + depth
        for filler in fillers:
            larger = whole - filler.line
            designs = self._order.ad_depths
            if first == (filler.ad,) and any(a <= larger <= b for a, b in designs):
                return (self._ad(filler.ad, filler.line, larger),)
        return (*fillers, *(self._ad(ad, line, depth) for ad in first))

    def _ad(self, ad: AdId, line: int, lines: int) -> AdBox:
        return AdBox(ad=ad, column=0, line=line, columns=self._columns, lines=lines)


def _space(order: Order, number: int, stories: int) -> SpaceBox | None:
    """Return the advertisement of a page, under its stories."""
    one = order.sold.get(number)
    if one is None:
        return None
    return SpaceBox(
        advertisement=one.number,
        line=stories + order.layout.gap if stories else 0,
        lines=one.lines,
        alone=not stories,
    )


def _story(one: Placed) -> Box | None:
    if one.setting is None:
        return None
    return Box(
        package=one.package,
        part=one.part,
        column=one.column,
        line=one.line,
        columns=one.columns,
        lines=one.lines,
        setting=one.setting,
    )


def _held_over(package: Package) -> Finding:
    names = ", ".join(f"“{article.printed_headline}”" for article in package.articles)
    verb = "is" if len(package.articles) == 1 else "are"
    return note(
        "plan.held-over",
        f"{names} {verb} held over: priority "
        f"{package.priority}, and no room in {package.section}",
        package.place,
        hint="give it priority 3 to make it run, or cut another article",
    )


def _left_out(
    order: Order, section: SectionCopy, pages: Sequence[PagePlan]
) -> Iterator[Finding]:
    """Find pictures of articles that run without them."""
    boxes = [box for page in pages for box in page.boxes]
    for package in section.packages:
        settings = [box.setting for box in boxes if box.package == package.id]
        if not settings or len(package.articles) > 1:
            continue
        figures = order.measured[package.id].figures
        shown = {figures[one.figure].picture for s in settings for one in s.figures}
        for number, picture in enumerate(package.article.pictures):
            if number not in shown:
                yield note(
                    "plan.picture-left-out",
                    f"{posixpath.basename(picture.file)} is left out: no room beside"
                    f" “{package.article.printed_headline}”, or too few pixels",
                    picture.place,
                    hint="give the article more columns or a higher priority, or the"
                    " picture more pixels",
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
