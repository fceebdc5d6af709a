"""`press printers`: what printers ask."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from press.cli.terminal import put


def printers(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="A printer; all of them if not given."),
    ] = None,
    as_yaml: Annotated[
        bool,
        typer.Option("--yaml", help="Print it as a printer.yaml to copy and change."),
    ] = False,
) -> None:
    """List the printers that come with press, or explain one.

    Name one in a layout's printer.yaml: `use: newsprint-tabloid`.
    """
    from press.desk.printers import explain_printer, list_printers, printer_file

    known = dict(list_printers())
    if name is not None and name not in known:
        raise typer.BadParameter(
            f"no printer is called {name}; there are: {', '.join(known)}",
            param_hint="NAME",
        )
    if name is None:
        pairs = tuple(known.items())
    elif as_yaml:
        put(printer_file(name).rstrip("\n"), sys.stdout)
        return
    else:
        pairs = explain_printer(name)
    wide = max(len(first) for first, _ in pairs)
    for first, second in pairs:
        put(f"{first:{wide}}  {second}", sys.stdout)
