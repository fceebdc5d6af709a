"""Numbers, dates, shares, ratios and lengths, as editors write them.

Every value of a file arrives as text. Each converter here makes it what it means or
says in the house's words what to write instead. Use the types, not the functions:

    class GridPart(Strict):
        margin: LengthText
        columns: Annotated[Whole, Field(ge=1, le=12)] = 5
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, TypeAlias, TypeVar

from pydantic import BeforeValidator, WithJsonSchema

from press.manifest.character import is_blank
from press.manifest.nearest import did_you_mean
from press.manifest.wrong import cited, text_of, wrong
from press.model.article import Focus
from press.model.ink import Ink
from press.model.length import Length

Choice = TypeVar("Choice", bound=StrEnum)

SPACES = re.compile(r"[ \t\n]+")
WHOLE = re.compile(r"0|-?[1-9][0-9]{0,8}")
DECIMAL = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)?")
ZONE = re.compile(r"(?:Z|[+-][0-9]{2}:?[0-9]{2})$")
LENGTH = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) ?(mm|cm|pt|in)")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
RATE = re.compile(r"([1-9][0-9]{0,8}) ?(?:/|per) ?(second|minute|hour)")
RANGE = re.compile(r"([0-9]{1,4})(?:\s*[-–]\s*([0-9]{1,4}))?")
POINTS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "pt": 1.0, "in": 72.0}
FEWEST_DIGITS = 2
OLDEST_SHORT_YEAR = 70
WIDEST = 5.0
INKS = 4
MONTHS = tuple(name.lower() for name in calendar.month_name)


def one_line(value: object) -> str:
    """Return a text on one line that says something."""
    text = maybe_empty(value)
    if not text:
        raise wrong("a text is needed here, and this one shows nothing")
    return text


def maybe_empty(value: object) -> str:
    """Return a text on one line; nothing if no character of it shows."""
    text = SPACES.sub(" ", text_of(value))
    return "" if is_blank(text) else text


def paragraphs(value: object) -> str:
    """Return a text with its line breaks."""
    return text_of(value)


def listed(value: object) -> object:
    """Take a single value for a list of one."""
    return (value,) if isinstance(value, str | dict) else value


def whole(value: object) -> int:
    """Return a whole number; 010 is none."""
    text = text_of(value, wanted="a whole number", example="16")
    if WHOLE.fullmatch(text):
        return int(text)
    digits = re.sub(r"[ _,.\u00a0]", "", text)
    if re.fullmatch(r"0*[1-9][0-9]{0,8}", digits) and not text.startswith("."):
        raise wrong(f"{cited(text)} is not a whole number", f"write {int(digits)}")
    raise wrong(f"a whole number is needed here, not {cited(text)}", "write digits: 12")


def decimal(value: object) -> float:
    """Return a number with a decimal point."""
    text = text_of(value, wanted="a number", example="0.5")
    if DECIMAL.fullmatch(text):
        return float(text)
    point = text.replace(",", ".")
    hint = f"write {point}" if DECIMAL.fullmatch(point) else "write it as 0.5"
    raise wrong(f"a number is needed here, not {cited(text)}", hint)


def yes_or_no(value: object) -> bool:
    """Return whether the answer is yes."""
    text = text_of(value, wanted="yes or no", example="yes").lower()
    if text in ("yes", "true"):
        return True
    if text in ("no", "false"):
        return False
    raise wrong(f"yes or no is needed here, not {cited(text)}", "write yes or no")


def date(value: object) -> dt.date:
    """Return a day written as 2024-08-30."""
    text = text_of(value, wanted="a date", example="2024-08-30")
    if found := ISO_DATE.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    meant = _guessed_date(text)
    hint = f"write it as {meant or '2024-08-30'}"
    if meant:
        hint += f" ({meant.day} {calendar.month_name[meant.month]} {meant.year})"
    raise wrong(f"{cited(text)} is not a date", hint, code="manifest.date")


def date_or_moment(value: object) -> dt.date:
    """Return the day of a date or of a moment such as 2024-08-31T23:30:00+01:00."""
    text = text_of(value, wanted="a date", example="2024-08-30")
    found = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.]+ ?[Z0-9:+-]*", text)
    return date(found[1] if found else text)


def _day(year: int, month: int, day: int) -> dt.date:
    name = f"{year:04}-{month:02}-{day:02}"
    try:
        return dt.date(year, month, day)
    except ValueError:
        hint = "months go from 01 to 12"
        if year and 1 <= month <= 12:  # noqa: PLR2004 - a year's months
            days = calendar.monthrange(year, month)[1]
            hint = f"{calendar.month_name[month]} {year} has {days} days"
        raise wrong(f"{name} does not exist", hint, code="manifest.date") from None


def _guessed_date(text: str) -> dt.date | None:
    """Return what a date in another form most likely means, the day coming first."""
    words = [word for word in re.split(r"[\s/.,-]+", text.lower()) if word]
    if len(words) != 3:  # noqa: PLR2004 - day, month, year
        return None
    numbers = [_month_number(word) for word in words]
    if any(number is None for number in numbers):
        return None
    first, second, third = (number or 0 for number in numbers)
    month_first = words[0].isalpha() or second > len(MONTHS)
    day, month = (second, first) if month_first else (first, second)
    if len(words[2]) <= FEWEST_DIGITS:
        third += 1900 if third >= OLDEST_SHORT_YEAR else 2000
    try:
        return dt.date(third, month, day)
    except ValueError:
        return None


def _month_number(word: str) -> int | None:
    digits = re.fullmatch(r"([0-9]{1,4})(?:st|nd|rd|th)?", word)
    if digits:
        return int(digits[1])
    for number, name in enumerate(MONTHS):
        if name and len(word) > FEWEST_DIGITS and name.startswith(word):
            return number
    return None


def wall_time(value: object) -> dt.datetime:
    """Return a wall time written as 2024-08-27 16:00, without zone."""
    example = "2024-08-27 16:00"
    text = text_of(value, wanted="a time", example=example)
    if ZONE.search(text) and ISO_DATE.match(text):
        raise wrong(
            f"{cited(text)} names a time zone",
            f"times here are in the paper's own zone: write it as {example}",
            code="manifest.time",
        )
    day, _, clock = text.replace("T", " ").partition(" ")
    found = CLOCK.fullmatch(clock.strip())
    if not ISO_DATE.fullmatch(day) or found is None:
        hint = f"write a time as {example}"
        raise wrong(f"{cited(text)} is not a time", hint, code="manifest.time")
    try:
        return dt.datetime.combine(date(day), dt.time(int(found[1]), int(found[2])))
    except ValueError:
        hint = "hours go from 00 to 23, minutes from 00 to 59"
        message = f"there is no {clock.strip()} o'clock"
        raise wrong(message, hint, code="manifest.time") from None


def percentage(value: object) -> float:
    """Return a share from 0 to 1 written as 2%."""
    text = text_of(value, wanted="a percentage", example="2%")
    number = text.removesuffix("%").rstrip()
    if not text.endswith("%") or not DECIMAL.fullmatch(number):
        hint = f"write {number}%" if DECIMAL.fullmatch(number) else "write it as 2%"
        raise wrong(f"{cited(text)} is not a percentage", hint)
    if not 0 < float(number) <= 100:  # noqa: PLR2004 - per cent
        raise wrong(f"{text} is out of range", "percentages go from above 0% to 100%")
    return float(number) / 100


def share(value: object) -> float:
    """Return a share of readers; `rest` is everybody who is left, and so is 100%."""
    text = text_of(value, wanted="a percentage or rest", example="2%")
    return 1.0 if text == "rest" else percentage(text)


def rate(value: object) -> int:
    """Return a speed, written as 2000/minute, as messages a minute."""
    text = text_of(value, wanted="a speed", example="2000/minute")
    found = RATE.fullmatch(text)
    if found is None:
        raise wrong(f"{cited(text)} is not a speed", "write it as 2000/minute")
    count = int(found[1])
    per_minute = {"second": count * 60, "minute": count, "hour": count // 60}[found[2]]
    if not per_minute:
        raise wrong(f"{text} is less than one a minute", "write at least 60/hour")
    return per_minute


def ratio(value: object) -> float:
    """Return width to height written as 3:2."""
    text = text_of(value, wanted="a ratio", example="3:2")
    sides = text.split(":")
    if len(sides) != 2 or not all(DECIMAL.fullmatch(side) for side in sides):  # noqa: PLR2004 - width and height
        raise wrong(f"{cited(text)} is not a ratio", "write width to height as 3:2")
    width, height = (float(side) for side in sides)
    if min(width, height) <= 0 or not 1 / WIDEST <= width / height <= WIDEST:
        hint = f"ratios go from 1:{WIDEST:.0f} to {WIDEST:.0f}:1"
        raise wrong(f"{text} is too extreme for a picture", hint)
    return width / height


def focus(value: object) -> Focus:
    """Return the point that a crop keeps, written as [0.5, 0.3]."""
    hint = "write shares of the width and of the height: [0.5, 0.3]"
    if not isinstance(value, tuple) or len(value) != 2:  # noqa: PLR2004 - x and y
        raise wrong("two numbers are needed here", hint)
    x, y = (decimal(part) for part in value)
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise wrong("this point lies outside the picture", hint)
    return Focus(x=x, y=y)


def page_range(value: object) -> tuple[int, int]:
    """Return first and last page of 10-11, or of a single page 10."""
    text = text_of(value, wanted="a range of pages", example="10-11")
    found = RANGE.fullmatch(text)
    if found is None:
        hint = "write it as 10-11, or one page as 10"
        raise wrong(f"{cited(text)} is not a range of pages", hint)
    first = whole(found[1])
    last = whole(found[2]) if found[2] else first
    if first == 0:
        raise wrong("there is no page 0", "pages count from 1")
    if last < first:
        raise wrong(f"{cited(text)} runs backwards", f"write it as {last}-{first}")
    return first, last


def length(value: object) -> Length:
    """Return a length written with its unit: 15 mm, 11 pt."""
    text = text_of(value, wanted="a length", example="15 mm")
    if found := LENGTH.fullmatch(text):
        return Length.of_pt(float(found[1]) * POINTS[found[2]])
    unit = "0 mm" if text == "0" else f"{text} mm or {text} pt"
    hint = f"write {unit}" if DECIMAL.fullmatch(text) else "write it as 15 mm or 11 pt"
    raise wrong(f"{cited(text)} is not a length with a unit", hint)


def colour(value: object) -> str:
    """Return a colour written as #c8102e, in lower case."""
    text = text_of(value, wanted="a colour", example='"#c8102e"')
    if COLOUR.fullmatch(text):
        return text.lower()
    hint = 'write red, green and blue as "#c8102e", in quotes'
    raise wrong(f"{cited(text)} is not a colour", hint)


def inks(value: object) -> Ink:
    """Return a colour in ink, written as the per cent of C, M, Y and K: 0 100 85 15."""
    text = text_of(value, wanted="four inks", example="0 100 85 15")
    parts = text.split()
    if len(parts) != INKS or not all(map(DECIMAL.fullmatch, parts)):
        raise wrong(
            f"{cited(text)} is not a colour in ink",
            "write cyan, magenta, yellow and black in per cent: 0 100 85 15",
        )
    shares = [float(part) / 100 for part in parts]
    if not all(0 <= share <= 1 for share in shares):
        raise wrong(f"{cited(text)}: each ink is from 0 to 100 per cent")
    return Ink(*shares)


def one_of(words: type[Choice]) -> Callable[[object], Choice]:
    """Return a converter to the members of an enumeration."""
    names = [member.value for member in words]

    def choose(value: object) -> Choice:
        text = text_of(value, wanted=f"one of {', '.join(names)}")
        if text in names:
            return words(text)
        message = f"{cited(text)} is not one of: {', '.join(names)}"
        near = did_you_mean(text, names)
        hint = near if near and near.startswith("did") else None
        raise wrong(message, hint, code="manifest.choice")

    return choose


_TEXT = WithJsonSchema({"type": ["string", "number"]})
Line: TypeAlias = Annotated[str, BeforeValidator(one_line), _TEXT]
MaybeLine: TypeAlias = Annotated[
    str,
    BeforeValidator(maybe_empty),
    WithJsonSchema({"type": ["string", "number", "null"]}),
]
Paragraphs: TypeAlias = Annotated[str, BeforeValidator(paragraphs), _TEXT]
Whole: TypeAlias = Annotated[int, BeforeValidator(whole)]
Decimal: TypeAlias = Annotated[float, BeforeValidator(decimal)]
YesNo: TypeAlias = Annotated[
    bool,
    BeforeValidator(yes_or_no),
    WithJsonSchema({"enum": ["yes", "no", True, False]}),
]
Date: TypeAlias = Annotated[dt.date, BeforeValidator(date)]
DateOrMoment: TypeAlias = Annotated[
    dt.date, BeforeValidator(date_or_moment), WithJsonSchema({"type": "string"})
]
WallTime: TypeAlias = Annotated[
    dt.datetime,
    BeforeValidator(wall_time),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d[ T]\d?\d:\d\d(:00)?$"}
    ),
]
Percentage: TypeAlias = Annotated[
    float,
    BeforeValidator(percentage),
    WithJsonSchema({"type": "string", "pattern": r"^[\d.]+ ?%$"}),
]
Share: TypeAlias = Annotated[
    float,
    BeforeValidator(share),
    WithJsonSchema({"type": "string", "pattern": r"^(rest|[\d.]+ ?%)$"}),
]
Rate: TypeAlias = Annotated[
    int,
    BeforeValidator(rate),
    WithJsonSchema({"type": "string", "examples": ["2000/minute"]}),
]
Ratio: TypeAlias = Annotated[
    float,
    BeforeValidator(ratio),
    WithJsonSchema({"type": "string", "pattern": r"^[\d.]+:[\d.]+$"}),
]
FocusPair: TypeAlias = Annotated[
    Focus,
    BeforeValidator(focus),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "number", "minimum": 0, "maximum": 1},
            "minItems": 2,
            "maxItems": 2,
        }
    ),
]
PageRange: TypeAlias = Annotated[
    tuple[int, int],
    BeforeValidator(page_range),
    WithJsonSchema({"type": ["integer", "string"], "examples": ["10-11"]}),
]
LengthText: TypeAlias = Annotated[
    Length,
    BeforeValidator(length),
    WithJsonSchema({"type": "string", "pattern": r"^-?[\d.]+ ?(mm|cm|pt|in)$"}),
]
Inks: TypeAlias = Annotated[
    Ink,
    BeforeValidator(inks),
    WithJsonSchema({"type": "string", "pattern": "^[0-9.]+( [0-9.]+){3}$"}),
]
Colour: TypeAlias = Annotated[
    str,
    BeforeValidator(colour),
    WithJsonSchema({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}),
]
