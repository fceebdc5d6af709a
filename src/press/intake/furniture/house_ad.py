"""One house ad, for paper and post, of the calls that stand in the web's articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlunsplit

from press.intake.furniture.fingerprint import fingerprint
from press.intake.furniture.score import score
from press.intake.furniture.words import is_shouted
from press.model.address import split_address
from press.model.house import AdId, House, HouseAd
from press.model.house_rules import HouseRules
from press.model.story import Piece, PieceKind

_LINK: Final = re.compile(r"\]\(<?(https?://[^\s)>\[\]]+)")
_TRACKING: Final = re.compile(r"utm_\w+|mc_\w+|fbclid|gclid|ref|source", re.IGNORECASE)
_STOP: Final = re.compile(r"(?<=[.!?…])[”’\"]?\s+(?=[“‘\"]?[\w(])")
#: What makes no sense on paper; a clause of it goes, or else the sentence.
_POLITE: Final = re.compile(
    r"^(?:if you (?:like|enjoy|value|enjoyed|liked)[^,.]{0,60},\s*"
    r"|wenn ihnen[^,.]{0,60},\s*|si vous aimez[^,.]{0,60},\s*|si te gusta[^,.]{0,60},\s*)",
    re.IGNORECASE,
)
_ON_SCREEN: Final = re.compile(
    r"\b(?:click\w*|tap|this (?:article|story|page|post|link|button|website)|below|above|here"
    r"|button|scroll\w*|browser|log in|enter your e-?mail|inbox|cookies?"
    r"|klick\w*|diese[rnms]? (?:artikel|seite|beitrag)s?|unten|cliqu\w+|cet article|ci-dessous"
    r"|haz clic|este artículo|clicca\w*|questo articolo|clique|este artigo|klik\w*|dit artikel)\b",
    re.IGNORECASE,
)
_MOST_HEADLINE, _MOST_TEXT, _MOST_BUTTON = 9, 60, 8
_USUAL_BUTTON: Final = "Subscribe"
_AD: Final = AdId("subscribe")


def offer_ad(calls: Sequence[Piece], house: House) -> HouseAd | None:
    """Make a house ad of the calls in the web's articles, once for all of them.

    What only makes sense on a screen is left out; the address is printed, and as a QR
    code, by the ad itself.

    Args:
        calls: The pieces of all stories that are calls.
        house: The paper: what it has is not offered again.

    Returns:
        The ad; None where nothing calls, or the paper has an ad to the same address.
    """
    once = list(_once(calls))
    text = _text(once)
    if not text:
        return None
    url = _address(calls, house)
    if any(_same(url, ad.url) for ad in house.house_ads):
        return None
    heading = _headline(once, text)
    return HouseAd(
        id=_free_id(house),
        headline=heading,
        text=" ".join(sentence for sentence in text if sentence != heading) or heading,
        button=_button(once),
        url=url,
    )


def _once(calls: Iterable[Piece]) -> Iterator[Piece]:
    """Yield what is said, each thing once; what is said most often first of its kind."""
    seen = Counter(fingerprint(piece.text) for piece in calls)
    first: dict[str, Piece] = {}
    for piece in calls:
        first.setdefault(fingerprint(piece.text), piece)
    most = max(seen.values(), default=0)
    for print_, piece in first.items():
        # One of many articles may have a call of its own: the paper's is said more often.
        if print_ and 2 * seen[print_] >= min(most, 4):
            yield piece


def _is_heading(piece: Piece) -> bool:
    return piece.kind is PieceKind.HEADING or is_shouted(piece.text)


def _text(calls: Sequence[Piece]) -> list[str]:
    """Return the sentences of the calls that make sense on paper, as many as fit."""
    sentences: list[str] = []
    words = 0
    for piece in calls:
        if piece.kind is PieceKind.BUTTON or _is_heading(piece):
            continue
        for sentence in _sentences(piece.text):
            count = len(sentence.split())
            if sentence not in sentences and words + count <= _MOST_TEXT:
                sentences.append(sentence)
                words += count
    return sentences


def _sentences(text: str) -> Iterator[str]:
    for sentence in _STOP.split(text):
        kept = _POLITE.sub("", sentence.strip())
        if kept and not _ON_SCREEN.search(kept):
            yield kept[0].upper() + kept[1:]


def _headline(calls: Sequence[Piece], text: Sequence[str]) -> str:
    """Return the large line: of a heading, or the shortest sentence that calls."""
    headings = [
        _calmed(sentence)
        for piece in calls
        if _is_heading(piece) and piece.kind is not PieceKind.BUTTON
        for sentence in _sentences(piece.text)
    ]
    short = [one for one in headings if len(one.split()) <= _MOST_HEADLINE]
    if short:
        return short[0].rstrip(".")
    calling = [
        sentence
        for sentence in sorted(text, key=len)
        if len(sentence.split()) <= _MOST_HEADLINE
        and score(
            Piece(kind=PieceKind.PARAGRAPH, text=sentence), frozenset(), HouseRules()
        ).calls
    ]
    return calling[0] if calling else _USUAL_BUTTON


def _button(calls: Sequence[Piece]) -> str:
    for piece in calls:
        if piece.kind is PieceKind.BUTTON and piece.text.strip():
            words = _calmed(piece.text.strip())
            if len(words.split()) <= _MOST_BUTTON and not _ON_SCREEN.search(words):
                return words
    return _USUAL_BUTTON


def _calmed(text: str) -> str:
    """Return a text in small letters if it was all capitals."""
    return text[0] + text[1:].lower() if is_shouted(text, least=3) else text


def _address(calls: Sequence[Piece], house: House) -> str:
    """Return where most calls lead, without what follows a reader; the site if nowhere."""
    found = Counter(
        _plain(url)
        for piece in calls
        for url in (match[1] for match in _LINK.finditer(piece.markdown))
    )
    return found.most_common(1)[0][0] if found else house.website


def _plain(url: str) -> str:
    parts = split_address(url)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    ]
    return urlunsplit(("https", parts.netloc, parts.path, urlencode(kept), ""))


def _same(one: str, other: str) -> bool:
    first, second = (split_address(_plain(url)) for url in (one, other))
    return (
        first.netloc.lower().removeprefix("www.")
        == second.netloc.lower().removeprefix("www.")
        and first.path.rstrip("/") == second.path.rstrip("/")
        and first.query == second.query
    )


def _free_id(house: House) -> AdId:
    taken = {ad.id for ad in house.house_ads}
    if _AD not in taken:
        return _AD
    number = next(n for n in range(2, len(taken) + 3) if f"{_AD}-{n}" not in taken)
    return AdId(f"{_AD}-{number}")
