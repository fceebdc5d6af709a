"""Whether a message keeps the mailbox rules that can be decided before it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from enum import StrEnum

from press.digest.checks.facts import read_mail
from press.digest.checks.parity import flat
from press.digest.checks.rules import MAIL_RULES, Decided, MailRule
from press.digest.checks.size import MOST, worst_size
from press.digest.token import TOKENS
from press.model.finding import Finding, Place, error
from press.model.house import House

ONE_CLICK = "List-Unsubscribe=One-Click"

#: Domains of everybody's mailboxes: only their owners may send from them.
_EVERYBODYS = re.compile(
    r"(?:gmail|googlemail|yahoo|ymail|rocketmail|aol|outlook|hotmail|live|msn|icloud|me"
    r"|mac|gmx|web|mail|proton|protonmail)\.(?:com|net|de|co\.uk|fr|it|es|me|ru|org)"
)
_LISTED = re.compile(r"<([^<>\s]*)>")
_URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LIST_ID = re.compile(rf"(?:[^<>]*\s)?<({_ATOM}(?:\.{_ATOM})+)>")
_LONGEST_LIST_ID = 255
_OTHERS = ("List-Help", "List-Subscribe", "List-Owner", "List-Archive")
_HOUSE = Place(file="press.yaml")


class State(StrEnum):
    """What is known of a rule."""

    PROVEN = "proven"  #: The message keeps it, as far as that is decided here.
    BROKEN = "broken"  #: It does not.
    ELSEWHERE = "not decided here"  #: It is decided while sending, or after.


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVerdict:
    """What is known of one rule for one message."""

    rule: MailRule
    state: State
    findings: tuple[Finding, ...] = ()


def check_headers(message: EmailMessage, house: House) -> Iterator[Finding]:
    """Find which rules a message's headers break; its parts are checked elsewhere."""
    for _, finding in _headers(message, house):
        yield finding


def verdicts(message: EmailMessage, house: House) -> tuple[RuleVerdict, ...]:
    """Return what is known of every rule, for a report."""
    broken: dict[str, list[Finding]] = {}
    for rules, finding in _broken(message, house):
        for rule in rules:
            broken.setdefault(rule, []).append(finding)
    return tuple(_verdict(rule, tuple(broken.get(rule.id, ()))) for rule in MAIL_RULES)


def _verdict(rule: MailRule, findings: tuple[Finding, ...]) -> RuleVerdict:
    if rule.decided in {Decided.SENDING, Decided.RECEIVED}:
        return RuleVerdict(rule=rule, state=State.ELSEWHERE)
    state = State.BROKEN if findings else State.PROVEN
    return RuleVerdict(rule=rule, state=state, findings=findings)


_Broken = Iterator[tuple[tuple[str, ...], Finding]]


def _broken(message: EmailMessage, house: House) -> _Broken:
    yield from _headers(message, house)
    yield from _visible(message)
    yield from _size(message)
    yield from _address(message, house)


def _headers(message: EmailMessage, house: House) -> _Broken:
    yield from _sender(message, house)
    yield from _unsubscribe(message)
    yield from _list_id(message)
    yield from _other_lists(message)


def _breaks(
    rules: tuple[str, ...], code: str, told: str, hint: str, place: Place = _HOUSE
) -> tuple[tuple[str, ...], Finding]:
    named = ("rule " if len(rules) == 1 else "rules ") + ", ".join(rules)
    return rules, error(code, f"{told} ({named})", place, hint)


# --- Headers -------------------------------------------------------------------------


def _sender(message: EmailMessage, house: House) -> _Broken:
    rules, code = ("G2",), "digest.sender"
    senders = [
        address
        for header in message.get_all("From", [])
        for address in getattr(header, "addresses", ())
        if isinstance(address, Address)
    ]
    if len(senders) != 1 or not senders[0].domain:
        told = f"the message has {len(senders)} senders; it must have one"
        yield _breaks(rules, code, told, "give sender.email in press.yaml")
        return
    domain, signed = senders[0].domain.lower(), house.sender.signed_domain
    if _EVERYBODYS.fullmatch(domain):
        told = f"{domain} does not let others send for it"
        yield _breaks(rules, code, told, "send from a domain of the paper's own")
    elif domain != signed:
        told = f"it is sent from {domain} and authenticated for {signed}"
        yield _breaks(rules, code, told, "let sender.email and sender.domain be alike")


def _one(message: EmailMessage, name: str) -> str | None:
    """Return a header that stands there once, in one line; None for none or several."""
    values = message.get_all(name, [])
    return " ".join(str(values[0]).split()) if len(values) == 1 else None


def _unsubscribe(message: EmailMessage) -> _Broken:
    rules, code = ("G3", "Y1", "R1"), "digest.list-unsubscribe"
    value = _one(message, "List-Unsubscribe")
    if value is None:
        times = len(message.get_all("List-Unsubscribe", []))
        told = f"the message has {times} List-Unsubscribe headers; it needs one"
        yield _breaks(rules, code, told, "press writes it; please report this")
    elif not any(_is_https(address) for address in _listed(value)):
        told = f"List-Unsubscribe has no https address ({value})"
        yield _breaks(rules, code, told, "let the unsubscribe page be served by https")
    post = _one(message, "List-Unsubscribe-Post")
    if post != ONE_CLICK:
        told = f"List-Unsubscribe-Post is {post!r}; it must be {ONE_CLICK!r}"
        yield _breaks(rules, code, told, "press writes it; please report this")


def _is_https(address: str) -> bool:
    return address == TOKENS.unsubscribe or address.lower().startswith("https://")


def _listed(value: str) -> tuple[str, ...]:
    return tuple(_LISTED.findall(value))


def _list_id(message: EmailMessage) -> _Broken:
    value = _one(message, "List-Id")
    found = _LIST_ID.fullmatch(value) if value else None
    if found is None or len(found[1]) > _LONGEST_LIST_ID:
        told = f"List-Id is {value!r}, which names no list"
        hint = "it is written The Quoin <digest.quoin.example>, alike in every mail"
        yield _breaks(("G6", "R3"), "digest.list-id", told, hint)


def _other_lists(message: EmailMessage) -> _Broken:
    for name in _OTHERS:
        for header in message.get_all(name, []):
            value = " ".join(str(header).split())
            parts = [part.strip() for part in value.split(",")]
            listed = [_LISTED.fullmatch(part) for part in parts]
            if not all(one and _URI.fullmatch(one[1]) for one in listed):
                told = f"{name} is {value!r}, which is no list of <addresses>"
                hint = "write <https://…> or <mailto:…>, with commas between"
                yield _breaks(("R2",), "digest.list-header", told, hint)


# --- The body ------------------------------------------------------------------------


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


def _visible(message: EmailMessage) -> _Broken:
    offered = {*_listed(_one(message, "List-Unsubscribe") or ""), TOKENS.unsubscribe}
    for link in read_mail(_part(message, "html")).links:
        if link.words and (
            link.address in offered or "unsubscribe" in link.words.casefold()
        ):
            return
    told = "the HTML part has no link to unsubscribe that can be seen"
    hint = "put {{ tokens.unsubscribe }} into the layout's digest template"
    yield _breaks(("G3", "Y1"), "digest.unsubscribe", told, hint)


def _size(message: EmailMessage) -> _Broken:
    size = worst_size(_part(message, "html"))
    if size > MOST:
        told = f"the HTML part is {size:,} bytes; Gmail cuts it at about 102,000"
        yield _breaks(("C1",), "digest.size", told, "run fewer articles")


def _address(message: EmailMessage, house: House) -> _Broken:
    needed = [house.imprint.publisher, *house.imprint.address]
    html = read_mail(_part(message, "html")).text
    for part, content in (("HTML", html), ("text", _part(message, "plain"))):
        shown = flat(content)
        lost = [line for line in needed if flat(line) not in shown]
        if lost or not flat("".join(house.imprint.address)):
            named = repr(lost[0]) if lost else "postal address"
            told = f"the {part} part does not show the publisher's {named}"
            hint = "show publisher and address in the layout's digest template"
            yield _breaks(("P1",), "digest.address", told, hint)
