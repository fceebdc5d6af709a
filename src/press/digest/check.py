"""What keeps a digest from being sent, or an editor should look at before it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from press.digest.contrast import check_contrast
from press.digest.facts import Image, Link, MailFacts, read_mail
from press.digest.finish import LONGEST_LINE
from press.digest.headline import check_preheader, check_subject
from press.digest.inert import WORD_JOINER
from press.digest.token import TOKENS, room_for_tokens
from press.digest.view import DigestView
from press.model.article import Article, Slug
from press.model.digest import MailPalette, Variant
from press.model.edition import Edition
from press.model.finding import NOWHERE, Finding, Place, error, warning

#: Gmail cuts a mail off at about 102,000 octets of HTML.
MOST = 100_000
MANY = 80_000
_LARGEST_SHOWN = 3

_METAS = ("color-scheme", "supported-color-schemes")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mail:
    """A digest with everything that is known about it."""

    digest: Variant
    view: DigestView
    edition: Edition
    facts: MailFacts

    @property
    def place(self) -> Place:
        """Where the manifest plans it."""
        return self.edition.digest.place if self.edition.digest else NOWHERE

    def article(self, slug: Slug) -> Article:
        """Return one of its articles."""
        return self.edition.article(slug)


def check(
    digest: Variant, view: DigestView, edition: Edition, palette: MailPalette
) -> Iterator[Finding]:
    """Find what is wrong with a digest before it is personalised."""
    facts = read_mail(digest.html)
    mail = _Mail(digest=digest, view=view, edition=edition, facts=facts)
    yield from check_subject(view, mail.place)
    yield from check_preheader(view, mail.place)
    yield from _check_size(mail)
    yield from _check_lines(mail)
    yield from _check_frame(mail)
    yield from _check_tokens(mail)
    yield from _check_identity(mail)
    yield from _check_images(mail)
    yield from _check_links(mail)
    yield from _check_text(mail)
    yield from check_contrast(palette)


# --- Size ----------------------------------------------------------------------------


def worst_size(html: str) -> int:
    """Return the octets of a mail when each reader's links are as long as can be."""
    return len(html.encode()) + room_for_tokens(html)


def _check_size(mail: _Mail) -> Iterator[Finding]:
    size = worst_size(mail.digest.html)
    if size <= MANY:
        return
    largest = sorted(_blocks(mail), key=lambda block: -block[1])[:_LARGEST_SHOWN]
    parts = ", ".join(f'"{name}" {octets:,}' for name, octets in largest)
    message = f"the digest is {size:,} bytes; Gmail cuts it at about 102,000"
    hint = f"run fewer articles; the largest are {parts}"
    make = error if size > MOST else warning
    yield make("digest.size", message, mail.place, hint)


def _blocks(mail: _Mail) -> Iterator[tuple[str, int]]:
    """Yield articles and about how many octets each takes: from link to link."""
    html = mail.digest.html
    starts: list[tuple[int, str]] = []
    for card in mail.view.stories:
        address = card.link.replace("&", "&amp;")
        found = html.find(address, starts[-1][0] + 1 if starts else 0)
        if found >= 0:
            starts.append((found, card.headline))
    for (start, name), (end, _) in pairwise([*starts, (len(html), "")]):
        yield name, len(html[start:end].encode())


def _check_lines(mail: _Mail) -> Iterator[Finding]:
    longest = max(worst_size(line) for line in mail.digest.html.split("\n"))
    if longest > LONGEST_LINE:
        yield error(
            "digest.line",
            f"the mail has a line of {longest:,} octets; {LONGEST_LINE} is the limit",
            mail.place,
            "look for a very long address, or a very long word",
        )


# --- Frame ---------------------------------------------------------------------------


def _check_frame(mail: _Mail) -> Iterator[Finding]:
    facts = mail.facts
    missing = [
        name
        for name, there in (
            ('lang="…" on <mjml>', facts.lang not in {"", "und"}),
            ('dir="ltr" or "rtl" on <mjml>', facts.direction in {"ltr", "rtl"}),
            ("<mj-title>", bool(facts.title)),
            *((f'<meta name="{name}">', name in facts.metas) for name in _METAS),
        )
        if not there
    ]
    for name in missing:
        yield error(
            "digest.frame",
            f"the digest lacks {name}",
            hint="put it into the layout's digest.mjml.j2",
        )
    heads = [words for level, words in facts.headings if level == 1]
    if len(heads) != 1:
        yield error(
            "digest.heading",
            f"the digest has {len(heads)} main headings (h1); it must have one",
            hint="the paper's title is the one; headlines are h2 in the template",
        )
    for found in sorted(set(facts.active)):
        yield error(
            "digest.active-content",
            f"the digest holds {found}, which mail programs block",
            hint="take it out of the layout's digest.mjml.j2",
        )


_TOKENS = (
    ("digest.unsubscribe", "unsubscribe", TOKENS.unsubscribe),
    ("digest.preferences", "preferences", TOKENS.preferences),
    ("digest.web-version", "web version", TOKENS.web),
)


def _check_tokens(mail: _Mail) -> Iterator[Finding]:
    for code, name, token in _TOKENS:
        for part, content in (("HTML", mail.digest.html), ("text", mail.digest.text)):
            if token not in content:
                message = f"the {part} part has no {name} link"
                hint = f"put {token} into the layout's digest template"
                yield error(code, message, hint=hint)


def _check_identity(mail: _Mail) -> Iterator[Finding]:
    view = mail.view
    if not view.publisher.strip() or not any(line.strip() for line in view.address):
        message = "press.yaml does not say who publishes the paper and where"
        hint = "fill in imprint.publisher and imprint.address"
        yield error("digest.address", message, hint=hint)
        return
    needed = [view.publisher, *view.address]
    html, text = _flat(mail.facts.text), _flat(mail.digest.text)
    for part, content in (("HTML", html), ("text", text)):
        lost = [line for line in needed if _flat(line) not in content]
        if lost:
            yield error(
                "digest.address",
                f"the {part} part does not show the publisher's {lost[0]!r}",
                hint="show publisher and address in the layout's digest template",
            )


# --- Pictures and links --------------------------------------------------------------


def _check_images(mail: _Mail) -> Iterator[Finding]:
    pictures = {
        card.picture.url: mail.article(card.slug)
        for card in mail.view.stories
        if card.picture
    }
    for image in mail.facts.images:
        article = pictures.get(image.address)
        place = article.place if article else mail.place
        yield from _check_image(image, place)
    relative = [
        image.address
        for image in mail.facts.images
        if urlsplit(image.address).scheme != "https"
    ]
    if relative:
        yield warning(
            "digest.media",
            f"{len(relative)} pictures have no https address and will not show "
            f"({relative[0]})",
            mail.place,
            "say in press.yaml under which address pictures are served (media:)",
        )


def _check_image(image: Image, place: Place) -> Iterator[Finding]:
    if image.alt is None:
        message = f"the picture {image.address} has no alt attribute"
        yield error("digest.alt", message, place, 'write alt="" in the template')
    elif not image.alt.strip():
        yield warning(
            "digest.alt",
            f"the picture {image.address} has no alternative text",
            place,
            "say in one sentence what it shows (alt:); half of the readers see "
            "that instead",
        )


def _check_links(mail: _Mail) -> Iterator[Finding]:
    seen: set[Link] = set()
    for link in mail.facts.links:
        if link not in seen:
            seen.add(link)
            yield from _check_link(link, mail.place)


def _check_link(link: Link, place: Place) -> Iterator[Finding]:
    if not link.words:
        yield error(
            "digest.link-words",
            f"the link to {link.address or 'nowhere'} has no words",
            place,
            "a linked picture needs an alternative text",
        )
    if link.address in TOKENS.addresses:
        return
    named = f'the link "{link.words}"'
    parts = urlsplit(link.address)
    if not link.address.strip():
        yield error("digest.link", f"{named} leads nowhere", place)
    elif parts.scheme == "mailto":
        return
    elif parts.scheme not in {"http", "https"} or not parts.hostname:
        message = f"{named} leads to {link.address!r}, which is no web address"
        yield error("digest.link", message, place, "begin it with https://")
    elif _is_local(parts.hostname):
        message = f"{named} leads to {parts.hostname}, which readers cannot reach"
        yield error("digest.link", message, place)
    elif parts.scheme == "http":
        message = f"{named} is not encrypted ({link.address})"
        yield warning("digest.link", message, place, "begin it with https://")


def _is_local(host: str) -> bool:
    return (
        host in {"localhost", "0.0.0.0", "::1"}  # noqa: S104 - compared, not bound
        or host.startswith(("127.", "10.", "192.168."))
        or host.endswith((".localhost", ".local", ".internal", ".test"))
        or "." not in host
    )


# --- The plain-text part -------------------------------------------------------------


def _check_text(mail: _Mail) -> Iterator[Finding]:
    text = _flat(mail.digest.text)
    html = _flat(mail.facts.text)
    for card in mail.view.stories:
        place = mail.article(card.slug).place
        for part, content in (("HTML", html), ("text", text)):
            if _flat(card.headline) not in content:
                message = f'the {part} part lacks the headline "{card.headline}"'
                yield error("digest.parity", message, place)
    addresses = set(mail.digest.text.split())
    for address in dict.fromkeys(link.address for link in mail.facts.links):
        bare = address.removeprefix("mailto:")
        if not {address, f"<{address}>", bare} & addresses:
            message = f"the text part lacks the link to {address}"
            hint = "show it in the layout's digest.txt.j2"
            yield error("digest.parity", message, mail.place, hint)


def _flat(text: str) -> str:
    """Return text without what differs between the two parts."""
    return "".join(text.replace(WORD_JOINER, "").split())
