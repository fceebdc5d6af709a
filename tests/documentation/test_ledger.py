"""The page about the ledger has the table of changes as the ledger keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from press.model import changes
from press.model.changes import Change

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "ledger.md"
GUARANTEE = PAGE.parents[1] / "decisions" / "0014-nobody-twice.md"
TABLES: dict[str, Sequence[Change[Any]]] = {
    "A mailing": changes.MAILING,
    "A request": changes.REQUEST,
    "A delivery": changes.DELIVERY,
}


def written(table: Sequence[Change[Any]]) -> Iterator[str]:
    """Write a table as it stands on the page."""
    yield "| from | to | when |"
    yield "|---|---|---|"
    for each in table:
        yield f"| {each.before} | {each.after} | {each.why} |"


@pytest.mark.parametrize("title", TABLES)
def test_every_change_of_state_is_listed_as_it_is(title: str) -> None:
    text = PAGE.read_text(encoding="utf-8")

    _, found, rest = text.partition(f"\n## {title}\n")

    assert found, f"no heading: {title}"
    section = rest.partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    assert rows == list(written(TABLES[title]))


def test_the_promise_is_printed_with_its_four_ends() -> None:
    text = GUARANTEE.read_text(encoding="utf-8")

    (promise,) = [line for line in text.splitlines() if line.startswith("> ")]

    for word in ("accepted (", "skipped (", "failed (", "in doubt ("):
        assert word in promise
    assert "at least 10 minutes before its send time" in promise
