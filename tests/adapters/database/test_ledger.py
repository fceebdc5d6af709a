"""The ledger: what moves, what does not, and what is left out."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from press.adapters.database import Connection, open_database
from press.adapters.database.freezing import Audience
from press.adapters.database.handing import Handing
from press.adapters.database.segments import Condition
from press.model.errors import AlreadySentError
from press.model.letter import Fence
from press.model.mailing import (
    Answer,
    Budget,
    Claim,
    Kind,
    Mailing,
    MailingState,
    Outcome,
    Wait,
)
from tests.ledgers import Books, a_letter, a_step, everybody

ACCEPTED = Outcome(answer=Answer.ACCEPTED, status=202, message_id="m")
DOUBT = Outcome(answer=Answer.IN_DOUBT, detail="timeout")
NOT_TAKEN = Outcome(answer=Answer.NOT_TAKEN, status=429)
REJECTED = Outcome(answer=Answer.REJECTED, status=400, detail="bad address")
FATAL = Outcome(answer=Answer.FATAL, status=401, detail="no such key")


@pytest.fixture
def books(connection: Connection) -> Books:
    return Books(connection=connection)


def claimed(
    books: Books, mailing: Mailing, most: int = 1000, budgets: Sequence[Budget] = ()
) -> Claim:
    claim = books.handing.claim(mailing, mailing.steps[0], most, budgets)
    assert isinstance(claim, Claim)
    return claim


def marked(books: Books, mailing: Mailing, most: int = 1000) -> Claim:
    claim = claimed(books, mailing, most)
    assert books.handing.mark(claim, "hash", None) == claim.readers
    return claim


# ------------------------------------------------------------ freezing


def test_the_count_closes_with_every_reason(books: Books) -> None:
    list_id = books.add_readers(10)
    for reader, status in ((1, "unsubscribed"), (2, "bounced"), (3, "pending")):
        books.leave(reader, status)
    books.connection.run(
        "UPDATE membership SET standing = 'unconfirmed' WHERE subscriber_id = 4"
    )
    books.connection.run(
        "INSERT INTO suppression (email_hash, cause, since)"
        " SELECT email_hash, 'complained', 0 FROM subscriber WHERE id = 5"
    )
    mailing = books.open(list_id)
    staff = Condition(sql="s.id = ?", values=(6,))
    audience = replace(everybody(list_id), excluded=(("the staff's", staff),))

    counts = books.freezing(portion=3).freeze(mailing, audience)

    assert counts is not None
    assert counts.closes
    assert (counts.candidates, counts.prepared) == (10, 4)
    assert counts.excluded == {
        "unsubscribed": 1,
        "bounced": 1,
        "pending": 1,
        "unconfirmed": 1,
        "suppressed": 1,
        "excluded: the staff's": 1,
    }


def test_each_reader_gets_the_variant_of_their_groups(books: Books) -> None:
    list_id = books.add_readers(4)
    groups = tuple(Condition(sql="s.id % ? = 0", values=(n,)) for n in (2, 3))
    audience = Audience(
        list_id=list_id,
        groups=groups,
        variants={0: "none", 1: "even", 2: "third", 3: "both"},
    )
    mailing = books.open(list_id, letters=[a_letter("none"), a_letter("even")])

    books.freezing().freeze(mailing, audience)

    rows = books.connection.all(
        "SELECT subscriber_id, variant FROM delivery ORDER BY 1"
    )
    assert rows == [(1, "none"), (2, "even"), (3, "third"), (4, "even")]


def test_shares_are_exact_and_the_same_when_worked_out_again(books: Books) -> None:
    list_id = books.add_readers(100)
    mailing = books.open(list_id, a_step(1, share=0.02), a_step(2))

    books.freezing(portion=7).freeze(mailing, everybody(list_id))

    sql = "SELECT step, count(*) FROM delivery GROUP BY step ORDER BY step"
    assert books.connection.all(sql) == [(1, 2), (2, 98)]


def test_the_count_closes_while_readers_leave_and_come(
    books: Books, database: str, tmp_path: Path
) -> None:
    list_id = books.add_readers(3_000)
    mailing = books.open(list_id)
    other = open_database(database, tmp_path)
    ended = threading.Event()

    def leave_and_come() -> None:
        for number in itertools.cycle(range(1, 3_000)):
            if ended.is_set():
                return
            for status in ("unsubscribed", "active"):
                sql = "UPDATE subscriber SET status = ? WHERE id > ? AND id < ? + 50"
                other.run(sql, status, number, number)

    thread = threading.Thread(target=leave_and_come)
    thread.start()
    try:
        counts = books.freezing(portion=20).freeze(mailing, everybody(list_id))
    finally:
        ended.set()
        thread.join(10)
        other.close()

    assert counts is not None
    assert counts.closes
    assert counts.candidates == 3_000


def test_a_freeze_that_a_dead_process_began_is_begun_anew(
    books: Books, database: str, tmp_path: Path
) -> None:
    list_id = books.add_readers(10)
    mailing = books.open(list_id)
    books.connection.run(
        "UPDATE mailing SET state = 'preparing', owner = ?, candidates = 5",
        "somebody 1 0.000000" if "://" in database else "somebody 1 0 -",
    )
    books.connection.run(
        "INSERT INTO delivery (mailing_id, step, email, email_key, email_hash, variant)"
        " SELECT ?, 1, email, email_key, email_hash, 'old' FROM subscriber WHERE id < 4",
        mailing.id,
    )

    counts = books.freezing().freeze(mailing, everybody(list_id))

    assert counts is not None
    assert (counts.candidates, counts.prepared) == (10, 10)
    assert books.connection.one(
        "SELECT count(*) FROM delivery WHERE variant = 'old'"
    ) == (0,)


def test_a_mailing_is_frozen_once(books: Books) -> None:
    list_id = books.add_readers(3)
    mailing = books.open(list_id)

    first = books.freezing().freeze(mailing, everybody(list_id))
    second = books.freezing().freeze(mailing, everybody(list_id))

    assert first is not None
    assert second is None
    assert books.counts(mailing).prepared == 3


def test_the_desk_gets_every_variant(books: Books) -> None:
    step = a_step(1, kind=Kind.TEST, share=None)
    letters = [a_letter("public"), a_letter("members")]
    mailing = books.open(None, step, letters=letters, kind=Kind.TEST, audience="desk")
    people = [("desk@q.example", "desk@q.example", b"1")]

    counts = books.freezing().freeze_addresses(mailing, people, 2)

    assert counts is not None
    assert counts.closes
    rows = books.connection.all("SELECT email, variant FROM delivery ORDER BY id")
    assert rows == [("desk@q.example", "public"), ("desk@q.example", "members")]


def test_a_second_live_mailing_of_an_edition_is_refused(books: Books) -> None:
    list_id = books.add_readers(1)
    mailing = books.open(list_id)

    with pytest.raises(AlreadySentError, match="2024-09 has a mailing to digest"):
        books.open(list_id)
    books.mailings.move(mailing, MailingState.SCHEDULED, MailingState.CANCELLED)
    assert books.open(list_id).id != mailing.id


# ------------------------------------------------------------ handing over


def test_accepted_readers_are_settled(books: Books) -> None:
    mailing = books.started(5)
    claim = marked(books, mailing)

    assert books.handing.settle(claim, ACCEPTED)

    assert books.states(mailing) == {"accepted": 5}
    assert books.handing.claim(mailing, mailing.steps[0], 10, ()) is None


def test_a_claim_takes_one_variant_only(books: Books) -> None:
    list_id = books.add_readers(4)
    odd = Condition(sql="s.id % 2 = 1")
    audience = Audience(list_id=list_id, groups=(odd,), variants={0: "a", 1: "b"})
    mailing = books.open(list_id)
    books.freezing().freeze(mailing, audience)
    mailing = books.start(mailing)

    claims = [claimed(books, mailing) for _ in range(2)]

    assert [(each.variant, len(each.readers)) for each in claims] == [
        ("a", 2),
        ("b", 2),
    ]


def test_who_leaves_before_the_claim_or_before_the_mark_is_left_out(
    books: Books,
) -> None:
    mailing = books.started(5)
    books.leave(1)
    claim = claimed(books, mailing)
    books.leave(3)
    books.connection.run(
        "UPDATE membership SET standing = 'withdrawn' WHERE subscriber_id = 4"
    )

    left = books.handing.mark(claim, "hash", None)

    assert left is not None
    assert [each.email for each in left] == ["r2@x.example", "r5@x.example"]
    claim = replace(claim, readers=left)
    assert books.handing.mark(claim, "hash", None) == left
    assert books.handing.settle(claim, ACCEPTED)
    assert books.states(mailing) == {"accepted": 2, "skipped": 3}


def test_a_request_whose_mailing_was_paused_is_not_sent(books: Books) -> None:
    mailing = books.started(5)
    claim = claimed(books, mailing)
    books.mailings.move(mailing, MailingState.SENDING, MailingState.PAUSED, "by hand")

    assert books.handing.mark(claim, "hash", None) is None
    books.handing.release(claim)

    assert books.states(mailing) == {"pending": 5}
    assert books.handing.claim(mailing, mailing.steps[0], 10, ()) is None


def test_what_was_not_taken_can_be_claimed_again(books: Books) -> None:
    mailing = books.started(5)

    books.handing.settle(marked(books, mailing), NOT_TAKEN)

    assert books.states(mailing) == {"pending": 5}
    assert len(claimed(books, mailing).readers) == 5


def test_a_refused_request_is_halved_until_the_bad_address_is_alone(
    books: Books,
) -> None:
    mailing = books.started(16)
    requests = 0
    while True:
        claim = books.handing.claim(mailing, mailing.steps[0], 1000, ())
        if claim is None:
            break
        assert isinstance(claim, Claim)
        assert books.handing.mark(claim, "", None) == claim.readers
        bad = any(each.email == "r7@x.example" for each in claim.readers)
        books.handing.settle(claim, REJECTED if bad else ACCEPTED)
        requests += 1

    assert books.states(mailing) == {"accepted": 15, "failed": 1}
    assert requests <= 12
    row = books.connection.one(
        "SELECT email, reason FROM delivery WHERE state = 'failed'"
    )
    assert row == ("r7@x.example", "bad address")


def test_a_provider_that_answers_for_each_is_heard_for_each(books: Books) -> None:
    mailing = books.started(4)
    claim = marked(books, mailing)
    one, two, three, _ = (each.delivery for each in claim.readers)
    parts = {
        one: (Answer.REJECTED, "550 no such user"),
        two: (Answer.NOT_TAKEN, "451 later"),
        three: (Answer.IN_DOUBT, "connection lost"),
    }

    books.handing.settle(claim, replace(ACCEPTED, parts=parts))

    assert books.states(mailing) == {
        "accepted": 1,
        "failed": 1,
        "pending": 1,
        "in_doubt": 1,
    }
    wait = books.handing.claim(mailing, mailing.steps[0], 10, ())
    assert isinstance(wait, Wait)
    books.clock.pass_by(seconds=wait.seconds)
    assert len(claimed(books, mailing).readers) == 1


def test_who_is_refused_by_name_fails_alone(books: Books) -> None:
    mailing = books.started(3)
    claim = marked(books, mailing)
    bad = claim.readers[1].delivery

    parts = {bad: (Answer.REJECTED, "550 no such user")}
    books.handing.settle(claim, replace(REJECTED, parts=parts))

    assert books.states(mailing) == {"failed": 1, "pending": 2}


def test_a_fatal_answer_pauses_and_marks_nobody(books: Books) -> None:
    mailing = books.started(4)

    books.handing.settle(marked(books, mailing), FATAL)

    paused = books.mailings.get(mailing.id)
    assert (paused.state, paused.why) == (MailingState.PAUSED, "no such key")
    assert books.states(mailing) == {"pending": 4}


def test_a_doubt_is_never_claimed_again(books: Books) -> None:
    mailing = books.started(4)

    books.handing.settle(marked(books, mailing), DOUBT)

    assert books.states(mailing) == {"in_doubt": 4}
    assert books.handing.claim(mailing, mailing.steps[0], 10, ()) is None
    assert not books.mailings.finish(mailing)


def test_a_thread_that_ends_leaves_the_others_their_database(books: Books) -> None:
    mailing = books.started(5)
    ledger = books.handing
    of_thread = ledger.for_thread()
    of_thread.claim(mailing, mailing.steps[0], 2, ())

    of_thread.close()

    assert len(claimed(books, mailing).readers) == 3


def test_a_dead_owner_leaves_pending_what_it_had_reserved_and_doubt_in_flight(
    books: Books, database: str, tmp_path: Path
) -> None:
    mailing = books.started(6)
    claimed(books, mailing, most=2)
    marked(books, mailing, most=2)
    gone = "1 0.000000" if "://" in database else "1 0 -"
    books.connection.run("UPDATE request SET process = ?, owner = 'other'", gone)

    assert books.handing.recover(mailing) == 2

    assert books.states(mailing) == {"pending": 4, "in_doubt": 2}


def test_a_living_owner_is_left_alone(
    books: Books, database: str, tmp_path: Path
) -> None:
    mailing = books.started(6)
    claim = marked(books, mailing)
    other = open_database(database, tmp_path)

    assert Handing(other, books.clock).recover(mailing) == 0
    assert not Handing(other, books.clock).settle(claim, ACCEPTED)
    assert books.handing.settle(claim, ACCEPTED)
    other.close()


def test_who_wakes_up_after_being_taken_over_settles_nothing(books: Books) -> None:
    mailing = books.started(3)
    claim = marked(books, mailing)
    books.connection.run("UPDATE request SET state = 'in_doubt'")
    books.connection.run("UPDATE delivery SET state = 'in_doubt'")

    assert not books.handing.settle(claim, ACCEPTED)

    assert books.states(mailing) == {"in_doubt": 3}


# ------------------------------------------------------------ doubts


def test_evidence_settles_a_doubt(books: Books) -> None:
    mailing = books.started(3)
    books.handing.settle(marked(books, mailing), DOUBT)
    (doubt,) = books.doubts.doubts(mailing.id)

    assert books.doubts.canaries(doubt.request) == [
        "r1@x.example",
        "r2@x.example",
        "r3@x.example",
    ]
    assert books.doubts.accept(doubt.request, "seen")

    assert books.states(mailing) == {"accepted": 3}
    assert not books.doubts.refuse(doubt.request, "too late")


def test_once_a_cancellation_is_asked_for_evidence_settles_nothing(
    books: Books,
) -> None:
    mailing = books.started(3)
    claim = claimed(books, mailing)
    fence = Fence(batch="b", send_at=int(books.clock.now().timestamp()) + 3600)
    books.handing.mark(claim, "", fence)
    books.handing.settle(claim, DOUBT)

    assert books.doubts.ask_fence(claim.request, 8)
    assert not books.doubts.accept(claim.request, "seen")
    assert not books.doubts.refuse(claim.request, "absent")
    assert books.doubts.refuse(claim.request, "cancelled", fenced=True)

    assert books.states(mailing) == {"pending": 3}


def test_no_more_is_cancelled_than_the_provider_holds(books: Books) -> None:
    mailing = books.started(4)
    for number in range(4):
        claim = claimed(books, mailing, most=1)
        fence = Fence(batch=f"b{number}", send_at=int(books.clock.now().timestamp()))
        books.handing.mark(claim, "", fence)
        books.handing.settle(claim, DOUBT)
    requests = [doubt.request for doubt in books.doubts.doubts(mailing.id)]

    asked = [books.doubts.ask_fence(request, 2) for request in requests]
    again = [books.doubts.ask_fence(request, 2) for request in requests]
    books.clock.pass_by(hours=73)

    assert asked == again == [True, True, False, False]
    assert books.doubts.ask_fence(requests[3], 2)


def test_a_later_request_of_any_mailing_is_a_control(books: Books) -> None:
    mailing = books.started(1)
    books.handing.settle(marked(books, mailing), DOUBT)
    (doubt,) = books.doubts.doubts(mailing.id)
    books.clock.pass_by(seconds=2)
    step = a_step(1, kind=Kind.TEST, share=None)
    for courier in ("smtp", mailing.courier):
        test = books.open(None, step, kind=Kind.TEST, audience="desk", courier=courier)
        people = [("desk@q.example", "desk@q.example", b"1")]
        books.freezing().freeze_addresses(test, people, 1)
        claim = marked(books, books.start(test))
        books.handing.settle(claim, ACCEPTED)

    control = books.doubts.control(doubt)

    assert control == (claim.request, ["desk@q.example"])


def test_a_request_without_a_batch_cannot_be_cancelled(books: Books) -> None:
    mailing = books.started(3)
    claim = marked(books, mailing)
    books.handing.settle(claim, DOUBT)

    assert not books.doubts.ask_fence(claim.request, 8)


# ------------------------------------------------------------ budgets


def test_a_rate_is_kept_by_all_who_send(books: Books) -> None:
    mailing = books.started(50)
    rate = Budget(seconds=60, most=20)

    first = claimed(books, mailing, 15, [rate])
    second = claimed(books, mailing, 15, [rate])
    wait = books.handing.claim(mailing, mailing.steps[0], 15, [rate])

    assert (len(first.readers), len(second.readers)) == (15, 5)
    assert wait == Wait(seconds=60)
    books.clock.pass_by(seconds=61)
    assert len(claimed(books, mailing, 15, [rate]).readers) == 15


def test_what_was_not_taken_does_not_count_against_the_rate(books: Books) -> None:
    mailing = books.started(50)
    rate = Budget(seconds=60, most=20)
    claim = claimed(books, mailing, 20, [rate])
    books.handing.mark(claim, "", None)

    books.handing.settle(claim, NOT_TAKEN)

    assert len(claimed(books, mailing, 20, [rate]).readers) == 20


def test_a_warm_up_counts_all_live_mailings(books: Books) -> None:
    mailing = books.started(10)
    claimed(books, mailing, 8, [])
    warm = Budget(seconds=86_400, most=10, everything=True)

    assert len(claimed(books, mailing, 8, [warm]).readers) == 2


def test_the_table_of_changes_is_kept(books: Books) -> None:
    books.started(1)

    with pytest.raises(Exception, match="no such change of state"):
        books.connection.run("UPDATE delivery SET state = 'accepted'")
