"""spamd: the daemon of SpamAssassin, asked by its own protocol (SPAMC/1.5).

It is asked on this machine only, with a whole message; without rules that need the
network (`spamd -L`) the answer is the same on every day.
"""

from __future__ import annotations

import os
import re
import socket

from press.model.errors import EngineError
from press.model.second_look import SpamRule, SpamVerdict

HOST = "127.0.0.1"
PORT = 783
#: Seconds: a mail takes a fifth of one.
PATIENCE = 30.0
#: Octets: what spamc sends at most, and more than any answer needs.
_MOST = 512_000

_ANSWER = re.compile(rb"SPAMD/[\d.]+ (\d+) (\S+)")
_SPAM = re.compile(
    rb"^Spam:\s*\w+\s*;\s*(-?[\d.]+)\s*/\s*(-?[\d.]+)", re.MULTILINE | re.IGNORECASE
)
_TABLE = re.compile(r"^-+ -+ -+\s*$", re.MULTILINE)
_RULE = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s+(\w+)\s*(.*)$")
_CONTINUED = re.compile(r"^\s{20,}(\S.*)$")


class Spamd:
    """Asks the spamd that runs at PRESS_SPAMD (host:port), or at 127.0.0.1:783."""

    def __init__(self, address: str | None = None) -> None:
        """Take the address, such as "127.0.0.1:783", or look where it is said."""
        self._address = address or os.environ.get("PRESS_SPAMD", "")

    def judge(self, message: bytes) -> SpamVerdict | None:
        """Return what spamd makes of a message; None where none can be reached.

        Raises:
            EngineError: It broke off, or its answer cannot be understood.
        """
        host, port = self._where()
        try:
            connection = socket.create_connection((host, port), timeout=PATIENCE)
        except OSError:
            return None
        with connection:
            try:
                answer = _ask(connection, message)
            except OSError as fault:
                message_ = f"spamd at {host}:{port} gave no answer: {fault}"
                raise EngineError(message_, hint="look at its log") from fault
        return _verdict(answer)

    def _where(self) -> tuple[str, int]:
        host, colon, port = self._address.rpartition(":")
        if not self._address:
            return HOST, PORT
        if not colon:
            return self._address, PORT
        if not port.isdigit():
            message = f"PRESS_SPAMD is “{self._address}”, which names no port"
            raise EngineError(message, hint=f"write it as {HOST}:{PORT}")
        return host.strip("[]"), int(port)


def _ask(connection: socket.socket, message: bytes) -> bytes:
    head = f"REPORT SPAMC/1.5\r\nContent-length: {len(message)}\r\n\r\n"
    connection.sendall(head.encode("ascii") + message)
    connection.shutdown(socket.SHUT_WR)
    answer = b""
    while len(answer) < _MOST and (piece := connection.recv(65536)):
        answer += piece
    return answer


def _verdict(answer: bytes) -> SpamVerdict:
    head, _, report = answer.partition(b"\r\n\r\n")
    status = _ANSWER.match(head)
    spam = _SPAM.search(head)
    if status is None or status[1] != b"0" or spam is None:
        said = head[:60].decode("ascii", "replace") or "nothing"
        message = f"spamd said {said!r}, which is no answer to REPORT"
        raise EngineError(message, hint="is another program listening at its port?")
    return SpamVerdict(
        score=float(spam[1]),
        limit=float(spam[2]),
        rules=_rules(report.decode("utf-8", "replace")),
    )


def _rules(report: str) -> tuple[SpamRule, ...]:
    """Read the table of rules, whose descriptions may go on in further lines."""
    table = _TABLE.search(report)
    rules: list[SpamRule] = []
    for line in report[table.end() if table else len(report) :].splitlines():
        if found := _RULE.match(line):
            about = found[3].strip()
            rules.append(SpamRule(name=found[2], points=float(found[1]), about=about))
        elif rules and (more := _CONTINUED.match(line)):
            last = rules.pop()
            about = f"{last.about} {more[1].strip()}"
            rules.append(SpamRule(name=last.name, points=last.points, about=about))
    return tuple(sorted(rules, key=lambda rule: (-rule.points, rule.name)))
