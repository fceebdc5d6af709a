"""All commands of `press`, in the order of the month's work."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from press.cli import (
    backup,
    build,
    digest,
    doctor,
    edition,
    events,
    fit,
    importing,
    media,
    paper,
    plan,
    preflight,
    printers,
    prove,
    readers,
    selecting,
    send,
    serve,
    tick,
    worker,
)
from press.cli.order import InOrder
from press.cli.terminal import put

app = typer.Typer(
    cls=InOrder,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # Plain help: rich alone takes as long to load as the rest.
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        put(f"press {version('press')}", sys.stdout)
        raise typer.Exit


@app.callback()
def press(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    """Make a newspaper's print edition and email digest from one manifest.

    press works on the newspaper in the current folder: the nearest folder upwards that
    holds press.yaml.
    """


app.command("new-paper")(paper.new_paper)
app.command("schema")(paper.schema)
app.command("printers")(printers.printers)
app.command("new")(edition.new)
app.command("select")(selecting.select)
app.command("plan")(plan.plan)
app.add_typer(importing.importing, name="import")
app.command("check")(edition.check)
app.command("fit")(fit.fit)
app.command("build-edition")(build.build_edition)
app.command("digest")(digest.digest)
app.command("publish-media")(media.publish_media)
app.add_typer(readers.readers, name="readers")
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.add_typer(send.send, name="send")
app.command("tick")(tick.tick)
app.command("run")(tick.run)
app.command("worker")(worker.worker)
app.command("serve")(serve.serve)
app.add_typer(events.events, name="events")
app.command("preflight")(preflight.preflight)
app.command("prove")(prove.prove)
app.command("doctor")(doctor.doctor)
