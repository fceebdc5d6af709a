"""What `press doctor --dns` says of the domain that mails come from."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from press.adapters.dns import DnsRecords
from press.desk.mail_domain import needs_of
from press.model.courier import Dkim, SmtpSettings
from press.model.errors import ProviderError
from press.model.house import House
from press.model.need import State
from tests.digest.builders import a_house

ALL = {
    ("_dmarc.quoin.example.", "TXT"): '"v=DMARC1; p=" "reject"',
    ("quoin.example.", "TXT"): '"google-verification=x" ',
    ("mail.quoin.example.", "TXT"): '"v=spf1 a -all"',
    ("press._domainkey.quoin.example.", "TXT"): '"v=DKIM1; k=rsa; p=MIIB"',
    ("mail.quoin.example.", "MX"): "10 mx.quoin.example.",
    ("quoin.example.", "A"): "192.0.2.1",
}


@pytest.fixture
def names() -> Iterator[tuple[int, dict[tuple[str, str], str]]]:
    """A server of names, and what it says; it says of all others that they are not."""
    said: dict[tuple[str, str], str] = dict(ALL)
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.bind(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            octets, who = line.recvfrom(4096)
            if octets == b"end":
                return
            asked = dns.message.from_wire(octets)
            question = asked.question[0]
            name = question.name.to_text().lower()
            kind = dns.rdatatype.to_text(question.rdtype)
            made = dns.message.make_response(asked)
            made.flags |= dns.flags.RA
            if (name, kind) in said:
                record = dns.rrset.from_text(name, 60, "IN", kind, said[name, kind])
                made.answer.append(record)
            elif name not in {known for known, _ in said}:
                made.set_rcode(dns.rcode.NXDOMAIN)
            line.sendto(made.to_wire(), who)

    thread = threading.Thread(target=answer)
    thread.start()
    port = line.getsockname()[1]
    yield port, said
    line.sendto(b"end", ("127.0.0.1", port))
    thread.join(10)
    line.close()


def a_sender(**courier: object) -> House:
    house = a_house()
    sender = replace(house.sender, email="digest@mail.quoin.example", reply_to="")
    settings = SmtpSettings(host="mx.quoin.example", **courier)  # type: ignore[arg-type]
    return replace(house, sender=sender, courier=settings)


def told(
    house: House, names: tuple[int, Mapping[tuple[str, str], str]]
) -> dict[str, tuple[State, str]]:
    port, _ = names
    records = DnsRecords(["127.0.0.1"], port, patience=5)
    return {need.name: (need.state, need.says) for need in needs_of(house, records)}


def test_a_domain_that_others_can_trust_is_said_to_be_one(
    names: tuple[int, dict[tuple[str, str], str]],
) -> None:
    dkim = Dkim(selector="press", domain="quoin.example")

    found = told(a_sender(dkim=dkim), names)

    assert found == {
        "DMARC": (State.FOUND, "quoin.example: v=DMARC1; p=reject"),
        "SPF": (State.FOUND, "v=spf1 a -all"),
        "DKIM": (State.FOUND, "press._domainkey.quoin.example"),
        "MX": (State.FOUND, "mail.quoin.example takes answers"),
    }


@pytest.mark.parametrize(
    ("record", "instead", "name"),
    [
        (("_dmarc.quoin.example.", "TXT"), '"v=DMARK1"', "DMARC"),
        (("mail.quoin.example.", "TXT"), '"spf1"', "SPF"),
        (("press._domainkey.quoin.example.", "TXT"), '"v=DKIM1; p="', "DKIM"),
        (("mail.quoin.example.", "MX"), "0 .", "MX"),
    ],
)
def test_what_is_missing_is_told_with_what_to_publish(
    names: tuple[int, dict[tuple[str, str], str]],
    record: tuple[str, str],
    instead: str,
    name: str,
) -> None:
    house = a_sender(dkim=Dkim(selector="press", domain="quoin.example"))
    for says in (instead, None):
        names[1].pop(record, None)
        if says is not None:
            names[1][record] = says

        found = told(house, names)

        assert found.pop(name)[0] is State.MISSING
        assert {state for state, _ in found.values()} == {State.FOUND}


def test_a_domain_without_mail_servers_of_its_own_may_be_one(
    names: tuple[int, dict[tuple[str, str], str]],
) -> None:
    house = replace(a_sender(), sender=replace(a_house().sender, reply_to=""))

    assert told(house, names)["MX"][0] is State.FOUND


def test_where_nobody_answers_it_is_said_so() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        records = DnsRecords(["127.0.0.1"], silent.getsockname()[1], patience=0.3)

        with pytest.raises(ProviderError, match=r"does not say what .*: .*Timeout"):
            records.texts("quoin.example")
