"""Printing jobs for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from press.model.press import Profile
from press.packing.job import Job
from tests.prepress.printers import a_printer


def a_profile(**changes: Any) -> Profile:
    return Profile(
        **{
            "data": b"icc",
            "description": "Newsprint 26 v5",
            "version": 2.4,
            "condition": "IFRA26",
            "describes": "Coldset offset on newsprint",
            "sha256": "ab" * 32,
            **changes,
        }
    )


def a_job(**changes: Any) -> Job:
    """Return the job of sixteen pages, four of them in colour."""
    return Job(
        **{
            "paper": "The Lamp",
            "publisher": "Lamp & Sons <Ltd>",
            "edition": "2024-09",
            "title": "September 2024",
            "issue": 67,
            "on_sale": dt.date(2024, 8, 30),
            "pages": 16,
            "colour": (1, 8, 9, 16),
            "printer": a_printer(),
            "profile": a_profile(),
            "barcode": "9779876543003 09",
            **changes,
        }
    )


def page_files(count: int) -> dict[str, bytes]:
    """Return the files of a build of so many pages, each with other bytes."""
    pages = {f"pages/TL_2024-09_{n:03}.pdf": b"%PDF" + bytes(n) for n in range(count)}
    others = {"print.pdf": b"all", "spreads.pdf": b"spreads", "digest.txt": b""}
    return {**pages, **others}
