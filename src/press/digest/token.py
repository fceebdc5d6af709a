"""What stands in the mail for words and addresses that each reader has of their own.

Each token stands in one kind of place only, because providers fill all places with
the same value: a name has one token for HTML and another for plain text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The tokens, as layouts see them.

    Attributes:
        unsubscribe: Address, the same in both parts.
        preferences: Likewise.
        web: Address of the mail's web version, likewise.
        greeting: "Dear Ada," in plain text.
        greeting_html: The same in HTML.
        leave: What is signed in the address of unsubscribing, for the header that
            does it by mail.
    """

    unsubscribe: str = "%%unsubscribe_url%%"
    preferences: str = "%%preferences_url%%"
    web: str = "%%web_url%%"
    greeting: str = "%%greeting%%"
    greeting_html: str = "%%greeting_html%%"
    leave: str = "%%leave_token%%"

    @property
    def addresses(self) -> tuple[str, str, str]:
        """Those that stand for addresses."""
        return self.unsubscribe, self.preferences, self.web

    @property
    def all(self) -> tuple[str, ...]:
        """All of them."""
        return *self.addresses, self.greeting, self.greeting_html, self.leave


TOKENS: Final = Tokens()

#: The most octets that a token may become.
LONGEST_ADDRESS: Final = 180
LONGEST_GREETING: Final = 600


def room_for_tokens(text: str) -> int:
    """Return by how many octets a text may grow when its tokens are filled."""
    return sum(
        text.count(token) * (_longest(token) - len(token)) for token in TOKENS.all
    )


def _longest(token: str) -> int:
    return LONGEST_ADDRESS if token in TOKENS.addresses else LONGEST_GREETING
