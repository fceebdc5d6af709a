"""Two senders as others have them. The proofs must notice both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from press.adapters.clock import SystemClock
from press.adapters.database import Connection
from press.adapters.sendgrid import SendGridCourier
from press.mailing.stage import Stage
from press.model.courier import SendGridSettings
from press.model.letter import Consignment
from press.model.mailing import Answer, Claimed
from press.model.subscriber import PublicId
from tests.adapters.couriers.builders import KEY
from tests.crash.order import Order
from tests.ledgers import a_letter, a_parcel

Watch = Callable[[Stage], None]
Rows = Sequence[tuple[int, str]]
#: How often a request is tried, whatever is wrong.
TRIES = 7
REQUEST = "0" * 32


def _hand_over(order: Order, rows: Rows) -> Answer:
    courier = SendGridCourier(
        SendGridSettings(), SystemClock(), key=KEY, host=order.provider, patience=1.0
    )
    letter = a_letter()
    readers = [
        Claimed(delivery=row[0], email=row[1], name="", public_id=PublicId("x"))
        for row in rows
    ]
    parcels = tuple(map(a_parcel(letter), readers))
    outcome = courier.hand_over(
        Consignment(request=REQUEST, letter=letter, parcels=parcels)
    )
    courier.close()
    return outcome.answer


def retry_any_error(connection: Connection, order: Order, watch: Watch) -> None:
    """Try again on every error, and write down afterwards who got it."""
    pending = (
        "SELECT id, email FROM delivery WHERE mailing_id = ? AND attempts = 0"
        " ORDER BY id LIMIT ?"
    )
    while rows := connection.all(pending, order.mailing, order.size):
        for _ in range(TRIES):
            watch(Stage.MARKED)
            answer = _hand_over(order, [(row[0], row[1]) for row in rows])
            watch(Stage.HANDED)
            if answer is Answer.ACCEPTED:
                break
        with connection.transaction():
            connection.many(
                "UPDATE delivery SET attempts = 1 WHERE id = ?",
                [(row[0],) for row in rows],
            )
        watch(Stage.SETTLED)


def cursor_when_read(connection: Connection, order: Order, watch: Watch) -> None:
    """Move a cursor when readers are read, and go on from there."""
    ahead = (
        "SELECT id, email FROM delivery WHERE mailing_id = ? AND id >"
        " (SELECT coalesce(max(cast(value AS integer)), 0) FROM setting"
        " WHERE name = 'cursor') ORDER BY id LIMIT ?"
    )
    move = (
        "INSERT INTO setting (name, value) VALUES ('cursor', ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    )
    while rows := connection.all(ahead, order.mailing, order.size):
        connection.run(move, str(rows[-1][0]))
        watch(Stage.MARKED)
        _hand_over(order, [(row[0], row[1]) for row in rows])
        watch(Stage.HANDED)
        watch(Stage.SETTLED)


NAIVE: Mapping[str, Callable[[Connection, Order, Watch], None]] = {
    "retry any error": retry_any_error,
    "cursor when read": cursor_when_read,
}
