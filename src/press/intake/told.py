"""What a file in JSON tells, asked without trusting its shape."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, Final, Self

#: No number of a post or a row has more.
_MOST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A value of JSON; what is not there, or is of another type, is empty.

    Attributes:
        value: What JSON says.
    """

    value: Any = None

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read JSON, with a byte order mark or without.

        Raises:
            ValueError: It is none.
        """
        try:
            return cls(value=json.loads(data.decode("utf-8-sig")))
        except RecursionError as error:
            message = "it is nested too deep"
            raise ValueError(message) from error

    def at(self, *names: str) -> Told:
        """Return what stands under a name, and under the next within that."""
        value = self.value
        for name in names:
            value = value.get(name) if isinstance(value, dict) else None
        return Told(value=value)

    @property
    def there(self) -> bool:
        """Whether anything is said."""
        return self.value is not None

    @property
    def text(self) -> str:
        """Return words; a number as its digits."""
        if isinstance(self.value, bool):
            return ""
        if isinstance(self.value, int):
            return str(self.value)
        return self.value if isinstance(self.value, str) else ""

    @property
    def number(self) -> int:
        """Return a whole number; 0 where it is none."""
        return number_in(self.text)

    @property
    def yes(self) -> bool:
        """Whether it says yes."""
        return self.value is True

    @property
    def items(self) -> tuple[Told, ...]:
        """Return what a list holds, in its order; what a map holds, by its names."""
        value = self.value
        if isinstance(value, dict):
            value = list(value.values())
        return (
            tuple(Told(value=one) for one in value) if isinstance(value, list) else ()
        )

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.value, list)


def number_in(text: str) -> int:
    """Return a whole number as it is written in digits; 0 where it is none."""
    digits = text.strip()
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS
    return int(digits) if is_number else 0


def day_of(text: str) -> dt.date | None:
    """Return the day of a time in ISO 8601, by the calendar it is written in."""
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def moment_of(text: str) -> dt.datetime | None:
    """Return a time in ISO 8601 as UTC; one without a zone is of UTC."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            return moment.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
