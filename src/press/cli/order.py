"""Commands in the order of the month's work, groups of commands among them."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

ORDER = (
    "new-paper",
    "schema",
    "printers",
    "new",
    "import",
    "select",
    "plan",
    "check",
    "fit",
    "build-edition",
    "digest",
    "publish-media",
    "readers",
    "backup",
    "restore",
    "send",
    "tick",
    "run",
    "worker",
    "serve",
    "events",
    "preflight",
    "prove",
    "doctor",
)


class InOrder(TyperGroup):
    """Lists commands by `ORDER`; Typer itself lists groups after all others."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = dict(
            sorted(self.commands.items(), key=lambda item: ORDER.index(item[0]))
        )
