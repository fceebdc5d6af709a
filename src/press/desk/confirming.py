"""Write to those who asked for the paper, so that they can confirm it was them."""

from __future__ import annotations

import uuid

from press.adapters.database.confirmations import ConfirmationBook
from press.audience.address import on_the_wire
from press.desk.counter import Purpose
from press.desk.sending import SendDesk
from press.desk.serve import reader_link, wanted_confirmations
from press.mailing.confirmation import LINK, confirmation_letter
from press.model.confirmation import WantedConfirmation
from press.model.house import House
from press.model.letter import Consignment, Parcel
from press.model.mailing import Answer

#: In one round; more wait for the next.
MOST = 50


def send_confirmations(desk: SendDesk, house: House) -> str:
    """Write to who waits for it; return what happened, in words.

    Each is written down before the mail is handed over, so that nobody gets two; what
    was proven not taken is taken back, and ends the round.
    """
    book = ConfirmationBook(desk.books.connection, desk.clock)
    wanted = wanted_confirmations(desk.books, desk.clock, most=MOST)
    taken = 0
    for one in wanted:
        if not book.written(one.reader):
            continue
        outcome = desk.courier.hand_over(_consignment(desk, house, one))
        taken += outcome.answer is Answer.ACCEPTED
        if outcome.answer in {Answer.FATAL, Answer.NOT_TAKEN}:
            book.not_written(one.reader)
            return f"confirmations: {taken:,} sent, then not taken: {outcome.detail}"
    return f"confirmations: {taken:,} of {len(wanted):,} sent" if wanted else ""


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
