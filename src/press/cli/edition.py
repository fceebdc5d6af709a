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
) -> None:
    """Start a new edition: a folder with a manifest."""
    from press.desk.edition import new_edition
    from press.desk.folder import find_paper

    made = new_edition(find_paper(Path.cwd()), edition)
    end(Outcome(edition=edition, files=made), as_json=False)
