"""`press build-edition`: the pages and the digest."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from press.cli.arguments import AsJson, Edition
from press.cli.outcome import Outcome, end
from press.cli.progress import Bar
from press.model.finding import Checked


def build_edition(
    edition: Edition,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help="Where to put what is made; build/EDITION if not given.",
        ),
    ] = None,
    proof: Annotated[
        bool, typer.Option("--proof", help="Also make a picture of every page.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Let warnings hold up the edition too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make an edition's pages and its digest.

    Prints the files made, one a line. When something found holds up the edition, the
    last good build is left as it was.
    """
    from press.desk.build import build_edition as build
    from press.desk.folder import find_edition, find_paper
    from press.desk.order import BuildOrder, Built

    house = find_paper(Path.cwd())
    order = BuildOrder(
        paper=house,
        edition=find_edition(house, edition),
        out=out,
        proof=proof,
        strict=strict,
    )
    with Bar(sys.stderr) as bar:
        built: Checked[Built] = build(order, bar)
    end(
        Outcome(
            edition=order.edition,
            findings=built.findings,
            files=built.value.files if built.value else (),
            strict=strict,
            paper=house,
        ),
        as_json=as_json,
    )
