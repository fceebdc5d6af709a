"""Why an edition cannot be made, where no one section is to blame."""

from __future__ import annotations

from collections.abc import Sequence

from press.flatplan.allocate import Demand
from press.flatplan.candidate import Candidate, SectionTask
from press.flatplan.diagnose import Excess, least_lines, words_of
from press.flatplan.fill import Rows
from press.model.finding import Finding, error


def does_not_add_up(
    demands: Sequence[Demand],
    counts: Sequence[set[int]],
    pages: int,
    less: Excess | None,
) -> Finding:
    """Say that every section can be made, but not on so many pages together."""
    least, most = sum(map(min, counts)), sum(map(max, counts))
    if least > pages:
        needed, few = f"at least {least} pages", True
    else:
        needed, few = f"at most {most} pages", False
    shares = ", ".join(
        f"{demand.name} {min(count) if few else max(count)}"
        for demand, count in zip(demands, counts, strict=True)
    )
    if few and less is not None and less.lines > 0:
        return error(
            "plan.pages",
            f"the sections need {needed} ({shares}), and print.pages is {pages}; "
            f"{less.name} would need a page less with about {less.lines} column lines "
            f"({less.words} words) cut, articles of priority 4 and 5 left out",
            less.place,
            hint="; or ".join([*less.remedies, "more pages"]),
        )
    tight = min(
        zip(demands, counts, strict=True),
        key=lambda pair: pair[0].pages - min(pair[1]),
    )[0].name
    return error(
        "plan.pages",
        f"the sections need {needed} ({shares}), and print.pages is {pages}",
        hint=f"cut or hold over an article in {tight}, which is nearest to a page less; "
        "or more pages"
        if few
        else "add articles or house ads, or fewer pages",
    )


def no_home(guest: Candidate) -> Finding:
    """Say that an article cannot go on on the page it was given."""
    package, rows = guest.package, Rows(guest.measured.galley)
    lines = rows.total - rows.depth[guest.start]
    words = sum(article.body.words for article in package.articles)
    return error(
        "plan.jump-room",
        f"“{package.id}” cannot go on on page {package.jump}: there is no room in a "
        f"later section for its last {lines} column lines "
        f"({round(lines * words / max(1, rows.total))} words)",
        package.place,
        hint=f"take away jump: at “{package.id}”, or name another page",
    )


def nothing() -> Finding:
    """Say that no section has an article."""
    return error(
        "plan.sections",
        "there is nothing to print: no section has an article",
        hint="list articles under articles: in edition.yaml",
    )


def no_room(
    sections: Sequence[SectionTask], demands: Sequence[Demand], pages: int
) -> Finding:
    """Say that pages cannot be shared out, and how much copy is too much for them.

    Args:
        sections: Every section, each with one inner page.
        demands: What they would like, in the same order.
        pages: Page count.
    """
    wanted = ", ".join(f"{d.name} {d.pages:.1f}" for d in demands)
    message = (
        f"{pages} pages cannot be shared out among {len(demands)} sections "
        f"(they would fill: {wanted})"
    )
    least, lines, words = 0.0, 0, 0
    for task in sections:
        must = [c for c in task.candidates if c.package.must_run]
        needed = sum(map(least_lines, must))
        least += needed / (task.height * task.columns)
        lines, words = lines + needed, words + words_of(must)
    over = least - pages
    if over <= 0:
        hint = f"every section needs a page of its own: at least {len(demands)} pages"
        return error("plan.sections", message, hint=hint)
    share = over / least
    return error(
        "plan.sections",
        f"{message}; about {round(lines * share)} column lines ({round(words * share)} "
        "words) are too many, articles of priority 4 and 5 left out",
        hint="give some of them priority 4, cut them (write cut:), or change print.pages",
    )
