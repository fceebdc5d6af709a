"""A group of commands with one that needs no name: `press send 2024-09`."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup


class WithDefault(TyperGroup):
    """Reads a first word that is no command's name as the default command's."""

    #: The name of the command that is meant where none is named.
    default = "edition"

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the words mean."""
        first = args[0] if args else ""
        if first not in self.commands:
            args = [self.default, *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Let options before any word be the default command's, but for help."""
        if args and args[0].startswith("-") and args[0] not in {"-h", "--help"}:
            args = [self.default, *args]
        return super().parse_args(ctx, args)
