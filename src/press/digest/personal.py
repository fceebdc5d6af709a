"""What a mail holds for one reader alone, and how it is put in.

A reader's name is whatever somebody typed into a form: it may look like markup, like a
template, like one of the tokens, or like an invitation to click. It comes out as it was
typed, or not at all; it never becomes anything else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from press.digest.inert import hold, release, split
from press.digest.link import clean
from press.digest.token import LONGEST_ADDRESS, LONGEST_GREETING, TOKENS
from press.model.edition import Greeting
from press.model.house import House

LONGEST_NAME = 80

#: Invisible characters that turn the text around them.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: A name that a mail program would make a link.
_ADDRESS = re.compile(r"://|www\.|\w\.[a-z]{2,}(?:/|$)|@", re.IGNORECASE)
_ISOLATED = "\u2068{}\u2069"
#: A name of letters that run from left to right, with single spaces and dashes: most
#: names. Nothing in it is an invisible character, an address, or anybody's syntax.
_PLAIN_NAME = re.compile(r"[^\W_\u0590-\U0010ffff]+(?:[ -][^\W_\u0590-\U0010ffff]+)*")
#: What stands around a name in a greeting and means nothing to anybody else.
_PLAIN_WORDS = re.compile(r"[^\W_]*(?:[ ,.!][^\W_]*)*")
#: Octets that a character of a name takes at most, in UTF-8.
_WIDEST = 4
#: Names whose greetings are kept, of those that are not plain.
_REMEMBERED = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What one reader has of their own.

    Attributes:
        unsubscribe: Where one press of a button ends the subscription.
        preferences: Where they choose what they get.
        web: Where the mail stands on the web.
        name: As they gave it; may be empty.
    """

    unsubscribe: str
    preferences: str
    web: str
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse addresses that cannot stand in both parts of a mail.

        Raises:
            ValueError: An address is not https, is longer than 180 octets, or holds
                what markup or a provider would read.
        """
        for address in (self.unsubscribe, self.preferences, self.web):
            fit = address.startswith("https://") and len(address) <= LONGEST_ADDRESS
            if not fit or clean(address) != address or set(address) & set("&'\"<>"):
                message = f"{address!r} cannot be an address of one reader's own"
                raise ValueError(message)


def sample_reader(house: House, web: str = "") -> Personal:
    """Return a reader who is made up, to look at a mail with.

    Args:
        house: The paper, at whose addresses this reader has pages.
        web: Where the digest is read on the web; the paper's website if empty.
    """
    pages = clean(house.mail_pages)
    return Personal(
        unsubscribe=f"{pages}unsubscribe/sample",
        preferences=f"{pages}preferences/sample",
        web=web or clean(house.website),
        name="Ada",
    )


def substitutions(personal: Personal, greeting: Greeting) -> dict[str, str]:
    """Return what each token becomes for a reader.

    No value holds a token, nor anything that a provider reads as syntax, so that the
    order in which tokens are filled makes no difference.
    """
    html, text = _greeted(personal.name, greeting)
    return {
        TOKENS.unsubscribe: personal.unsubscribe,
        TOKENS.preferences: personal.preferences,
        TOKENS.web: personal.web,
        TOKENS.greeting: text,
        TOKENS.greeting_html: html,
        TOKENS.leave: personal.unsubscribe.rpartition("/")[2],
    }


def greeter(greeting: Greeting) -> Callable[[str], tuple[str, str]]:
    """Return what greets readers in HTML and in plain text, for many in a row.

    What it returns for a name is what `substitutions` puts in for it: a plain name in a
    plain greeting comes out as it is, so that nothing has to be looked for; the rest is
    greeted as always, and remembered a while.
    """
    greeted = lru_cache(_REMEMBERED)(lambda name: _greeted(name, greeting))
    if not _is_plain(greeting.named):
        return greeted
    named, match = greeting.named, _PLAIN_NAME.fullmatch

    def greet(name: str) -> tuple[str, str]:
        if len(name) > LONGEST_NAME or not match(name):
            return greeted(name)
        words = named.replace("{name}", name)
        return words, words

    return greet


def _is_plain(named: str) -> bool:
    """Whether a greeting is the same in both parts, and never too long, with plain names."""
    names = named.count("{name}")
    bare = named.replace("{name}", "")
    longest = len(bare.encode()) + names * LONGEST_NAME * _WIDEST
    fits = names > 0 and longest <= LONGEST_GREETING
    # The name may stand before or behind anything plain but a dash, which is not plain.
    return fits and _PLAIN_WORDS.fullmatch(bare) is not None


def personalise(part: str, values: dict[str, str]) -> str:
    """Fill the tokens of one part of a mail, in one pass."""
    return _ANY_TOKEN.sub(lambda token: values[token[0]], part)


_ANY_TOKEN = re.compile("|".join(re.escape(token) for token in TOKENS.all))


def greetable(name: str) -> str:
    """Return a name as it can be greeted: on one line; empty where it cannot be."""
    shown = "".join(map(_on_one_line, _TURNING.sub("", name))).strip()
    if not any(character.isalnum() for character in shown):
        return ""
    return "" if len(shown) > LONGEST_NAME or _ADDRESS.search(shown) else shown


def _on_one_line(character: str) -> str:
    if unicodedata.category(character) not in {"Cc", "Cs", "Cn", "Zl", "Zp"}:
        return character
    return " " if character.isspace() else ""


def _greeted(name: str, greeting: Greeting) -> tuple[str, str]:
    """Return the greeting in HTML and in plain text."""
    shown = greetable(name)
    if shown and greeting.named:
        words = greeting.named.replace("{name}", _isolated(shown))
        html = _as_html(words)
        if len(html.encode()) <= LONGEST_GREETING:
            return html, split(words)
    return _as_html(greeting.unnamed), split(greeting.unnamed)


def _as_html(words: str) -> str:
    return release(escape(hold(words)))


def _isolated(name: str) -> str:
    """Keep a name that runs from right to left from turning what stands around it."""
    rtl = any(unicodedata.bidirectional(one) in {"R", "AL"} for one in name)
    return _ISOLATED.format(name) if rtl else name
