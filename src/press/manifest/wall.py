"""Wall times that the clocks of a zone never show, or show twice."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

MINUTE = dt.timedelta(minutes=1)


def shown(at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return a wall time as clocks show it: a later one where it does not exist.

    A time that does not exist is not given back when it is taken to UTC and back.
    """
    there = at.replace(tzinfo=zone).astimezone(dt.UTC)
    return there.astimezone(zone).replace(tzinfo=None)


def last_before(at: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the last minute before a time that does not exist."""
    while shown(at, zone) != at:
        at -= MINUTE
    return at
