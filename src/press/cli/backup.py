"""`press backup` and `press restore`: the readers' database, in a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from press.cli.asking import ask
from press.cli.outcome import Outcome, end
from press.cli.terminal import put


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup to write.")],
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
) -> None:
    """Copy the readers' database to a file that only you can read."""
    from press.adapters.clock import SystemClock
    from press.desk.backup import back_up
    from press.desk.folder import find_paper
    from press.desk.private import refuse_to_replace

    if not force:
        refuse_to_replace(file)
    back_up(find_paper(Path.cwd()), file, SystemClock())
    end(Outcome(files=(file,)), as_json=False)


def restore(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The backup to bring back.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Bring a backup of the readers' database back; what is there now is put aside.

    Who left since the backup was made is not in it: nothing live is sent until it was
    compared with what the provider knows.
    """
    from press.adapters.clock import SystemClock
    from press.desk.backup import restore as bring_back
    from press.desk.folder import find_paper

    ask("Bring this backup back, and lose what came after it?", yes=yes)
    aside = bring_back(find_paper(Path.cwd()), file, SystemClock())
    if aside is not None:
        put(f"the database that was there is now {aside.name}", sys.stderr)
    put("nothing live is sent until `press send reconcile --by NAME`", sys.stderr)
