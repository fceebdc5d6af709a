"""Which stories of a website an import takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

#: What WordPress calls a story that everybody may read.
PUBLISHED: Final = "publish"
#: What press calls a story that asks readers for a password.
LOCKED: Final = "locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which stories are taken.

    Attributes:
        statuses: In the words of WordPress: "publish", "draft", "private", "pending",
            "future"; and "locked".
        since: None that were published before this day; None for no limit.
        until: None that were published after this day; None for no limit.
        sorts: What WordPress calls the sort of entry: "post", "page", a theme's own.
    """

    statuses: frozenset[str] = frozenset({PUBLISHED})
    since: dt.date | None = None
    until: dt.date | None = None
    sorts: frozenset[str] = frozenset({"post"})

    def covers(self, date: dt.date | None) -> bool:
        """Whether a story of a day is wanted; one without a day is: it may be new."""
        if date is None:
            return True
        late_enough = self.since is None or date >= self.since
        return late_enough and (self.until is None or date <= self.until)
