"""A mail as it is frozen for sending: all that its readers have in common, and tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, NewType

#: Hash of everything that is in the letters of a mailing (SHA-256, hexadecimal).
ContentHash = NewType("ContentHash", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One variant of a mail, before it is personalised.

    Attributes:
        variant: Its name: "everybody".
        subject: As typed.
        sender_name: The name readers see.
        sender_email: The address it is sent from.
        reply_to: Where answers go; empty for the sender.
        headers: Further headers as they are posted, encoded, in order. Their values
            may hold tokens of addresses.
        text: The plain-text part, with tokens.
        html: The HTML part, with tokens.
        lang: BCP 47 language.
        greeting_named: Greeting with {name}; empty for none.
        greeting_unnamed: Greeting of readers without a name; may be empty.
        web: Address of the mail's version on the web.
        pages: Address below which readers' own pages are: preferences, unsubscribe.
    """

    variant: str
    subject: str
    sender_name: str
    sender_email: str
    text: str
    html: str
    lang: str
    reply_to: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    greeting_named: str = ""
    greeting_unnamed: str = ""
    web: str = ""
    pages: str = ""

    @property
    def domain(self) -> str:
        """The domain it is sent from, in small letters."""
        return self.sender_email.rpartition("@")[2].lower()


class Parcel(NamedTuple):
    """What goes to one reader: the address, and what the tokens become for them.

    A named tuple, since a million of them are made: that takes half the time.

    Attributes:
        delivery: Number of the delivery; opaque outside the house.
        email: The address.
        values: Token to value. No value holds a token.
        message_id: The Message-ID's left and right side, without angle brackets.
    """

    delivery: int
    email: str
    values: Mapping[str, str]
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """How a request can be taken back: the provider holds it until a time.

    Attributes:
        batch: The provider's name for what can be cancelled; empty where it gave none,
            and nothing can.
        send_at: When the provider lets it go, in Unix seconds.
    """

    batch: str
    send_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment:
    """One request: a letter for up to so many readers as the courier takes at once.

    Attributes:
        request: Our own name of it, opaque: 32 hexadecimal digits.
        letter: What all of them get.
        parcels: What each gets of their own.
        categories: For the provider's statistics: never anything personal.
        fence: How it can be taken back; None where it cannot.
        asked_for: Whether its readers asked for just this mail, so that it goes to those,
            too, whom a provider does not write to because they left.
    """

    request: str
    letter: Letter
    parcels: tuple[Parcel, ...]
    categories: tuple[str, ...] = ()
    fence: Fence | None = None
    asked_for: bool = False
