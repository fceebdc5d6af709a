"""The month's deadlines: by when copy, pictures, proofs and the paper itself are due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from press.model.finding import NOWHERE, Place


class Deadline(StrEnum):
    """What is due, in the order of the month."""

    COPY = "copy"  #: All copy is in.
    PICTURES = "pictures"  #: All pictures are in, with captions and credits.
    LEGAL = "legal"  #: What needs it was read by a lawyer.
    PROOFS = "proofs"  #: Every page proof is passed.
    PRESS = "press"  #: The files are with the printer.
    DELIVERED = "delivered"  #: The printed papers are where they are wanted.


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """How long before the day of sale something is due.

    Attributes:
        deadline: What is due.
        days: Days before the day of sale; 0 is that day.
        at: Wall time in the paper's zone.
    """

    deadline: Deadline
    days: int
    at: dt.time
    place: Place = NOWHERE

    def before(self, on_sale: dt.date) -> dt.datetime:
        """Return the wall time at which it is due.

        Raises:
            OverflowError: No calendar has that day.
        """
        return dt.datetime.combine(on_sale - dt.timedelta(days=self.days), self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A deadline of an edition.

    Attributes:
        deadline: What is due.
        at: Wall time in the paper's zone; the first of two where clocks go back over it.
    """

    deadline: Deadline
    at: dt.datetime
    place: Place = NOWHERE
