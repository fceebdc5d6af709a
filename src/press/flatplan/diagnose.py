"""Why a section cannot be made, in lines and words, and what would help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from press.flatplan.candidate import Candidate, SectionTask
from press.model.finding import NOWHERE, Finding, Place, error

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
    columns = task.columns
    must = [c for c in task.candidates if c.package.must_run]
    room = sum(page.lines for page in task.pages) * columns
    over = sum(_least(c, columns) for c in must) - room
    lines = sum(c.measured.galley.lines for c in must)
    words = sum(article.body.words for c in must for article in c.package.articles)
    per_line = words / max(1, lines)
    longest = max(must, key=lambda c: c.measured.galley.lines, default=None)
    remedies = _remedies_over(task, must, over, per_line) if must and over > 0 else ()
    return Excess(
        name=task.name,
        lines=over,
        words=round(over * per_line),
        place=longest.package.place if longest else NOWHERE,
        remedies=tuple(
            one.removeprefix("or ") for one in remedies if "another page" not in one
        ),
    )


def explain(task: SectionTask) -> Iterator[Finding]:
    """Say how far off a section's articles are, in column lines and in words."""
    columns = task.layout.grid(task.grid).columns
    room = sum(page.lines for page in task.pages) * columns
    must = [c for c in task.candidates if c.package.must_run]
    need = sum(_least(c, columns) for c in must)
    lines = sum(c.measured.galley.lines for c in task.candidates)
    words = sum(
        article.body.words for c in task.candidates for article in c.package.articles
    )
    per_line = words / max(1, lines)
    pages = _pages(task)
    if need > room:
        over = need - room
        yield error(
            "plan.overset",
            f"{task.name} ({pages}) is overset: cut about {over} column lines "
            f"({round(over * per_line)} words)",
            task.candidates[0].package.place if task.candidates else NOWHERE,
            hint="; ".join(_remedies_over(task, must, over, per_line)),
        )
        return
    under = room - sum(_most(c, columns) for c in task.candidates)
    if under > 0:
        yield error(
            "plan.underset",
            f"{task.name} ({pages}) is underset: about {under} column lines "
            f"({round(under * per_line)} words) are missing",
            task.candidates[0].package.place if task.candidates else NOWHERE,
            hint="add an article or house ads, or give the section a page less",
        )
        return
    yield error(
        "plan.no-fit",
        f"{task.name} ({pages}): {lines} column lines for {room} lines of room, but no "
        "arrangement fits every page",
        task.candidates[0].package.place if task.candidates else NOWHERE,
        hint="; ".join(_remedies_fit(task)),
    )


def _pages(task: SectionTask) -> str:
    first, last = task.pages[0].number, task.pages[-1].number
    return f"page {first}" if first == last else f"pages {first}–{last}"


def _least(candidate: Candidate, columns: int) -> int:
    """Return the lines a package takes at the very least."""
    measured = candidate.measured
    panels = sum(
        round(min(s.natural * s.columns for s in f.shapes))
        for f in measured.figures
        if f.picture is None
    )
    head = min((h.depth * h.columns for h in measured.heads), default=SMALLEST_HEAD)
    del columns
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


def _remedies_over(
    task: SectionTask, must: list[Candidate], over: int, per_line: float
) -> Iterator[str]:
    longest = max(must, key=lambda c: c.measured.galley.lines)
    have = sum(article.body.words for article in longest.package.articles)
    cut = round(over * per_line)
    if cut < have:
        yield f"write cut: {have - cut} at “{longest.package.id}”"
    low = [c for c in must if c.package.priority == 3]  # noqa: PLR2004
    if low:
        yield f"or priority: 4 at “{low[-1].package.id}” lets it be held over"
    yield "or give the section another page"
    del task


def _remedies_fit(task: SectionTask) -> Iterator[str]:
    pinned = [c.package.id for c in task.candidates if c.package.page]
    forced = [c.package.id for c in task.candidates if c.package.columns]
    if pinned:
        yield f"take away page: at {', '.join(pinned)}"
    if forced:
        yield f"take away columns: at {', '.join(forced)}"
    yield "add a pull quote or a picture to one article, or a short article of priority 5"
