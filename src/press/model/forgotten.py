"""What became of the mails of a reader who is erased."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """Mails to one reader that lay in a folder.

    Attributes:
        mails: How many were deleted.
        left: What could not be looked at or deleted: where it lies, and why.
    """

    mails: int = 0
    left: tuple[str, ...] = ()
