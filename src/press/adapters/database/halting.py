"""Halting a mailing: for what became of its mails, or as soon as it is frozen."""

from __future__ import annotations

from press.adapters.database.connection import Connection
from press.adapters.database.mailings import Mailings, details_of
from press.model.mailing import Mailing, MailingState, Step
from press.ports import Clock


class Halting:
    """Writes down why a mailing halts, together with what is to be known of it later."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._db, self._clock = connection, clock

    def stop(self, mailing: Mailing, step: Step, why: str) -> bool:
        """Pause a mailing for what became of a step's mails, and keep what was seen.

        Only who pauses it keeps that: at another pause nobody was told of it.
        """
        with self._db.transaction():
            moved = Mailings(self._db, self._clock).move(
                mailing, MailingState.SENDING, MailingState.PAUSED, why
            )
            if moved:
                self._db.run(
                    "UPDATE step SET details = ? WHERE mailing_id = ? AND number = ?",
                    *(details_of(step), mailing.id, step.number),
                )
        return moved

    def ask(self, mailing: Mailing, why: str) -> bool:
        """Write that a mailing is to be paused when its audience is written down.

        Args:
            mailing: Which.
            why: Why; empty where it is not to be any more.

        Returns:
            Whether its audience is being written down, and that was not said already.
        """
        return bool(
            self._db.run(
                "UPDATE mailing SET why = ?"
                " WHERE id = ? AND state = 'preparing' AND why <> ?",
                *(why, mailing.id, why),
            )
        )
