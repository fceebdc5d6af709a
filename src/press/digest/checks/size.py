"""Whether the mail is small enough to be shown whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from press.digest.checks.mail import Mail
from press.digest.finish import LONGEST_LINE
from press.digest.token import room_for_tokens
from press.model.finding import Finding, error, warning

#: Gmail cuts a mail off at about 102,000 octets of HTML.
MOST = 100_000
MANY = 80_000
_LARGEST_SHOWN = 3


def worst_size(html: str) -> int:
    """Return the octets of a mail when each reader's links are as long as can be."""
    return len(html.encode()) + room_for_tokens(html)


def check_size(mail: Mail) -> Iterator[Finding]:
    """Find a mail that Gmail would cut off, or nearly."""
    size = worst_size(mail.html)
    if size <= MANY:
        return
    largest = sorted(_blocks(mail), key=lambda block: -block[1])[:_LARGEST_SHOWN]
    parts = ", ".join(f'"{name}" {octets:,}' for name, octets in largest)
    message = f"the digest is {size:,} bytes; Gmail cuts it at about 102,000"
    hint = f"run fewer articles; the largest are {parts}"
    make = error if size > MOST else warning
    yield make("digest.size", message, mail.place, hint)


def _blocks(mail: Mail) -> Iterator[tuple[str, int]]:
    """Yield articles and about how many octets each takes: from link to link."""
    html = mail.html
    starts: list[tuple[int, str]] = []
    for card in mail.view.stories:
        address = card.link.replace("&", "&amp;")
        found = html.find(address, starts[-1][0] + 1 if starts else 0)
        if found >= 0:
            starts.append((found, card.headline))
    for (start, name), (end, _) in pairwise([*starts, (len(html), "")]):
        yield name, len(html[start:end].encode())


def check_lines(mail: Mail) -> Iterator[Finding]:
    """Find a line that the post cannot carry."""
    longest = max(worst_size(line) for line in mail.html.split("\n"))
    if longest > LONGEST_LINE:
        yield error(
            "digest.line",
            f"the mail has a line of {longest:,} octets; {LONGEST_LINE} is the limit",
            mail.place,
            "look for a very long address, or a very long word",
        )
