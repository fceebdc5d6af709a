"""Says which stories of a source were not taken, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from press.model.finding import Finding, Place, note
from press.model.wanted import LOCKED

_SHOWN: Final = 5
_MEANS: Final = {
    "draft": "are drafts",
    "private": "are private",
    "pending": "wait for approval",
    "future": "are to be published later",
    LOCKED: "ask readers for a password",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A story that was not asked for.

    Attributes:
        status: What its source says of it.
        title: Its headline.
    """

    status: str
    title: str


def about_passed(passed: Sequence[Passed], place: Place) -> list[Finding]:
    """Return a note for each status of which stories were not taken."""
    return [
        _about(status, passed, place) for status in sorted({p.status for p in passed})
    ]


def _about(status: str, passed: Sequence[Passed], place: Place) -> Finding:
    titles = [one.title or "(no title)" for one in passed if one.status == status]
    shown = "; ".join(titles[:_SHOWN])
    more = f"; and {len(titles) - _SHOWN} more" if len(titles) > _SHOWN else ""
    why = _MEANS.get(status, f"have the status {status}")
    return note(
        "intake.not-published",
        f"not taken, as they {why}: {len(titles)} ({shown}{more})",
        place,
        f"take them with --status {status}",
    )
