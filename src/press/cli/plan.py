"""`press plan`: the flat plan in the terminal, with the state of everything in it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
import sys
from pathlib import Path
from typing import TextIO

import typer

from press.cli.arguments import AsJson, Edition
from press.cli.columns import drawn
from press.cli.flatplan import SPREAD, tell_plan
from press.cli.outcome import Outcome, show_why, to_json
from press.cli.progress import Bar
from press.cli.terminal import put, takes_colour
from press.model.errors import ExitCode
from press.model.finding import Finding
from press.model.overview import Overview

#: What stands for rules and dots where a terminal has none.
PLAIN = str.maketrans("┌┬┐└┴┘─│·–…", "++++++-|--.")


def plan(edition: Edition, as_json: AsJson = False) -> None:
    """Show an edition's flat plan, what is in and what is overdue."""
    from press.adapters.clock import SystemClock
    from press.desk.folder import find_edition, find_paper
    from press.desk.overview import overview

    house = find_paper(Path.cwd())
    name = find_edition(house, edition)
    with Bar(sys.stderr) as bar:
        bar.step("flat plan", 0, 1)
        made = overview(house, name, SystemClock())
    if made.value is None:
        raise typer.Exit(ExitCode.NOT_READY)
    if as_json:
        put(_as_json(made.value, made.findings), sys.stdout)
    else:
        _show(made.value, sys.stdout)
        show_why(name, made.findings, house, planned=bool(made.value.pages))
    raise typer.Exit(ExitCode.OK if made.value.pages else ExitCode.NOT_READY)


def _show(view: Overview, stream: TextIO) -> None:
    width = shutil.get_terminal_size((SPREAD, 24)).columns
    colour = takes_colour(stream)
    text = "\n".join(drawn(line, colour=colour) for line in tell_plan(view, width))
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        text = text.translate(PLAIN)
    put(text, stream)


def _as_json(view: Overview, findings: tuple[Finding, ...]) -> str:
    import json

    outcome = json.loads(to_json(Outcome(edition=view.edition, findings=findings)))
    told = {"words": view.words, **dataclasses.asdict(view)}
    return json.dumps({**outcome, "plan": told}, indent=2, default=_moment)


def _moment(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no date")
