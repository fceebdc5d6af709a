"""The format of deadlines: offsets in press.yaml, times in edition.yaml."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, WithJsonSchema

from press.manifest.scalar import WallTime
from press.manifest.schema import Strict, setting
from press.manifest.wrong import cited, text_of, wrong

EXAMPLE = "10 days before at 12:00"
_OFFSET = re.compile(
    r"(?:(?P<count>[1-9][0-9]{0,2}) (?P<unit>day|week)s? before|(?P<same>same day))"
    r" at (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
)
_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """So many days before the day of sale, at a wall time."""

    days: int
    at: dt.time


def before(value: object) -> Before:
    """Return how long before the day of sale something is due."""
    text = text_of(value, wanted="a time before the day of sale", example=EXAMPLE)
    found = _OFFSET.fullmatch(" ".join(text.split()))
    if found is None:
        hint = f"write it as {EXAMPLE}, 2 weeks before at 17:00 or same day at 06:00"
        message = f"{cited(text)} is not a time before the day of sale"
        raise wrong(message, hint, code="manifest.time")
    days = 0 if found["same"] else int(found["count"]) * _DAYS[found["unit"]]
    try:
        at = dt.time(int(found["hour"]), int(found["minute"]))
    except ValueError:
        hint = "hours go from 00 to 23, minutes from 00 to 59"
        message = f"there is no {found['hour']}:{found['minute']} o'clock"
        raise wrong(message, hint, code="manifest.time") from None
    return Before(days=days, at=at)


Offset: TypeAlias = Annotated[
    Before,
    PlainValidator(before),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{re.sub('[?]P<[a-z]+>', '?:', _OFFSET.pattern)}$",
        }
    ),
]


class OffsetsPart(Strict):
    """When things are due before the day of sale, in every month."""

    copy_in: Offset | None = setting(
        "All copy is in.", example=EXAMPLE, default=None, name="copy"
    )
    pictures: Offset | None = setting(
        "All pictures are in.", example="9 days before at 12:00", default=None
    )
    legal: Offset | None = setting(
        "What needs it was read by a lawyer.",
        example="1 week before at 17:00",
        default=None,
    )
    proofs: Offset | None = setting(
        "Every page proof is passed.", example="4 days before at 17:00", default=None
    )
    press: Offset | None = setting(
        "The files are with the printer.",
        example="3 days before at 12:00",
        default=None,
    )
    delivered: Offset | None = setting(
        "The printed papers are where they are wanted.",
        example="same day at 06:00",
        default=None,
    )


class SchedulePart(Strict):
    """When things are due, in the paper's own time."""

    copy_in: WallTime | None = setting(
        "All copy is in.", example="2024-08-20 12:00", default=None, name="copy"
    )
    pictures: WallTime | None = setting(
        "All pictures are in.", example="2024-08-21 12:00", default=None
    )
    legal: WallTime | None = setting(
        "What needs it was read by a lawyer.",
        example="2024-08-23 17:00",
        default=None,
    )
    proofs: WallTime | None = setting(
        "Every page proof is passed.", example="2024-08-26 17:00", default=None
    )
    press: WallTime | None = setting(
        "The files are with the printer.", example="2024-08-27 12:00", default=None
    )
    delivered: WallTime | None = setting(
        "The printed papers are where they are wanted.",
        example="2024-08-30 06:00",
        default=None,
    )
