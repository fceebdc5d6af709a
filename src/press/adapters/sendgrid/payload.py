"""What SendGrid is told: one request as JSON, with every limit held before it is sent.

Limits and words are those of `POST /v3/mail/send`. What readers have of their own is a
personalization each: address, values of tokens, headers that hold tokens, and two
opaque numbers that come back with every event.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from press.model.discretion import discreet
from press.model.header import safe, unfolded
from press.model.letter import Consignment, Letter, Parcel
from press.model.mailing import Answer

MOST_READERS = 1_000
MOST_OCTETS = 30_000_000
MOST_OF_ONE = 10_000
#: Octets that the names of tokens may take, and more.
_SPARE = 1_000
MOST_CATEGORIES = 10
LONGEST_CATEGORY = 255
FARTHEST = dt.timedelta(hours=72)
RESERVED = frozenset({
    "x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type",
    "content-transfer-encoding", "to", "from", "subject", "reply-to", "cc", "bcc",
})  # fmt: skip
_encode = json.JSONEncoder().encode
#: Around the number of a place in a form: JSON never holds it as it is.
_PLACE = "\0"
#: What SendGrid would add to the mails: nothing of it is wanted.
_NOTHING_ADDED = {
    "click_tracking": {"enable": False, "enable_text": False},
    "open_tracking": {"enable": False},
    "subscription_tracking": {"enable": False},
    "ganalytics": {"enable": False},
}


class UnfitError(Exception):
    """A request that SendGrid would not take, or would take wrongly.

    Attributes:
        answer: REJECTED where fewer readers may make it fit, or one of them is at
            fault; FATAL where it is the letter.
    """

    def __init__(self, answer: Answer, message: str) -> None:
        super().__init__(message)
        self.answer = answer


def write_payload(
    consignment: Consignment, now: dt.datetime, *, rehearsal: bool = False
) -> bytes:
    """Write a request as JSON.

    Args:
        consignment: The letter and its readers.
        now: The time, against which that of the fence is held.
        rehearsal: Whether SendGrid is to look at it and send nothing.

    Raises:
        UnfitError: It breaks a limit; the message says which, and names nobody.
    """
    letter, parcels = consignment.letter, consignment.parcels
    _hold_letter(letter)
    _hold_request(consignment, now)
    people = b",".join(_people(consignment.request, letter, parcels))
    told: dict[str, Any] = {
        "from": {"email": letter.sender_email, "name": letter.sender_name},
        "subject": letter.subject,
        "content": [
            {"type": "text/plain", "value": letter.text},
            {"type": "text/html", "value": letter.html},
        ],
        "headers": dict(_common_headers(letter, parcels[0])),
        "tracking_settings": _NOTHING_ADDED,
    }
    if letter.reply_to:
        told["reply_to"] = {"email": letter.reply_to}
    if consignment.categories:
        told["categories"] = list(consignment.categories)
    if consignment.fence is not None:
        told["batch_id"] = consignment.fence.batch
        told["send_at"] = consignment.fence.send_at
    settings = {}
    if consignment.asked_for:
        settings["bypass_unsubscribe_management"] = {"enable": True}
    if rehearsal:
        settings["sandbox_mode"] = {"enable": True}
    if settings:
        told["mail_settings"] = settings
    common = json.dumps(told, separators=(",", ":"))
    written = b"".join((b'{"personalizations":[', people, b"],", common[1:].encode()))
    if len(written) >= MOST_OCTETS:
        alone = len(common) + len(people) // len(parcels) >= MOST_OCTETS
        told_size = f"the request is {len(written):,} octets; SendGrid takes 30 MB"
        raise UnfitError(Answer.FATAL if alone else Answer.REJECTED, told_size)
    return written


def _hold_letter(letter: Letter) -> None:
    """Hold what all readers get against SendGrid's limits."""
    for line in (letter.subject, letter.sender_name, letter.sender_email):
        if not line.strip() or not safe(line):
            message = "subject, sender's name or address is empty or ends a line"
            raise UnfitError(Answer.FATAL, message)
    if not safe(letter.reply_to):
        raise UnfitError(Answer.FATAL, "the address for answers ends a line")
    for part in (letter.text, letter.html):
        if not part.strip() or not _writable(part):
            raise UnfitError(Answer.FATAL, "a part of the letter is empty or broken")
    _hold_headers(letter)


def _hold_headers(letter: Letter) -> None:
    names = [name.lower() for name, _ in letter.headers]
    if len(set(names)) < len(names):
        raise UnfitError(Answer.FATAL, "a header stands in the letter twice")
    for name, value in letter.headers:
        line = unfolded(value)
        if name.lower() in RESERVED:
            raise UnfitError(Answer.FATAL, f"SendGrid writes {discreet(name)} itself")
        if not (name + line).isascii() or not safe(name + line):
            message = f"{discreet(name)} holds characters that are not encoded"
            raise UnfitError(Answer.FATAL, message)


def _writable(part: str) -> bool:
    """Whether a text can be written as UTF-8: halves of characters cannot."""
    if part.isascii():
        return True
    try:
        part.encode()
    except UnicodeEncodeError:
        return False
    return True


def _hold_request(consignment: Consignment, now: dt.datetime) -> None:
    count, categories = len(consignment.parcels), consignment.categories
    if not 0 < count <= MOST_READERS:
        message = f"a request is for 1 to {MOST_READERS:,} readers, not for {count:,}"
        raise UnfitError(Answer.FATAL, message)
    if len(set(categories)) < len(categories) or len(categories) > MOST_CATEGORIES:
        raise UnfitError(
            Answer.FATAL, f"at most {MOST_CATEGORIES} categories, each once"
        )
    if any(not 0 < len(one) <= LONGEST_CATEGORY or not safe(one) for one in categories):
        raise UnfitError(
            Answer.FATAL, f"a category has 1 to {LONGEST_CATEGORY} letters"
        )
    fence = consignment.fence
    if fence is not None and (
        not fence.batch or fence.send_at > (now + FARTHEST).timestamp()
    ):
        message = "SendGrid holds mails for 72 hours at most, under a batch id"
        raise UnfitError(Answer.FATAL, message)
    seen = {parcel.email.lower() for parcel in consignment.parcels}
    if len(seen) < count:
        raise UnfitError(Answer.REJECTED, "an address stands in the request twice")


def _common_headers(letter: Letter, first: Parcel) -> Iterator[tuple[str, str]]:
    """Yield the headers that are the same for everybody."""
    for name, value in letter.headers:
        if not any(token in value for token in first.values):
            yield name, unfolded(value)


def _people(request: str, letter: Letter, parcels: Sequence[Parcel]) -> Iterator[bytes]:
    """Yield what each reader has of their own, as JSON.

    All readers of a letter have the same form: it is written once, and each one's values
    put into its places. Written for each reader anew it would be most of the work of
    sending.
    """
    tokens = tuple(parcels[0].values)
    rows = _rows(parcels, tokens)
    # Nothing in it ends a line; without these two there is nothing to write otherwise.
    everything = _hold_rows(rows, tokens)
    plain = '"' not in everything and "\\" not in everything
    written = _form(request, letter, tokens).split(_PLACE)
    pick = itemgetter(*map(int, written[1::2]))
    bare = sum(map(len, written[0::2]))
    for row, parcel in zip(rows, parcels, strict=True):
        written[1::2] = pick(row if plain else [*map(_quoted, row)])
        person = "".join(written)
        if (len(person) - bare) * 4 > MOST_OF_ONE - _SPARE:
            _hold_size(parcel.values)
        yield person.encode()


def _rows(parcels: Sequence[Parcel], tokens: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return number, address, Message-ID and the tokens' values of each reader."""
    rows = []
    for delivery, email, values, message_id in parcels:
        if tuple(values) != tokens:
            raise UnfitError(Answer.FATAL, "readers of one letter have other tokens")
        rows.append((str(delivery), email, message_id, *values.values()))
    return rows


def _form(request: str, letter: Letter, tokens: tuple[str, ...]) -> str:
    """Return one reader's personalization, with a number between marks in each place.

    Place 0 is the number of the delivery, 1 the address, 2 the Message-ID; then come
    the tokens' values, in order. Each place is within quotation marks.
    """
    delivery, email, message_id, *own = (
        f"{_PLACE}{number}{_PLACE}" for number in range(len(tokens) + 3)
    )
    places = dict(zip(tokens, own, strict=True))
    headers = [f'"Message-ID":"<{message_id}>"']
    for name, value in letter.headers:
        if any(token in value for token in tokens):
            line = _quoted(unfolded(value))
            for token, place in places.items():
                line = line.replace(_quoted(token), place)
            headers.append(f'"{_quoted(name)}":"{line}"')
    substitutions = [
        f'"{_quoted(token)}":"{place}"'
        for token, place in places.items()
        if token in letter.text or token in letter.html or token in letter.subject
    ]
    return (
        f'{{"to":[{{"email":"{email}"}}],"headers":{{{",".join(headers)}}},'
        f'"substitutions":{{{",".join(substitutions)}}},'
        f'"custom_args":{{"d":"{delivery}","r":"{_quoted(request)}"}}}}'
    )


def _quoted(text: str) -> str:
    """Return a text as it stands between the quotation marks of JSON."""
    return _encode(text)[1:-1]


def _hold_rows(rows: Sequence[Sequence[str]], tokens: tuple[str, ...]) -> str:
    """Hold what readers have of their own against what mails can hold; return all of it.

    All of it is looked at in one go, which is much quicker; whoever is at fault is
    found by asking for fewer readers.
    """
    everything = " ".join(chain.from_iterable(rows))
    if not safe(everything):
        raise UnfitError(Answer.REJECTED, "a value holds a character that ends lines")
    if any(token in everything for token in tokens):
        raise UnfitError(Answer.REJECTED, "a value holds a token")
    return everything


def _hold_size(values: Mapping[str, str]) -> None:
    size = sum(
        len(text.encode(errors="replace")) for pair in values.items() for text in pair
    )
    if size > MOST_OF_ONE:
        message = f"a reader's own values are {size:,} octets, at most {MOST_OF_ONE:,}"
        raise UnfitError(Answer.REJECTED, message)
