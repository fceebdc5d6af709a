"""Who made a picture, told from what its caption says of it, or the line under it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from press.model.story import Piece, PieceKind, Sought

#: Words that open a credit, in the languages whose captions were looked at.
#: Those that always name its maker, and those that may as well say what it shows.
_MAKERS: Final = (
    r"photo(?:graph)?s?(?:\s+(?:courtesy\s+of|by|from|credit))?|credits?"
    r"|(?:pictures?|images?)\s+(?:courtesy\s+of|by|from|credit)"
    r"|(?:illustrations?|graphics?|chart)\s+by"
    r"|crédits?(?:\s+photo)?|photographie|fotos?(?:\s+von|\s+de)?|fotografía(?:\s+de)?"
    r"|crèdit|crédito|bildquelle|fotografia"
    r"|фото(?:графия)?|снимка|фота|φωτογραφία|写真|사진"
)
_SHOWN: Final = (
    r"pictures?|images?|illustrations?|graphics?|chart|imagen|bild|صورة|الصورة"
)
_NAME: Final = r"[^.!?:\n]{2,60}(?:\.[^\s.!?:\n][^.!?:\n]{0,40})*"
_AFTER: Final = r"(?<=[.!?…”\"’)\]|–—])\s*|\s*[|–—]\s*|\s+\("
_AFTER_COLON: Final = re.compile(
    rf"(?:(?:^|{_AFTER})[*_(]{{0,3}}(?:{_MAKERS})|(?:{_AFTER})[*_(]{{0,3}}(?:{_SHOWN}))"
    r"[*_]{0,2}\s*[::][*_]{0,2}\s*(?P<name>[^\n]{2,120}?)[*_).]{0,4}\s*$",
    re.IGNORECASE,
)
_BY: Final = re.compile(
    r"(?:^|(?<=[.!?…”\"’)\]|–—])\s+|\s*[|–—]\s*|\s*\()"
    r"(?:photo(?:graph)?s?|pictures?|images?|illustrations?|graphics?)"
    rf"\s+(?:by|courtesy\s+of)\s+(?P<name>{_NAME})\)?\.?\s*$",
    re.IGNORECASE,
)
_AGENCY: Final = re.compile(
    r"\s*\(\s*(?:(?P<agency>[A-Z][\w&. ]{1,30})\s+(?:Photo|Foto|Image)"
    r"(?:\s*/\s*(?P<who>[^()]{2,60}))?"
    r"|(?P<both>[\w.’' -]{2,40}/\s?(?:[A-Z][\w&. ]{1,40}/?){1,3}))\s*\)\s*\.?\s*$"
)
_SIGN: Final = re.compile(
    r"(?:^|(?<=[.!?…”\"’)\]])\s*|\s*[|–—(]\s*|\s+)(?P<name>©\s*[^\n()]{2,80}?)\)?\.?\s*$"
)
#: A line under a picture that is called a picture's: of whom, or of what, its words tell.
_LINE: Final = re.compile(
    rf"[*_(\[]*(?:{_MAKERS}|{_SHOWN})\s*[::]\s*(?P<name>\S[^\n]*?)[*_)\]. ]*",
    re.IGNORECASE,
)
#: What is left of a caption where its site says apart who made the picture.
_LABEL: Final = re.compile(
    rf"(?:^|\s*[|–—(]\s*|\s+)(?:(?:{_MAKERS}|{_SHOWN})\s*[::]"
    r"|(?:photo(?:graph)?s?|pictures?|images?)\s+by)\s*$",
    re.IGNORECASE,
)
_MOST_WORDS, _MOST_NAMES = 14, 10
#: Small words between names: "Ada Marsh for the Quoin, courtesy of Otto von Salz".
_SMALL: Final = frozenset(
    [
        "a",
        "and",
        "at",
        "by",
        "courtesy",
        "for",
        "from",
        "in",
        "of",
        "on",
        "the",
        "via",
        "with",
        "van",
        "von",
        "de",
        "da",
        "di",
        "del",
        "della",
        "der",
        "den",
        "des",
        "dos",
        "du",
        "la",
        "le",
        "les",
        "el",
        "al",
        "bin",
        "y",
        "e",
        "et",
        "und",
        "och",
        "og",
        "i",
        "für",
        "aus",
        "per",
    ]
)
_OPENED: Final = re.compile(r"\s+[*_]+$")
_MARKS: Final = re.compile(r"^[*_\s]+|[*_\s]+$")


def split_credit(caption: str) -> tuple[str, str]:
    """Return a caption without its credit, and the credit; empty where it has none.

    A credit is what stands last and is called one: "Photo: Jane Doe/Agency",
    "Photograph by …", "(AP Photo/Jane Doe)", "© …". A name alone is not taken for one.
    """
    text = caption.strip()
    loose = _MARKS.sub("", text)
    for pattern in (_AFTER_COLON, _BY, _AGENCY, _SIGN):
        match = pattern.search(text)
        bare = False
        if match is None and loose != text:
            match, bare = pattern.fullmatch(loose), True
        if match is None:
            continue
        rest = "" if bare else text[: match.start()].rstrip(" |–—(")
        return _whole(rest), _named(match)
    return text, ""


def with_credits(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return pieces whose pictures have their credits.

    Captions hand theirs on; a line right under a picture that is nothing but a credit
    becomes this picture's, and its words are the picture's, too.
    """
    made: list[Piece] = []
    for piece in pieces:
        above = made[-1] if made else None
        if above is not None and (credit := _credit_under(above, piece)):
            shown = replace(above.pictures[0], credit=credit)
            text = f"{above.text} {piece.text}".strip()
            made[-1] = replace(above, text=text, pictures=(shown,))
            continue
        pictures = tuple(credited(one) for one in piece.pictures)
        made.append(replace(piece, pictures=pictures) if pictures else piece)
    return tuple(made)


def _credit_under(above: Piece, piece: Piece) -> str:
    """Return the credit that a piece is for the picture above it; empty for none."""
    is_shown = above.kind is PieceKind.PICTURE and len(above.pictures) == 1
    if not is_shown or above.pictures[0].credit or piece.pictures:
        return ""
    return credit_line(piece.text) if piece.kind is PieceKind.PARAGRAPH else ""


def credit_line(text: str) -> str:
    """Return whom a line names that is nothing but a credit; empty for any other.

    Names are told from sentences by their capitals: "Picture: Ada Marsh/Quoin" is one,
    "Picture: the mill after the fire" is not.
    """
    text = text.strip()
    if len(text.split()) > _MOST_WORDS:
        return ""
    match = _LINE.fullmatch(text)
    if match is None:
        rest, name = split_credit(text)
        return name if not rest and _names(name) else ""
    name = _MARKS.sub("", match["name"]).strip(" .")
    return name if _names(name) else ""


def maker_in(line: str) -> str:
    """Return whom a line names that its source calls a credit: "Photo:" before it goes."""
    match = _LINE.fullmatch(line.strip())
    name = match["name"] if match else split_credit(line)[1] or line
    return _MARKS.sub("", name).strip(" .,|–—()[]")


def without_label(caption: str) -> str:
    """Return a caption without "Photo:" at its end, where its source names the maker apart."""
    return _LABEL.sub("", caption)


def _names(text: str) -> bool:
    """Whether words are names: all but small ones between them begin with a capital."""
    words = re.findall(r"[^\W_][\w.'’@-]*", text)
    large = [word for word in words if word.lower() not in _SMALL]
    return 0 < len(large) <= _MOST_NAMES and not any(
        word[0].islower() and "." not in word for word in large
    )


def credited(picture: Sought) -> Sought:
    """Return a picture with the credit told from its caption, unless it has one."""
    if picture.credit or not picture.caption:
        return picture
    caption, credit = split_credit(picture.caption)
    return replace(picture, caption=caption, credit=credit) if credit else picture


def _named(match: re.Match[str]) -> str:
    found = match.groupdict()
    if found.get("name"):
        return _MARKS.sub("", found["name"]).strip(" .")
    if found.get("both"):
        return str(found["both"]).strip()
    agency, who = str(found.get("agency") or "").strip(), found.get("who")
    return f"{who.strip()}/{agency}" if who else agency


def _whole(rest: str) -> str:
    """Close the emphasis that closed after the credit, if it closed there."""
    rest = _OPENED.sub("", rest)
    for mark in ("**", "*", "_"):
        if rest.count(mark) % 2:
            return rest + mark
    return rest
