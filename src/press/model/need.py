"""What press needs of a machine, and what it does better with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a machine has something."""

    FOUND = "found"  #: It is there.
    STAND_IN = "stand-in"  #: Something else takes its place, and is named so.
    MISSING = "missing"  #: It is not there.
    BROKEN = "broken"  #: It is there, and cannot be used.


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that press looks for on a machine.

    Attributes:
        chapter: Which things it belongs to: "libraries", "profiles".
        name: What it is.
        state: How the machine has it.
        says: Its version or where it is; otherwise what is missing, or wrong.
        how_to_get: What to do to have it.
        must: Whether press can make no edition without it.
    """

    chapter: str
    name: str
    state: State
    says: str = ""
    how_to_get: str = ""
    must: bool = False

    @property
    def holds_up(self) -> bool:
        """Whether press can make no edition because of it."""
        return self.must and self.state in {State.MISSING, State.BROKEN}
