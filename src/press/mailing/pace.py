"""How fast a mailing may go: the plan's rate, and the warm-up of a new domain."""

from __future__ import annotations

import datetime as dt
import math

from press.model.mailing import Budget, Step

MINUTE = 60
DAY = 86_400


def warm_up_most(first: int, most: int, days: int, day: int) -> int:
    """Return how many mails a new domain may send on a day, counted from 0.

    Mailbox providers trust a domain by its history: from `first` the number grows by
    the same factor every day until `most` is reached on day `days`.
    """
    if day <= 0 or days <= 1:
        return first if day < days else most
    if day >= days - 1:
        return most
    return round(first * math.pow(most / first, day / (days - 1)))


def budgets(step: Step, warm_up: int | None) -> tuple[Budget, ...]:
    """Return what limits a step.

    Args:
        step: Its rate, in mails a minute.
        warm_up: How many live mails may go today; None for no warm-up.
    """
    made = []
    if step.rate is not None:
        made.append(Budget(seconds=MINUTE, most=step.rate))
    if warm_up is not None:
        made.append(Budget(seconds=DAY, most=warm_up, everything=True))
    return tuple(made)


def day_of(start: dt.date, now: dt.datetime) -> int:
    """Return which day of a warm-up it is, counted from 0, in UTC."""
    return (now.date() - start).days
