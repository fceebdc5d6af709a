"""Why a reader is not written to any more, as it is asked at every look at the ledger."""

from __future__ import annotations

from press.adapters.database.connection import Connection

#: Why a reader is not written to any more; empty where nothing speaks against it.
#: Addresses of our own have no subscriber and are only looked for in `suppression`.
#: What may be looked up for each reader is, so that it is found by its key whatever the
#: database believes of its tables: a list read to its end for each reader takes minutes.
_STANDING = """coalesce((SELECT m.standing FROM membership m
          WHERE m.list_id = k.list_id AND m.subscriber_id = d.subscriber_id), 'withdrawn')"""
GONE = f"""
  CASE WHEN EXISTS (SELECT 1 FROM suppression x WHERE x.email_hash = d.email_hash)
         THEN 'suppressed'
       WHEN d.subscriber_id IS NULL THEN ''
       WHEN s.id IS NULL THEN 'gone'
       WHEN s.status <> 'active' THEN s.status
       WHEN k.list_id IS NOT NULL AND {_STANDING} <> 'confirmed' THEN {_STANDING}
       /*rival*/
       ELSE '' END"""
#: Who gets the same edition by another live mailing: one to another list, or one that was
#: cancelled on the way. Of two at once the older goes first, unless the other is on its way.
#: What a cancelled one had only reserved is never sent.
_RIVAL = """WHEN EXISTS (SELECT 1 FROM delivery o JOIN mailing ok ON ok.id = o.mailing_id
            LEFT JOIN request q ON q.id = o.request_id
            WHERE o.subscriber_id = d.subscriber_id AND ok.id <> k.id
            AND ok.kind = 'live' AND ok.edition = k.edition
            AND (o.state IN ('accepted', 'in_doubt') OR (o.state = 'reserved' AND
                 ((ok.id < k.id AND ok.state <> 'cancelled') OR q.state = 'inflight'))))
         THEN 'got this edition already'"""
_HAS_RIVAL = """SELECT 1 FROM mailing k JOIN mailing o ON o.edition = k.edition
 WHERE k.id = ? AND k.kind = 'live' AND o.kind = 'live' AND o.id <> k.id LIMIT 1"""


def with_rivals(connection: Connection, sql: str, mailing: int) -> str:
    """Let a look at readers see other mailings of the edition, where there are any."""
    return sql.replace("/*rival*/", _RIVAL if has_rivals(connection, mailing) else "")


def has_rivals(connection: Connection, mailing: int) -> bool:
    """Whether the edition has another live mailing, cancelled ones among them."""
    return connection.one(_HAS_RIVAL, mailing) is not None
