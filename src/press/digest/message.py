"""A digest as a letter: headers, plain text and HTML, with tokens for each reader's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from press.digest.token import TOKENS
from press.model.digest import Digest, Variant
from press.model.edition import Edition, Greeting
from press.model.header import encoded, on_one_line, phrase
from press.model.house import House
from press.model.letter import Letter

__all__ = ["Post", "encoded", "list_id", "phrase"]

#: Gmail tells complaints by a name of 5 to 15 letters.
_SHORTEST_ID, _LONGEST_ID = 5, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What all mails of a digest have in common."""

    digest: Digest
    edition: Edition
    house: House

    def letter(self, variant: Variant) -> Letter:
        """Return a variant as it is frozen for sending."""
        plan, sender = self.edition.digest, self.house.sender
        greeting = plan.greeting if plan else Greeting()
        return Letter(
            variant=variant.name,
            subject=on_one_line(self.digest.subject),
            sender_name=on_one_line(sender.name),
            sender_email=sender.email,
            reply_to=sender.reply_to,
            headers=tuple(self.headers()),
            text=variant.text,
            html=variant.html,
            lang=self.edition.lang,
            greeting_named=greeting.named,
            greeting_unnamed=greeting.unnamed,
        )

    def headers(self) -> Iterator[tuple[str, str]]:
        """Yield the headers of mailing lists, and those that tell of no reader.

        RFC 8058 asks for exactly this value of List-Unsubscribe-Post.
        """
        house = self.house
        leave = f"<{TOKENS.unsubscribe}>"
        if house.sender.unsubscribe:
            mailto = f"mailto:{house.sender.unsubscribe}?subject={TOKENS.leave}"
            leave += f", <{mailto}>"
        yield "List-Id", f"{phrase(house.title)} <{list_id(house)}>"
        yield "List-Unsubscribe", leave
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
        yield "List-Help", f"<{TOKENS.preferences}>"
        yield "Feedback-ID", feedback_id(house, self.edition)
        yield "Content-Language", self.edition.lang


def list_id(house: House) -> str:
    """Return the digest's List-Id (RFC 2919), the same in every month."""
    return f"digest.{house.sender.email.rpartition('@')[2].lower()}"


def feedback_id(house: House, edition: Edition) -> str:
    """Return by which name Gmail tells how many called the digest spam.

    It names the edition and the paper, never a reader.
    """
    paper = house.code or "press"
    if len(paper) < _SHORTEST_ID:
        paper = f"paper-{paper}"
    return f"{edition.id}:digest:{paper[:_LONGEST_ID]}"
