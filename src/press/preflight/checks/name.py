"""The name of a file, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterator

from press.model.finding import Finding, error
from press.model.press_facts import PressFacts
from press.preflight.rules import FileKind, Rules


def file_name(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """The file is named as the printer asks, and a page's file has one page."""
    name = facts.file.name
    if rules.file_name and name != rules.file_name:
        yield error(
            "preflight.file-name",
            f"the file is named {name or 'nothing'}; the printer's pattern makes it"
            f" {rules.file_name}",
        )
    if rules.kind is FileKind.PAGE and len(facts.pages) != 1:
        yield error(
            "preflight.file-name",
            f"the file of a page has {len(facts.pages)} pages",
        )
