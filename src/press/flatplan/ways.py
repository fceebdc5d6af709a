"""Ways to fill one page: which articles, whole or their beginnings, and how deep an ad.

The page optimiser is asked once for all sets of a section's articles. Each article may
be an item twice: whole, and as a beginning that goes on elsewhere (an opening). What
goes on here (a tail) and the contents panel of page 1 are items too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from press.flatplan.candidate import (
    Candidate,
    Leaves,
    PageChoice,
    PageRoom,
    Placed,
    SectionTask,
)
from press.flatplan.grower import Grower, item_of
from press.flatplan.tree import Cell, Item, PageTree
from press.model.flatplan import Setting
from press.model.layout import Layout

#: Price of a house ad across the page, for itself and for each line.
AD, AD_LINE = 5.0, 0.3
FULL_PAGE_AD = 40.0
#: Price of a front page that has no second article.
LONELY = 14.0
CONTENTS_OFF = 0.06
#: Share of a page that the text of an article must have to be begun on one page and
#: ended on another: when no page holds it, and when it leads its section.
LONG_SHARE, SPLIT_SHARE = 0.55, 0.6
#: Ways with an opening that are followed up, for every article that opens: on page 1,
#: and inside.
FOLLOWED_FRONT, FOLLOWED = 6, 3


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fill a page.

    Attributes:
        page: The page.
        mask: Items, a bit each.
        used: Candidates that stand on it, whole or opening, a bit each.
        opening: The candidate that begins here and goes on elsewhere; None for none.
        cost: What the page costs by itself.
        ad: Grid lines of a house ad at its foot; 0 is none.
        tail: What goes on here; None for nothing.
        jumps: Whether the tail fills the page and goes on again.
    """

    page: PageRoom
    mask: int
    used: int
    opening: int | None
    cost: float
    ad: int = 0
    tail: Tail | None = None
    jumps: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Tail:
    """What is left of an article that began on an earlier page.

    Attributes:
        candidate: What is left.
        tree: The page optimiser with it.
        fits: Whether any page holds it.
    """

    candidate: Candidate
    tree: PageTree
    fits: bool


class Ways:
    """Finds the ways to fill the pages of one section."""

    def __init__(self, task: SectionTask) -> None:
        self._task = task
        self._layout: Layout = task.layout
        self._grower = Grower(task.layout, task.columns)
        self._front = task.pages[0].front
        candidates = task.candidates
        self._count = len(candidates)
        self._openings = [i for i in range(self._count) if self._may_open(i)]
        items = [item_of(i, c, self._leaves(c)) for i, c in enumerate(candidates)]
        items += [
            item_of(i, candidates[i], candidates[i].openings) for i in self._openings
        ]
        self._contents = len(items)
        self._panel = self._front and task.layout.furniture.contents[1] > 0
        if self._panel:
            items.append(_contents(task.layout, task.columns))
        self._extra = len(items)
        self._tree = PageTree(
            tuple(items),
            task.columns,
            task.layout.lines,
            task.layout.gap,
            self._may_share,
        )
        self._tails: dict[tuple[str, int], Tail] = {}
        self._found: dict[tuple[PageRoom, int], list[Way]] = {}
        self._settings: dict[
            tuple[str, int, int, int, bool], tuple[float, Setting] | None
        ] = {}

    def whole(self, page: PageRoom) -> list[Way]:
        """Return the ways to fill a page on which nothing goes on."""
        if not page.lines:  # an advertisement has all of it
            return [Way(page, 0, 0, None, 0.0)] if self._obeys(0, page) else []
        return self._ways(page, self._tree, None)

    def with_tail(self, page: PageRoom, candidate: Candidate) -> list[Way]:
        """Return the ways to fill a page on which an article goes on."""
        tail = self._tail(candidate)
        ways = self._ways(page, tail.tree, tail)
        if not tail.fits:
            found = self._setting(candidate, self._task.columns, page.lines, jumps=True)
            if found is not None:
                ways = [*ways, Way(page, 0, 0, None, found[0], 0, tail, jumps=True)]
        return ways

    def goes_on(self, way: Way) -> Candidate | None:
        """Return what is left of the article that a way begins, or leaves again."""
        if way.jumps and way.tail is not None:
            candidate = way.tail.candidate
            found = self._setting(
                candidate, self._task.columns, way.page.lines, jumps=True
            )
            return candidate.goes_on(found[1]) if found else None
        if way.opening is None:
            return None
        for cell in self._cells(way):
            if self._count <= cell.item < self._contents:
                candidate = self._task.candidates[way.opening]
                setting = self._must(candidate, cell.columns, cell.lines, jumps=True)
                return candidate.goes_on(setting)
        raise AssertionError(way)

    def draw(self, way: Way) -> PageChoice:
        """Work out the boxes of a way."""
        if way.jumps and way.tail is not None:
            candidate, columns = way.tail.candidate, self._task.columns
            setting = self._must(candidate, columns, way.page.lines, jumps=True)
            whole = Cell(
                item=0, column=0, line=0, columns=columns, lines=way.page.lines
            )
            placed: tuple[Placed, ...] = (_placed(candidate, whole, setting),)
        else:
            placed = tuple(self._place(cell, way) for cell in self._cells(way))
        return PageChoice(placed=placed, ad=way.ad, cost=way.cost)

    # ------------------------------------------------------------ what may stand

    def _leaves(self, candidate: Candidate) -> Leaves:
        """Return a candidate's leaves; those of a guest are grown here."""
        if candidate.part == 0:
            return candidate.leaves
        return self._grower.leaves(candidate, range(1, self._layout.lines + 1))

    def _may_open(self, number: int) -> bool:
        """Whether an article may begin on one page and go on on another."""
        candidate = self._task.candidates[number]
        if candidate.part or not any(candidate.openings):
            return False
        if self._front and number == 0:
            return True
        text = candidate.measured.galley.lines
        share = text / (self._layout.lines * self._task.columns)
        height = self._task.height
        if all(min(costs, default=height + 1) > height for costs in candidate.leaves):
            return share > LONG_SHARE
        return candidate.priority == 1 and share > SPLIT_SHARE

    def _may_share(self, mask: int) -> bool:
        """Whether items may share a page: one opening, and no article twice."""
        openings = mask >> self._count & ((1 << len(self._openings)) - 1)
        if openings & (openings - 1):
            return False
        return not (openings and mask >> self._openings[_place(openings)] & 1)

    def _obeys(self, used: int, page: PageRoom) -> bool:
        """Whether articles include all that is pinned to a page, and no other pinned."""
        for i, candidate in enumerate(self._task.candidates):
            pin = candidate.package.page
            if pin is not None and bool(used >> i & 1) != (pin == page.number):
                return False
        return True

    # ------------------------------------------------------------ one page

    def _ways(self, page: PageRoom, tree: PageTree, tail: Tail | None) -> list[Way]:
        key = page, id(tail)
        if key not in self._found:
            found = self._all_ways(page, tree, tail)
            self._found[key] = _follow(list(found), front=page.front)
        return self._found[key]

    def _all_ways(
        self, page: PageRoom, tree: PageTree, tail: Tail | None
    ) -> Iterator[Way]:
        panel = page.front and self._panel
        wanted = (panel << self._contents) | ((tail is not None) << self._extra)
        inside = (1 << self._contents) - 1
        for mask in tree.masks():
            if mask & ~inside != wanted:
                continue
            used, opening = self._members(mask)
            if not self._obeys(used, page) or (page.front and not used & 1):
                continue
            price = LONELY if page.front and used == 1 else 0.0
            cost, ad = tree.cost(mask, page.lines), 0
            if cost == inf and not page.front:
                cost, ad = self._with_ad(tree, mask, page)
            if cost < inf:
                yield Way(page, mask, used, opening, cost + price, ad, tail)
        whole = any(least <= page.lines <= most for least, most in self._task.ads)
        if whole and tail is None and not page.front and self._obeys(0, page):
            yield Way(page, 0, 0, None, FULL_PAGE_AD, page.lines)

    def _members(self, mask: int) -> tuple[int, int | None]:
        used = mask & ((1 << self._count) - 1)
        bits = mask >> self._count & ((1 << len(self._openings)) - 1)
        if not bits:
            return used, None
        opening = self._openings[_place(bits)]
        return used | 1 << opening, opening

    def _with_ad(self, tree: PageTree, mask: int, page: PageRoom) -> tuple[float, int]:
        """Return the cheapest page with a house ad at its foot, and the ad's depth."""
        room = page.lines - self._layout.gap
        return min(
            (
                (tree.cost(mask, room - ad) + AD + AD_LINE * ad, ad)
                for least, most in self._task.ads
                for ad in range(least, min(most, room) + 1)
            ),
            default=(inf, 0),
        )

    def _tail(self, candidate: Candidate) -> Tail:
        key = (candidate.package.id, candidate.start)
        if key not in self._tails:
            heights = range(1, self._layout.lines + 1)
            leaves = self._grower.leaves(candidate, heights)
            tree = self._tree.extend(item_of(self._extra, candidate, leaves))
            fits = any(
                height <= self._task.height for costs in leaves for height in costs
            )
            self._tails[key] = Tail(candidate, tree, fits)
        return self._tails[key]

    # ------------------------------------------------------------ boxes

    def _cells(self, way: Way) -> tuple[Cell, ...]:
        tree = way.tail.tree if way.tail else self._tree
        lines = way.page.lines - (way.ad + self._layout.gap if way.ad else 0)
        return tree.cells(way.mask, lines) if way.mask else ()

    def _place(self, cell: Cell, way: Way) -> Placed:
        jumps = self._count <= cell.item < self._contents
        if cell.item == self._extra and way.tail is not None:
            candidate = way.tail.candidate
        elif cell.item == self._contents:
            return _placed(None, cell, None)
        elif jumps:
            candidate = self._task.candidates[way.opening or 0]
        else:
            candidate = self._task.candidates[cell.item]
        setting = self._must(candidate, cell.columns, cell.lines, jumps=jumps)
        return _placed(candidate, cell, setting)

    def _must(
        self, candidate: Candidate, columns: int, lines: int, *, jumps: bool
    ) -> Setting:
        found = self._setting(candidate, columns, lines, jumps=jumps)
        if found is None:
            raise AssertionError(candidate.package.id)
        return found[1]

    def _setting(
        self, candidate: Candidate, columns: int, lines: int, *, jumps: bool
    ) -> tuple[float, Setting] | None:
        key = candidate.package.id, candidate.start, columns, lines, jumps
        if key not in self._settings:
            self._settings[key] = self._grower.setting(
                candidate, columns, lines, jumps=jumps
            )
        return self._settings[key]


def _place(bit: int) -> int:
    return bit.bit_length() - 1


def _placed(candidate: Candidate | None, cell: Cell, setting: Setting | None) -> Placed:
    return Placed(
        package=candidate.package.id if candidate else "",
        part=candidate.part if candidate else 0,
        column=cell.column,
        line=cell.line,
        columns=cell.columns,
        lines=cell.lines,
        setting=setting,
    )


def _follow(ways: list[Way], *, front: bool) -> list[Way]:
    """Keep all whole ways, and of those with an opening the best of each article."""
    kept = [way for way in ways if way.opening is None]
    opening = sorted(
        (way for way in ways if way.opening is not None),
        key=lambda way: (way.cost, way.mask),
    )
    followed: dict[int | None, int] = {}
    for way in opening:
        followed[way.opening] = followed.get(way.opening, 0) + 1
        if followed[way.opening] <= (FOLLOWED_FRONT if front else FOLLOWED):
            kept.append(way)
    return kept


def _contents(layout: Layout, columns: int) -> Item:
    """Return the contents panel: one column wide, and rather tall."""
    least, most = layout.furniture.contents
    ideal = (least + most) / 2
    one = {h: abs(h - ideal) * CONTENTS_OFF for h in range(max(1, least), most + 1)}
    leaves = (one, *({} for _ in range(columns - 1)))
    return Item(name="contents", rank=900, priority=9, leaves=leaves)
