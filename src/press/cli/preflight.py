"""`press preflight`: check a PDF from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from press.cli.arguments import AsJson
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
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="DIR",
            help="Write preflight.html and preflight.json there.",
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse the file for warnings too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check a PDF from elsewhere by what a printer asks.

    The file is read, never changed. What its pages print is held against the printer's
    limits too, at the file's own size.
    """
    from press.desk.preflight import find_printer, preflight_file, write_report

    looked = preflight_file(file, find_printer(printer, Path.cwd()))
    files = () if report is None else write_report(report, looked)
    end(Outcome(findings=looked.findings, files=files, strict=strict), as_json=as_json)
