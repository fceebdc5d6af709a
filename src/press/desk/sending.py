"""The send desk: what a mailing would be, testing it, signing for it, confirming it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from press.adapters.database.doubts import Doubts
from press.adapters.database.events import EventBook
from press.adapters.database.freezing import Audience, Freezing
from press.adapters.database.handing import Handing
from press.adapters.database.held import HeldMail
from press.adapters.database.mailings import Mailings
from press.adapters.database.ours import Ours
from press.adapters.database.pacing import Pacing
from press.audience.address import key, masked
from press.desk.audience import Groups, nobody_named
from press.desk.books import Books
from press.desk.bounces import Bounces
from press.desk.prepared import Prepared, prepare
from press.mailing.guard import Strangers, check_addresses, check_count, check_tested
from press.mailing.plan import is_missed
from press.model.edition import EditionId
from press.model.errors import (
    AlreadySentError,
    NotConfirmedError,
    NotReadyError,
)
from press.model.finding import Checked, Finding, Place, error, ready, warning
from press.model.house import House
from press.model.letter import ContentHash
from press.model.mailing import (
    Counts,
    Kind,
    Mailing,
    MailingId,
    MailingState,
    SignOff,
    Step,
)
from press.model.segment_rule import Asked
from press.ports import Clock, Courier

SAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a mailing would be, shown before it is confirmed.

    Attributes:
        prepared: The digest and its plan.
        list_id: Whose members get it.
        counts: How the audience divides today.
        last: How many readers the last edition had; None for none.
        samples: A few addresses, masked.
        courier: Who takes it.
    """

    prepared: Prepared
    list_id: int
    counts: Counts
    last: int | None
    samples: tuple[str, ...]
    courier: str
    fenced: bool

    @property
    def phrase(self) -> str:
        """What is typed to confirm it: "2024-09 18432"."""
        return f"{self.prepared.edition} {self.counts.prepared}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDesk:
    """Works out what a mailing would be, and opens it.

    Attributes:
        paper: The newspaper's folder.
        books: Its books, open.
        clock: Tells the time.
        courier: Who takes mails.
    """

    paper: Path
    books: Books
    clock: Clock
    courier: Courier

    @property
    def mailings(self) -> Mailings:
        """The mailings of the ledger."""
        return Mailings(self.books.connection, self.clock)

    @property
    def freezing(self) -> Freezing:
        """The audiences of the ledger."""
        return Freezing(self.books.connection, self.clock)

    @property
    def doubts(self) -> Doubts:
        """The doubts of the ledger."""
        return Doubts(self.books.connection, self.clock)

    @property
    def handing(self) -> Handing:
        """Hands readers over; mailboxes that turn out to be none bounce."""
        bounced = Bounces(hash_of=self.books.secret.hash_of_address, clock=self.clock)
        return Handing(self.books.connection, self.clock, tell=bounced.tell)

    @property
    def held(self) -> HeldMail:
        """What a provider accepted, and holds until a time."""
        return HeldMail(self.books.connection, self.clock)

    @property
    def pacing(self) -> Pacing:
        """How fast the mailings of the ledger go."""
        return Pacing(self.books.connection)

    @property
    def events(self) -> EventBook:
        """What was told of mails after they were handed over."""
        return EventBook(
            self.books.connection, self.books.secret.hash_of_address, self.clock
        )

    def groups(self, house: House) -> Groups:
        """Return what finds groups of readers, now, in the paper's zone."""
        asked = Asked(now=self.clock.now(), zone=ZoneInfo(house.timezone))
        return Groups(connection=self.books.connection, asked=asked)

    # ------------------------------------------------------------ before

    def propose(
        self, edition: EditionId, *, late: bool = False, count_moved: int | None = None
    ) -> Checked[Proposal]:
        """Work out what a mailing would be today; nothing is written.

        Args:
            edition: Which edition.
            late: Whether steps whose time has passed are due now.
            count_moved: How many readers there are, where somebody says that this is
                right although the last edition had far more or fewer.

        Raises:
            AlreadySentError: The edition went to this audience, or is going there.
            ManifestError: The edition has no digest, or no send plan.
        """
        made = prepare(self.paper, edition)
        if made.value is None:
            return Checked(value=None, findings=made.findings)
        prepared = self._brought_forward(made.value) if late else made.value
        place = prepared.plan.place
        self._refuse_second(prepared)
        list_id = self.list_id(prepared.plan.audience)
        if list_id is None:
            unknown = error(
                "mailing.list",
                f"there is no list “{prepared.plan.audience}”",
                place,
                f"press readers import FILE.csv --list {prepared.plan.audience}",
            )
            return Checked(value=None, findings=(*made.findings, unknown))
        audience = replace(
            self.groups(prepared.house).audience(list_id, prepared.rules),
            edition=prepared.edition,
        )
        counts = self.freezing.foresee(audience)
        last = self.mailings.last_count(prepared.edition, prepared.plan.audience)
        signed = self.mailings.signed(prepared.edition, prepared.content)
        findings = [
            *made.findings,
            *check_tested(signed, prepared.steps, place),
            *check_count(counts.prepared, last, count_moved, place),
            *check_addresses(self._found(audience, prepared), place),
            *self.courier.check(prepared.house.sender.email),
            *self._late(prepared),
            *self._empty_lists(prepared),
            *nobody_named(prepared.plan, prepared.house, self.books.connection),
            *self._restored(place),
            *self._doubtful(prepared),
        ]
        proposal = Proposal(
            prepared=prepared,
            list_id=list_id,
            counts=counts,
            last=last,
            samples=tuple(map(masked, self.freezing.samples(audience, SAMPLES))),
            courier=self.courier.name,
            fenced=self.courier.fences,
        )
        return Checked(value=proposal, findings=tuple(findings))

    def _found(self, audience: Audience, prepared: Prepared) -> Strangers:
        """Return who is in an audience to whom tests go, or nobody's mail at all."""
        among = Ours(self.books.connection, audience)
        tests = [step for step in prepared.steps if step.kind is Kind.TEST]
        nobodys, nobody = among.nobodys()
        ours, own = among.ours(
            [key(address) for step in tests for address in step.addresses],
            [step.list_name for step in tests if step.list_name],
        )
        return Strangers(
            nobodys=nobodys, nobody=masked(nobody), ours=ours, own=masked(own)
        )

    def _refuse_second(self, prepared: Prepared) -> None:
        there = self.mailings.live(prepared.edition, prepared.plan.audience)
        if there is None:
            return
        other = "" if there.content == prepared.content else ", with another digest"
        raise AlreadySentError(
            f"edition {prepared.edition} has a mailing to {prepared.plan.audience}"
            f" already{other}: {there.state}",
            hint=f"press send status {prepared.edition} shows it; a mailing that has not"
            " begun can be cancelled and confirmed anew",
        )

    def list_id(self, name: str) -> int | None:
        """Return the number of a list; None where there is none of that name."""
        row = self.books.connection.one("SELECT id FROM list WHERE name = ?", name)
        return int(row[0]) if row else None

    def _empty_lists(self, prepared: Prepared) -> Sequence[Finding]:
        """Return an error for each step that goes to a list which nobody is on."""
        return [
            error(
                "mailing.list",
                f"nobody is on the list “{given.list_name}”, to which step"
                f" “{given.name}” goes",
                given.place,
                f"press readers import FILE.csv --list {given.list_name}, or take the"
                " step out of the plan",
            )
            for given in prepared.plan.steps
            if given.list_name and not self._is_read(given.list_name)
        ]

    def _is_read(self, name: str) -> bool:
        """Whether somebody on a list may be written to."""
        row = self.books.connection.one(
            "SELECT 1 FROM list l JOIN membership m ON m.list_id = l.id"
            " JOIN subscriber s ON s.id = m.subscriber_id WHERE l.name = ?"
            " AND m.standing = 'confirmed' AND s.status = 'active' LIMIT 1",
            name,
        )
        return row is not None

    def _late(self, prepared: Prepared) -> Sequence[Finding]:
        """Return an error for each step whose time and window have passed."""
        hours = self._mailing(prepared, None, 0).window // 3600
        return [
            error(
                "mailing.late",
                f"step “{step.name}” was due {step.wall_time} ({step.timezone}); more"
                f" than {hours} hours ago",
                given.place,
                "write another time into the plan, or add --late to send it now",
            )
            for step, given in zip(prepared.steps, prepared.plan.steps, strict=True)
            if self._missed(step, prepared)
        ]

    def _missed(self, step: Step, prepared: Prepared) -> bool:
        probe = self._mailing(prepared, None, 0)
        return is_missed(step, probe, self.clock.now())

    def _brought_forward(self, prepared: Prepared) -> Prepared:
        """Let the steps whose time has passed be due now."""
        now = self.clock.now()
        steps = tuple(
            replace(step, due_at=now, wall_time="")
            if self._missed(step, prepared)
            else step
            for step in prepared.steps
        )
        return replace(prepared, steps=steps)

    def _doubtful(self, prepared: Prepared) -> Sequence[Finding]:
        """Return a warning where a cancelled mailing of the edition is not settled."""
        count = self.held.in_doubt(prepared.edition)
        if not count:
            return []
        return [
            warning(
                "mailing.doubtful",
                f"of {count:,} readers nobody knows yet whether they got this edition by"
                " a mailing that was cancelled: they are left out",
                prepared.plan.place,
                "wait until press tick has settled it; press send status shows it",
            )
        ]

    def _restored(self, place: Place) -> Sequence[Finding]:
        if not self.is_restored():
            return []
        return [
            error(
                "mailing.restored",
                "the readers' database was brought back from a backup: it may not know"
                " who was written to, and who left, since",
                place,
                "press events pull brings back who left; then press send reconcile",
            )
        ]

    def is_restored(self) -> bool:
        """Whether the database was brought back from a backup, and nobody released it."""
        row = self.books.connection.one("SELECT 1 FROM setting WHERE name = 'restored'")
        return row is not None

    # ------------------------------------------------------------ confirming

    def confirm(self, proposal: Proposal, said: str, who: str) -> Mailing:
        """Open the mailing that was proposed.

        Args:
            proposal: What was shown.
            said: What was typed: the edition and the count.
            who: Who confirms it.

        Raises:
            AlreadySentError: Somebody else opened it meanwhile.
            NotConfirmedError: Something else was typed.
        """
        if said.split() != proposal.phrase.split():
            raise NotConfirmedError(
                f"“{said}” does not confirm this mailing",
                hint=f"it is confirmed by: {proposal.phrase}",
            )
        prepared = proposal.prepared
        content = self.mailings.keep(prepared.letters)
        mailing = replace(
            self._mailing(prepared, proposal.list_id, proposal.counts.prepared),
            content=content,
            fenced=proposal.fenced,
        )
        opened = self.mailings.open(mailing)
        self.mailings.note(who, "mailing confirmed", f"{opened.id} {proposal.phrase}")
        return opened

    def _mailing(self, prepared: Prepared, list_id: int | None, count: int) -> Mailing:
        return Mailing(
            id=MailingId(0),
            edition=prepared.edition,
            audience=prepared.plan.audience,
            kind=Kind.LIVE,
            state=MailingState.SCHEDULED,
            content=prepared.content,
            courier=self.courier.name,
            window=prepared.plan.window,
            confirmed=count,
            list_id=list_id,
            rules=prepared.rules,
            steps=prepared.steps,
        )

    def test(self, edition: EditionId, addresses: Sequence[str]) -> Checked[Mailing]:
        """Open a test to addresses of our own: each gets every variant.

        Raises:
            ManifestError: The edition has no digest, or no send plan.
        """
        made = prepare(self.paper, edition)
        if made.value is None:
            return Checked(value=None, findings=made.findings)
        faults = [*made.findings, *self.courier.check(made.value.house.sender.email)]
        if not ready(faults):
            return Checked(value=None, findings=tuple(faults))
        step = Step(number=1, name="test", kind=Kind.TEST, addresses=tuple(addresses))
        mailing = replace(
            self._mailing(made.value, None, 0),
            audience="test",
            kind=Kind.TEST,
            content=self.mailings.keep(made.value.letters),
            confirmed=None,
            steps=(step,),
        )
        return Checked(value=self.mailings.open(mailing), findings=tuple(faults))

    def sign(self, edition: EditionId, what: str, who: str) -> ContentHash:
        """Write down that somebody approved, or printed, what is about to be sent.

        It is bound to the letters of the mailing that is open, or else to the digest
        as it would be sent now.

        Raises:
            ManifestError: The edition has no digest, or no send plan.
            NotReadyError: The digest has faults.
        """
        live = self.mailings.live(edition)
        if live is not None:
            content = live.content
        else:
            made = prepare(self.paper, edition)
            if made.value is None:
                raise NotReadyError("the digest is not ready", findings=made.findings)
            content = made.value.content
        off = SignOff(what=what, who=who, at=self.clock.now())
        self.mailings.sign(edition, content, off)
        self.mailings.note(who, what, content[:16])
        return content
