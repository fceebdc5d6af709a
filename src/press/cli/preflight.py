"""`press preflight`: check a PDF from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from press.cli.outcome import Outcome, end


def preflight(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The PDF, such as an advertisement."),
    ],
    printer: Annotated[
        str,
        typer.Option(
            "--printer",
            metavar="NAME",
            help="A printer of `press printers`, a layout, or a printer.yaml.",
        ),
    ],
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse the file for warnings too.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the outcome as one JSON object.")
    ] = False,
) -> None:
    """Check a PDF from elsewhere by what a printer asks.

    The file is read, never changed.
    """
    from press.desk.preflight import find_printer, preflight_file

    findings = preflight_file(file, find_printer(printer, Path.cwd()))
    end(Outcome(findings=findings, strict=strict), as_json=as_json)
