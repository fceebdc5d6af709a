"""`press new-paper` and `press schema`: start a newspaper, help editors' programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from press.cli.outcome import Outcome, end


def new_paper(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make; empty or new.")
    ],
    title: Annotated[
        str, typer.Option("--title", help="The newspaper's title.")
    ] = "The Paper",
) -> None:
    """Start a newspaper in a new folder.

    The folder gets press.yaml, the layouts and a first edition to try them on.
    """
    from press.desk.paper import new_paper as start

    end(Outcome(files=start(folder, title=title)), as_json=False)


def schema(
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Write nothing; only say whether they are current."
        ),
    ] = False,
) -> None:
    """Write JSON Schemas of the paper's files.

    Programs for writing YAML use them to complete and check. They know this paper's articles, sections, templates and layouts: run it again when
    those change.
    """
    from press.desk.folder import find_paper
    from press.desk.paper import check_schemas, write_schemas

    house = find_paper(Path.cwd())
    if check:
        outcome = Outcome(findings=check_schemas(house), paper=house)
    else:
        outcome = Outcome(files=write_schemas(house))
    end(outcome, as_json=False)
