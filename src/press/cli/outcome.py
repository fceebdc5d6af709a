"""How a command ends: what was found, what was made, and the exit code for it."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from press.cli.needs import need_as_data, tell_needs
from press.cli.proofs import as_data, tell
from press.cli.show import in_order, show, summary
from press.cli.terminal import put, takes_colour
from press.model.errors import ExitCode
from press.model.finding import Area, Finding, Severity, ready
from press.model.need import Need
from press.model.proof_result import ProofResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command has to tell.

    Attributes:
        edition: The edition it worked on; empty for none.
        findings: Everything found.
        files: What it made, as paths.
        strict: Whether warnings hold up the edition too.
        paper: The newspaper's folder, from which findings name their files.
        proofs: What tools answered; None where none was asked.
        needs: What press looked for on the machine; None where it did not look.
    """

    edition: str = ""
    findings: Sequence[Finding] = ()
    files: Sequence[Path] = ()
    strict: bool = False
    paper: Path | None = None
    proofs: Sequence[ProofResult] | None = None
    needs: Sequence[Need] | None = None

    @property
    def exit_code(self) -> ExitCode:
        """Not ready when something found holds up the edition."""
        if any(need.holds_up for need in self.needs or ()):
            return ExitCode.MISSING_TOOL
        held_up = not ready(self.findings) or (
            self.strict
            and any(found.severity is Severity.WARNING for found in self.findings)
        )
        return ExitCode.NOT_READY if held_up else ExitCode.OK


def end(outcome: Outcome, *, as_json: bool) -> None:
    """Show an outcome and end the command with its exit code.

    People get the findings on standard error and the files made on standard output,
    one a line; with `as_json`, standard output carries one object and nothing else.

    Raises:
        typer.Exit: Always, with the exit code.
    """
    if as_json:
        put(to_json(outcome), sys.stdout)
    else:
        show_findings(outcome.findings, outcome.paper)
        for line in tell(outcome.proofs or ()):
            put(line, sys.stdout)
        for line in tell_needs(outcome.needs or ()):
            put(line, sys.stdout)
        for file in outcome.files:
            put(str(_from_here(file)), sys.stdout)
    raise typer.Exit(outcome.exit_code)


def show_findings(findings: Sequence[Finding], paper: Path | None = None) -> None:
    """Show findings on standard error, with files as seen from the current folder."""
    if not findings:
        return
    base = str(_from_here(paper)) if paper else ""
    put(show(findings, colour=takes_colour(sys.stderr), base=base), sys.stderr)


def show_why(
    edition: str, findings: Sequence[Finding], paper: Path, *, planned: bool
) -> None:
    """Show why there is no flat plan; where there is, only how much was found."""
    if not planned:
        errors = [one for one in findings if one.severity is Severity.ERROR]
        show_findings(errors, paper)
    elif findings:
        put(f"{summary(findings)}: see `press check {edition}`", sys.stderr)


def to_json(outcome: Outcome) -> str:
    """Write an outcome as one JSON object, in ASCII so that no terminal can be misled."""
    import json

    findings = [finding_as_data(found) for found in in_order(outcome.findings)]
    proofs = (
        {}
        if outcome.proofs is None
        else {"proofs": [as_data(proof) for proof in outcome.proofs]}
    )
    needs = (
        {}
        if outcome.needs is None
        else {"needs": [need_as_data(need) for need in outcome.needs]}
    )
    return json.dumps(
        {
            "edition": outcome.edition or None,
            "ready": outcome.exit_code is ExitCode.OK,
            "files": [str(file) for file in outcome.files],
            "findings": findings,
            **proofs,
            **needs,
        },
        indent=2,
    )


def finding_as_data(found: Finding) -> dict[str, object]:
    """Return a finding as data."""
    return {
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
        "hint": found.hint,
        "file": found.place.file,
        "line": found.place.line,
        "column": found.place.column,
        "page": found.place.page,
        "article": found.place.article,
        "area": _area(found.place.area),
    }


def _area(area: Area | None) -> dict[str, float] | None:
    """Return an area as data, in millimetres."""
    return None if area is None else dataclasses.asdict(area)


def _from_here(path: Path) -> Path:
    """Return the path as seen from the current folder."""
    return Path(os.path.relpath(path))
