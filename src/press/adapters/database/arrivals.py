"""SQL by which a list that was put aside comes into the books, all rows at once."""

from __future__ import annotations

from dataclasses import dataclass

from press.adapters.database.dialect import SQLITE, Dialect

OPEN = (
    "DROP TABLE IF EXISTS import_arrival",
    "DROP TABLE IF EXISTS import_departure",
    "DROP TABLE IF EXISTS import_tag",
    "DROP TABLE IF EXISTS import_remark",
    "DROP TABLE IF EXISTS import_double",
    "DROP TABLE IF EXISTS import_reader",
    "CREATE TEMP TABLE import_double (line {integer} PRIMARY KEY, first {integer})",
    "CREATE TEMP TABLE import_reader (id {integer} PRIMARY KEY, line {integer})",
    (
        "CREATE TEMP TABLE import_arrival (line {integer} PRIMARY KEY, public_id TEXT,"
        " email TEXT, email_key TEXT, email_hash {blob}, name TEXT, lang TEXT, timezone TEXT,"
        " status TEXT, joined_at {integer}, basis TEXT, source TEXT, given_at {integer},"
        " attributes TEXT)"
    ),
    (
        "CREATE TEMP TABLE import_departure (line {integer} PRIMARY KEY, email_hash {blob},"
        " cause TEXT, since {integer}, source TEXT)"
    ),
    "CREATE TEMP TABLE import_tag (line {integer}, name TEXT)",
    (
        "CREATE TEMP TABLE import_remark (line {integer}, code TEXT, severity TEXT,"
        " message TEXT, PRIMARY KEY (line, code))"
    ),
)
CLOSE = tuple(statement for statement in OPEN if statement.startswith("DROP"))
#: Rows whose reader must not be written to.
LEFT = """
SELECT a.line, p.cause, p.since FROM import_arrival a
JOIN (SELECT email_hash, cause, since FROM suppression
      UNION ALL SELECT email_hash, cause, since FROM import_departure) p
ON p.email_hash = a.email_hash
WHERE a.line > ? ORDER BY a.line LIMIT ?"""
FORGET_LEFT = """
DELETE FROM import_arrival WHERE email_hash IN (
  SELECT email_hash FROM suppression UNION ALL SELECT email_hash FROM import_departure)"""
#: What the next statements find rows by.
SORT = (
    "CREATE INDEX import_arrival_key ON import_arrival (email_key)",
    """
INSERT INTO import_double (line, first)
SELECT a.line, b.first FROM (SELECT email_key, min(line) AS first FROM import_arrival
                             GROUP BY email_key HAVING count(*) > 1) b
JOIN import_arrival a ON a.email_key = b.email_key WHERE a.line <> b.first""",
)
#: Rows whose reader stands further up.
DOUBLES = "SELECT line, first FROM import_double WHERE line > ? ORDER BY line LIMIT ?"
FORGET_DOUBLES = (
    """
INSERT INTO import_tag (line, name)
SELECT d.first, t.name FROM import_tag t JOIN import_double d ON d.line = t.line""",
    "DELETE FROM import_arrival WHERE line IN (SELECT line FROM import_double)",
)
#: Rows whose reader withdrew from a list.
WITHDRAWN = """
SELECT a.line, m.standing_at FROM import_arrival a
JOIN subscriber s ON s.email_key = a.email_key
JOIN membership m ON m.subscriber_id = s.id
JOIN list l ON l.id = m.list_id AND l.name = ?
WHERE m.standing = 'withdrawn' AND a.line > ? ORDER BY a.line LIMIT ?"""
_RANK = """CASE {0}cause WHEN 'unsubscribed' THEN 0 WHEN 'bounced' THEN 1
 WHEN 'by-hand' THEN 2 WHEN 'complained' THEN 3 ELSE 4 END"""
#: What a list says holds on when a suppression by hand is lifted.
_OVERRULE = """
INSERT INTO overruled (email_hash, cause, since, source)
SELECT email_hash, cause, since, source FROM (
  SELECT d.email_hash, d.since, d.source,
    CASE d.cause WHEN 'bounced' THEN 'bounced' ELSE 'unsubscribed' END AS cause,
    row_number() OVER (PARTITION BY d.email_hash
      ORDER BY CASE d.cause WHEN 'bounced' THEN 0 ELSE 1 END, d.since, d.line) AS place
  FROM import_departure d JOIN suppression p ON p.email_hash = d.email_hash
  WHERE p.cause = 'by-hand' AND d.cause IN ('unsubscribed', 'bounced', 'by-hand')) e
WHERE place = 1
ON CONFLICT (email_hash) DO UPDATE
SET cause = excluded.cause, since = excluded.since, source = excluded.source
WHERE overruled.cause = 'unsubscribed' AND excluded.cause = 'bounced'"""
_SUPPRESS = f"""
INSERT INTO suppression (email_hash, cause, since, source)
SELECT email_hash, cause, since, source FROM (
  SELECT email_hash, cause, since, source, row_number() OVER (
    PARTITION BY email_hash ORDER BY {_RANK.format("")} DESC, since, line) AS place
  FROM import_departure) d WHERE place = 1
ON CONFLICT (email_hash) DO UPDATE
SET cause = excluded.cause, since = excluded.since, source = excluded.source
WHERE {_RANK.format("excluded.")} > {_RANK.format("suppression.")}"""
_PART = """
UPDATE subscriber SET
  status = (SELECT CASE p.cause WHEN 'by-hand' THEN 'unsubscribed' ELSE p.cause END
            FROM suppression p WHERE p.email_hash = subscriber.email_hash),
  status_at = (SELECT p.since FROM suppression p
               WHERE p.email_hash = subscriber.email_hash),
  status_source = (SELECT p.source FROM suppression p
                   WHERE p.email_hash = subscriber.email_hash)
WHERE email_hash IN (SELECT email_hash FROM import_departure)
  AND status <> 'erased'"""
_WITHDRAW = """
UPDATE membership SET standing = 'withdrawn', standing_at = (
  SELECT s.status_at FROM subscriber s WHERE s.id = membership.subscriber_id)
WHERE standing <> 'withdrawn' AND subscriber_id IN (
  SELECT s.id FROM subscriber s JOIN import_departure d ON d.email_hash = s.email_hash)"""
_READERS = """
INSERT INTO subscriber (public_id, email, email_key, email_hash, name, lang, timezone,
                        status, status_at, status_source, joined_at, attributes)
SELECT public_id, email, email_key, email_hash, name, lang, timezone, status, ?, source,
       joined_at, attributes FROM import_arrival WHERE 1 = 1 ORDER BY email_key
ON CONFLICT (email_key) DO UPDATE SET
  name = coalesce(nullif(excluded.name, ''), subscriber.name),
  lang = coalesce(nullif(excluded.lang, ''), subscriber.lang),
  timezone = coalesce(nullif(excluded.timezone, ''), subscriber.timezone),
  attributes = {merged},
  status_at = CASE WHEN subscriber.status = 'pending' AND excluded.status = 'active'
              THEN excluded.status_at ELSE subscriber.status_at END,
  status_source = CASE WHEN subscriber.status = 'pending' AND excluded.status = 'active'
                  THEN excluded.status_source ELSE subscriber.status_source END,
  status = CASE WHEN subscriber.status = 'pending' AND excluded.status = 'active'
           THEN 'active' ELSE subscriber.status END"""
#: An index in whose order rows do not come is made anew faster than it is kept.
WITHOUT_INDEXES = ("DROP INDEX subscriber_hash", "DROP INDEX subscriber_public_id")
WITH_INDEXES = (
    "CREATE INDEX subscriber_hash ON subscriber (email_hash)",
    "CREATE UNIQUE INDEX subscriber_public_id ON subscriber (public_id)",
)
_FOUND = """
INSERT INTO import_reader (id, line)
SELECT s.id, a.line FROM import_arrival a JOIN subscriber s ON s.email_key = a.email_key
ORDER BY s.id"""
_MEMBERSHIPS = """
INSERT INTO membership (list_id, subscriber_id, standing, standing_at)
SELECT CAST(? AS bigint), r.id, CASE a.status WHEN 'active' THEN 'confirmed'
       ELSE 'unconfirmed' END, CAST(? AS bigint)
FROM import_reader r JOIN import_arrival a ON a.line = r.line WHERE 1 = 1 ORDER BY r.id
ON CONFLICT (list_id, subscriber_id) DO UPDATE
SET standing = excluded.standing, standing_at = excluded.standing_at
WHERE membership.standing = 'unconfirmed' AND excluded.standing = 'confirmed'"""
_TAGS = """
INSERT INTO tag (subscriber_id, name)
SELECT r.id, t.name FROM import_tag t JOIN import_reader r ON r.line = t.line WHERE 1 = 1
ON CONFLICT DO NOTHING"""
_CONSENTS = """
INSERT INTO consent (subscriber_id, list_name, basis, source, given_at, recorded_at)
SELECT r.id, '', a.basis, a.source, a.given_at, CAST(? AS bigint)
FROM import_reader r JOIN import_arrival a ON a.line = r.line
WHERE NOT EXISTS (SELECT 1 FROM consent c WHERE c.subscriber_id = r.id
  AND c.list_name = '' AND c.basis = a.basis AND c.source = a.source
  AND c.given_at = a.given_at) ORDER BY r.id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What is to be done, in this order.

    Attributes:
        departures: Suppress those who must not be written to, wherever they are.
        readers: Write the readers down; the value is the time now.
        found: Keep the readers' numbers by their rows.
        memberships: Put them on a list; the values are its number and the time now.
        tags: Attach their tags.
        consents: Write down what they agreed to; the value is the time now.
    """

    departures: tuple[str, ...]
    readers: str
    found: str
    memberships: str
    tags: str
    consents: str


def steps(dialect: Dialect) -> Steps:
    """Return the steps in a database's words."""
    merged = (
        "json_patch(subscriber.attributes, excluded.attributes)"
        if dialect is SQLITE
        else "(subscriber.attributes::jsonb || excluded.attributes::jsonb)::text"
    )
    return Steps(
        departures=(_OVERRULE, _SUPPRESS, _PART, _WITHDRAW),
        readers=_READERS.format(merged=merged),
        found=_FOUND,
        memberships=_MEMBERSHIPS,
        tags=_TAGS,
        consents=_CONSENTS,
    )
