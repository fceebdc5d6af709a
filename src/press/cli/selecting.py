"""`press select`: what there is to choose from, and an edition's manifest changed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from press.cli.arguments import AsJson, Edition
from press.cli.columns import Ink, Tint, drawn, fill, ink
from press.cli.outcome import Outcome, end
from press.cli.terminal import cells, put, takes_colour
from press.model.errors import ExitCode
from press.model.selection import Candidate, Choice

if TYPE_CHECKING:
    from press.desk.selecting import Pool

LEAST, MOST = 1, 5
#: Columns of a name, and of a section: with all else, a line has 80 mostly.
NAME, SECTION = 28, 12


def select(
    edition: Edition,
    slugs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ARTICLE",
            help="Articles to take in, in order; all there are, are listed without any.",
        ),
    ] = None,
    section: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="The section to put them in; that of the web if not given.",
        ),
    ] = "",
    priority: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=LEAST,
            max=MOST,
            help="1 leads the section, 5 is a brief.",
        ),
    ] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ARTICLE", help="An article to take out; may be repeated."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List articles that an edition could run, take them in, or take them out.

    Comments and layout of its manifest stay as they are.
    """
    from press.desk.folder import find_edition, find_paper
    from press.desk.selecting import pool_of
    from press.desk.selecting import select as change

    house = find_paper(Path.cwd())
    name = find_edition(house, edition)
    if not slugs and not remove:
        pool = pool_of(house, name)
        _show(pool, as_json=as_json)
        raise typer.Exit(ExitCode.OK)
    choice = Choice(
        edition=name,
        slugs=tuple(slugs or ()),
        section=section,
        priority=priority,
        remove=tuple(remove or ()),
    )
    made = change(house, choice)
    files = (made.value,) if made.value else ()
    outcome = Outcome(edition=name, findings=made.findings, files=files, paper=house)
    end(outcome, as_json=as_json)


def _show(pool: Pool, *, as_json: bool) -> None:
    if as_json:
        put(_as_json(pool), sys.stdout)
        return
    colour = takes_colour(sys.stdout)
    for line in _lines(pool):
        put(drawn(line, colour=colour), sys.stdout)


def _lines(pool: Pool) -> Iterator[tuple[Ink, ...]]:
    count = len(pool.candidates)
    if not count:
        yield (ink(f"{pool.edition}: every article in its folder is in the manifest"),)
        return
    told = f"{pool.edition}: {count} {'article' if count == 1 else 'articles'}"
    told += " to choose from"
    if pool.since:
        new = sum(map(pool.is_new, pool.candidates))
        told += f", {new} of them new since {pool.last} ({pool.since})"
    yield (ink(told, Tint.BOLD),)
    yield ()
    head = f"  {'article':<{NAME}} {'section':<{SECTION}} {'published':<10}  words  pictures"
    yield (ink(head, Tint.FAINT),)
    for one in pool.candidates:
        yield from _candidate(one, pool)
    yield ()
    example = pool.candidates[0].article.slug
    yield (ink(f"press select {pool.edition} {example} --priority 2 takes one in"),)


def _candidate(one: Candidate, pool: Pool) -> Iterator[tuple[Ink, ...]]:
    """Yield a candidate's line; a long name has one of its own, since it is to be typed."""
    article = one.article
    name = ink(article.slug, Tint.BOLD)
    if cells(name.words) > NAME:
        yield ink("  "), name
        name = ink("")
    day = str(article.date) if article.date else "–"
    numbers = f" {day:<10} {article.body.words:>6,}{len(article.pictures):>10}"
    remarks = [
        *(["featured"] if one.featured else []),
        *([] if pool.is_new(one) else ["earlier"]),
        *(
            [f"{one.errors} errors" if one.errors > 1 else "1 error"]
            if one.errors
            else []
        ),
    ]
    yield (
        ink("  "),
        *fill([name], NAME),
        ink(" "),
        *fill([ink(article.section or "–")], SECTION),
        ink(numbers),
        ink(f"  {', '.join(remarks)}" if remarks else "", Tint.CARE),
    )


def _as_json(pool: Pool) -> str:
    import json

    return json.dumps(
        {
            "edition": pool.edition,
            "since": pool.since.isoformat() if pool.since else None,
            "sections": list(pool.sections),
            "articles": [
                {
                    "article": one.article.slug,
                    "title": one.article.title,
                    "section": one.article.section or None,
                    "published": one.article.date.isoformat()
                    if one.article.date
                    else None,
                    "words": one.article.body.words,
                    "pictures": len(one.article.pictures),
                    "featured": one.featured,
                    "new": pool.is_new(one),
                    "imported_from": one.form or None,
                    "errors": one.errors,
                }
                for one in pool.candidates
            ],
        },
        indent=2,
    )
