"""Times as the database keeps them: Unix seconds, in UTC."""

from __future__ import annotations

import datetime as dt


def stamp(at: dt.datetime) -> int:
    """Return a time as it is stored, in whole Unix seconds."""
    return int(at.timestamp())


def moment(stored: int) -> dt.datetime:
    """Return a stored time, in UTC, aware."""
    return dt.datetime.fromtimestamp(stored, dt.UTC)
