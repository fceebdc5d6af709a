"""`press digest`: the month's email alone, and a page to look at it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from press.cli.arguments import AsJson, Edition
from press.cli.outcome import Outcome, end
from press.cli.progress import Bar


def digest(  # noqa: PLR0913, PLR0917 - an argument for each option
    edition: Edition,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help="Where to put what is made; build/EDITION-digest if not given.",
        ),
    ] = None,
    show: Annotated[
        bool, typer.Option("--open", help="Show the preview page in the browser.")
    ] = False,
    png: Annotated[
        bool,
        typer.Option("--png", help="Also make pictures of all views, with Chromium."),
    ] = False,
    online: Annotated[
        bool,
        typer.Option("--online", help="Also ask whether its links can be reached."),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Let warnings refuse the digest too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make an edition's digest without its pages, and a page to look at it.

    preview.html shows it as readers on desktops and phones see it, in light and in dark
    surroundings, without pictures, as plain text and as Outlook reads it. It is made
    even when something found keeps the digest from being sent.
    """
    from press.desk.digest import PREVIEW, DigestOrder, make_digest_alone
    from press.desk.folder import find_edition, find_paper

    house = find_paper(Path.cwd())
    order = DigestOrder(
        paper=house,
        edition=find_edition(house, edition),
        out=out,
        png=png,
        online=online,
    )
    with Bar(sys.stderr) as bar:
        made = make_digest_alone(order, bar)
    if show and made.value:
        typer.launch(str(made.value.folder / PREVIEW))
    end(
        Outcome(
            edition=order.edition,
            findings=made.findings,
            files=made.value.files if made.value else (),
            strict=strict,
            paper=house,
        ),
        as_json=as_json,
    )
