"""Load a settings file: press.yaml, edition.yaml, layout.yaml, printer.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from press.manifest.character import is_blank
from press.manifest.folder import is_inside
from press.manifest.source import MANIFEST_LIMIT, read_source
from press.manifest.tree import Scalar, Tree
from press.manifest.yaml import read_tree
from press.model.finding import Checked, Finding, Place, error, warning

PAIRS = ("“”", "„“", "‘’", "«»", "””")


def load(root: Path, file: str, *, missing: str, hint: str) -> Checked[Tree]:
    """Load a file of settings.

    Args:
        root: The newspaper's folder.
        file: The file, as a path from there.
        missing: What to say where there is none.
        hint: And what to do then.
    """
    here = Place(file=file)
    if not is_inside(root, root / file):
        message = f"{file} leads outside this newspaper's folder"
        return _nothing(error("manifest.file", message, here))
    if not (root / file).exists():
        return _nothing(error("manifest.missing", missing, here, hint))
    read = read_source(root / file, file=file, limit=MANIFEST_LIMIT)
    if read.value is None:
        return Checked(value=None, findings=read.findings)
    if is_blank("".join(read.value.lines)):
        place = read.value.place(0)
        return _nothing(error("manifest.empty", f"{file} is empty", place, hint))
    tree = read_tree(read.value)
    findings = [*read.findings, *tree.findings]
    if tree.value is None:
        if not findings:
            message = f"{file} holds nothing but comments"
            findings.append(error("manifest.empty", message, read.value.place(0), hint))
        return Checked(value=None, findings=tuple(findings))
    findings += _typographic_quotes(tree.value)
    return Checked(value=tree.value, findings=tuple(findings))


def _typographic_quotes(tree: Tree) -> Iterator[Finding]:
    for _, scalar in tree.scalars():
        if _wrapped(scalar):
            spot = scalar.spot
            yield warning(
                "manifest.quotes",
                "the quotation marks here are typographic,"
                " so they become a part of the value",
                tree.source.place(spot.line, spot.column, spot.width),
                'use straight quotes " " or none; or put both around it if you mean it',
            )


def _wrapped(scalar: Scalar) -> bool:
    text = scalar.text
    inside = text[1:-1]
    return not scalar.quoted and any(
        text.startswith(pair[0])
        and text.endswith(pair[1])
        and not set(pair) & set(inside)
        for pair in PAIRS
        if len(text) > 1
    )


def _nothing(finding: Finding) -> Checked[Tree]:
    return Checked(value=None, findings=(finding,))
