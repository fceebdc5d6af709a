"""What SendGrid is asked about readers after it was given their mail.

Its list of global unsubscribes stops whatever it has not let go yet (twilio.com,
"Suppressions"), for as long as an address stands there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from press.adapters.sendgrid.answers import BAD_REQUEST, reply_of, words
from press.adapters.sendgrid.line import Answer
from press.model.errors import ProviderError

CREATED, ACCEPTED, NO_CONTENT, NOT_FOUND = 201, 202, 204, 404
OK = 200
_RIGHTS = "give the key the right to it, in SendGrid's settings, API Keys"


def withhold(client: Any, addresses: Sequence[str]) -> bool:
    """Put addresses on the list of global unsubscribes.

    Raises:
        ProviderError: SendGrid does not do it.
        UnreachedError: It cannot be reached.
        UnansweredError: It does not answer.
    """
    body = json.dumps({"recipient_emails": list(addresses)})
    answer = reply_of(_globally(client).post(request_body=body))
    return _done(answer, "withhold mail from readers who left", OK, CREATED)


def release(client: Any, addresses: Sequence[str]) -> bool:
    """Take addresses off that list, one by one; who is not on it is off it.

    Raises: as `withhold`.
    """
    for address in addresses:
        answer = reply_of(_globally(client)._(quote(address, safe="")).delete())
        what = "write to readers again who came back"
        if not _done(answer, what, OK, NO_CONTENT, NOT_FOUND):
            return False
    return True


def forget(client: Any, addresses: Sequence[str]) -> bool:
    """Ask for all data of addresses to be erased.

    Raises: as `withhold`.
    """
    body = json.dumps({"email_addresses": list(addresses)})
    answer = reply_of(client.recipients.erasejob.post(request_body=body))
    return _done(answer, "forget readers who were erased", OK, ACCEPTED)


def _globally(client: Any) -> Any:
    return client.asm.suppressions._("global")


def _done(answer: Answer, what: str, *good: int) -> bool:
    if answer.status in good:
        return True
    if answer.status == BAD_REQUEST:
        return False
    message = f"SendGrid does not {what}: {words(answer)}"
    raise ProviderError(message, hint=_RIGHTS)
