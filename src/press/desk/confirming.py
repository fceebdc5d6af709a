"""Write to those who asked for the paper, so that they can confirm it was them."""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from press.adapters.database.confirmations import ConfirmationBook
from press.audience.address import on_the_wire
from press.desk.counter import Purpose
from press.desk.sending import SendDesk
from press.desk.serve import reader_link, wanted_confirmations
from press.mailing.confirmation import LINK, confirmation_letter
from press.model.confirmation import WantedConfirmation
from press.model.house import House
from press.model.letter import Consignment, Parcel
from press.model.mailing import Answer, Outcome

#: How many are looked up at once.
BATCH = 200
#: Seconds for which a round writes to them; more wait for the next. Mailings wait meanwhile.
LONGEST = 30.0
#: Seconds between two looks of one round at who asked meanwhile.
EVERY = 30.0
#: So many mails that were not taken, one after the other, are no matter of mailboxes.
MOST_IN_A_ROW = 20
#: "Service not available, closing": a server's word to everybody (RFC 5321, 3.8).
_CLOSING = 421


@dataclass(slots=True, kw_only=True)
class Newcomers:
    """Those who ask for the paper while a round is made, and wait for their mail.

    Attributes:
        desk: The send desk.
        house: The paper.
        stop: Set by whoever wants the round to end.
    """

    desk: SendDesk
    house: House
    stop: threading.Event
    _next: float = field(default=0.0, init=False)

    def write(self) -> str:
        """Write to those who asked, every now and then; return what happened, in words.

        Mailings always have twice as long as this took: a server that hangs does not
        hold them up more than that.
        """
        begun = time.monotonic()
        if begun < self._next or self.stop.is_set():
            return ""
        said = send_confirmations(self.desk, self.house, self.stop)
        now = time.monotonic()
        self._next = now + max(EVERY, 2 * (now - begun))
        return said

    def wait(self, seconds: float) -> str:
        """Wait as long as all mailings must, or until somebody was written to."""
        while seconds > EVERY and not self.stop.wait(EVERY):
            seconds -= EVERY
            if said := self.write():
                return said
        if not self.stop.is_set():
            self.stop.wait(seconds)
        return ""


def send_confirmations(desk: SendDesk, house: House, stop: threading.Event) -> str:
    """Write to all who wait for it; return what happened, in words.

    Each is written down before the mail is handed over, so that nobody gets two. Whose
    mailbox does not take it is tried again later; what the server says to everybody ends
    the round.
    """
    counted: Counter[_Came] = Counter()
    ended, in_a_row = "", 0
    for one in _waiting(desk, stop):
        came, detail = _write_to(desk, house, one)
        counted[came] += 1
        in_a_row = 0 if came is _Came.SENT else in_a_row + 1
        if came is _Came.REFUSED or in_a_row == MOST_IN_A_ROW:
            ended = f", then not taken: {detail}"
            break
    if not counted:
        return ""
    said = [f"{counted[_Came.SENT]:,} sent"]
    said += [f"{counted[came]:,} {came}" for came in _SAID if counted[came]]
    return f"confirmations: {', '.join(said)}{ended}"


class _Came(StrEnum):
    """What came of one mail."""

    SENT = "sent"
    LATER = "to be tried again"
    GIVEN_UP = "given up"
    FAILED = "to mailboxes that do not exist"
    UNKNOWN = "sent perhaps"
    REFUSED = "refused"


_SAID = (_Came.LATER, _Came.GIVEN_UP, _Came.FAILED, _Came.UNKNOWN)


def _waiting(desk: SendDesk, stop: threading.Event) -> Iterator[WantedConfirmation]:
    """Yield who waits, each once, until nobody does or the time is over."""
    begun = time.monotonic()
    book = _book(desk)
    while batch := wanted_confirmations(desk.books, desk.clock, most=BATCH):
        ours = 0
        for one in batch:
            if stop.is_set() or time.monotonic() - begun > LONGEST:
                return
            if book.written(one.reader):
                ours += 1
                yield one
        if not ours:
            return  # Somebody else writes to them at the same time.


def _write_to(
    desk: SendDesk, house: House, one: WantedConfirmation
) -> tuple[_Came, str]:
    """Hand a mail over that was written down; return what came of it, and why."""
    outcome = desk.courier.hand_over(_consignment(desk, house, one))
    match outcome.answer:
        case Answer.ACCEPTED:
            came = _Came.SENT
        case Answer.IN_DOUBT:
            came = _Came.UNKNOWN
        case Answer.REJECTED if outcome.unknown:
            came = _Came.FAILED
        case Answer.REJECTED | Answer.NOT_TAKEN | Answer.FATAL:
            came = _put_back(desk, one, outcome)
    return came, outcome.detail


def _put_back(desk: SendDesk, one: WantedConfirmation, outcome: Outcome) -> _Came:
    """Let somebody be tried again whose mail was not taken."""
    if not _is_theirs(outcome):
        _book(desk).not_written(one.reader)
        return _Came.REFUSED
    tried_again = _book(desk).put_off(one.reader)
    return _Came.LATER if tried_again else _Came.GIVEN_UP


def _is_theirs(outcome: Outcome) -> bool:
    """Whether an answer may hold for one mailbox only."""
    if outcome.answer is Answer.REJECTED:
        return True
    return bool(outcome.parts) and outcome.status != _CLOSING


def _book(desk: SendDesk) -> ConfirmationBook:
    return ConfirmationBook(desk.books.connection, desk.clock)


def _consignment(desk: SendDesk, house: House, one: WantedConfirmation) -> Consignment:
    link = reader_link(house, desk.books.secret, one.public_id, Purpose.CONFIRM)
    letter = confirmation_letter(house, one.lang or house.lang)
    request = uuid.uuid4().hex
    parcel = Parcel(
        delivery=0,  # It belongs to no mailing.
        email=on_the_wire(one.email),
        values={LINK: link},
        message_id=f"confirm.{request}@{letter.domain}",
    )
    return Consignment(
        request=request,
        letter=letter,
        parcels=(parcel,),
        categories=("confirmation",),
        asked_for=True,
    )
