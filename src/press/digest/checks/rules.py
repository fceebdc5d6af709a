"""What mailbox providers and standards ask of a newsletter, and where it is decided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

RuleId = NewType("RuleId", str)


class Decided(StrEnum):
    """Where it is decided whether a rule is kept."""

    MESSAGE = "message"  #: On the message, before it is sent.
    CONFIGURATION = "configuration"  #: On press.yaml and the message.
    SENDING = "sending"  #: While it is sent, and after.
    RECEIVED = "received"  #: Only on a mail that arrived.


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRule:
    """A rule.

    Attributes:
        id: G is Gmail's, Y Yahoo's, M Microsoft's, R a standard's; C is about
            clipping, P about the postal address.
        asks: What it asks.
        decided: Where it is decided.
        rest: What of it cannot be decided there; empty for nothing.
    """

    id: RuleId
    asks: str
    decided: Decided
    rest: str = ""


def _rule(name: str, decided: Decided, asks: str, rest: str = "") -> MailRule:
    return MailRule(id=RuleId(name), asks=asks, decided=decided, rest=rest)


MAIL_RULES = (
    _rule(
        "G1",
        Decided.SENDING,
        "Whoever sends 5,000 mails a day to Gmail is a bulk sender for good.",
    ),
    _rule(
        "G2",
        Decided.CONFIGURATION,
        "The From address is of the domain that SPF and DKIM authenticate.",
        "SPF, DKIM, DMARC, PTR and TLS stand in DNS and on the provider's side",
    ),
    _rule(
        "G3",
        Decided.MESSAGE,
        "Readers unsubscribe with one click, by headers and by a link they can see.",
    ),
    _rule(
        "G4", Decided.SENDING, "Whoever unsubscribes gets nothing more after 48 hours."
    ),
    _rule("G5", Decided.SENDING, "Fewer than 0.3% of readers report spam."),
    _rule("G6", Decided.MESSAGE, "Every list has a name of its own (List-Id)."),
    _rule(
        "G7", Decided.SENDING, "Mail that Gmail refuses is not sent again and again."
    ),
    _rule(
        "Y1",
        Decided.MESSAGE,
        "Yahoo asks for one-click unsubscribing too, without a login.",
        "spam reports, and that nothing is sent after two days",
    ),
    _rule(
        "M1",
        Decided.SENDING,
        "Outlook.com refuses mail of large senders without SPF, DKIM and DMARC.",
    ),
    _rule(
        "R1",
        Decided.MESSAGE,
        "List-Unsubscribe has an https address, List-Unsubscribe-Post its one value "
        "(RFC 8058).",
        "that the address answers to a POST without cookies or redirects",
    ),
    _rule(
        "R2", Decided.MESSAGE, "Other List- headers are addresses in < > (RFC 2369)."
    ),
    _rule("R3", Decided.MESSAGE, "List-Id is a phrase and <id.domain> (RFC 2919)."),
    _rule(
        "R4", Decided.RECEIVED, "The DKIM signature covers both unsubscribe headers."
    ),
    _rule("C1", Decided.MESSAGE, "The HTML is at most 100,000 bytes; Gmail cuts it."),
    _rule(
        "P1", Decided.MESSAGE, "The publisher's name and postal address can be read."
    ),
)
