"""`press worker`: one of many that send the same mailings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from press.cli.stopping import stopping
from press.cli.terminal import printable, put


def worker(
    concurrency: Annotated[
        int,
        typer.Option(
            "--concurrency",
            min=1,
            max=64,
            metavar="N",
            help="How many mailings, or parts of one, are sent at once.",
        ),
    ] = 2,
) -> None:
    """Send whatever is due together with workers on other machines, until stopped.

    Needs PostgreSQL: PRESS_DATABASE=postgresql://user@host/database. Start as many as
    are wanted, wherever the newspaper's folder is; nobody is written to twice because
    of it. When it is asked to end it finishes the requests that are under way.
    """
    from press.desk.folder import find_paper
    from press.desk.worker import Worker

    paper = find_paper(Path.cwd())
    with stopping() as stop:
        Worker(paper=paper, stop=stop, say=_say).run(concurrency)


def _say(line: str) -> None:
    put(printable(line), sys.stdout)
