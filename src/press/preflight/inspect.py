"""Preflight: a press file's facts held against all checks that its kind asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from press.model.finding import Finding
from press.model.press_facts import PressFacts
from press.preflight.checks import CHECKS
from press.preflight.checks.check import Check
from press.preflight.rules import Rules

#: Findings of one kind that are shown of one page; what else is alike is counted.
MOST = 5


def inspect(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Yield all that is wrong with a press file, check after check."""
    for _, findings in inspect_each(facts, rules):
        yield from findings


def inspect_each(
    facts: PressFacts, rules: Rules
) -> Iterator[tuple[Check, tuple[Finding, ...]]]:
    """Yield every check that its kind asks for, with all it finds wrong."""
    for check in CHECKS:
        if check.judge is not None and rules.kind in check.kinds:
            yield check, tuple(_few(list(check.judge(facts, rules))))


def _few(findings: list[Finding]) -> Iterator[Finding]:
    """Leave out what repeats itself; the last of a page says how many are left out."""
    alike = Counter(_kind(finding) for finding in findings)
    shown: Counter[tuple[object, ...]] = Counter()
    for finding in findings:
        kind = _kind(finding)
        shown[kind] += 1
        if shown[kind] == MOST < alike[kind]:
            more = f"{finding.message} (and {alike[kind] - MOST} more such findings)"
            yield replace(finding, message=more)
        elif shown[kind] <= MOST:
            yield finding


def _kind(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.severity, finding.place.page
