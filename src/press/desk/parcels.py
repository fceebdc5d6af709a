"""What each reader gets of their own: links that are signed, a greeting.

A million readers get a letter, so that all they have in common is worked out once: the
signatures begun, the greeting looked at, the addresses held against the rules.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from press.audience.secret import Secret
from press.digest.personal import Personal, greeter
from press.digest.token import TOKENS
from press.model.edition import Greeting
from press.model.letter import Letter, Parcel
from press.model.mailing import Claimed
from press.model.subscriber import PublicId

#: The public id of addresses of our own, which belong to no reader.
NOBODY = PublicId("0" * 32)
#: Characters of a token's signature, behind its last dot.
_SIGNATURE = 22
#: Letters whose common part is kept: all variants of a digest, and more.
_LETTERS = 64


def parcels(secret: Secret) -> Callable[[Letter], Callable[[Claimed], Parcel]]:
    """Return what makes, for a letter, what makes the parcel of one reader.

    Its values are those of `press.digest.personal.substitutions`.

    Raises:
        ValueError: Later, with a letter: its addresses cannot stand in a mail.
    """
    leaving, choosing = secret.signer("unsubscribe"), secret.signer("preferences")

    @lru_cache(_LETTERS)
    def maker(letter: Letter) -> Callable[[Claimed], Parcel]:
        leave, choose = f"{letter.pages}unsubscribe/", f"{letter.pages}preferences/"
        # What holds for one reader's addresses holds for all: ids and signatures have
        # one length, and nothing in them that could be read as anything else.
        Personal(
            unsubscribe=leave + leaving(NOBODY),
            preferences=choose + choosing(NOBODY),
            web=letter.web,
        )
        greet = greeter(
            Greeting(named=letter.greeting_named, unnamed=letter.greeting_unnamed)
        )
        domain, web = letter.domain, letter.web
        unsubscribe, preferences, version = TOKENS.addresses
        in_text, in_html = TOKENS.greeting, TOKENS.greeting_html
        by_mail = TOKENS.leave

        def make(reader: Claimed) -> Parcel:
            delivery, email, name, given = reader
            public_id = given or NOBODY
            token = leaving(public_id)
            html, text = greet(name)
            values = {
                unsubscribe: leave + token,
                preferences: choose + choosing(public_id),
                version: web,
                in_text: text,
                in_html: html,
                by_mail: token,
            }
            message_id = f"{delivery}.{token[-_SIGNATURE:]}@{domain}"
            return Parcel(delivery, email, values, message_id)

        return make

    return maker
