"""Read who takes mails away."""

from __future__ import annotations

from collections.abc import Iterator

from press.manifest.courier_file import SmtpPart
from press.manifest.house_file import HouseFile
from press.model.courier import (
    LOCAL_HOSTS,
    CourierSettings,
    Dkim,
    Encryption,
    OutboxSettings,
    SendGridSettings,
    SmtpSettings,
)
from press.model.finding import Finding, error
from press.model.house import WarmUp


def find_courier_faults(file: HouseFile) -> Iterator[Finding]:
    """Yield what is wrong with how mails are taken away."""
    smtp, warm_up = file.courier.smtp, file.warm_up
    if smtp and smtp.tls is Encryption.NONE and smtp.host not in LOCAL_HOSTS:
        yield error(
            "manifest.courier",
            f"readers' addresses would go to {smtp.host} in the clear",
            smtp.place_of("tls"),
            "write tls: starttls or tls: tls",
        )
    if warm_up and warm_up.most < warm_up.first:
        yield error(
            "manifest.courier",
            f"the last day of the warm-up lets {warm_up.most:,} mails out, the first"
            f" {warm_up.first:,}",
            warm_up.place_of("most"),
            "let it grow: most is for the last day, first for the first",
        )


def courier_of(file: HouseFile) -> CourierSettings:
    """Return who takes mails away; a folder, where nobody is named."""
    courier = file.courier
    if courier.smtp is not None:
        return _smtp(courier.smtp, file)
    if courier.sendgrid is not None:
        sendgrid = courier.sendgrid
        return SendGridSettings(
            region=sendgrid.region, webhook_key=sendgrid.webhook_key
        )
    if courier.outbox is not None:
        return OutboxSettings(folder=courier.outbox.folder)
    return OutboxSettings()


def warm_up_of(file: HouseFile) -> WarmUp | None:
    """Return how a new sender makes itself known."""
    part = file.warm_up
    if part is None:
        return None
    return WarmUp(start=part.start, first=part.first, days=part.days, most=part.most)


def _smtp(smtp: SmtpPart, file: HouseFile) -> SmtpSettings:
    domain = file.sender.domain or file.sender.email.rpartition("@")[2].lower()
    dkim = None
    if smtp.dkim is not None:
        signs = smtp.dkim.domain or domain
        dkim = Dkim(selector=smtp.dkim.selector, domain=signs)
    return SmtpSettings(
        host=smtp.host,
        port=smtp.port,
        tls=smtp.tls,
        user=smtp.user,
        connections=smtp.connections,
        dkim=dkim,
    )
