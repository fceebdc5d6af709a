"""What others say of a mail before it is sent: servers of its links, a spam filter."""

from __future__ import annotations

from dataclasses import dataclass

#: The last status of HTTP that means that a page was found.
_LAST_GOOD = 399
_FIRST_GOOD = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAnswer:
    """What came of asking for an address.

    Attributes:
        address: That was asked for.
        status: Of HTTP; None where no server answered.
        fault: Why none did, in words; empty where one did.
        hops: The addresses that it was sent on to, in order.
    """

    address: str
    status: int | None
    fault: str = ""
    hops: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether a page was found there."""
        good = self.status is not None and _FIRST_GOOD <= self.status <= _LAST_GOOD
        return good and not self.fault


@dataclass(frozen=True, slots=True, kw_only=True)
class SpamRule:
    """A rule of a spam filter that a mail met.

    Attributes:
        name: Such as "MISSING_DATE".
        points: What it adds to the score, or takes from it.
        about: What it is about, as the filter says.
    """

    name: str
    points: float
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpamVerdict:
    """What a spam filter makes of a mail.

    Attributes:
        score: The sum of its points.
        limit: From which score on it calls a mail spam.
        rules: What the mail met, the dearest first.
    """

    score: float
    limit: float
    rules: tuple[SpamRule, ...] = ()
