"""Read style.yaml: how the paper spells, and what subs are shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from press.manifest.load import load
from press.manifest.schema import check
from press.manifest.style_file import StyleFile
from press.model.finding import Checked, Finding, error
from press.model.style import HouseStyle, StyleCheck

STYLE = "style.yaml"


def read_style(root: Path, *, lang: str) -> Checked[HouseStyle]:
    """Read how a newspaper spells; one that says nothing has press's own looks.

    Args:
        root: The newspaper's folder.
        lang: The paper's language.
    """
    if not (root / STYLE).exists():
        return Checked(value=HouseStyle(languages=(lang,)))
    hint = "delete it, or begin it with press: 1"
    read = load(root, STYLE, missing="", hint=hint)
    if read.value is None:
        return Checked(value=None, findings=read.findings)
    checked = check(read.value, StyleFile)
    findings = [*read.findings, *checked.findings]
    file = checked.value
    if file is None:
        return Checked(value=None, findings=tuple(findings))
    findings += _contradictions(file)
    style = HouseStyle(
        languages=file.languages or (lang,),
        spellings=tuple(file.spellings.items()),
        avoid=tuple(file.avoid.items()),
        names=file.names,
        overlong=file.overlong,
        off=frozenset(one for one in StyleCheck if not getattr(file.checks, one.value)),
    )
    return Checked(value=style, findings=tuple(findings))


def _contradictions(file: StyleFile) -> Iterator[Finding]:
    """Find forms that the paper both writes and forbids."""
    for right, forms in file.spellings.items():
        for form in forms:
            if form in file.spellings:
                yield error(
                    "style.contradiction",
                    f"“{form}” is forbidden here, and is what the paper writes elsewhere",
                    file.place_of("spellings", right),
                    "keep one of the two",
                )
