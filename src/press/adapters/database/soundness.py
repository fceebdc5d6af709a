"""Whether a file is sound: looked for as often as it is worth.

To read a whole file takes seconds where there are a million readers (`quick_check`). A
small one is read whole each time it is opened; a large one after it was not closed as it
should be, as after a crash, and once a day. In between the tables are that say what is
sent. When that was, and who has the file open, stands in the database itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

#: Octets up to which a file is read whole each time: less than a quarter of a second.
SMALL = 16 * 1024 * 1024
DAY = 86_400
#: Under these names the database says when it was read whole, and who has it open.
CHECKED, OPEN = "checked", "open "
#: Tables that are small whatever the number of readers, and decide what is sent.
DECISIVE = ("setting", "migration", "mailing", "step", "letter", "sign_off", "left_out")
_NOW = "SELECT cast(strftime('%s', 'now') AS INTEGER)"
_WRITE = (
    "INSERT INTO setting (name, value) VALUES (?, ?)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
IsAlive = Callable[[str, float], bool]


def is_due(file: sqlite3.Connection, size: int, is_alive: IsAlive) -> bool:
    """Whether a file is to be read whole: a small one, after a crash, and once a day.

    Args:
        file: The file, open.
        size: How large it is, in octets.
        is_alive: Whether a process that wrote so many seconds ago may be at work.
    """
    if size <= SMALL or not _keeps_settings(file) or any(_left(file, is_alive)):
        return True
    row = file.execute(
        "SELECT value FROM setting WHERE name = ?", (CHECKED,)
    ).fetchone()
    return row is None or not 0 <= _now(file) - int(row[0]) < DAY


def what_is_wrong(file: sqlite3.Connection, *, whole: bool) -> str:
    """Return what is wrong with a file; empty for nothing that was found."""
    if whole:
        return _first(file, "PRAGMA quick_check(1)")
    found = (_first(file, f"PRAGMA quick_check({one})") for one in _there(file))
    return next(filter(None, found), "")


def sign_in(
    file: sqlite3.Connection, owner: str, process: str, is_alive: IsAlive
) -> bool:
    """Write down who has a file open; return whether that was done."""
    there = _keeps_settings(file)
    if there:
        file.execute(_WRITE, (f"{OPEN}{owner}", f"{_now(file)} {process}"))
        gone = list(_left(file, is_alive))
        if gone:
            file.executemany("DELETE FROM setting WHERE name = ?", gone)
    return there


def note_read(file: sqlite3.Connection) -> None:
    """Write down that a file was read whole, and is sound."""
    if _keeps_settings(file):
        file.execute(_WRITE, (CHECKED, str(_now(file))))


def sign_out(file: sqlite3.Connection, owner: str) -> None:
    """Write down that a file was closed as it should be."""
    file.execute("DELETE FROM setting WHERE name = ?", (f"{OPEN}{owner}",))


def _left(file: sqlite3.Connection, is_alive: IsAlive) -> Iterator[tuple[str]]:
    """Yield the signs of processes that ended without closing the file."""
    rows = file.execute(
        "SELECT name, value FROM setting WHERE substr(name, 1, ?) = ?",
        (len(OPEN), OPEN),
    ).fetchall()
    for name, value in rows:
        at, _, process = value.partition(" ")
        if not is_alive(process, _now(file) - int(at)):
            yield (name,)


def _there(file: sqlite3.Connection) -> list[str]:
    rows = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in rows if name in DECISIVE]


def _keeps_settings(file: sqlite3.Connection) -> bool:
    return "setting" in _there(file)


def _first(file: sqlite3.Connection, question: str) -> str:
    (found,) = file.execute(question).fetchone()
    return "" if found == "ok" else str(found).splitlines()[-1]


def _now(file: sqlite3.Connection) -> int:
    (now,) = file.execute(_NOW).fetchone()
    return int(now)
