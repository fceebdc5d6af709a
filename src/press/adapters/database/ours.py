"""Addresses that a live mailing should not go to: nobody's, and our own."""

from __future__ import annotations

from collections.abc import Sequence

from press.adapters.database.connection import Connection
from press.adapters.database.freezing import Audience

#: Domains in which nobody ever has a mailbox (RFC 2606, RFC 6761). `example` alone is let
#: through: the sample newspaper's readers live there.
_NOBODYS = (
    *("%@example.com", "%@example.net", "%@example.org"),
    *("%.example.com", "%.example.net", "%.example.org"),
    *("%.test", "%.invalid", "%.localhost"),
)


class Ours:
    """Looks among the readers whom a mailing would go to."""

    def __init__(self, connection: Connection, audience: Audience) -> None:
        self._db, self._audience = connection, audience

    def nobodys(self) -> tuple[int, str]:
        """Return how many have an address in a domain for tests, and one of them."""
        wrong = " OR ".join(["s.email_key LIKE ?"] * len(_NOBODYS))
        return self._among(f"({wrong})", _NOBODYS)

    def ours(self, keys: Sequence[str], lists: Sequence[str]) -> tuple[int, str]:
        """Return how many are addresses of our own, and one of them.

        Args:
            keys: Addresses to which tests go, as they are compared.
            lists: Names of lists to which tests go.
        """
        if not keys and not lists:
            return 0, ""
        named = ", ".join("?" * len(keys)) or "NULL"
        listed = ", ".join("?" * len(lists)) or "NULL"
        return self._among(
            f"(s.email_key IN ({named}) OR EXISTS (SELECT 1 FROM membership o"
            " JOIN list l ON l.id = o.list_id WHERE o.subscriber_id = s.id"
            f" AND o.list_id <> m.list_id AND l.name IN ({listed})))",
            [*keys, *lists],
        )

    def _among(self, condition: str, values: Sequence[str]) -> tuple[int, str]:
        reason = self._audience.reason()
        row = self._db.one(
            "SELECT count(*), min(s.email) FROM membership m"
            " JOIN subscriber s ON s.id = m.subscriber_id"
            " LEFT JOIN suppression x ON x.email_hash = s.email_hash"
            f" WHERE m.list_id = ? AND {condition} AND {reason.sql} = ''",
            *(self._audience.list_id, *values, *reason.values),
        )
        return (row[0], row[1] or "") if row else (0, "")
