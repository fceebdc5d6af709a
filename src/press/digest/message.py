"""A mail as it is posted: headers, plain text and HTML in one message (RFC 5322).

Headers are encoded here: Python's own folding (3.11 to 3.13) loses spaces between
encoded words, so that a subject would not come out as it was typed.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from press.digest.personal import Personal, personalise, substitutions
from press.model.digest import Digest, Variant
from press.model.edition import Edition, Greeting
from press.model.house import House

_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PLAIN = re.compile(r"(?!.*=\?)[ -~]{1,900}")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
#: So many octets in an encoded word, which is then under 75 characters (RFC 2047, 2).
_OCTETS = 45
_POLICY = SMTP.clone(refold_source="none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What all mails of a digest have in common."""

    digest: Digest
    edition: Edition
    house: House

    def message(self, variant: Variant, personal: Personal) -> EmailMessage:
        """Return one reader's mail, but for To, Date and Message-ID.

        The parts are text/plain and text/html as multipart/alternative, in UTF-8 as
        quoted-printable.
        """
        plan = self.edition.digest
        values = substitutions(personal, plan.greeting if plan else Greeting())
        message = EmailMessage(policy=_POLICY)
        for name, value in self.headers(personal):
            message.set_raw(name, value)
        text, html = (
            personalise(part, values) for part in (variant.text, variant.html)
        )
        message.set_content(text, cte="quoted-printable")
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        # The same mail has the same bytes; "=_" is never in a quoted-printable part.
        message.set_boundary(f"=_{sha256((text + html).encode()).hexdigest()[:32]}")
        # Filling a message takes away the headers that begin with "Content-".
        message.set_raw("Content-Language", self.edition.lang)
        return message

    def headers(self, personal: Personal) -> Iterator[tuple[str, str]]:
        """Yield the headers as they are posted, those of mailing lists among them.

        RFC 8058 asks for exactly this value of List-Unsubscribe-Post.
        """
        house, sender = self.house, self.house.sender
        yield "From", f"{phrase(sender.name)} <{sender.email}>"
        if sender.reply_to:
            yield "Reply-To", f"<{sender.reply_to}>"
        yield "Subject", encoded(self.digest.subject)
        yield "List-Id", f"{phrase(house.title)} <{list_id(house)}>"
        yield "List-Unsubscribe", f"<{personal.unsubscribe}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
        yield "List-Help", f"<{personal.preferences}>"


def list_id(house: House) -> str:
    """Return the digest's List-Id (RFC 2919), the same in every month."""
    return f"digest.{house.sender.email.rpartition('@')[2].lower()}"


def encoded(text: str) -> str:
    """Write a text as the value of a header; ends of lines become spaces."""
    text = _BREAKS.sub(" ", text).strip()
    return text if _PLAIN.fullmatch(text) else _words(text)


def phrase(text: str) -> str:
    """Write the words that stand before an address."""
    text = _BREAKS.sub(" ", text).strip()
    if not text or not _PLAIN.fullmatch(text):
        return _words(text)
    if _ATOMS.fullmatch(text):
        return text
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def _words(text: str) -> str:
    """Write a text as encoded words, no character in two of them."""
    pieces = [""]
    for character in text:
        if len((pieces[-1] + character).encode()) > _OCTETS:
            pieces.append("")
        pieces[-1] += character
    words = (b64encode(piece.encode()).decode() for piece in pieces)
    return "\r\n ".join(f"=?utf-8?b?{word}?=" for word in words)
