"""Whether anybody of a mailing is still open: asked at every look at it.

The answer comes from indices that hold only what is open: of a million readers who got
their mail, none is read.
"""

from __future__ import annotations

from press.adapters.database.connection import Connection
from press.model.mailing import Mailing, Step

WAITING = "SELECT 1 FROM step WHERE mailing_id = ? AND state <> 'done' LIMIT 1"
PENDING = """SELECT 1 FROM delivery
  WHERE mailing_id = ? AND state = 'pending' LIMIT 1"""
PENDING_OF_STEP = """SELECT 1 FROM delivery
  WHERE mailing_id = ? AND step = ? AND state = 'pending' LIMIT 1"""
#: Whoever is reserved or in doubt is so by a request that is not settled.
UNDER_WAY = """SELECT 1 FROM request r CROSS JOIN delivery d
  WHERE d.request_id = r.id AND r.mailing_id = ?
  AND r.state IN ('reserved', 'inflight', 'in_doubt')
  AND d.state IN ('reserved', 'in_doubt') LIMIT 1"""


def has_open(connection: Connection, mailing: Mailing) -> bool:
    """Whether a step of a mailing waits, or somebody is not settled."""
    return any(
        connection.one(sql, mailing.id) is not None
        for sql in (WAITING, PENDING, UNDER_WAY)
    )


def has_pending(connection: Connection, mailing: Mailing, step: Step) -> bool:
    """Whether somebody of a step is still to be handed over."""
    return connection.one(PENDING_OF_STEP, mailing.id, step.number) is not None
