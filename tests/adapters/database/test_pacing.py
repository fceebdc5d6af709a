"""How fast a mailing goes: rates where readers see them, and a provider that says later."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.adapters.database import Connection
from press.adapters.database.moment import stamp
from press.adapters.database.pacing import even, slot
from press.model.mailing import Answer, Budget, Claim, Hold, Mailing, Outcome, Wait
from tests.ledgers import NOON, Books, StoppedClock

SPAN, DAY = 60, 86_400
QUARTER, THREE_DAYS = 900, 259_200


@pytest.fixture
def books(connection: Connection) -> Books:
    return Books(connection=connection)


def a_hold(at: dt.datetime = NOON, hours: float = 12) -> Hold:
    until = at + dt.timedelta(hours=hours)
    return Hold(at=at, until=until, notice=QUARTER, longest=THREE_DAYS)


def claim(
    books: Books, mailing: Mailing, most: int, rate: int, hold: Hold | None
) -> Claim | Wait | None:
    budgets = [Budget(seconds=SPAN, most=rate)]
    return books.handing.claim(mailing, mailing.steps[0], most, budgets, hold)


def busiest(books: Books) -> int:
    """Return how many leave within the busiest span of time."""
    rows = books.connection.all(
        "SELECT leaves_at, count FROM request WHERE state <> 'refused'"
    )
    return max(int(sum(n for t, n in rows if at - SPAN < t <= at)) for at, _ in rows)


# ------------------------------------------------------------ slots


@settings(max_examples=200, deadline=None)
@given(
    rate=st.integers(1, 200_000),
    most=st.integers(1, 1000),
    cuts=st.lists(st.integers(1, 1000), min_size=1, max_size=60),
)
def test_no_span_of_time_holds_more_than_the_rate(
    rate: int, most: int, cuts: list[int]
) -> None:
    """Requests of any size, for some hold fewer readers than they might."""
    given_out: list[tuple[int, int]] = []
    take = even(rate, most)
    for cut in cuts:
        count = min(take, cut)
        at = slot(given_out, count, Budget(seconds=SPAN, most=rate), 1000)
        given_out.append((at, count))

    times = [at for at, _ in given_out]
    assert times == sorted(times)
    for start in times:
        within = sum(n for at, n in given_out if start <= at < start + SPAN)
        assert within <= rate


@pytest.mark.parametrize("rate", [1, 7, 60, 999, 1500, 2000, 7000, 30_000])
def test_a_rate_is_nearly_used_up(rate: int) -> None:
    given_out: list[tuple[int, int]] = []
    take = even(rate, 1000)
    while len(given_out) < 200:
        budget = Budget(seconds=SPAN, most=rate)
        given_out.append((slot(given_out, take, budget, 0), take))

    lasted = given_out[-1][0] + SPAN
    assert take * 200 * SPAN / lasted > 0.8 * rate or lasted <= 2 * SPAN


# ------------------------------------------------------------ held requests


def test_held_requests_leave_at_the_rate_however_fast_they_are_handed_over(
    books: Books,
) -> None:
    mailing = books.started(100)
    books.clock.pass_by(minutes=-40)

    claims = [claim(books, mailing, 10, 20, a_hold()) for _ in range(10)]

    held = [each.send_at for each in claims if isinstance(each, Claim)]
    assert held == [NOON + dt.timedelta(seconds=30 * n) for n in range(10)]
    assert claim(books, mailing, 10, 20, a_hold()) is None


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_between_the_rate_holds_at_the_provider(
    books: Books, seed: int
) -> None:
    """Some are refused, some are handed over late; time passes."""
    rng = random.Random(seed)
    mailing = books.started(400)
    hold = a_hold(hours=rng.choice([0.2, 1, 12]))
    books.clock.pass_by(minutes=-40)
    rate = rng.choice([7, 30, 90])

    for _ in range(60):
        now = books.clock.now()
        claimed = claim(books, mailing, rng.choice([5, 20, 100]), rate, hold)
        if isinstance(claimed, Claim) and claimed.send_at is not None:
            assert claimed.send_at >= max(hold.at, now + dt.timedelta(seconds=QUARTER))
            assert claimed.send_at <= hold.until
        if isinstance(claimed, Claim) and claimed.send_at is None:
            assert now >= hold.at
        if isinstance(claimed, Wait):
            books.clock.pass_by(seconds=min(claimed.seconds, 600))
        elif claimed is not None and rng.random() < 0.2:
            books.handing.release(claimed)
        if rng.random() < 0.2:
            books.clock.pass_by(seconds=rng.randrange(400))

    assert busiest(books) <= rate


def test_nothing_is_held_for_longer_than_the_provider_does(books: Books) -> None:
    mailing = books.started(20)
    books.clock.pass_by(minutes=-40)
    hold = a_hold(hours=200)

    claims = [claim(books, mailing, 1, 1, hold) for _ in range(2)]
    books.connection.run(
        "UPDATE request SET leaves_at = ? WHERE leaves_at > ?",
        *(stamp(books.clock.now()) + THREE_DAYS, stamp(NOON)),
    )
    wait = claim(books, mailing, 1, 1, hold)

    assert all(isinstance(each, Claim) for each in claims)
    assert wait == Wait(seconds=SPAN)


def test_what_is_too_late_to_be_taken_back_goes_at_its_time(books: Books) -> None:
    mailing = books.started(20)
    books.clock.pass_by(minutes=-5)

    before = claim(books, mailing, 10, 20, a_hold())
    books.clock.pass_by(minutes=5)
    then = claim(books, mailing, 10, 20, a_hold())

    assert before == Wait(seconds=300)
    assert isinstance(then, Claim)
    assert then.send_at is None


def test_a_warm_up_counts_what_the_provider_holds(books: Books) -> None:
    mailing = books.started(20)
    books.clock.pass_by(minutes=-40)
    day = Budget(seconds=DAY, most=12, everything=True)

    first = books.handing.claim(mailing, mailing.steps[0], 100, [day], a_hold())
    second = books.handing.claim(mailing, mailing.steps[0], 100, [day], a_hold())

    assert isinstance(first, Claim)
    assert len(first.readers) == 12
    assert isinstance(second, Wait)
    assert second.seconds >= DAY


# ------------------------------------------------------------ a provider that says later


def told_to_wait(books: Books, mailing: Mailing, seconds: float) -> None:
    claimed = books.handing.claim(mailing, mailing.steps[0], 5, ())
    assert isinstance(claimed, Claim)
    books.handing.mark(claimed, "", None)
    later = Outcome(answer=Answer.NOT_TAKEN, status=429, wait=seconds)
    assert books.handing.settle(claimed, later)


def test_when_the_provider_says_later_nobody_claims_until_then(books: Books) -> None:
    mailing = books.started(20)
    told_to_wait(books, mailing, 29.5)

    other = books.handing.for_thread()
    waits = [
        each.claim(mailing, mailing.steps[0], 5, ()) for each in (books.handing, other)
    ]
    other.close()

    assert waits == [Wait(seconds=30), Wait(seconds=30)]
    held = books.mailings.get(mailing.id).held_until
    assert held == NOON + dt.timedelta(seconds=30)
    books.clock.pass_by(seconds=30)
    assert isinstance(books.handing.claim(mailing, mailing.steps[0], 5, ()), Claim)


def test_a_shorter_wish_does_not_shorten_a_longer_one(books: Books) -> None:
    mailing = books.started(20)
    first = books.handing.claim(mailing, mailing.steps[0], 5, ())
    assert isinstance(first, Claim)
    books.handing.mark(first, "", None)
    told_to_wait(books, mailing, 60)

    books.handing.settle(first, Outcome(answer=Answer.NOT_TAKEN, status=429, wait=1))

    assert books.handing.claim(mailing, mailing.steps[0], 5, ()) == Wait(seconds=60)


def test_a_wish_written_by_a_clock_far_ahead_is_not_believed(books: Books) -> None:
    mailing = books.started(20)
    ahead = Books.__new__(Books)
    ahead.connection = books.connection
    ahead.clock = StoppedClock(NOON + dt.timedelta(hours=2))
    told_to_wait(ahead, mailing, 60)

    assert isinstance(books.handing.claim(mailing, mailing.steps[0], 5, ()), Claim)


def test_who_has_nobody_left_does_not_wait(books: Books) -> None:
    mailing = books.started(5)
    claimed = claim(books, mailing, 5, 5, None)
    assert isinstance(claimed, Claim)

    assert claim(books, mailing, 5, 5, None) is None
