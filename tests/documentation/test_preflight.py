"""The reference of preflight lists the checks that there are."""

from __future__ import annotations

import re
from pathlib import Path

from press.preflight.checks import CHECKS
from press.preflight.rules import FileKind

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "preflight.md"
ROW = re.compile(
    r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE
)


def test_every_check_is_listed_as_it_is() -> None:
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))

    assert rows == [
        (
            str(check.number),
            check.name,
            check.about,
            check.severity,
            "all"
            if check.kinds == set(FileKind)
            else ", ".join(kind for kind in FileKind if kind in check.kinds),
            check.where,
        )
        for check in CHECKS
    ]
