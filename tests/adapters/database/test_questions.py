"""What is asked at every look is answered without a look at readers who got their mail."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.adapters.database import open_database
from press.adapters.database.events import HARMED
from press.adapters.database.held import NOT_HELD, STILL_DOUBTFUL
from press.adapters.database.still_open import PENDING, PENDING_OF_STEP, UNDER_WAY

#: The question, its values, and the index by which deliveries are found.
QUESTIONS = [
    (PENDING, (1,), "delivery_pending"),
    (PENDING_OF_STEP, (1, 1), "delivery_pending"),
    (UNDER_WAY, (1,), "delivery_request"),
    (NOT_HELD, (1, 0), "delivery_request"),
    (STILL_DOUBTFUL, ("2024-09",), "delivery_request"),
    (HARMED, (1, 1), "delivery_harmed"),
]


@pytest.mark.parametrize(("sql", "values", "index"), QUESTIONS)
def test_a_question_of_every_look_reads_no_more_than_it_must(
    tmp_path: Path, sql: str, values: tuple[object, ...], index: str
) -> None:
    connection = open_database("press.db", tmp_path)

    plan = [row[3] for row in connection.all(f"EXPLAIN QUERY PLAN {sql}", *values)]

    assert any(f" {index} " in line for line in plan), plan
    assert not any("delivery_1" in line or line == "SCAN d" for line in plan), plan
    connection.close()
