"""`press publish-media`: the digest's pictures, put where mail programs look for them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from press.cli.arguments import Edition
from press.cli.outcome import Outcome, end
from press.cli.terminal import printable, put


def publish_media(
    edition: Edition,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="URL",
            help="A folder or a store; media_store of press.yaml if not given.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Copy nothing; only say what would be.")
    ] = False,
) -> None:
    """Put the pictures of an edition's digest where readers' mail programs find them.

    Prints where each is that was copied, one a line. What is there already is left as
    it is, and nothing is ever overwritten with something else.
    """
    from press.desk.folder import find_edition, find_paper
    from press.desk.media import MediaOrder
    from press.desk.media import publish_media as publish

    house = find_paper(Path.cwd())
    name = find_edition(house, edition)
    made = publish(MediaOrder(paper=house, edition=name, to=to, dry=dry_run))
    if made.value is not None:
        for place in made.value.copied:
            put(printable(place), sys.stdout)
        done = "would be copied" if dry_run else "copied"
        put(
            f"{len(made.value.copied)} {done} ({made.value.size / 1000:,.0f} kB),"
            f" {len(made.value.there)} there already",
            sys.stderr,
        )
    end(Outcome(edition=name, findings=made.findings, paper=house), as_json=False)
