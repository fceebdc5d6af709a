"""What became of each mail, by SendGrid's Email Logs (`POST /v3/logs`).

They are kept for 30 days. A search tells 1,000 mails at most and has no second page, so a
span of time that holds more is halved, down to one second, which is then asked for word by
word of its mails' ends. A search tells no ids of ours, but the name of the request that
SendGrid gave when it took it, as the first part of each mail's name.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from press.adapters.sendgrid.answers import OK, data, reply_of, words
from press.model.discretion import discreet
from press.model.errors import ProviderError
from press.model.event import Logged, Taken

#: Mails that a search tells at most.
MOST = 1_000
#: Mails to one address that are looked at.
_LAST = 10
_SECOND = dt.timedelta(seconds=1)
#: Ends of mails; what is only processed has none.
ENDS = ("delivered", "bounced", "blocked", "dropped", "deferred")
#: Signs with which a value could say something else in a query.
_QUOTES = frozenset("'\"\\")


def logged(
    client: Any, category: str, since: dt.datetime, until: dt.datetime
) -> Iterator[Logged]:
    """Yield the mails of a category that SendGrid took from one time to another.

    Raises:
        ProviderError: It does not tell, or asks for patience.
        UnreachedError: It cannot be reached.
        UnansweredError: It does not answer.
    """
    rows = _searched(client, _query(category, since, until, ENDS), MOST)
    if len(rows) < MOST:
        yield from filter(None, map(_logged, rows))
    elif until - since > _SECOND:
        middle = _middle(since, until)
        yield from logged(client, category, since, middle)
        yield from logged(client, category, middle, until)
    else:
        for end in ENDS:
            one = _query(category, since, until, (end,))
            yield from filter(None, map(_logged, _searched(client, one, MOST)))


def logged_to(client: Any, email: str, since: dt.datetime) -> tuple[Logged, ...]:
    """Return the last mails to an address, each opened for the ids that we gave it.

    Raises: as `logged`.
    """
    if _QUOTES & set(email):
        return ()
    query = f"to_email='{email}' AND sg_message_id_created_at >= {_stamp(since)}"
    found = (_opened(client, row) for row in _searched(client, query, _LAST))
    return tuple(filter(None, found))


def taken(client: Any, category: str, since: dt.datetime, until: dt.datetime) -> Taken:
    """Return for whom SendGrid took mails of a category, whatever became of them.

    Raises: as `logged`.
    """
    rows = _searched(client, _query(category, since, until), MOST)
    if len(rows) < MOST or until - since <= _SECOND:
        addresses = tuple(
            row["to_email"]
            for row in rows
            if isinstance(row, dict) and isinstance(row.get("to_email"), str)
        )
        return Taken(addresses=addresses, whole=len(rows) < MOST)
    middle = _middle(since, until)
    first, last = (
        taken(client, category, *span) for span in ((since, middle), (middle, until))
    )
    return Taken(
        addresses=first.addresses + last.addresses, whole=first.whole and last.whole
    )


def took(client: Any, email: str, category: str, since: dt.datetime) -> bool:
    """Whether SendGrid took a mail of a category for an address since then.

    Raises: as `logged`; also for an address that cannot stand in a query.
    """
    if _QUOTES & set(email):
        message = (
            "an address cannot be asked for in SendGrid's Email Logs: it has quotes"
        )
        raise ProviderError(
            message, hint="find out otherwise whether it was written to"
        )
    query = (
        f"to_email='{email}' AND sg_message_id_created_at >= {_stamp(since)}"
        f" AND categories IN ('{category}')"
    )
    return bool(_searched(client, query, 1))


def _middle(since: dt.datetime, until: dt.datetime) -> dt.datetime:
    """Return the whole second in the middle of a span, behind its beginning."""
    middle = since + (until - since) // 2
    return max(middle.replace(microsecond=0), since + _SECOND)


def _query(
    category: str, since: dt.datetime, until: dt.datetime, ends: Sequence[str] = ()
) -> str:
    listed = ", ".join(f"'{end}'" for end in ends)
    return (
        f"sg_message_id_created_at >= {_stamp(since)}"
        f" AND sg_message_id_created_at < {_stamp(until)}"
        f" AND categories IN ('{category}')"
    ) + (f" AND status IN ({listed})" if ends else "")


def _stamp(at: dt.datetime) -> str:
    return f'TIMESTAMP "{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"'


def _searched(client: Any, query: str, most: int) -> list[Any]:
    asked = json.dumps({"query": query, "limit": most})
    answer = reply_of(client.logs.post(request_body=asked))
    said = data(answer)
    rows = said.get("messages") if isinstance(said, dict) else None
    if answer.status != OK or not isinstance(rows, list):
        message = f"SendGrid does not tell its Email Logs: {words(answer)}"
        hint = "let the key read Email Logs, in SendGrid's settings; or try again later"
        raise ProviderError(message, hint=hint)
    return rows


def _opened(client: Any, row: Any) -> Logged | None:
    """Return a mail with the ids that we gave it; None where it does not tell."""
    name = row.get("sg_message_id") if isinstance(row, dict) else None
    if not isinstance(name, str):
        return None
    answer = reply_of(client.logs._(quote(name, safe="")).get())
    said = data(answer)
    if answer.status != OK or not isinstance(said, dict):
        return None
    ours = said.get("custom_args")
    return _logged(row, ours if isinstance(ours, dict) else None)


def _logged(row: Any, ours: dict[str, Any] | None = None) -> Logged | None:
    if not isinstance(row, dict):
        return None
    at = _time(row.get("sg_message_id_created_at"))
    name, email, status = (
        row.get(key) for key in ("sg_message_id", "to_email", "status")
    )
    if at is None or not all(isinstance(one, str) for one in (name, email, status)):
        return None
    number = str((ours or {}).get("d") or "")
    return Logged(
        message=str(name).partition(".")[0],
        email=str(email),
        status=str(status),
        reason=discreet(str(row.get("reason") or "")),
        at=at,
        delivery=int(number) if number.isdecimal() and len(number) < 19 else None,  # noqa: PLR2004
        request=str((ours or {}).get("r") or ""),
    )


def _time(given: object) -> dt.datetime | None:
    try:
        at = dt.datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
    return None if at is None or at.tzinfo is None else at.astimezone(dt.UTC)
