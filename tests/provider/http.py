"""The fake SendGrid's end of HTTP, with everything that can happen to an answer."""

from __future__ import annotations

import http.server
import json
import socket
import struct
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

from tests.provider.faults import Fault
from tests.provider.told import Json, RefusedError, now, parsed

if TYPE_CHECKING:
    from tests.provider.fake import FakeSendGrid

_REFUSALS = {
    Fault.UNAUTHORISED: 401,
    Fault.FORBIDDEN: 403,
    Fault.NOT_FOUND: 404,
    Fault.NOT_ALLOWED: 405,
    Fault.TOO_LARGE: 413,
    Fault.SERVER_NOT_TAKEN: 500,
    Fault.SERVER_TAKEN: 503,
    Fault.BAD_GATEWAY: 502,
}
_REDIRECTS = {Fault.REDIRECT_302: 302, Fault.REDIRECT_307: 307, Fault.REDIRECT_308: 308}
_LATER = frozenset({Fault.TOO_MANY, Fault.TOO_MANY_RESET, Fault.TOO_MANY_BARE})
#: So many octets of the body are read before it is cut off.
_EARLY = 2_000
_TAKEN = frozenset({
    Fault.SERVER_TAKEN, Fault.LOST, Fault.CLOSED_TAKEN, Fault.HALF, Fault.DRIP_TAKEN,
    Fault.HANG_TAKEN, Fault.OK, Fault.LATE,
})  # fmt: skip


class Server:
    """Listens on 127.0.0.1, a thread a connection."""

    def __init__(self, fake: FakeSendGrid, port: int) -> None:
        handler = type("Handler", (_Handler,), {"fake": fake})
        self._server = _Quiet(("127.0.0.1", port), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        ).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._server.hang_up()


class _Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.lines: set[socket.socket] = set()
        self.lock = threading.Lock()

    def hang_up(self) -> None:
        with self.lock:
            for line in self.lines:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: object) -> None:
        """A client that hung up is no news."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    fake: FakeSendGrid
    server: _Quiet

    def setup(self) -> None:
        super().setup()
        self.fake.connections += 1
        with self.server.lock:
            self.server.lines.add(self.connection)

    def finish(self) -> None:
        with self.server.lock:
            self.server.lines.discard(self.connection)
        with suppress(OSError):
            super().finish()

    def do_POST(self) -> None:
        self.fake.keys[self.headers.get("Authorization", "")] += 1
        path = urlsplit(self.path).path
        try:
            if self.fake.denies and path.startswith(self.fake.denies):
                self.body()
                self.reply(403, _error("access forbidden"))
            elif path == "/v3/mail/send":
                self.mails()
            else:
                self.posted(path, parsed(self.body()))
        except RefusedError as refused:
            self.reply(400, _error(str(refused), refused.field))

    def posted(self, path: str, told: Json) -> None:
        if path == "/v3/mail/batch":
            self.reply(201, {"batch_id": self.fake.new_batch()})
        elif path == "/v3/user/scheduled_sends":
            self.cancel(str(told.get("batch_id", "")))
        elif path == "/v3/logs":
            self.search(told)
        elif path == "/v3/asm/suppressions/global":
            self.fake.withhold(told["recipient_emails"])
            self.reply(201, told)
        elif path == "/v3/recipients/erasejob":
            self.fake.erase(told["email_addresses"])
            self.reply(202, {"job_id": uuid4().hex})
        elif path == "/_fake/send-at":
            self.reply(200, list(self.fake.reach_send_at()))
        else:
            self.reply(404, _error("no such endpoint"))

    def do_GET(self) -> None:
        fake, address = self.fake, urlsplit(self.path)
        fake.keys[self.headers.get("Authorization", "")] += 1
        folder, _, last = unquote(address.path).rpartition("/")
        told: object = None
        if address.path == "/v3/scopes":
            told = {"scopes": fake.scopes}
        elif address.path == "/v3/whitelabel/domains":
            told = [{"domain": one, "valid": True} for one in fake.domains]
        elif folder == "/v3/user/scheduled_sends":
            held = last in fake.cancelled
            told = [{"batch_id": last, "status": "cancel"}] if held else []
        elif folder == "/v3/suppression" and last in fake.lists:
            told = self.listed(last, parse_qs(address.query))
        elif folder == "/v3/logs" and (one := fake.message(last)):
            told = one.whole(fake.end_of(one))
        elif address.path == "/_fake/report":
            told = fake.report()
        if told is None:
            self.reply(404, _error("not found"))
        else:
            self.reply(200, told)

    def do_DELETE(self) -> None:
        folder, _, last = urlsplit(self.path).path.rpartition("/")
        if folder == "/v3/asm/suppressions/global":
            self.fake.unwilling.discard(unquote(last))
            self.reply(204)
        else:
            self.reply(404, _error("not found"))

    # --- Mails -----------------------------------------------------------------------

    def mails(self) -> None:
        fake, kind = self.fake, self.fake.draw()
        if kind in {Fault.RESET_EARLY, Fault.STALL_EARLY, Fault.TOO_LARGE_EARLY}:
            return self.early(kind)
        body = self.body()
        came = time.monotonic()
        told = parsed(body)
        fake.hold_limits(told)
        message = uuid4().hex
        if kind in _TAKEN:
            fake.take(told, message)
        if fake.latency:
            time.sleep(max(came + fake.latency - time.monotonic(), 0))
        return self.answer(kind, message, told)

    def early(self, kind: Fault) -> None:
        self.rfile.read(min(_EARLY, self.length // 2))
        if kind is Fault.STALL_EARLY:
            time.sleep(self.fake.hang)
        if kind is Fault.TOO_LARGE_EARLY:
            self.reply(413, _error("too large"), {"Connection": "close"})
            time.sleep(0.1)
        self.reset()

    def answer(self, kind: Fault, message: str, told: Json) -> None:
        fake = self.fake
        if kind is Fault.LATE:
            time.sleep(fake.hang / 4)
        if kind in {Fault.OK, Fault.LATE}:
            if told.get("mail_settings", {}).get("sandbox_mode"):
                self.reply(200)
            else:
                self.reply(202, headers={"X-Message-Id": message})
        elif kind in _REFUSALS:
            self.reply(_REFUSALS[kind], _error("boom"))
        elif kind in _REDIRECTS:
            to = fake.redirect_to or f"{fake.url}/elsewhere"
            self.reply(_REDIRECTS[kind], headers={"Location": to})
        elif kind in _LATER:
            self.reply(429, _error("too many requests"), self.later(kind))
        elif kind is Fault.PROXY:
            self.reply(200, b"<html>Please log in</html>")
        else:
            self.broken(kind)

    def later(self, kind: Fault) -> dict[str, str]:
        """Return the headers that say when to come again."""
        wait = self.fake.retry_after
        if kind is Fault.TOO_MANY:
            return {"Retry-After": str(wait)}
        if kind is Fault.TOO_MANY_RESET:
            return {"X-RateLimit-Reset": str(int(now()) + wait)}
        return {}

    def broken(self, kind: Fault) -> None:
        """Let no whole answer arrive."""
        self.close_connection = True
        if kind in {Fault.LOST, Fault.RESET_NOT_TAKEN}:
            self.reset()
        elif kind is Fault.HALF:
            self.wfile.write(b"HTTP/1.1 202 Acc")
        elif kind is Fault.DRIP_TAKEN:
            until = time.monotonic() + self.fake.hang
            self.wfile.write(b"HTTP/1.1 202 Accepted\r\nX-Drip: ")
            while time.monotonic() < until:
                self.wfile.write(b"x")
                time.sleep(0.02)
        elif kind in {Fault.HANG_TAKEN, Fault.HANG_NOT_TAKEN}:
            time.sleep(self.fake.hang)

    # --- The rest --------------------------------------------------------------------

    def cancel(self, batch: str) -> None:
        luck = self.fake.luck()
        if luck < 0.1:  # the call is lost …
            return self.reset()
        self.fake.cancel(batch)
        if luck < 0.2:  # … or its answer
            return self.reset()
        return self.reply(201, {"batch_id": batch, "status": "cancel"})

    def search(self, told: Json) -> None:
        found = self.fake.search(str(told.get("query", "")), int(told.get("limit", 10)))
        self.reply(200, {"messages": [one.row(self.fake.end_of(one)) for one in found]})

    def listed(self, name: str, asked: Mapping[str, list[str]]) -> list[Json]:
        start, limit, offset = (
            int(asked.get(key, [default])[0])
            for key, default in (("start_time", "0"), ("limit", "500"), ("offset", "0"))
        )
        rows = [row for row in self.fake.lists[name] if row["created"] >= start]
        return rows[offset : offset + limit]

    @property
    def length(self) -> int:
        return int(self.headers.get("Content-Length") or 0)

    def body(self) -> bytes:
        return self.rfile.read(self.length)

    def reset(self) -> None:
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.wfile.close()
        self.rfile.close()
        self.connection.close()

    def reply(
        self, status: int, body: object = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(data)}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self.close_connection |= (headers or {}).get("Connection") == "close"
        try:
            self.wfile.write("\r\n".join([*lines, "", ""]).encode() + data)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None: ...


def _error(message: str, field: str | None = None) -> dict[str, Any]:
    return {"errors": [{"message": message, "field": field}]}
