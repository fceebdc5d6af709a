"""What a mailing meets on its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from tests.provider import OK, Fault
from tests.provider.smtp import Drop


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What a mailing meets.

    Attributes:
        readers: How many it is for.
        seed: Decides what goes wrong when.
        faults: The provider's faults by weight.
        poison: How many addresses the provider refuses a whole request for.
        deck: What becomes of the first requests, before anything is drawn by weight.
        odds: A mail server's faults by how often they come.
        fenced: Whether the provider holds requests, so that they can be cancelled.
        cancel_cap: How many cancellations it holds; None is no limit.
    """

    readers: int
    seed: int = 0
    faults: Mapping[Fault, int] = field(default_factory=lambda: OK)
    deck: Sequence[Fault] = ()
    odds: Mapping[Drop, float] = field(default_factory=dict)
    poison: int = 0
    fenced: bool = False
    cancel_cap: int | None = None


DAY = frozenset(each.name for each in fields(Day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """When a sender is killed at random.

    Attributes:
        requests: After so many requests of its own or others', from one number to another,
        seconds: at the latest after so many seconds,
        more: and then up to so many seconds later.
    """

    requests: tuple[int, int]
    seconds: tuple[float, float]
    more: float = 0.05
