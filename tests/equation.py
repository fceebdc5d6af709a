"""The count equation, asked of a database by hand, after every test.

Nothing of press's own reckoning is used: what the rows say must close by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

#: Mailings whose candidates are not their deliveries and those left out.
_CANDIDATES = """
SELECT m.id, m.candidates,
  (SELECT count(*) FROM delivery d WHERE d.mailing_id = m.id),
  (SELECT coalesce(sum(l.count), 0) FROM left_out l WHERE l.mailing_id = m.id)
FROM mailing m WHERE m.prepared_at IS NOT NULL ORDER BY m.id"""
#: Mailings whose deliveries are not all in a state that the ledger knows.
_STATES = """
SELECT mailing_id, count(*), sum(CASE WHEN state IN ('pending', 'reserved', 'accepted',
  'skipped', 'failed', 'in_doubt') THEN 1 ELSE 0 END)
FROM delivery GROUP BY mailing_id ORDER BY mailing_id"""
#: Deliveries whose request says something else of them.
_ASTRAY = """
SELECT d.mailing_id, d.state, coalesce(r.state, 'none'), count(*) FROM delivery d
LEFT JOIN request r ON r.id = d.request_id
WHERE (d.state = 'pending' AND r.id IS NOT NULL)
   OR (d.state = 'reserved' AND coalesce(r.state, '') NOT IN ('reserved', 'inflight'))
   OR (d.state = 'in_doubt' AND coalesce(r.state, '') <> 'in_doubt')
   OR (d.state = 'accepted' AND coalesce(r.state, '') NOT IN ('accepted', 'in_doubt'))
GROUP BY 1, 2, 3 ORDER BY 1"""
#: What has no ledger has no equation; what is damaged on purpose has none any more.
_NO_LEDGER = (sqlite3.DatabaseError, psycopg.Error)


def unclosed(address: str) -> Sequence[str]:
    """Return what does not close in a database; nothing where it holds no ledger."""
    try:
        return list(_unclosed(address))
    except _NO_LEDGER:
        return []


def unclosed_in(folder: Path) -> Sequence[str]:
    """Return what does not close in any of a folder's files."""
    return [
        f"{file.name}: {words}"
        for file in sorted(folder.rglob("*.db"))
        if file.is_file()
        for words in unclosed(str(file))
    ]


def _unclosed(address: str) -> Iterator[str]:
    for mailing, candidates, prepared, excluded in _rows(address, _CANDIDATES):
        if candidates != prepared + excluded:
            yield (
                f"mailing {mailing}: {candidates} candidates are not"
                f" {prepared} prepared + {excluded} left out"
            )
    for mailing, prepared, known in _rows(address, _STATES):
        if prepared != known:
            yield f"mailing {mailing}: {prepared - known} deliveries in no state"
    for mailing, state, request, count in _rows(address, _ASTRAY):
        yield f"mailing {mailing}: {count} {state} in requests that are {request}"


def _rows(address: str, sql: str) -> list[tuple[Any, ...]]:
    if "://" in address:
        with psycopg.connect(address, autocommit=True) as server:
            return server.execute(sql.encode()).fetchall()
    with closing(sqlite3.connect(address, timeout=5)) as file:
        return file.execute(sql).fetchall()
