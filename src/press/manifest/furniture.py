"""Read furniture.yaml: how the paper tells its website's furniture from copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from press.manifest.folder import FURNITURE
from press.manifest.furniture_file import FurnitureFile, FurnitureRulePart
from press.manifest.load import load
from press.manifest.schema import check
from press.model.finding import Checked, Finding, error
from press.model.house_rules import FurnitureRule, HouseRules


def read_furniture(root: Path) -> Checked[HouseRules]:
    """Read the rules of a newspaper; those that come with press, where it has none."""
    if not (root / FURNITURE).exists():
        return Checked(value=HouseRules())
    hint = "delete it, or write press: 1 and rules"
    read = load(root, FURNITURE, missing="", hint=hint)
    if read.value is None:
        return Checked(value=None, findings=read.findings)
    checked = check(read.value, FurnitureFile)
    findings = [*read.findings, *checked.findings]
    file = checked.value
    if file is None:
        return Checked(value=None, findings=tuple(findings))
    findings += _find_empty(file, findings)
    rules = tuple(_rule(part) for part in file.rules if part.select or part.pattern)
    return Checked(
        value=HouseRules(rules=rules, usual=file.usual, names=file.names),
        findings=tuple(findings),
    )


def _find_empty(file: FurnitureFile, told: list[Finding]) -> Iterator[Finding]:
    """Yield rules that look for nothing, unless what they look for is wrong itself."""
    wrong = {finding.place.line for finding in told}
    for part in file.rules:
        places = [part.place_of(name) for name in ("select", "pattern")]
        if part.select or part.pattern or wrong & {place.line for place in places}:
            continue
        yield error(
            "manifest.missing-key",
            "this rule does not say what it looks for",
            part.place_of("kind"),
            "add select: .cta-subscribe, or pattern: “Read more”",
        )


def _rule(part: FurnitureRulePart) -> FurnitureRule:
    words = part.pattern.pattern if part.pattern else ""
    return FurnitureRule(
        kind=part.kind,
        select=part.select,
        pattern=part.pattern,
        name=part.name or ", ".join(part.select) or words,
        place=part.place,
    )
