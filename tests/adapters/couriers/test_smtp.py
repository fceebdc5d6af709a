"""A mail server's word is told apart for every reader, wherever a conversation ends."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import SMTP, SMTPUTF8
from functools import cache
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from press.adapters.clock import SystemClock
from press.adapters.smtp import SmtpCourier
from press.mailing.mime import Form
from press.model.courier import Dkim, Encryption, SmtpSettings
from press.model.mailing import Answer, Outcome
from tests.adapters.couriers.builders import SENDER, a_consignment, a_letter, a_parcel
from tests.provider.smtp import HOST, Drop, FakeMailServer, a_certificate

PATIENCE = 0.5
PASSWORD = "the-password-that-nobody-may-see"  # noqa: S105
READERS = {f"reader{number}@mill.example" for number in (1, 2, 3)}


@contextmanager
def a_courier(
    server: FakeMailServer, *, dkim_key: str = "", **changes: Any
) -> Iterator[SmtpCourier]:
    given: dict[str, Any] = {"port": server.port, "tls": Encryption.NONE}
    courier = SmtpCourier(
        SmtpSettings(host=HOST, **{**given, **changes}),
        Form,
        SystemClock(),
        password=PASSWORD,
        dkim_key=dkim_key,
        patience=PATIENCE,
    )
    try:
        yield courier
    finally:
        courier.close()


def handed(server: FakeMailServer, **changes: Any) -> Outcome:
    with a_courier(server) as courier:
        return courier.hand_over(a_consignment(**changes))


@pytest.fixture(params=[True, False], ids=["pipelining", "word-by-word"])
def server(request: pytest.FixtureRequest) -> Iterator[FakeMailServer]:
    with FakeMailServer(pipelining=request.param) as fake:
        yield fake


def test_every_reader_gets_one_mail_as_it_was_meant(server: FakeMailServer) -> None:
    dots = f".\r\n..dots\r\n.at beginnings\r\n{'.' * 200}\r\n"
    letter = a_letter(text=f"{dots}%%greeting%%\r\n")

    outcome = handed(server, letter=letter)

    assert (outcome.answer, outcome.status) == (Answer.ACCEPTED, 250)
    assert server.took == dict.fromkeys(READERS, 1)
    read = BytesParser(policy=SMTP).parsebytes(server.messages[0])
    text = read.get_body(("plain",))
    assert text is not None
    assert text.get_content().startswith(f"{dots}Dear Reader")


def test_a_conversation_is_kept_and_used_again(server: FakeMailServer) -> None:
    with a_courier(server) as courier:
        for first in (1, 11, 21):
            readers = [a_parcel(first + number) for number in range(3)]
            courier.hand_over(a_consignment(parcels=readers))

    assert server.conversations == 1
    assert set(server.took.values()) == {1}
    assert len(server.took) == 9


@pytest.mark.parametrize(
    ("said", "answer", "waits"),
    [
        ("550 5.1.1 no such reader2@mill.example", Answer.REJECTED, False),
        ("553 5.1.3 odd", Answer.REJECTED, False),
        ("450 4.2.1 later", Answer.NOT_TAKEN, True),
        ("452 4.2.2 full", Answer.NOT_TAKEN, True),
    ],
)
def test_one_reader_who_is_refused_keeps_nobody_else_from_theirs(
    server: FakeMailServer, said: str, answer: Answer, waits: bool
) -> None:
    server.refusals["reader2@mill.example"] = said

    outcome = handed(server)

    assert outcome.answer is Answer.ACCEPTED
    assert {who: told[0] for who, told in outcome.parts.items()} == {2: answer}
    assert said[:9] in outcome.parts[2][1]
    assert "mill.example" not in repr(outcome)
    assert (outcome.wait is not None) == waits
    assert server.took == dict.fromkeys(READERS - {"reader2@mill.example"}, 1)


@pytest.mark.parametrize(
    ("drop", "answer", "taken"),
    [
        (Drop.AT_RCPT, Answer.NOT_TAKEN, 2),
        (Drop.AFTER_TAKING, Answer.IN_DOUBT, 3),
        (Drop.AFTER_FORGETTING, Answer.IN_DOUBT, 2),
        (Drop.SILENT, Answer.IN_DOUBT, 3),
    ],
)
def test_where_a_conversation_ends_decides_what_is_known_of_a_mail(
    server: FakeMailServer, drop: Drop, answer: Answer, taken: int
) -> None:
    server.drop = drop

    outcome = handed(server)

    told = {
        number: outcome.parts.get(number, (outcome.answer, ""))[0]
        for number in (1, 2, 3)
    }
    assert told == {1: answer, 2: Answer.ACCEPTED, 3: Answer.ACCEPTED}
    assert len(server.took) == taken
    # A request of which anybody is in doubt is in doubt.
    doubt = answer is Answer.IN_DOUBT
    assert outcome.answer is (Answer.IN_DOUBT if doubt else Answer.ACCEPTED)


def test_a_message_that_was_not_written_whole_was_not_taken(
    server: FakeMailServer,
) -> None:
    server.drop = Drop.IN_DATA
    letter = a_letter(html="<p>Word.</p>" * 1_500_000)

    outcome = handed(server, letter=letter, parcels=[a_parcel()])

    assert outcome.answer is Answer.NOT_TAKEN
    assert not server.took


def test_a_message_that_is_refused_was_not_taken(server: FakeMailServer) -> None:
    server.says = "554 5.6.0 odd message"

    outcome = handed(server)

    assert outcome.answer is Answer.NOT_TAKEN
    assert [told[0] for told in outcome.parts.values()] == [Answer.REJECTED] * 3
    assert not server.took


def test_one_reader_alone_who_is_refused_is_the_whole_request(
    server: FakeMailServer,
) -> None:
    server.refusals["reader1@mill.example"] = "550 5.1.1 unknown"

    outcome = handed(server, parcels=[a_parcel()])

    assert (outcome.answer, outcome.parts) == (Answer.REJECTED, {})


@pytest.mark.parametrize(
    ("said", "unknown"),
    [
        ("550 5.1.1 unknown", True),
        ("550 5.1.2 no such server", True),
        ("550 5.1.10 takes no mail", True),
        ("553 5.1.3 no address", True),
        ("550 5.1.8 your domain is unknown", False),
        ("550 5.1.0 refused", False),
        ("550 5.1.11 unheard of", False),
        ("550 5.2.1 disabled", False),
        ("552 5.2.2 full", False),
        ("550 no such user", False),
        ("450 4.1.1 unknown for now", False),
    ],
)
def test_a_mailbox_that_does_not_exist_is_told_apart(
    server: FakeMailServer, said: str, unknown: bool
) -> None:
    server.refusals["reader2@mill.example"] = said

    outcome = handed(server)

    assert outcome.unknown == ({2} if unknown else set())


def test_a_sender_who_does_not_exist_makes_no_reader_bounce(
    server: FakeMailServer,
) -> None:
    server.denies = "550 5.1.1 no such sender"

    assert not handed(server).unknown


@pytest.mark.parametrize("said", ["550 5.7.1 relay denied", "530 log in"])
def test_who_may_not_send_here_is_told_once_for_all(
    server: FakeMailServer, said: str
) -> None:
    server.refusals = dict.fromkeys(READERS, said)

    outcome = handed(server)

    assert (outcome.answer, outcome.parts) == (Answer.FATAL, {})


def test_a_sender_who_is_asked_for_patience_tries_nobody_else(
    server: FakeMailServer,
) -> None:
    server.denies = "451 4.7.1 too many mails"

    outcome = handed(server)

    assert (outcome.answer, outcome.status) == (Answer.NOT_TAKEN, 451)
    assert outcome.wait == 60


def test_a_server_that_is_not_there_took_nothing() -> None:
    with FakeMailServer() as server:
        pass

    assert handed(server).answer is Answer.NOT_TAKEN


def test_a_line_that_was_hung_up_meanwhile_costs_nothing(
    server: FakeMailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("press.adapters.smtp.line.IDLE", 0.0)
    with a_courier(server) as courier:
        courier.hand_over(a_consignment())
        readers = [a_parcel(number) for number in (11, 12)]
        outcome = courier.hand_over(a_consignment(parcels=readers))

    assert outcome.answer is Answer.ACCEPTED
    assert server.conversations == 2


# --- Privacy, logging in, signatures -------------------------------------------------


def test_the_conversation_is_private_and_signed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        a_certificate(tmp_path) as (context, trusted),
        FakeMailServer(tls=context, login=("press", PASSWORD)) as server,
        a_courier(server, tls=Encryption.STARTTLS, user="press") as courier,
    ):
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        found = courier.check(SENDER)
        outcome = courier.hand_over(a_consignment())

    assert found == ()
    assert outcome.answer is Answer.ACCEPTED
    assert server.conversations == 1


def test_a_certificate_of_nobody_we_know_ends_everything(tmp_path: Path) -> None:
    with (
        a_certificate(tmp_path) as (context, _),
        FakeMailServer(tls=context) as server,
        a_courier(server, tls=Encryption.STARTTLS) as courier,
    ):
        (finding,) = courier.check(SENDER)
        outcome = courier.hand_over(a_consignment())

    assert finding.code == "courier.tls"
    assert outcome.answer is Answer.FATAL
    assert not server.took


def test_a_certificate_of_another_server_ends_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        a_certificate(tmp_path, "mail.other.example") as (context, trusted),
        FakeMailServer(tls=context) as server,
        a_courier(server, tls=Encryption.STARTTLS) as courier,
    ):
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        (finding,) = courier.check(SENDER)

    assert finding.code == "courier.tls"


def test_nothing_is_said_in_the_clear_to_a_server_without_encryption() -> None:
    with (
        FakeMailServer() as server,
        a_courier(server, tls=Encryption.STARTTLS) as courier,
    ):
        (finding,) = courier.check(SENDER)
        outcome = courier.hand_over(a_consignment())

    assert (finding.code, outcome.answer) == ("courier.tls", Answer.FATAL)
    assert not server.took


def test_a_wrong_password_is_told_and_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with (
        a_certificate(tmp_path) as (context, trusted),
        FakeMailServer(tls=context, login=("press", "other")) as server,
        a_courier(server, tls=Encryption.STARTTLS, user="press") as courier,
    ):
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        (finding,) = courier.check(SENDER)
        outcome = courier.hand_over(a_consignment())

    assert (finding.code, outcome.answer) == ("courier.login", Answer.FATAL)
    assert PASSWORD not in f"{finding} {outcome}"


def test_a_server_that_is_not_there_is_told() -> None:
    with FakeMailServer() as server:
        pass
    with a_courier(server) as courier:
        (finding,) = courier.check(SENDER)

    assert finding.code == "courier.unreachable"


@cache
def a_key() -> tuple[str, bytes]:
    """Return a private key in PEM, and what the DNS says of it."""
    key = rsa.generate_private_key(65_537, 2_048)
    pem = key.private_bytes(
        Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    )
    public = key.public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )
    told = b"".join(public.splitlines()[1:-1])
    return pem.decode(), b"v=DKIM1; k=rsa; p=" + told


def test_mails_are_signed_so_that_others_can_tell(server: FakeMailServer) -> None:
    pem, public = a_key()
    settings = Dkim(selector="press2024", domain="quoin.example")
    asked = []

    def dns(name: bytes, timeout: int = 5) -> bytes:
        del timeout
        asked.append(name)
        return public

    with a_courier(server, dkim=settings, dkim_key=pem) as courier:
        courier.hand_over(a_consignment())
    message = server.messages[0]

    assert dkim.verify(message, dnsfunc=dns)
    assert asked == [b"press2024._domainkey.quoin.example."]
    assert not dkim.verify(
        message.replace(b"one-click", b"", 1).replace(
            b"List-Unsubscribe-Post", b"X-Nothing", 1
        ),
        dnsfunc=dns,
    )
    signed = message.partition(b"h=")[2].partition(b";")[0].replace(b"\r\n", b"")
    for name in (b"from", b"to", b"subject", b"date", b"message-id", b"list-id"):
        assert name in signed.split(b" : ")[0:] or name in signed
    assert b"list-unsubscribe-post" in signed


@pytest.mark.parametrize("key", ["", "no key", "-----BEGIN RSA PRIVATE KEY-----\nAA\n"])
def test_without_a_key_nothing_that_is_to_be_signed_is_sent(key: str) -> None:
    settings = Dkim(selector="press2024", domain="quoin.example")
    with (
        FakeMailServer() as server,
        a_courier(server, dkim=settings, dkim_key=key) as courier,
    ):
        (finding,) = courier.check(SENDER)
        outcome = courier.hand_over(a_consignment())

    assert (finding.code, outcome.answer) == ("courier.dkim", Answer.FATAL)
    assert not server.took


# --- Addresses -----------------------------------------------------------------------


def test_an_address_beyond_ascii_goes_where_the_server_knows_them() -> None:
    odd = a_parcel(email="jörg@mühle.example")
    with FakeMailServer() as server:
        outcome = handed(server, parcels=[odd])

    assert outcome.answer is Answer.ACCEPTED
    assert server.took == {"jörg@mühle.example": 1}
    read = BytesParser(policy=SMTPUTF8).parsebytes(server.messages[0])
    assert "jörg@mühle.example" in str(read["To"])


def test_an_address_beyond_ascii_is_refused_where_the_server_does_not() -> None:
    readers = [a_parcel(1), a_parcel(2, email="jörg@mühle.example")]
    with FakeMailServer(smtputf8=False) as server:
        outcome = handed(server, parcels=readers)

    assert outcome.answer is Answer.ACCEPTED
    assert outcome.parts[2][0] is Answer.REJECTED
    assert server.took == {"reader1@mill.example": 1}


@pytest.mark.parametrize("bad", ["\r\nRCPT TO:<all@example.org>", "\0", "\u2028"])
def test_an_address_cannot_bring_commands_along(
    server: FakeMailServer, bad: str
) -> None:
    readers = [a_parcel(1, email=f"x{bad}@mill.example"), a_parcel(2)]

    outcome = handed(server, parcels=readers)

    assert outcome.parts[1][0] is Answer.REJECTED
    assert server.took == {"reader2@mill.example": 1}


def test_a_server_that_only_listens_is_not_waited_for_long() -> None:
    with socket.create_server((HOST, 0)) as listening:
        settings = SmtpSettings(
            host=HOST, port=listening.getsockname()[1], tls=Encryption.NONE
        )
        courier = SmtpCourier(settings, Form, SystemClock(), patience=PATIENCE)

        assert courier.hand_over(a_consignment()).answer is Answer.NOT_TAKEN
