"""Single values of a list: dates, words for yes, tags, texts that can be printed."""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata

#: A spreadsheet takes cells that begin so for formulas; exports put ' before them. The last
#: four are wide, as East Asian keyboards write them.
FORMULAS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_PROTECTED = tuple(f"'{sign}" for sign in FORMULAS)
LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*"
)
_YES = frozenset({"true", "yes", "1", "t", "y", "ja", "oui", "si", "sí"})
_NO = frozenset({"false", "no", "0", "f", "n", "", "nein", "non"})


def unprotected(cell: str) -> str:
    """Return a cell without the ' that keeps a spreadsheet from calculating it."""
    return cell[1:] if cell[:1] == "'" and cell.startswith(_PROTECTED) else cell


def protected(cell: str) -> str:
    """Return a cell so that no spreadsheet takes it for a formula.

    A cell that looks protected already gets another ', so that reading it back gives
    what was written.
    """
    if cell[:1] and (cell[0] in FORMULAS or unprotected(cell) != cell):
        return f"'{cell}"
    return cell


def clean(text: str) -> str:
    """Return a text on one line, without what cannot be printed."""
    if text.isprintable():
        return text
    kept = (
        sign
        for sign in text
        if sign.isspace()
        or unicodedata.category(sign) not in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    return " ".join("".join(kept).split())


def moment_of(text: str) -> dt.datetime | None:
    """Return the time of an ISO date, in UTC where it names no zone; None for no date."""
    if text[4:5] != "-" or text[7:8] != "-":
        return None  # Python reads more, such as weeks.
    try:
        found = dt.datetime.fromisoformat(text.strip().removesuffix(" UTC"))
        if found.tzinfo is None:
            return found.replace(tzinfo=dt.UTC)
        return found.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def decided(text: str) -> bool | None:
    """Return what a word for yes or no says; None for any other."""
    word = text.strip().lower()
    if word in _YES:
        return True
    return False if word in _NO else None


def tags_of(text: str) -> frozenset[str]:
    """Return the tags of a cell: divided by commas, each in quotation marks or bare."""
    try:
        (tags,) = csv.reader([text], skipinitialspace=True)
    except (csv.Error, ValueError):
        tags = text.split(",")
    return frozenset(cleaned for tag in tags if (cleaned := clean(tag.strip())))
