"""All couriers, each with what counts what really arrived."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from press.adapters.clock import SystemClock
from press.adapters.outbox import OutboxCourier
from press.adapters.sendgrid import SendGridCourier
from press.adapters.smtp import SmtpCourier
from press.mailing.mime import Form
from press.model.courier import Encryption, SendGridSettings, SmtpSettings
from press.ports import Courier
from tests.adapters.couriers.builders import KEY
from tests.provider import FakeSendGrid
from tests.provider.smtp import HOST, FakeMailServer

COURIERS = ("outbox", "smtp", "sendgrid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A courier and the far end of it.

    Attributes:
        courier: The courier.
        got: Returns who got a mail: the number of the delivery, or the address.
    """

    courier: Courier
    got: Callable[[], list[int]]


@pytest.fixture(params=COURIERS)
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    kinds = {"outbox": _outbox, "smtp": _smtp, "sendgrid": _sendgrid}
    with kinds[request.param](tmp_path) as made:
        yield made
        made.courier.close()


@contextmanager
def _outbox(folder: Path) -> Iterator[Post]:
    outbox = folder / "outbox"

    def got() -> list[int]:
        return sorted(int(file.stem) for file in outbox.glob("[!.]*/*.eml"))

    yield Post(courier=OutboxCourier(outbox, Form, SystemClock()), got=got)


@contextmanager
def _smtp(_: Path) -> Iterator[Post]:
    with FakeMailServer() as server:
        settings = SmtpSettings(host=HOST, port=server.port, tls=Encryption.NONE)

        def got() -> list[int]:
            names = (name.partition("@")[0] for name in server.took.elements())
            return sorted(int(name.removeprefix("reader")) for name in names)

        yield Post(courier=SmtpCourier(settings, Form, SystemClock()), got=got)


@contextmanager
def _sendgrid(_: Path) -> Iterator[Post]:
    with FakeSendGrid() as fake:
        courier = SendGridCourier(
            SendGridSettings(), SystemClock(), key=KEY, host=fake.url
        )
        yield Post(courier=courier, got=lambda: sorted(fake.took.elements()))
