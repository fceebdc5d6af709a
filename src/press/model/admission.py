"""What became of somebody who was to be a reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from press.model.subscriber import PublicId, SubscriberId, Suppression


class Entry(StrEnum):
    """What became of somebody who was to be a reader."""

    NEW = "new"  #: Was not known, and is in the books now.
    KNOWN = "known"  #: Was in the books; what is new was added.
    STAYS_OUT = "stays-out"  #: Left, or must not be written to; nothing was changed.


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """The answer of the books to a new reader.

    Attributes:
        entry: What became of them.
        id: Their number; None for those who stay out and are not in the books.
        public_id: Their public name; None likewise.
        suppression: Why they stay out; None for all others.
    """

    entry: Entry
    id: SubscriberId | None = None
    public_id: PublicId | None = None
    suppression: Suppression | None = None
