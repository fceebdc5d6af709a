"""`press new` and `press check`: start an edition, check it without building it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from press.cli.arguments import AsJson, Edition
from press.cli.outcome import Outcome, end


def check(
    edition: Edition,
    as_json: AsJson = False,
) -> None:
    """Check an edition without laying out a page."""
    from press.desk.edition import check_edition
    from press.desk.folder import find_edition, find_paper

    house = find_paper(Path.cwd())
    name = find_edition(house, edition)
    end(
        Outcome(edition=name, findings=check_edition(house, name), paper=house),
        as_json=as_json,
    )


def new(
    edition: Annotated[
        str,
        typer.Argument(metavar="ID", help="The new edition's name, such as 2024-10."),
    ],
    last: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="EDITION",
            help="The edition it continues; the one before it if not given.",
        ),
    ] = "",
) -> None:
    """Start a new edition: the plan of another, its deadlines, what was held over."""
    from press.desk.edition import new_edition
    from press.desk.folder import find_edition, find_paper

    house = find_paper(Path.cwd())
    made = new_edition(house, edition, last=find_edition(house, last) if last else "")
    end(
        Outcome(
            edition=edition,
            findings=made.findings,
            files=made.value or (),
            paper=house,
        ),
        as_json=False,
    )
