"""After a backup was brought back: what the provider took since is held against the books.

A backup is older than the truth. Whoever got an edition since is found in the provider's
records, and never gets it again; only then live mailings may be sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from press.adapters.database.received import Received
from press.audience.address import key, on_the_wire
from press.desk.folder import editions_of
from press.desk.steering import Steering
from press.model.edition import EditionId
from press.model.errors import NotReadyError
from press.ports import LogSource

#: How far the clocks of both sides, and what is written down late, may be apart.
SLACK = dt.timedelta(hours=1)
#: So far back the provider's records are asked; they are kept for a day more.
KEPT = dt.timedelta(days=29)
#: Readers who are asked for one by one.
MOST = 5_000
#: What somebody writes who knows better than the records.
HINT = "find out who was written to since; then --without-records says that you know"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Who got an edition since, by the records."""

    edition: EditionId
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciler:
    """Holds the provider's records against a database that was brought back.

    Attributes:
        steering: Steers the mailings that are open in it.
        source: The provider's records; None where it keeps none.
    """

    steering: Steering
    source: LogSource | None

    def reconcile(self, who: str, *, without_records: bool = False) -> Sequence[str]:
        """Let the database send again; return what was found and done, in words.

        Args:
            who: Who answers for it.
            without_records: Whether nothing is compared, because somebody knows.

        Raises:
            NotReadyError: Nothing was brought back, or the records cannot tell all.
            ProviderError: The provider does not tell, or cannot be reached.
        """
        desk = self.steering.desk
        if not desk.is_restored():
            raise NotReadyError(
                "the database was not brought back from a backup",
                hint="there is nothing to compare: press send sends",
            )
        found = () if without_records else tuple(self._compared())
        with desk.books.connection.transaction():
            told = [self._write(each) for each in found]
            paused = self.steering.reconcile(who)
        told += [f"{each.edition} to {each.audience}: paused" for each in paused]
        return (*told, "live mailings may be sent again")

    def _compared(self) -> Iterator[Found]:
        """Yield who got which edition since the backup."""
        desk, source = self.steering.desk, self.source
        if source is None:
            raise NotReadyError(
                f"{desk.courier.name} keeps no records that could be compared",
                hint=HINT,
            )
        known = self._received.editions()
        since, now = self._since(), desk.clock.now()
        for edition in sorted({*known, *editions_of(desk.paper)}):
            category = f"edition-{edition}"
            taken = source.taken(category, since, now)
            addresses = taken.addresses
            if not taken.whole:
                if edition not in known:
                    raise _too_many(edition, "and the books know no mailing of it")
                addresses += tuple(
                    email
                    for email in self._waiting(edition)
                    if source.took(on_the_wire(email), category, since)
                )
            if addresses:
                yield Found(edition=edition, addresses=addresses)

    def _waiting(self, edition: EditionId) -> Sequence[str]:
        """Return who waits for an edition: few enough to be asked for one by one."""
        waiting = self._received.waiting(edition, MOST + 1)
        if len(waiting) > MOST:
            raise _too_many(edition, f"and more than {MOST:,} readers wait for it")
        return waiting

    def _since(self) -> dt.datetime:
        """Return since when the books may not know all."""
        earliest = self.steering.desk.clock.now() - KEPT
        known = self._received.known_until()
        if known is None:
            raise NotReadyError("nothing says when the backup was made", hint=HINT)
        if known - SLACK < earliest:
            raise NotReadyError(
                "the backup is older than the provider's records, which are kept for"
                f" {KEPT.days} days",
                hint=HINT,
            )
        return known - SLACK

    def _write(self, found: Found) -> str:
        desk = self.steering.desk
        keys = {key(each) for each in found.addresses}
        count = self._received.write(found.edition, desk.courier.name, keys)
        return (
            f"{found.edition}: the provider took mails for {len(keys):,} addresses"
            f" since the backup; {count:,} readers are never sent it again"
        )

    @property
    def _received(self) -> Received:
        desk = self.steering.desk
        return Received(desk.books.connection, desk.clock)


def _too_many(edition: EditionId, why: str) -> NotReadyError:
    return NotReadyError(
        f"the provider took more mails of {edition} in a second than it tells, {why}",
        hint=HINT,
    )
