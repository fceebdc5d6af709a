"""The line composer: a paragraph's lines chosen together (Knuth and Plass 1981).

With b ranging over the places where a line may end and a over those before it,

    D(b) = min over a of  D(a) + (10 + 100·|r|³ + penalty(b))² + extras

where r is how far the word spaces of the line from a to b are stretched (in word
spaces) or shrunk (in shares of what a space may lose). Before the spaces, the letters
take up to `tracking` of the measure. Extras keep hyphens from stacking and last lines
from being too short. Only places from which a line can still be filled stay active.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from press.measure.breaks import Break, force_breaks
from press.model.line import Line

SHRINK = 0.2
TOLERANCES = (3.0, 7.0, 18.0, 60.0)
#: Cost of the n-th hyphen in a row.
LADDER = (0.0, 0.0, 50_000.0, 3_000_000.0)
RUNT_SHARE = 0.2
RUNT = 400_000.0
TAIL_OF_WORD = 300_000.0
RAGGED_HYPHEN = 30_000.0
#: Letters under which a last line is the tail of a divided word.
TAIL_LETTERS = 12
#: A line without word spaces may miss its measure by this, in points.
SOLID_SLACK = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The room lines of a paragraph have, in points.

    Attributes:
        width: The full measure.
        first: Indent of the first line.
        inset: Indent of the first `inset_lines` lines, beside a drop cap.
        inset_lines: How many lines stand beside it.
        justified: Whether lines are stretched to the measure.
        tracking: Share of the measure that letters may give or take.
    """

    width: float
    first: float = 0.0
    inset: float = 0.0
    inset_lines: int = 0
    justified: bool = True
    tracking: float = 0.0

    def indent(self, line: int) -> float:
        """White before a line, counted from 0."""
        if line < self.inset_lines:
            return self.inset
        return self.first if line == 0 else 0.0


@dataclass(slots=True)
class _Node:
    """An active place: lines so far end here at the least cost."""

    cost: float
    resume: int
    line: int
    hyphens: int
    before: _Node | None = None
    end: Break | None = None
    track: float = 0.0


@dataclass(frozen=True, slots=True)
class _Ruler:
    """Widths and counts up to every offset, so that any line costs one subtraction."""

    width: list[float]
    spaces: list[int]
    hyphen: float
    space: float


def break_lines(
    text: str,
    advances: Sequence[float],
    breaks: list[Break],
    measure: Measure,
    *,
    hyphen: float,
    space: float,
) -> tuple[Line, ...]:
    """Break a paragraph into its best lines.

    Args:
        text: The paragraph; spaces are single.
        advances: Width of every character, in points.
        breaks: Where it may be broken, in order, the end last.
        measure: The room there is.
        hyphen: Width of a hyphen, in points.
        space: Width of a word space, in points.
    """
    ruler = _ruler(text, advances, hyphen, space)
    room = measure.width - max(measure.first, measure.inset)
    if _widest(breaks, ruler) > room:
        breaks = force_breaks(text, breaks, advances, room)
    for tolerance in TOLERANCES:
        last = _search(breaks, ruler, measure, tolerance)
        if last is not None:
            return _lines(last, measure)
    last = _search(breaks, ruler, replace(measure, justified=False), TOLERANCES[-1])
    return _lines(last, measure) if last is not None else ()


def _ruler(text: str, advances: Sequence[float], hyphen: float, space: float) -> _Ruler:
    width, spaces, total, count = [0.0], [0], 0.0, 0
    for character, advance in zip(text, advances, strict=True):
        total += advance
        count += character in " \u00a0"
        width.append(total)
        spaces.append(count)
    return _Ruler(width, spaces, hyphen, space)


def _widest(breaks: list[Break], ruler: _Ruler) -> float:
    resume, widest = 0, 0.0
    for one in breaks:
        widest = max(
            widest,
            ruler.width[one.end] - ruler.width[resume] + ruler.hyphen * one.hyphen,
        )
        resume = one.resume
    return widest


def _search(
    breaks: list[Break], ruler: _Ruler, measure: Measure, tolerance: float
) -> _Node | None:
    """Return the last line's node on the cheapest way, None when there is no way."""
    price = _justified if measure.justified else _ragged
    active = [_Node(0.0, 0, 0, 0)]
    final = breaks[-1]
    for one in breaks:
        best: dict[tuple[int, int], _Node] = {}
        alive: list[_Node] = []
        for node in active:
            natural = ruler.width[one.end] - ruler.width[node.resume]
            natural += ruler.hyphen * one.hyphen
            room = measure.width - measure.indent(node.line)
            spaces = ruler.spaces[one.end] - ruler.spaces[node.resume]
            least = natural - measure.tracking * room - spaces * ruler.space * SHRINK
            if least > room and one.end > node.resume:
                continue  # too full, and every later end is fuller still
            alive.append(node)
            cost, track = price(
                one, natural, room, spaces, (ruler, measure, tolerance, one is final)
            )
            if cost < 0:
                continue  # too loose
            new = _extend(node, one, cost, track, ends=one is final)
            if one is final and natural < RUNT_SHARE * room and node.line:
                new.cost += RUNT
            key = (min(new.line, measure.inset_lines), new.hyphens)
            if key not in best or new.cost < best[key].cost:
                best[key] = new
        active = list(best.values()) if one.must else alive + list(best.values())
        if not active:
            return None
    return min(active, key=lambda node: node.cost)


def _extend(node: _Node, one: Break, cost: float, track: float, *, ends: bool) -> _Node:
    run = node.hyphens + 1 if one.hyphen else 0
    cost += node.cost + LADDER[min(run, 3)]
    short = TAIL_LETTERS - (one.end - node.resume)
    if ends and node.hyphens and short > 0:
        cost += TAIL_OF_WORD * short / TAIL_LETTERS
    return _Node(cost, one.resume, node.line + 1, min(run, 3), node, one, track)


_Terms = tuple[_Ruler, Measure, float, bool]


def _justified(
    one: Break, natural: float, room: float, spaces: int, terms: _Terms
) -> tuple[float, float]:
    """Return a line's demerits and its tracking in points; demerits < 0: too loose."""
    ruler, measure, tolerance, last = terms
    extra = room - natural
    if extra >= 0 and (last or one.must):
        return 100.0, 0.0
    limit = measure.tracking * room
    track = max(-limit, min(limit, extra))
    rest = extra - track
    if spaces == 0:
        ratio = 0.0 if abs(rest) < SOLID_SLACK else rest / ruler.space * 2
    else:
        ratio = rest / (spaces * ruler.space * (1.0 if rest > 0 else SHRINK))
    if ratio > tolerance:
        return -1.0, 0.0
    badness = 10 + 100 * abs(ratio) ** 3 + one.penalty
    return badness * badness + (track / room * 100) ** 2 * 40, track


def _ragged(
    one: Break, natural: float, room: float, spaces: int, terms: _Terms
) -> tuple[float, float]:
    _, _, _, last = terms
    if natural > room + 0.01:
        return -1.0, 0.0
    if last or one.must:
        return 100.0, 0.0
    short = (room - natural) / room
    return (
        (10 + 400 * short * short + one.penalty) ** 2 + RAGGED_HYPHEN * one.hyphen,
        0.0,
    )


def _lines(last: _Node, measure: Measure) -> tuple[Line, ...]:
    out: list[Line] = []
    node: _Node | None = last
    while node is not None and node.before is not None and node.end is not None:
        start, number = node.before.resume, node.line - 1
        letters = node.end.end - start
        indent = measure.indent(number)
        ends = node is last or node.end.must
        out.append(
            Line(
                start=start,
                end=node.end.end,
                hyphen=node.end.hyphen,
                indent=indent,
                measure=measure.width - indent,
                tracking=node.track / max(1, letters),
                justified=measure.justified and not ends,
            )
        )
        node = node.before
    return tuple(reversed(out))
