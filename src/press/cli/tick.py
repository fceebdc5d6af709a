"""`press tick` and `press run`: whatever is due is sent."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from press.cli.stopping import stopping
from press.cli.terminal import printable, put
from press.model.errors import BusyError, LedgerError, PartlySentError

if TYPE_CHECKING:
    from press.desk.office import PostOffice


def tell_how_it_ended(office: PostOffice, stop: threading.Event) -> None:
    """End with a code that cron and systemd notice where something was left.

    Raises:
        PartlySentError: The work was stopped, or a mailing was paused.
    """
    if stop.is_set():
        raise PartlySentError(
            "stopped; what was under way is finished",
            hint="press tick goes on where it stopped",
        )
    if office.round.halted:
        raise PartlySentError(
            "a mailing was paused on the way",
            hint="press send status says why; press send resume lets it go on",
        )


def tick() -> None:
    """Send whatever is due, and end.

    It may be run at any time and by any number of callers: cron, a systemd timer, a
    person. Nobody is written to twice because of it; of those that run at once one
    works, and the others end with code 75.
    """
    from press.desk.folder import find_paper
    from press.desk.office import open_office

    with open_office(find_paper(Path.cwd())) as office, stopping() as stop:
        for line in office.look(stop):
            put(printable(line), sys.stdout)
        tell_how_it_ended(office, stop)


def run(
    every: Annotated[
        float,
        typer.Option("--every", metavar="SECONDS", help="Seconds between two looks."),
    ] = 30.0,
) -> None:
    """Look again and again for what is due, until it is stopped."""
    from press.desk.folder import find_paper
    from press.desk.office import open_office

    paper = find_paper(Path.cwd())
    with stopping() as stop:
        while not stop.is_set():
            try:
                with open_office(paper) as office:
                    for line in office.look(stop):
                        put(printable(line), sys.stdout)
            except (BusyError, LedgerError) as error:
                # A database that rests, or is held by others, is there again later.
                put(f"press: {printable(str(error))}", sys.stderr)
            stop.wait(every)
