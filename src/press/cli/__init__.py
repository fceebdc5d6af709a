"""The command line: reads arguments, calls the desk, shows what was found.

A command imports its part of the desk when it runs: `press --help` waits for no engine.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import typer
from typer.core import TyperGroup

from press.cli.app import app
from press.cli.outcome import show_findings
from press.cli.terminal import is_gone, printable, put, silence
from press.model.errors import ExitCode, PressError


def main() -> None:
    """Run press with the arguments of the shell."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot write a character gets its escape, not a traceback.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(run(app, sys.argv[1:]))


def run(commands: typer.Typer, arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code.

    What press knows becomes a message, a hint and the code that `ExitCode` documents.
    Any other exception is a bug and is not caught.
    """
    command = typer.main.get_command(commands)
    words = list(arguments)
    if not words or (len(words) == 1 and _is_group(command, words[0])):
        words.append("--help")
    try:
        with command.make_context("press", words) as context:
            command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        return _usage_error(error)
    except PressError as error:
        return _press_error(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        if not is_gone(sys.stdout):
            raise
        silence(sys.stdout)
    return ExitCode.OK


def _is_group(command: object, name: str) -> bool:
    """Whether a name is that of several commands, and of none by itself."""
    if not isinstance(command, TyperGroup):
        return False
    return isinstance(command.commands.get(name), TyperGroup)


def _usage_error(error: typer.TyperException) -> ExitCode:
    context = getattr(error, "ctx", None)  # Only errors of parsing know their command.
    put(f"press: {error.format_message()}", sys.stderr)
    if context:
        put(f"  hint: see `{context.command_path} --help`", sys.stderr)
    return ExitCode.USAGE


def _press_error(error: PressError) -> ExitCode:
    show_findings(error.findings)
    put(f"press: {printable(str(error))}", sys.stderr)
    if error.hint:
        put(f"  hint: {printable(error.hint)}", sys.stderr)
    return error.exit_code
