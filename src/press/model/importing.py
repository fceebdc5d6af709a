"""Rows of a list of readers that is imported, once they were read.

They are named tuples, since a list has a million of them: that takes half the time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from press.model.finding import Severity
from press.model.subscriber import Cause, NewSubscriber


class Arrival(NamedTuple):
    """A row that names a reader.

    Attributes:
        line: Of the file, counted from 1.
        reader: Whom it names.
    """

    line: int
    reader: NewSubscriber


class Departure(NamedTuple):
    """A row that names somebody who must not be written to.

    Attributes:
        line: Of the file, counted from 1.
        email_key: Whom.
        cause: Why.
        since: Since when.
        source: Who says so.
    """

    line: int
    email_key: str
    cause: Cause
    since: dt.datetime
    source: str


class Remark(NamedTuple):
    """What is to be said of a row. An error keeps it out.

    Attributes:
        line: Of the file, counted from 1.
        code: The finding's.
        severity: The finding's.
        message: The finding's; never an address.
    """

    line: int
    code: str
    severity: Severity
    message: str


Row: TypeAlias = Arrival | Departure | Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCounts:
    """What came of an import.

    Attributes:
        new: Readers who were not known.
        known: Readers who were, and got what is new.
        suppressed: Rows that name somebody who must not be written to.
        remarks: How many rows got each code, with its severity.
        kept: Whether anything of it was written.
    """

    new: int
    known: int
    suppressed: int
    remarks: Mapping[tuple[str, Severity], int] = field(default_factory=dict)
    kept: bool

    @property
    def refused(self) -> int:
        """Rows that are not in the books for a fault of their own."""
        return sum(
            count
            for (_, severity), count in self.remarks.items()
            if severity is Severity.ERROR
        )
