"""Everything that is known of one reader, as they may ask for it (GDPR Article 15)."""

from __future__ import annotations

import json

from press.adapters.database.connection import Connection
from press.adapters.database.moment import moment
from press.model.subscriber import SubscriberId

#: Name of each part, its query, and how many of its last columns are times.
_PARTS = (
    (
        "lists",
        (
            "SELECT l.name AS list, l.title, m.standing, m.standing_at FROM membership m"
            " JOIN list l ON l.id = m.list_id WHERE m.subscriber_id = ? ORDER BY l.id"
        ),
        ("list", "title", "standing", "since"),
        1,
    ),
    (
        "consents",
        (
            "SELECT list_name, basis, source, given_at, recorded_at FROM consent"
            " WHERE subscriber_id = ? ORDER BY id"
        ),
        ("list", "basis", "source", "given_at", "recorded_at"),
        2,
    ),
    (
        "mails",
        (
            "SELECT m.edition, m.kind, d.variant, d.email, d.state, d.reason,"
            " d.provider_state, d.provider_at FROM delivery d"
            " JOIN mailing m ON m.id = d.mailing_id WHERE d.subscriber_id = ? ORDER BY d.id"
        ),
        (
            "edition",
            "kind",
            "variant",
            "email",
            "state",
            "reason",
            "provider_state",
            "provider_at",
        ),
        1,
    ),
    (
        "asked of the provider",
        (
            "SELECT what, email, since, done_at FROM errand"
            " WHERE subscriber_id = ? ORDER BY id"
        ),
        ("what", "email", "since", "done_at"),
        2,
    ),
    (
        "events",
        (
            "SELECT m.edition, e.kind, e.machine, e.detail, e.at FROM event e"
            " JOIN delivery d ON d.id = e.delivery_id JOIN mailing m ON m.id = d.mailing_id"
            " WHERE d.subscriber_id = ? ORDER BY e.at, e.key"
        ),
        ("edition", "kind", "machine", "detail", "at"),
        1,
    ),
)


def everything_about(connection: Connection, reader: SubscriberId) -> str:
    """Return everything in the books about a reader, as JSON.

    Times are written as in ISO 8601, UTC.
    """
    (
        (public_id, email, name, lang, zone, status, source, attributes, since, joined),
    ) = connection.all(
        "SELECT public_id, email, name, lang, timezone, status, status_source,"
        " attributes, status_at, joined_at FROM subscriber WHERE id = ?",
        reader,
    )
    tags = connection.all(
        "SELECT name FROM tag WHERE subscriber_id = ? ORDER BY name", reader
    )
    barred = connection.all(
        "SELECT p.cause, p.source, p.since FROM suppression p JOIN subscriber s"
        " ON s.email_hash = p.email_hash WHERE s.id = ?",
        reader,
    )
    data: dict[str, object] = {
        "reader": {
            "public_id": public_id,
            "email": email,
            "name": name,
            "lang": lang,
            "timezone": zone,
            "status": status,
            "status_source": source,
            "status_since": _iso(since),
            "joined_at": _iso(joined),
            "tags": [tag for (tag,) in tags],
            "fields": json.loads(attributes),
        },
        "suppressed": [
            {"cause": cause, "source": said, "since": _iso(at)}
            for cause, said, at in barred
        ],
    }
    for part, query, names, times in _PARTS:
        data[part] = [
            dict(
                zip(
                    names,
                    (*row[:-times], *(_iso(at) for at in row[-times:])),
                    strict=True,
                )
            )
            for row in connection.all(query, reader)
        ]
    return json.dumps(data, ensure_ascii=False, indent=2)


def _iso(stored: int | None) -> str | None:
    return None if stored is None else moment(stored).isoformat()
