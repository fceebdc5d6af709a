"""Why a section cannot be made, in lines and words, and what would help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from press.flatplan.candidate import Candidate, SectionTask
from press.model.finding import NOWHERE, Finding, Place, error
from press.model.package import OPTIONAL_FROM

#: Lines that the smallest head and the gap take, for an estimate.
SMALLEST_HEAD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """By how much a section's copy is more than its room; below 0 where it is less.

    Attributes:
        name: The section.
        lines: Column lines too many, with all that may be held over left out.
        words: The like in words.
        place: Where its longest article is listed.
        remedies: What would help, cheapest first.
    """

    name: str
    lines: int
    words: int
    place: Place
    remedies: tuple[str, ...]


def excess(task: SectionTask) -> Excess:
    """Return by how much a section's copy is more than its room."""
    must = [c for c in task.candidates if c.package.must_run]
    room = sum(page.lines for page in task.pages) * task.columns
    over = sum(map(least_lines, must)) - room
    words = round(over * _words_a_line(must))
    longest = max(must, key=lambda c: c.measured.galley.lines, default=None)
    return Excess(
        name=task.name,
        lines=over,
        words=words,
        place=longest.package.place if longest else NOWHERE,
        remedies=tuple(_remedies_over(must, words)) if over > 0 else (),
    )


def explain(task: SectionTask) -> Iterator[Finding]:
    """Say how far off a section's articles are, in column lines and in words."""
    room = sum(page.lines for page in task.pages) * task.columns
    over, pages = excess(task), _pages(task)
    place = task.candidates[0].package.place if task.candidates else NOWHERE
    if over.lines > 0:
        yield error(
            "plan.overset",
            f"{task.name} ({pages}) is overset: cut about {over.lines} column lines "
            f"({over.words} words)",
            place,
            hint="; or ".join([*over.remedies, "give the section another page"]),
        )
        return
    under = room - sum(_most(c, task.columns) for c in task.candidates)
    if under > 0:
        words = round(under * _words_a_line(task.candidates))
        yield error(
            "plan.underset",
            f"{task.name} ({pages}) is underset: about {under} column lines "
            f"({words} words) are missing",
            place,
            hint="add an article or house ads, or give the section a page less",
        )
        return
    lines = sum(c.measured.galley.lines for c in task.candidates)
    yield error(
        "plan.no-fit",
        f"{task.name} ({pages}): {lines} column lines for {room} lines of room, but no "
        "arrangement fits every page",
        place,
        hint="; ".join(_remedies_fit(task)),
    )


def words_of(candidates: Iterable[Candidate]) -> int:
    """Return the words of articles."""
    return sum(a.body.words for c in candidates for a in c.package.articles)


def _words_a_line(candidates: Sequence[Candidate]) -> float:
    lines = sum(c.measured.galley.lines for c in candidates)
    return words_of(candidates) / max(1, lines)


def _pages(task: SectionTask) -> str:
    first, last = task.pages[0].number, task.pages[-1].number
    return f"page {first}" if first == last else f"pages {first}–{last}"


def least_lines(candidate: Candidate) -> int:
    """Return the column lines a package takes at the very least."""
    measured = candidate.measured
    panels = sum(
        round(min(s.natural * s.columns for s in f.shapes))
        for f in measured.figures
        if f.picture is None
    )
    head = min((h.depth * h.columns for h in measured.heads), default=SMALLEST_HEAD)
    return measured.galley.lines + head + panels


def _most(candidate: Candidate, columns: int) -> int:
    """Return the lines a package can fill, pictures at their largest."""
    measured = candidate.measured
    figures = sum(
        max(
            (s.most + s.caption_depth) * s.columns
            for s in f.shapes
            if s.columns <= columns
        )
        for f in measured.figures
        if f.shapes
    )
    head = max((h.depth * h.columns for h in measured.heads), default=SMALLEST_HEAD)
    return measured.galley.lines + head + figures


def _remedies_over(must: Sequence[Candidate], cut: int) -> Iterator[str]:
    longest = max(must, key=lambda c: c.measured.galley.lines)
    have = words_of([longest])
    if cut < have:
        yield f"write cut: {have - cut} at “{longest.package.id}”"
    low = [c for c in must if c.package.priority == OPTIONAL_FROM - 1]
    if low:
        yield f"priority: {OPTIONAL_FROM} at “{low[-1].package.id}” lets it be held over"


def _remedies_fit(task: SectionTask) -> Iterator[str]:
    pinned = [c.package.id for c in task.candidates if c.package.page]
    forced = [c.package.id for c in task.candidates if c.package.columns]
    if pinned:
        yield f"take away page: at {', '.join(pinned)}"
    if forced:
        yield f"take away columns: at {', '.join(forced)}"
    yield "add a pull quote or a picture to one article, or a short article of priority 5"
