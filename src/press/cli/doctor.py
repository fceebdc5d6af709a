"""`press doctor`: what is there on this machine, and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from press.cli.arguments import AsJson
from press.cli.outcome import Outcome, end
from press.model.need import State


def doctor(
    dns: Annotated[
        bool,
        typer.Option(
            "--dns", help="Ask the DNS, too, whether mail of the sender can arrive."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say what press has on this machine, what it lacks, and how to get that.

    Looks at Python, libraries, fonts, ICC profiles, the tools of `press prove` and the
    folders it writes, for the newspaper in the current folder or for the layouts that
    come with press. Writes nothing.
    """
    from press.desk.installation import find_packages, find_typesetter

    needs = [*find_packages(), *find_typesetter()]
    packages = all(one.state is State.FOUND for one in needs if one.chapter == "press")
    if packages:  # all else is looked at with them
        from press.desk.doctor import examine

        needs += examine(Path.cwd())
        if dns:
            from press.adapters.dns import DnsRecords
            from press.desk.mail_domain import examine_sender

            needs += examine_sender(Path.cwd(), DnsRecords())
    end(Outcome(needs=needs), as_json=as_json)
