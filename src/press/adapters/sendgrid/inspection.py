"""Whether SendGrid would take mails: asked before anybody is mailed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from press.adapters.sendgrid.answers import OK, data, reply_of, words
from press.adapters.sendgrid.line import Api, UnansweredError, UnreachedError
from press.model.finding import Finding, error, ready, warning

#: What every key of SendGrid's begins with.
REAL = "SG."
#: What the key must be allowed to do, in words, and what SendGrid's pages call it. Without
#: the last two a request that is in doubt could not be taken back.
_NEEDED = (
    (("mail", "send"), "send mail", "Mail Send"),
    (("mail", "batch", "create"), "name what can be cancelled", "Mail Send"),
    (("user", "scheduled_sends", "create"), "cancel mails", "Scheduled Sends"),
)
#: Without these only what follows after handing over is not done.
_WANTED = (
    (
        ("asm", "suppressions", "global", "create"),
        "mails that SendGrid holds cannot be kept from readers who leave",
    ),
    (
        ("asm", "suppressions", "global", "delete"),
        "readers from whom mails were kept cannot come back",
    ),
    (
        ("recipients", "erasejob", "create"),
        "SendGrid cannot be asked to forget readers who were erased",
    ),
)
_WHERE_KEYS_ARE = "SendGrid's settings, API Keys"


def inspect(
    api: Api | None, key: str, sender: str, *, stand_in: bool
) -> Iterator[Finding]:
    """Yield what keeps SendGrid from sending for an address.

    Args:
        api: The API; None without a usable key.
        key: The key, which is never shown.
        sender: The address that mails come from.
        stand_in: Whether something else stands in SendGrid's place.
    """
    if api is None:
        said = "holds odd characters" if key else "is not set"
        message = f"SENDGRID_API_KEY {said}: SendGrid takes nothing without a key"
        yield error("courier.key", message, hint=f"make one under {_WHERE_KEYS_ARE}")
        return
    if stand_in:
        message = "PRESS_SENDGRID_HOST is set: mails go to a stand-in, not to SendGrid"
        yield warning("courier.stand-in", message, hint="unset it to reach readers")
    elif not key.startswith(REAL):
        message = f"SENDGRID_API_KEY is no key of SendGrid's, which begin with {REAL}"
        yield error("courier.key", message, hint=f"copy it from {_WHERE_KEYS_ARE}")
        return
    try:
        found = tuple(_rights(api.client))
        yield from found
        if ready(found):
            yield from _domain(api.client, sender.rpartition("@")[2].lower())
    except (UnreachedError, UnansweredError) as fault:
        message = f"SendGrid cannot be reached: {fault}"
        yield error("courier.unreachable", message, hint="look at the network")


def _rights(client: Any) -> Iterator[Finding]:
    answer = reply_of(client.scopes.get())
    said = data(answer)
    scopes = said.get("scopes") if isinstance(said, dict) else None
    if answer.status == 401:  # noqa: PLR2004
        message = f"SendGrid does not know the key: {words(answer)}"
        yield error("courier.key", message, hint=f"make one under {_WHERE_KEYS_ARE}")
        return
    if answer.status != OK or not isinstance(scopes, list):
        message = f"SendGrid does not say what the key may do: {words(answer)}"
        yield error("courier.unreachable", message, hint="try again in a while")
        return
    held = {tuple(str(one).split(".")) for one in scopes}
    for scope, what, name in _NEEDED:
        if scope not in held:
            message = f"the key may not {what} ({'.'.join(scope)} is missing)"
            yield error(
                "courier.scope", message, hint=f"give it {name}: {_WHERE_KEYS_ARE}"
            )
    for wanted, what in _WANTED:
        if wanted not in held:
            right = ".".join(wanted)
            hint = f"give it {right}: {_WHERE_KEYS_ARE}"
            yield warning("courier.scope", f"{what}: the key lacks {right}", hint=hint)


def _domain(client: Any, domain: str) -> Iterator[Finding]:
    """Yield whether SendGrid does not sign for a domain; the key may not see it."""
    answer = reply_of(client.whitelabel.domains.get(query_params={"limit": 500}))
    rows = data(answer)
    if answer.status != OK or not isinstance(rows, list):
        message = (
            f"SendGrid does not say whether it signs for {domain}: {words(answer)}"
        )
        yield warning("courier.domain", message, hint="let the key read sender domains")
        return
    signed = {
        str(row.get("domain")).lower()
        for row in rows
        if isinstance(row, dict) and row.get("valid") is True
    }
    if not any(domain == one or domain.endswith(f".{one}") for one in signed):
        message = (
            f"SendGrid does not sign for {domain}: readers' mailboxes would not know it"
        )
        hint = "authenticate the domain: SendGrid's settings, Sender Authentication"
        yield error("courier.domain", message, hint=hint)
