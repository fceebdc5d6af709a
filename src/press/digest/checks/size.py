"""Whether the mail is small enough to be shown whole, and what makes it large.

A template marks where a block of the mail begins with a class: `css-class="block-note"`
begins the block "note". Where it marks none, stories begin at their first link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import pairwise

from press.digest.checks.mail import Mail
from press.digest.finish import LONGEST_LINE
from press.digest.token import room_for_tokens
from press.digest.view import Card
from press.model.finding import Finding, error, warning

#: Gmail cuts a mail off at about 102,000 octets of HTML.
MOST = 100_000
MANY = 80_000
_LARGEST_SHOWN = 3

_BODY = re.compile(r"<body\b", re.IGNORECASE)
#: A comment, which may be the same block for Outlook, or the tag that is marked.
_MARK = re.compile(
    r"""(?P<comment><!--.*?-->)
      | <[a-z][^<>]*\bclass="(?:[^"]*\s)?block-(?P<name>[a-z][a-z0-9-]*)[\s"]""",
    re.VERBOSE | re.DOTALL,
)
_HEADING = re.compile(r"<h[1-6]\b[^>]*>(.*?)</h[1-6]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def worst_size(html: str) -> int:
    """Return the octets of a mail when each reader's links are as long as can be."""
    return len(html.encode()) + room_for_tokens(html)


def check_size(mail: Mail) -> Iterator[Finding]:
    """Find a mail that Gmail would cut off, or nearly."""
    size = worst_size(mail.html)
    if size <= MANY:
        return
    blocks = weights(mail.html, mail.view.stories)
    largest = sorted(blocks, key=lambda block: -block[1])[:_LARGEST_SHOWN]
    parts = "; ".join(
        f"{name} {octets:,} (without it: {size - octets:,})" for name, octets in largest
    )
    message = f"the digest is {size:,} bytes; Gmail cuts it at about 102,000"
    hint = f"run fewer articles, or cut what is largest: {parts}"
    make = error if size > MOST else warning
    yield make("digest.size", message, mail.place, hint)


def weights(html: str, stories: Iterable[Card] = ()) -> tuple[tuple[str, int], ...]:
    """Return the blocks of a mail in order, each with its octets.

    The octets are those of `worst_size` and add up to it. What stands before the body
    is the block "head".

    Args:
        html: The finished mail.
        stories: Its articles, for a mail whose template marks no blocks.
    """
    body = _BODY.search(html)
    begin = body.start() if body else 0
    marks = list(_marked(html, begin)) or list(_linked(html, begin, stories))
    first = [(0, "head"), (begin, "frame")] if begin else [(0, "frame")]
    starts = [*first, *marks, (len(html), "")]
    return tuple(
        (name, worst_size(html[start:end]))
        for (start, name), (end, _) in pairwise(starts)
        if end > start
    )


def _marked(html: str, begin: int) -> Iterator[tuple[int, str]]:
    """Yield where blocks begin that the template marks, and what they are called."""
    marks: list[tuple[int, str]] = []
    comment = (0, 0)
    for mark in _MARK.finditer(html, begin):
        if mark["comment"]:
            comment = mark.span()
            continue
        before = html[slice(*comment)] if comment[1] == mark.start() else ""
        start = comment[0] if f"block-{mark['name']}" in before else mark.start()
        marks.append((start, mark["name"]))
    for (start, name), (end, _) in pairwise([*marks, (len(html), "")]):
        heading = _HEADING.search(html, start, end)
        words = " ".join(unescape(_TAG.sub("", heading[1])).split()) if heading else ""
        yield start, f"{name} “{words}”" if words else name


def _linked(
    html: str, begin: int, stories: Iterable[Card]
) -> Iterator[tuple[int, str]]:
    """Yield where stories begin: at the first link to them."""
    position = begin
    for card in stories:
        found = html.find(card.link.replace("&", "&amp;"), position + 1)
        if found >= 0:
            yield found, f"story “{card.headline}”"
            position = found


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
