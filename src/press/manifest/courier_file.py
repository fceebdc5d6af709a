"""Who takes mails away, as press.yaml says it."""

import re
from typing import Annotated, ClassVar, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from press.manifest.address import DOMAIN, Domain
from press.manifest.scalar import Date, Line, Whole, one_of
from press.manifest.schema import OrBare, Strict, names_of, setting
from press.manifest.tree import Settings, Text
from press.manifest.wrong import cited, text_of, wrong
from press.model.courier import LOCAL_HOSTS, CourierName, Encryption, Region

SELECTOR = re.compile(
    r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*", re.IGNORECASE
)
PUBLIC_KEY = re.compile(r"[A-Za-z0-9+/]{80,}={0,2}")
_IN_THE_ENVIRONMENT = "secrets belong into the environment, never into a file"


def _host(value: object) -> str:
    text = text_of(value, wanted="a mail server", example="mail.quoin.example")
    if text in LOCAL_HOSTS or DOMAIN.fullmatch(text):
        return text.lower()
    hint = "write its name alone: mail.quoin.example; its port goes under port"
    raise wrong(f"{cited(text)} is not the name of a mail server", hint)


def _selector(value: object) -> str:
    text = text_of(value, wanted="a selector", example="press2024")
    if SELECTOR.fullmatch(text):
        return text
    message = f"{cited(text)} is not the name of a DKIM key"
    raise wrong(message, "write what stands before ._domainkey: press2024")


def _webhook_key(value: object) -> str:
    text = text_of(value, wanted="a public key", example="MFkwEwYHKoZIzj0CAQ…")
    if PUBLIC_KEY.fullmatch(text):
        return text
    if text.startswith("SG."):
        message = (
            "this is the key with which mail is sent, not the webhook's public key"
        )
        raise wrong(message, f"{_IN_THE_ENVIRONMENT}: SENDGRID_API_KEY")
    hint = (
        "copy the verification key: SendGrid's settings, Mail Settings, Event Webhook"
    )
    raise wrong("this is not the public key of SendGrid's event webhook", hint)


def _courier(value: object) -> object:
    """Take a bare sendgrid for {sendgrid: {}}; let it be one of them."""
    if isinstance(value, Text):
        name = one_of(CourierName)(value)
        settings = Settings(value.tree)
        settings[name] = Settings(value.tree)
        return settings
    if isinstance(value, Settings):
        known = [name for name in names_of(CourierPart) if name in value]
        if len(known) > 1:
            message = f"{' and '.join(known)} cannot both take the mails"
            raise wrong(message, f"keep one of them: courier: {known[-1]}")
        # One that was left out after a mistake of its own has been told already.
        if not value and not value.tree.plain():
            raise wrong("no courier is named here", "write courier: outbox")
    return value


Host: TypeAlias = Annotated[
    str, BeforeValidator(_host), WithJsonSchema({"type": "string"})
]
Selector: TypeAlias = Annotated[
    str, BeforeValidator(_selector), WithJsonSchema({"type": "string"})
]
WebhookKey: TypeAlias = Annotated[
    str, BeforeValidator(_webhook_key), WithJsonSchema({"type": "string"})
]
_NO_SECRETS = tuple(
    (name, f"{_IN_THE_ENVIRONMENT}: {variable}")
    for name, variable in (
        ("password", "PRESS_SMTP_PASSWORD"),
        ("key", "PRESS_DKIM_KEY"),
        ("private_key", "PRESS_DKIM_KEY"),
        ("api_key", "SENDGRID_API_KEY"),
    )
)


class OutboxPart(Strict):
    """Mails are written into a folder, and go nowhere."""

    folder: Line = setting(
        "The folder, seen from this one.", example="outbox", default="outbox"
    )


class DkimPart(Strict):
    """With which key press signs mails; the key itself comes from PRESS_DKIM_KEY."""

    instead: ClassVar = _NO_SECRETS

    selector: Selector = setting(
        "Its name in the DNS, before ._domainkey.", example="press2024"
    )
    domain: Domain = setting(
        "The domain that signs.", example="mail.quoin.example", default=""
    )


class SmtpPart(Strict):
    """Mails go to a mail server; its password comes from PRESS_SMTP_PASSWORD."""

    instead: ClassVar = _NO_SECRETS

    host: Host = setting("The server's name.", example="mail.quoin.example")
    port: Annotated[Whole, Field(ge=1, le=65_535)] | None = setting(
        "Its port; 465 with `tls: tls` and 587 otherwise if not given.",
        example=587,
        default=None,
    )
    tls: Annotated[Encryption, BeforeValidator(one_of(Encryption))] = setting(
        "How the connection is kept private; `none` is for this machine alone.",
        example="starttls",
        default=Encryption.STARTTLS,
    )
    user: Line = setting("The name to log in with.", example="press", default="")
    connections: Annotated[Whole, Field(ge=1, le=50)] = setting(
        "How many connections are kept open at once.", example=4, default=4
    )
    dkim: DkimPart | None = setting(
        "With which key press signs, where the server does not.",
        example="{selector: press2024}",
        default=None,
    )


class SendGridPart(Strict):
    """Mails go to SendGrid; its key comes from SENDGRID_API_KEY."""

    instead: ClassVar = _NO_SECRETS

    region: Annotated[Region, BeforeValidator(one_of(Region))] = setting(
        "Where SendGrid keeps what it is told.", example="eu", default=Region.GLOBAL
    )
    webhook_key: WebhookKey = setting(
        "The public key with which SendGrid signs the events it tells.",
        example="MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElKTHjeTfHXZbnmeuzRxMPJ80DCPYV1els4i5P22Q/nAPzKP8RRXCIdbSJZN1fHCcGSriCjW5vQX7Gfd2vw7rfQ==",
        default="",
    )


class CourierPart(Strict):
    """Who takes mails away: one of them."""

    outbox: OutboxPart | None = setting(
        "A folder.", example="{folder: outbox}", default=None
    )
    smtp: SmtpPart | None = setting(
        "A mail server.",
        example="{host: mail.quoin.example, user: press}",
        default=None,
    )
    sendgrid: SendGridPart | None = setting(
        "Twilio SendGrid.", example="{region: eu}", default=None
    )


Courier: TypeAlias = Annotated[
    CourierPart,
    BeforeValidator(_courier),
    OrBare(enum=[CourierName.OUTBOX.value, CourierName.SENDGRID.value]),
]


class WarmUpPart(Strict):
    """How a new sender makes itself known to mailboxes: a few mails, then more."""

    start: Date = setting("The first day.", example="2024-09-01", name="from")
    first: Annotated[Whole, Field(ge=1)] = setting(
        "How many mails may go out on it.", example=200, default=200
    )
    days: Annotated[Whole, Field(ge=1, le=365)] = setting(
        "After how many days as many go out as are wanted.", example=42, default=42
    )
    most: Annotated[Whole, Field(ge=1)] = setting(
        "How many mails may go out on the last of them.", example=20000
    )
