"""Who takes mails away: the courier of press.yaml, with the secrets it needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from press.mailing.doubt import Rules
from press.mailing.mime import Form
from press.model.courier import OutboxSettings, SendGridSettings, SmtpSettings
from press.model.errors import ManifestError
from press.model.house import House
from press.model.letter import Letter, Parcel
from press.ports import Clock, Courier, Fencing, LogSource, Withholding

#: A folder is never late with its records.
AT_ONCE = Rules(quiet=dt.timedelta(0), control=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A courier, and how its doubts are settled.

    Attributes:
        courier: The courier.
        fencing: The same, where it can take requests back.
        rules: How careful doubts are settled.
        workers: How many requests may be under way at once.
        withholding: The courier, where it can be asked not to send what it took.
        logs: The courier, where it keeps records of what it took.
    """

    courier: Courier
    rules: Rules
    workers: int
    fencing: Fencing | None = None
    withholding: Withholding | None = None
    logs: LogSource | None = None


def choose_courier(house: House, paper: Path, clock: Clock) -> Chosen:
    """Return the courier that press.yaml names.

    Raises:
        ProviderError: A stand-in for the provider cannot be told the key safely.
    """
    # Only the one that is named is loaded.
    match house.courier:
        case OutboxSettings() as settings:
            from press.adapters.outbox import OutboxCourier  # noqa: PLC0415

            outbox = OutboxCourier(paper / settings.folder, _writer, clock)
            return Chosen(courier=outbox, rules=AT_ONCE, workers=1)
        case SmtpSettings() as settings:
            from press.adapters.smtp import SmtpCourier  # noqa: PLC0415

            smtp = SmtpCourier(settings, _writer, clock)
            return Chosen(courier=smtp, rules=Rules(), workers=settings.connections)
        case SendGridSettings() as settings:
            from press.adapters.sendgrid import SendGridCourier  # noqa: PLC0415

            sendgrid = SendGridCourier(settings, clock)
            return Chosen(
                courier=sendgrid,
                fencing=sendgrid,
                withholding=sendgrid,
                logs=sendgrid,
                rules=Rules(),
                workers=8,
            )


def rehearsing_courier(house: House, clock: Clock) -> Courier:
    """Return the courier that press.yaml names, as one that looks and sends nothing.

    Raises:
        ManifestError: It cannot.
        ProviderError: A stand-in for the provider cannot be told the key safely.
    """
    if not isinstance(house.courier, SendGridSettings):
        raise ManifestError(
            "the courier of press.yaml cannot look at mails without sending them",
            hint="only SendGrid does, in its sandbox; press send test ADDRESS sends"
            " every variant to addresses of your own",
        )
    from press.adapters.sendgrid import SendGridCourier  # noqa: PLC0415

    return SendGridCourier(house.courier, clock, rehearsal=True)


@cache
def _writer(letter: Letter) -> Callable[[Parcel, dt.datetime], bytes]:
    return Form(letter).write
