"""Questions that are asked before something cannot be undone."""

from __future__ import annotations

import sys

import typer

from press.cli.terminal import printable
from press.model.errors import NotConfirmedError


def ask(question: str, *, yes: bool) -> None:
    """Go on only when somebody says yes.

    Raises:
        NotConfirmedError: Nobody did.
    """
    if yes:
        return
    if not sys.stdin.isatty() or not typer.confirm(printable(question), err=True):
        raise NotConfirmedError("nobody confirmed it; nothing was done", hint="--yes")
