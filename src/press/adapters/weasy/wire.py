"""Messages between press and its drawing processes: JSON with its length before it."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping

HEADER = 8
#: Bytes of a message at most: what announces more is no message.
MOST = 1 << 28
Message = dict[str, object]


def send(line: socket.socket, message: Mapping[str, object]) -> None:
    """Send one message."""
    data = json.dumps(message).encode()
    line.sendall(len(data).to_bytes(HEADER, "big") + data)


def receive(line: socket.socket) -> Message | None:
    """Return the next message, None when the other side has gone.

    Raises:
        OSError: The line is broken, or nothing came in time.
        TypeError, ValueError: What came is no message.
    """
    head = _read(line, HEADER)
    if head is None:
        return None
    count = int.from_bytes(head, "big")
    if count > MOST:
        raise ValueError(f"not a message: {count} bytes")
    data = _read(line, count)
    if data is None:
        return None
    message = json.loads(data)
    if not isinstance(message, dict):
        raise TypeError(f"not a message: {data[:80]!r}")
    return message


def _read(line: socket.socket, count: int) -> bytes | None:
    parts = []
    while count:
        part = line.recv(min(count, 1 << 20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
