"""Arguments and options that commands have in common."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

Edition: TypeAlias = Annotated[
    str,
    typer.Argument(metavar="EDITION", help="The edition: 2024-09, or its folder."),
]
AsJson: TypeAlias = Annotated[
    bool, typer.Option("--json", help="Print the outcome as one JSON object.")
]
