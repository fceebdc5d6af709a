"""What each reader gets of their own: links that are signed, a greeting.

A million readers get a letter, so that all they have in common is worked out once: the
signatures begun, the greeting looked at, the addresses held against the rules.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256

from press.audience.address import on_the_wire
from press.audience.secret import Secret
from press.digest.personal import Personal, greeter
from press.digest.token import TOKENS
from press.model.edition import Greeting
from press.model.letter import Letter, Parcel
from press.model.mailing import Claimed
from press.model.subscriber import NOBODY

#: Characters that name a letter in a Message-ID.
_MARK = 22
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
        # Answers, archives and mail servers' logs quote a Message-ID. So there is nothing
        # of a reader in it, nor of any link: a number that means nothing outside, and what
        # is the same for all who get this letter.
        named = f"{_mark(letter)}@{domain}"

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
            return Parcel(delivery, on_the_wire(email), values, f"{delivery}.{named}")

        return make

    return maker


def _mark(letter: Letter) -> str:
    """Return the letters by which this letter's mails are told from another's."""
    whole = "\0".join((letter.subject, letter.text, letter.html))
    return sha256(whole.encode(errors="replace")).hexdigest()[:_MARK]
