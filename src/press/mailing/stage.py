"""Points in handing over and settling, told to whoever wants to see them.

They are where a process may end at the worst moment; proofs of sending end it there.
"""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """A point that the work has just passed."""

    CLAIMED = "after_claim"
    PACKED = "after_pack"
    MARKED = "after_mark"
    HANDED = "after_hand_over"
    SETTLED = "after_settle"
    DOUBTED = "after_doubt"
    FENCE_ASKED = "after_fence_asked"  #: On disk; the provider was not asked yet.
    CANCELLED = "after_cancel"  #: The provider says so; that is not on disk yet.


def unwatched(stage: Stage) -> None:
    """See nothing."""
    del stage
