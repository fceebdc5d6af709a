"""Bring a database to the schema of this press: numbered steps, each once, all or none."""

from __future__ import annotations

import re
from importlib.resources import files

from press.adapters.database.connection import Connection
from press.model.errors import LedgerError

_FILE = re.compile(r"(\d{4})_([a-z_]+)\.sql")
_STEPS = """CREATE TABLE IF NOT EXISTS migration (
  number {integer} PRIMARY KEY,
  name   TEXT NOT NULL
) {strict}"""


def migrations() -> dict[int, tuple[str, str]]:
    """Return all steps by number: name and SQL."""
    folder = files(__package__) / "migrations"
    found = {}
    for file in folder.iterdir():
        if named := _FILE.fullmatch(file.name):
            found[int(named[1])] = (named[2], file.read_text(encoding="utf-8"))
    return dict(sorted(found.items()))


def migrate(connection: Connection) -> int:
    """Take the steps that were not taken yet; return how many they were.

    Raises:
        LedgerError: The database was written by a newer press.
    """
    steps = migrations()
    with connection.transaction():
        connection.lock("press migrations")
        connection.run(connection.dialect.table(_STEPS))
        done = {row[0] for row in connection.all("SELECT number FROM migration")}
        if done and max(done) > max(steps):
            raise LedgerError(
                f"the database was written by a newer press (schema {max(done)};"
                f" this is {max(steps)})",
                hint="update press",
            )
        missing = [number for number in steps if number not in done]
        for number in missing:
            name, sql = steps[number]
            for statement in _statements(connection.dialect.table(sql)):
                connection.run(statement)
            connection.run(
                "INSERT INTO migration (number, name) VALUES (?, ?)", number, name
            )
    return len(missing)


def _statements(sql: str) -> list[str]:
    """Return the single statements; remarks go, for they may hold any sign."""
    bare = re.sub(r"--[^\n]*", "", sql)
    return [one.strip() for one in bare.split(";") if one.strip()]
