"""Whether both parts of the mail say the same."""

from __future__ import annotations

from collections.abc import Iterator

from press.digest.checks.mail import Mail
from press.digest.inert import WORD_JOINER
from press.model.finding import Finding, error


def check_parity(mail: Mail) -> Iterator[Finding]:
    """Find headlines and links that only one part of the mail has."""
    text, html = flat(mail.text), flat(mail.facts.text)
    for card in mail.view.stories:
        place = mail.article(card.slug).place
        for part, content in (("HTML", html), ("text", text)):
            if flat(card.headline) not in content:
                message = f'the {part} part lacks the headline "{card.headline}"'
                yield error("digest.parity", message, place)
    addresses = set(mail.text.split())
    for address in dict.fromkeys(link.address for link in mail.facts.links):
        bare = address.removeprefix("mailto:")
        if not {address, f"<{address}>", bare} & addresses:
            message = f"the text part lacks the link to {address}"
            hint = "show it in the layout's digest.txt.j2"
            yield error("digest.parity", message, mail.place, hint)


def flat(text: str) -> str:
    """Return text without what differs between the two parts."""
    return "".join(text.replace(WORD_JOINER, "").split())
