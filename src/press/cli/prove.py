"""`press prove`: what tools that are not press's own say of the files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from press.cli.arguments import AsJson, Edition
from press.cli.outcome import Outcome, end
from press.cli.progress import Bar


def prove(
    edition: Edition,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help="Where its build lies; build/EDITION if not given.",
        ),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", help="Let warnings, such as a missing tool, be errors."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Prove an edition's files with tools that had no part in making them.

    Says of every file what each tool was asked and what it answered, and what is not
    proven because a tool is missing. Writes nothing.
    """
    from press.desk.folder import find_edition, find_paper
    from press.desk.prove import ProveOrder, prove_edition

    house = find_paper(Path.cwd())
    order = ProveOrder(paper=house, edition=find_edition(house, edition), folder=out)
    with Bar(sys.stderr) as bar:
        proven = prove_edition(order, bar)
    end(
        Outcome(
            edition=order.edition,
            findings=proven.findings,
            strict=strict,
            paper=house,
            proofs=proven.value,
        ),
        as_json=as_json,
    )
