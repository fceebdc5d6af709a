"""Workers: press on as many machines as are wanted, at the same mailings.

All of them share one ledger on PostgreSQL, which decides who sends what. A doorbell in
the same database calls them as soon as there is something to send; once a minute one of
them looks what is due.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from press.adapters.queue import EVERY_MINUTE, Called, Doorbell
from press.desk.bell import Bell
from press.desk.books import database_address
from press.desk.confirming import send_confirmations
from press.desk.office import PostOffice, open_office
from press.desk.round import unheard
from press.mailing.patience import Patience
from press.mailing.stage import Stage
from press.model.errors import LedgerError, PressError
from press.model.mailing import MailingId, MailingState

#: In these states nobody needs to be called.
_QUIET = {MailingState.PAUSED, MailingState.MISSED}


@dataclass(slots=True, kw_only=True)
class Worker:
    """Answers the doorbell on this machine.

    Attributes:
        paper: The newspaper's folder.
        stop: Set by whoever wants it to end after the open requests.
        say: Is told what happens, line by line.
        every: When to look what is due, as in crontab(5).
    """

    paper: Path
    stop: threading.Event
    say: Callable[[str], None]
    every: str = EVERY_MINUTE
    _bell: Doorbell = field(init=False)
    _tries: dict[MailingId, Patience] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the doorbell.

        Raises:
            LedgerError: The paper's database is a file.
            MissingToolError: What PostgreSQL or the doorbell needs is not installed.
        """
        address = database_address()
        if not address.startswith(("postgresql://", "postgres://")):
            raise LedgerError(
                "workers share a database on PostgreSQL, and this paper's is a file",
                hint="on one machine, press run does the same; for many, set"
                " PRESS_DATABASE=postgresql://user@host/database",
            )
        self._bell = Doorbell(address)

    def run(self, concurrency: int) -> None:
        """Answer calls until it is to stop.

        Args:
            concurrency: How many mailings, or parts of one, are sent at once.

        Raises:
            PressError: press.yaml, the secret or the database cannot be used.
        """
        with open_office(self.paper):
            self._bell.install()
        self.look()
        called = Called(work=self.work, look=self.look)
        self._bell.listen(called, self.stop, concurrency=concurrency, every=self.every)

    def look(self) -> None:
        """Call workers to every open mailing; those who find nothing due leave."""
        with open_office(self.paper, check=False) as office:
            for line in office.round.run_errands():
                self.say(line)
            if said := send_confirmations(office.desk, office.house, self.stop):
                self.say(said)
            for mailing in office.desk.mailings.open_ones():
                if mailing.state not in _QUIET:
                    self._ring(office, mailing.id)

    def work(self, number: MailingId) -> None:
        """Do what is due of one mailing; call the next worker as soon as there is work."""
        try:
            with open_office(self.paper, check=False) as office:
                self._work(office, number)
        except PressError as error:
            # Whoever looks next calls again; a worker outlives a database's rest.
            self.say(f"mailing {number}: {error}")

    def _work(self, office: PostOffice, number: MailingId) -> None:
        called = False

        def watch(stage: Stage) -> None:
            nonlocal called
            if stage is Stage.CLAIMED and not called:
                called = True
                self._ring(office, number)

        office.round.stop, office.round.watch = self.stop, watch
        office.round.call = lambda mailing: self._ring(office, mailing.id)
        office.round.under_way, office.round.tries = unheard, self._tries
        wait = office.round.take_turn(office.desk.mailings.get(number))
        for line in office.round.say():
            self.say(line)
        if wait is not None and not self.stop.is_set():
            # Its turn is over, or it must wait: whoever is called next may be another's.
            self._ring(office, number, after=wait)

    def _ring(
        self, office: PostOffice, number: MailingId, *, after: float = 0.0
    ) -> None:
        bell = Bell(connection=office.desk.books.connection, doorbell=self._bell)
        bell.ring(number, after=after)
