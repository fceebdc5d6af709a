"""`press events`: what providers know of mails and readers."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from press.cli.terminal import printable, put

events = typer.Typer(
    help="Ask the provider what became of mails.",
    rich_markup_mode=None,
)


@events.callback()
def _events() -> None:
    """Ask the provider what became of mails."""


@events.command("pull")
def pull(
    since: Annotated[
        dt.datetime | None,
        typer.Option(
            "--since",
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="From when; where the last time ended if not given.",
        ),
    ] = None,
) -> None:
    """Read the provider's lists of those it does not write to, and do as it does.

    It has the effects of the provider's events, for those that never came. Its logs are
    asked what became of mails of which nothing was told, and it is asked what is still to
    be asked about readers who left.
    """
    from press.desk.events import NotYetError
    from press.desk.events import pull as read
    from press.desk.folder import find_paper

    try:
        pulled = read(find_paper(Path.cwd()), since.date() if since else None)
    except NotYetError as fault:
        raise typer.BadParameter(f"--since: {fault}") from fault
    for kind, count in sorted(pulled.kinds.items()):
        put(f"{kind:<14} {count:>9,}", sys.stdout)
    for line in pulled.more:
        put(printable(line), sys.stdout)
    put(
        f"{pulled.applied.new:,} new, {pulled.applied.known:,} known already;"
        f" {pulled.applied.suppressed:,} readers are not written to any more",
        sys.stderr,
    )
