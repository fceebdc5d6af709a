"""What the DNS says of the domain that mails come from: whether others can trust it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from press.desk.folder import find_paper
from press.manifest.read import read_house
from press.model.courier import SmtpSettings
from press.model.errors import NotReadyError
from press.model.finding import ready
from press.model.house import House
from press.model.need import Need, State
from press.ports import DomainRecords

CHAPTER = "mail"
_DMARC, _SPF = "v=dmarc1", "v=spf1"


def examine_sender(start: Path, records: DomainRecords) -> tuple[Need, ...]:
    """Return what mails of the newspaper around a folder need in the DNS.

    Raises:
        ManifestError: There is no newspaper.
        NotReadyError: press.yaml has mistakes.
        ProviderError: The DNS does not answer.
    """
    read = read_house(find_paper(start))
    if read.value is None or not ready(read.findings):
        raise NotReadyError("press.yaml has mistakes", findings=read.findings)
    return tuple(needs_of(read.value, records))


def needs_of(house: House, records: DomainRecords) -> Iterator[Need]:
    """Yield what a paper's mails need in the DNS.

    Large mailbox providers refuse mail of many readers' senders without it. What a
    provider signs with it is asked for by `press send` (the sender's domain).
    """
    domain = _domain(house.sender.email)
    yield _dmarc(domain, records)
    if isinstance(house.courier, SmtpSettings):
        spf = _first(records.texts(domain), _SPF)
        how = f'publish for {domain}: TXT "v=spf1 … -all", with your mail server in it'
        yield _need("SPF", spf, f"{domain} names no servers that may send for it", how)
        if house.courier.dkim is not None:
            dkim = house.courier.dkim
            yield _dkim(f"{dkim.selector}._domainkey.{dkim.domain}", records)
    taking = (house.sender.email, house.sender.reply_to, house.sender.unsubscribe)
    for each in dict.fromkeys(_domain(address) for address in taking if address):
        says = f"{each} takes answers" if records.takes_mail(each) else ""
        how = f"publish MX records for {each}, or give another address in press.yaml"
        yield _need("MX", says, f"{each} takes no mail: answers are lost", how)


def _dmarc(domain: str, records: DomainRecords) -> Need:
    """Look at the domain itself, then at those it is part of (RFC 7489, 6.6.3)."""
    labels = domain.split(".")
    for start in range(len(labels) - 1):
        name = ".".join(labels[start:])
        found = _first(records.texts(f"_dmarc.{name}"), _DMARC)
        if found:
            return _need("DMARC", f"{name}: {found}")
    how = f'publish for _dmarc.{domain}: TXT "v=DMARC1; p=none; rua=mailto:…"'
    return _need("DMARC", "", f"{domain} does not say what to do with forged mail", how)


def _dkim(name: str, records: DomainRecords) -> Need:
    said = "".join(records.texts(name)).replace(" ", "")
    # An empty key says that it was withdrawn (RFC 6376, 3.6.1).
    keys = [part for part in said.split(";") if part.startswith("p=") and part[2:]]
    lacks = f"{name} has no key"
    how = f'publish for {name}: TXT "v=DKIM1; k=rsa; p=…", the public key in it'
    return _need("DKIM", name if keys else "", lacks, how)


def _need(name: str, says: str, lacks: str = "", how: str = "") -> Need:
    state = State.FOUND if says else State.MISSING
    return Need(
        chapter=CHAPTER,
        name=name,
        state=state,
        says=says or lacks,
        how_to_get="" if says else how,
    )


def _first(texts: Sequence[str], begins: str) -> str:
    """Return the first text that is of a kind; empty for none."""
    found = (text for text in texts if text.lower().startswith(begins))
    return next(found, "")


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
