"""The post office: books, courier and desk, opened together; and what it can tell."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from press.adapters.clock import SystemClock
from press.adapters.database import Connection, PostgresConnection
from press.adapters.database.turn import have_turn
from press.desk import own_addresses
from press.desk.bell import find_bell
from press.desk.books import Books, open_books
from press.desk.folder import editions_of
from press.desk.post import Chosen, choose_courier
from press.desk.reconciling import Reconciler
from press.desk.round import Round
from press.desk.sending import Proposal, SendDesk
from press.desk.steering import Steering
from press.mailing.pace import day_of, warm_up_most
from press.mailing.plan import moved, waits_for
from press.manifest.read import read_house
from press.model.edition import EditionId
from press.model.errors import LedgerError, ManifestError, NotReadyError
from press.model.finding import Checked
from press.model.house import House
from press.model.mailing import Kind, Mailing, MailingState, RequestId, Step, StepState
from press.ports import Clock, LogSource

STAMP = "%Y-%m-%d %H:%M"
#: Clocks further apart are refused.
MOST_APART = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOffice:
    """All that sending needs, open.

    Attributes:
        paper: The newspaper's folder.
        house: The paper.
        desk: Opens mailings.
        round: Does what is due.
        clock: Tells the time.
        logs: The provider's records; None where it keeps none.
    """

    paper: Path
    house: House
    desk: SendDesk
    round: Round
    clock: Clock
    logs: LogSource | None = None

    @property
    def steering(self) -> Steering:
        """What steers mailings that are open."""
        return Steering(desk=self.desk)

    @property
    def reconciler(self) -> Reconciler:
        """What holds the provider's records against books that were brought back."""
        return Reconciler(steering=self.steering, source=self.logs)

    def test(
        self, edition: EditionId, addresses: Sequence[str]
    ) -> Checked[Sequence[str]]:
        """Send the digest to addresses of our own, now; return what happened.

        Nothing is sent where one of them is no address.
        """
        faults = own_addresses.wrong(addresses, editions_of(self.paper))
        if faults:
            return Checked(value=None, findings=faults)
        made = self.desk.test(edition, addresses)
        if made.value is None:
            return Checked(value=None, findings=made.findings)
        mailing = made.value
        self.round.work_on(mailing)
        done = self.desk.mailings.get(mailing.id)
        if done.state is MailingState.DONE:
            self.round.sign_tested(done)
        reached = self.desk.mailings.reached(done)
        missed = own_addresses.missed(reached, self.desk.mailings.letters(done.content))
        return Checked(value=tuple(self.round.told), findings=(*made.findings, *missed))

    def left(self, mailing: Mailing) -> int:
        """Return how many readers are still to be written to; as confirmed, if unfrozen."""
        if mailing.prepared_at is None:
            return mailing.confirmed or 0
        return self.desk.freezing.counts(mailing).open

    def look(self, stop: threading.Event) -> Iterator[str]:
        """Do whatever is due, as the only one that looks; yield what happened.

        Args:
            stop: Set by whoever wants it to end after the open requests.

        Raises:
            BusyError: Another process looks.
        """
        self.round.stop = stop
        with have_turn(self.desk.books.connection, self.clock):
            yield from self.round.go()

    def unfinished(self) -> bool:
        """Whether a mailing has something left that is not due yet."""
        return bool(self.desk.mailings.open_ones())

    # ------------------------------------------------------------ telling

    def describe(self, proposal: Proposal) -> Iterator[str]:
        """Yield what a mailing would be, line by line."""
        prepared, counts = proposal.prepared, proposal.counts
        letter = prepared.letters[0]
        yield f"edition    {prepared.edition}"
        yield f"subject    {letter.subject}"
        yield f"from       {letter.sender_name} <{letter.sender_email}>"
        yield f"audience   {prepared.plan.audience}: {counts.prepared:,} readers"
        out = _left_out(counts.excluded)
        equals = f" = {counts.prepared:,}{out}" if out else ""
        yield f"           {counts.candidates:,} on the list{equals}"
        yield f"last time  {_against(counts.prepared, proposal.last)}"
        if proposal.samples:
            yield f"such as    {', '.join(proposal.samples)}"
        yield f"courier    {proposal.courier}{self._where(proposal)}"
        yield f"variants   {'; '.join(each.variant for each in prepared.letters)}"
        for step in prepared.steps:
            yield f"step       {self._step(step)}"

    def _where(self, proposal: Proposal) -> str:
        if proposal.fenced:
            return ", which holds each request until its time, so that it can be undone"
        return ""

    def _step(self, step: Step) -> str:
        """Return a step on one line: name, time in the zone and in UTC, to whom."""
        words = [f"{step.name}:"]
        if step.due_at is None:
            words.append("by hand")
        else:
            local = step.due_at.astimezone(ZoneInfo(step.timezone or "UTC"))
            words.append(f"{local:{STAMP}} {step.timezone} ({step.due_at:{STAMP}} UTC)")
        words.append(f"to {_target(step)}")
        if step.rate:
            words.append(f"at most {step.rate:,} a minute")
        if step.needs:
            words.append(f"after {', '.join(step.needs)}{_gap(step)}")
        if (other := moved(step)) is not None:
            words.append(f"(by today's clock law it would be {other:{STAMP}} UTC)")
        return ", ".join(words).replace(":,", ":")

    def status(self, edition: EditionId | None) -> Iterator[str]:
        """Yield how mailings stand."""
        mailings = self.desk.mailings
        found = mailings.of(edition) if edition else mailings.open_ones()
        if not found:
            yield "no mailing is open" if edition is None else "no mailing"
        for mailing in found:
            yield from self._status(mailing)

    def _status(self, mailing: Mailing) -> Iterator[str]:
        kind = "" if mailing.kind is Kind.LIVE else " (test)"
        then = ", then" if mailing.state is MailingState.PREPARING else ":"
        why = f"{then} {mailing.why}" if mailing.why else ""
        yield (
            f"{mailing.id}  {mailing.edition} to {mailing.audience}{kind},"
            f" {mailing.state}{why}"
        )
        if mailing.prepared_at is not None:
            counts = self.desk.freezing.counts(mailing)
            states = ", ".join(f"{n:,} {state}" for state, n in counts.states.items())
            yield (
                f"    {counts.candidates:,} candidates = {counts.prepared:,} prepared"
                f"{_left_out(counts.excluded)}"
            )
            yield f"    {counts.prepared:,} prepared = {states or 'nobody'}"
        held = mailing.held_until
        if held is not None and held > self.clock.now():
            yield (
                f"    {mailing.courier} asked to be left alone until"
                f" {held:%Y-%m-%d %H:%M:%S} UTC"
            )
        signed = self.desk.mailings.signed(mailing.edition, mailing.content)
        for step in mailing.steps:
            line = f"    {step.state:<8} {self._step(step)}"
            needs = waits_for(step, mailing, signed)
            if needs and step.state is StepState.WAITING:
                line += f"; waits for {', '.join(needs)}"
            leaves = self.desk.pacing.last_to_leave(mailing.id, step.number)
            if leaves is not None and leaves > self.clock.now():
                line += (
                    f"; the last of it leaves {mailing.courier} {leaves:{STAMP}} UTC"
                )
            yield line

    def report(self, mailing: Mailing) -> Iterator[str]:
        """Yield what became of a mailing's mails."""
        yield from self._status(mailing)
        tally = self.desk.events.stats(mailing.id)
        taken = max(tally.accepted, 1)
        for name in (
            *("accepted", "delivered", "bounced", "blocked", "dropped", "complained"),
            *("unsubscribed", "opened", "opened_by_machines", "clicked"),
        ):
            count = getattr(tally, name)
            yield f"    {name.replace('_', ' '):<20} {count:>9,}  {count / taken:7.2%}"

    def decide(
        self, mailings: Sequence[Mailing], request: str, *, taken: bool, who: str
    ) -> None:
        """Settle a doubt of one of these by somebody's decision, which is written down.

        Raises:
            ManifestError: No such request is in doubt.
            NotReadyError: It may still be cancelled, or sent, so that nobody can know.
        """
        doubts = self.desk.doubts
        doubt = next(
            (
                each
                for mailing in mailings
                for each in doubts.doubts(mailing.id)
                if each.request == request
            ),
            None,
        )
        if doubt is None:
            edition = mailings[0].edition
            raise ManifestError(
                f"no request {request} of {edition} is in doubt",
                hint=f"press send resolve {edition} shows those that are",
            )
        if not taken and not doubt.owner_gone:
            raise NotReadyError(
                "the process that sent it is still there and might send it yet",
                hint="end it first",
            )
        word = "taken" if taken else "not taken"
        why = f"{word}, says {who}"
        if not doubts.decide(RequestId(request), why, taken=taken):
            raise NotReadyError(
                "its cancellation was asked for: only the provider's answer settles it",
                hint="an hour after its time it can be decided",
            )
        self.desk.mailings.note(who, f"doubt decided: {word}", request)


@contextmanager
def open_office(paper: Path, *, check: bool = True) -> Iterator[PostOffice]:
    """Open the post office of a newspaper.

    Args:
        paper: Its folder.
        check: Whether to look for damage of the database first.

    Raises:
        PressError: press.yaml cannot be read, a secret is missing, the database
            cannot be used.
    """
    read = read_house(paper)
    if read.value is None:
        raise ManifestError("press.yaml cannot be read", findings=read.findings)
    house, clock = read.value, SystemClock()
    with open_books(paper, clock, check=check) as books:
        check_clock(books.connection, clock)
        chosen = choose_courier(house, paper, clock)
        try:
            yield _office(paper, house, books, chosen, clock)
        finally:
            chosen.courier.close()


def _office(
    paper: Path, house: House, books: Books, chosen: Chosen, clock: Clock
) -> PostOffice:
    desk = SendDesk(paper=paper, books=books, clock=clock, courier=chosen.courier)
    bell = find_bell(books.connection)

    def call(mailing: Mailing) -> None:
        bell.ring(mailing.id)

    return PostOffice(
        paper=paper,
        house=house,
        desk=desk,
        round=Round(
            desk=desk,
            house=house,
            fencing=chosen.fencing,
            withholding=chosen.withholding,
            rules=chosen.rules,
            warm_up=warm_up_today(house, clock),
            workers=chosen.workers,
            call=call,
            under_way=call,
        ),
        clock=clock,
        logs=chosen.logs,
    )


def check_clock(connection: Connection, clock: Clock) -> None:
    """See that this machine's clock agrees with that of the database's server.

    What is due, how fast it goes and until when it is held is told by this one, and
    shared with machines that go by theirs.

    Raises:
        LedgerError: They are more than five minutes apart.
    """
    if not isinstance(connection, PostgresConnection):
        return
    apart = clock.now() - connection.server_time()
    if abs(apart) <= MOST_APART:
        return
    minutes = round(abs(apart).total_seconds() / 60)
    which = "ahead of" if apart > dt.timedelta(0) else "behind"
    raise LedgerError(
        f"this machine's clock is {minutes:,} minutes {which} that of the database's"
        " server: mails would go at the wrong time",
        hint="set both clocks by the network's time: timedatectl set-ntp true",
    )


def warm_up_today(house: House, clock: Clock) -> int | None:
    """Return how many live mails a new domain may send today; None for no limit."""
    warm = house.warm_up
    if warm is None:
        return None
    day = day_of(warm.start, clock.now())
    if day >= warm.days:
        return None
    return warm_up_most(warm.first, warm.most, warm.days, day)


def _left_out(excluded: Mapping[str, int]) -> str:
    if not excluded:
        return ""
    reasons = ", ".join(f"{count:,} {why}" for why, count in excluded.items())
    return f" + {sum(excluded.values()):,} left out ({reasons})"


def _against(count: int, last: int | None) -> str:
    if last is None:
        return "none"
    change = count - last
    return f"{last:,} ({change:+,}, {change / last:+.1%})"


def _gap(step: Step) -> str:
    """Say how long a step waits after one that it needs, and that can stop the mailing."""
    return f", by {step.gap // 60:,} min at least" if step.gap else ""


def _target(step: Step) -> str:
    if step.addresses:
        return ", ".join(step.addresses)
    if step.list_name:
        return f"list {step.list_name}"
    return (
        "everybody who is left"
        if step.share == 1
        else f"{100 * (step.share or 0):.3g} % of them"
    )
