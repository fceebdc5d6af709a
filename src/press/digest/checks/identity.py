"""Whether a reader can see who writes, and can leave."""

from __future__ import annotations

from collections.abc import Iterator

from press.digest.checks.mail import Mail
from press.digest.checks.parity import flat
from press.digest.token import TOKENS
from press.model.finding import Finding, error

_OWN_LINKS = (
    ("digest.unsubscribe", "unsubscribe", TOKENS.unsubscribe),
    ("digest.preferences", "preferences", TOKENS.preferences),
    ("digest.web-version", "web version", TOKENS.web),
)


def check_own_links(mail: Mail) -> Iterator[Finding]:
    """Find a part of the mail that lacks one of the reader's own links."""
    for code, name, token in _OWN_LINKS:
        shown = any(
            link.address == token and link.words and not link.hidden
            for link in mail.facts.links
        )
        for part, there in (("HTML", shown), ("text", token in mail.text)):
            if not there:
                message = f"the {part} part has no {name} link that can be seen"
                hint = f"link words to {token} in the layout's digest template"
                yield error(code, message, hint=hint)


def check_identity(mail: Mail) -> Iterator[Finding]:
    """Find a part of the mail that does not say who publishes the paper and where."""
    view = mail.view
    if not view.publisher.strip() or not any(line.strip() for line in view.address):
        message = "press.yaml does not say who publishes the paper and where"
        hint = "fill in imprint.publisher and imprint.address"
        yield error("digest.address", message, hint=hint)
        return
    needed = [view.publisher, *view.address]
    for part, content in (("HTML", mail.facts.text), ("text", mail.text)):
        shown = flat(content)
        lost = [line for line in needed if flat(line) not in shown]
        if lost:
            yield error(
                "digest.address",
                f"the {part} part does not show the publisher's {lost[0]!r}",
                hint="show publisher and address in the layout's digest template",
            )
