"""What must hold before readers are written to; how fast it goes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from press.mailing.guard import (
    Strangers,
    check_addresses,
    check_count,
    check_tested,
    far_from,
    reason_to_stop,
)
from press.mailing.pace import budgets, warm_up_most
from press.model.event import Tally
from press.model.finding import NOWHERE
from press.model.mailing import Budget, Counts, DeliveryState, SignOff, Step
from tests.ledgers import NOON, a_step


def test_a_digest_that_nobody_tested_is_refused() -> None:
    tested = SignOff(what="tested", who="Hal", at=NOON)

    (found,) = check_tested([], [a_step()], NOWHERE)

    assert found.code == "mailing.untested"
    assert not list(check_tested([tested], [a_step()], NOWHERE))
    assert not list(check_tested([], [a_step(share=None)], NOWHERE))


@pytest.mark.parametrize(
    ("count", "last", "codes"),
    [
        (0, 10, ["error"]),
        (100, None, []),
        (100, 84, []),
        (100, 83, ["error"]),
        (79, 100, ["error"]),
        (81, 100, []),
    ],
)
def test_a_count_that_moved_is_refused(
    count: int, last: int | None, codes: list[str]
) -> None:
    found = list(check_count(count, last, None, NOWHERE))

    assert [each.severity for each in found] == codes


def test_a_count_that_moved_is_right_only_where_its_number_is_named() -> None:
    assert not list(check_count(79, 100, 79, NOWHERE))
    assert list(check_count(79, 100, 80, NOWHERE))
    assert list(check_count(0, 100, 0, NOWHERE))


def test_a_frozen_audience_must_be_near_what_was_confirmed() -> None:
    counts = Counts(candidates=80, excluded={}, states={DeliveryState.PENDING: 80})

    assert far_from(101, counts)
    assert not far_from(100, counts)
    assert not far_from(None, counts)


def test_readers_who_are_none_are_refused_and_our_own_are_told() -> None:
    found = Strangers(nobodys=2, nobody="a…@example.com", ours=1, own="d…k@x.example")

    refused, told = check_addresses(found, NOWHERE)

    assert (refused.code, refused.severity) == ("mailing.mixed", "error")
    assert (
        "2 addresses on the list are in domains that are for tests" in refused.message
    )
    assert (told.code, told.severity) == ("mailing.mixed", "warning")
    assert not list(check_addresses(Strangers(), NOWHERE))


def test_bounces_and_complaints_stop_a_mailing() -> None:
    step = a_step(stop_bounce=0.03, stop_complaint=0.001)

    assert not reason_to_stop(step, Tally())
    assert not reason_to_stop(step, Tally(accepted=100, bounced=3))
    assert "4 bounces of 100" in said(step, Tally(accepted=100, bounced=4))
    assert "complaints" in said(step, Tally(accepted=100, complained=1))
    assert not reason_to_stop(a_step(), Tally(accepted=10, bounced=10))


def said(step: Step, tally: Tally) -> str:
    stop = reason_to_stop(step, tally)
    assert stop is not None
    return stop.why


def test_what_stopped_a_mailing_once_counts_no_more_and_what_comes_beyond_does() -> (
    None
):
    step = a_step(stop_bounce=0.03, stop_complaint=0.001)
    stop = reason_to_stop(step, Tally(accepted=100, bounced=5))
    assert stop is not None
    seen = stop.step

    again = said(seen, Tally(accepted=100, bounced=9))

    assert not reason_to_stop(seen, Tally(accepted=100, bounced=8))
    assert "4 bounces of 100 mails, beyond the 5 of the last stop (4.00%;" in again
    assert "complaints" in said(seen, Tally(accepted=100, bounced=8, complained=1))


def test_bounces_at_handing_over_stop_a_mailing_of_which_nothing_was_accepted() -> None:
    step = a_step(stop_bounce=0.5)

    assert "9 bounces of 9" in said(step, Tally(bounced=9, refused=9))
    assert not reason_to_stop(step, Tally(accepted=11, bounced=9, refused=9))


def test_a_warm_up_grows_by_the_same_factor_every_day() -> None:
    days = [warm_up_most(200, 20_000, 42, day) for day in range(-1, 50)]

    assert days[0] == days[1] == 200
    assert days[42] == days[-1] == 20_000
    assert all(a <= b for a, b in pairwise(days))
    assert warm_up_most(200, 20_000, 3, 1) == 2000


def test_a_rate_and_a_warm_up_are_budgets() -> None:
    assert budgets(a_step(), None) == ()
    assert budgets(a_step(rate=60), 500) == (
        Budget(seconds=60, most=60),
        Budget(seconds=86_400, most=500, everything=True),
    )
