"""A mail server on 127.0.0.1 that counts what it took, and can fail at every word."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import random
import ssl
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
HANG = 1.5


class Drop(StrEnum):
    """When the server hangs up, or says nothing more, in a conversation."""

    NEVER = "never"
    AT_RCPT = "at-rcpt"  #: Before any message: nothing is taken.
    IN_DATA = "in-data"  #: While the message is written: nothing is taken.
    AFTER_TAKING = "after-taking"  #: Taken; the answer never arrives.
    AFTER_FORGETTING = "after-forgetting"  #: Read whole, not taken, no answer.
    SILENT = "silent"  #: Taken, and no answer in time.
    LATER = "later"  #: Not now, says the mailbox; not taken.
    BUSY = "busy"  #: Not now, says the server of itself, and hangs up.


class FakeMailServer:
    """A mail server.

    Attributes:
        took: How many mails each address got.
        messages: The mails as they were taken.
        refusals: What is said to RCPT for an address: "550 5.1.1 unknown".
        says: What is said at the end of a message instead of 250; it is not taken.
        denies: What is said to MAIL instead of 250.
        drop: When it hangs up, for `dropping` mails.
        odds: How often each of these happens, drawn by chance.
        conversations: How many there were.
        dropped: What happened by chance.
    """

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        login: tuple[str, str] | None = None,
        pipelining: bool = True,
        smtputf8: bool = True,
        seed: int = 0,
        odds: Mapping[Drop, float] | None = None,
    ) -> None:
        self.took: Counter[str] = Counter()
        self.messages: list[bytes] = []
        self.refusals: dict[str, str] = {}
        self.says = self.denies = ""
        self.drop, self.dropping = Drop.NEVER, 1
        self.odds, self._rng = dict(odds or {}), random.Random(seed)
        self.conversations = 0
        self.dropped: Counter[Drop] = Counter()
        self.lock = threading.Lock()
        self._login, self.pipelining = login, pipelining
        self._tls, self._smtputf8 = tls, smtputf8
        self._handler = _Handler(self)
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(
            self._loop.create_server(self._session, HOST, 0)
        )
        self.port: int = self._server.sockets[0].getsockname()[1]
        self._lines: list[SMTP] = []
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def __enter__(self) -> FakeMailServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening, and hang up."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _hang_up(self) -> None:
        self._server.close()
        for line in self._lines:
            if line.transport is not None:
                line.transport.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for one in others:
            one.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.01)

    def _session(self) -> SMTP:
        self.conversations += 1
        line = _Server(
            self._handler,
            hostname=HOST,
            loop=self._loop,
            tls_context=self._tls,
            require_starttls=self._tls is not None,
            auth_required=self._login is not None,
            auth_require_tls=self._tls is not None,
            authenticator=self._authenticate if self._login else None,
            enable_SMTPUTF8=self._smtputf8,
            decode_data=False,
            ident="fake",
        )
        self._lines.append(line)
        return line

    def drops(self, when: Drop) -> bool:
        """Whether it hangs up now."""
        with self.lock:
            if self._rng.random() < self.odds.get(when, 0):
                self.dropped[when] += 1
                return True
            if self.drop is not when or self.dropping <= 0:
                return False
            self.dropping -= 1
            return True

    def _authenticate(self, *given: Any) -> AuthResult:
        data = given[-1]
        told = (data.login.decode(), data.password.decode())
        return AuthResult(success=told == self._login, handled=False)


class _Server(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        fake = self.event_handler.fake
        if fake.drops(Drop.IN_DATA):
            await self.push("354 go on")
            await self._reader.read(200)
            _abort(self)
            return
        await super().smtp_DATA(arg)


def _abort(server: Any) -> None:
    server.transport.abort()


class _Handler:
    def __init__(self, fake: FakeMailServer) -> None:
        self.fake = fake

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, name: str, said: list[str]
    ) -> list[str]:
        del server, envelope
        session.host_name = name
        more = ["250-PIPELINING"] if self.fake.pipelining else []
        return [*said[:-1], *more, said[-1]]

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, sender: str, options: list[str]
    ) -> str:
        del server, session
        if self.fake.denies:
            return self.fake.denies
        envelope.mail_from = sender
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, reader: str, options: list[str]
    ) -> str:
        del session, options
        if self.fake.drops(Drop.AT_RCPT):
            _abort(server)
            return "421 gone"
        if self.fake.drops(Drop.BUSY):
            _abort(server)
            return "421 4.3.2 busy"
        if self.fake.drops(Drop.LATER):
            return "450 4.2.1 later"
        if reader in self.fake.refusals:
            return self.fake.refusals[reader]
        envelope.rcpt_tos.append(reader)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        del session
        fake = self.fake
        if fake.drops(Drop.AFTER_FORGETTING):
            _abort(server)
            return "421 gone"
        if fake.says:
            return fake.says
        with fake.lock:
            fake.took.update(envelope.rcpt_tos)
            fake.messages.append(bytes(envelope.content))
        if fake.drops(Drop.AFTER_TAKING):
            _abort(server)
        if fake.drops(Drop.SILENT):
            await asyncio.sleep(HANG)
        return "250 2.0.0 queued as 4F2A"


# --- A certificate authority of our own ----------------------------------------------


@contextmanager
def a_certificate(
    folder: Path, name: str = HOST
) -> Iterator[tuple[ssl.SSLContext, Path]]:
    """Yield a server's end of TLS, and the file of the authority to trust."""
    now = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    own = ec.generate_private_key(ec.SECP256R1())
    root = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "The Quoin's own")])
    common = (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=36_500))
    )
    key_id = x509.SubjectKeyIdentifier.from_public_key(root.public_key())
    authority = (
        common.subject_name(issuer)
        .public_key(root.public_key())
        .serial_number(1)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_id, critical=False)
        .sign(root, SHA256())
    )
    certificate = (
        common.subject_name(
            x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
        )
        .public_key(own.public_key())
        .serial_number(2)
        .add_extension(
            x509.SubjectAlternativeName([_alternative(name)]), critical=False
        )
        .sign(root, SHA256())
    )
    trusted, chain = folder / "authority.pem", folder / "server.pem"
    trusted.write_bytes(authority.public_bytes(Encoding.PEM))
    private = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    chain.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    yield context, trusted


def _alternative(name: str) -> x509.GeneralName:
    if name[0].isdigit():
        return x509.IPAddress(ipaddress.ip_address(name))
    return x509.DNSName(name)
