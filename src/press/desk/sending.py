"""The send desk: what a mailing would be, confirming it, following it, stopping it."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from press.adapters.database.backup import RESTORED
from press.adapters.database.doubts import Doubts
from press.adapters.database.events import EventBook
from press.adapters.database.freezing import Freezing
from press.adapters.database.mailings import Mailings, content_of
from press.audience.address import masked
from press.desk.audience import Groups, rules_of
from press.desk.books import Books
from press.desk.digest import OF_PRINT
from press.desk.mail import mail_desk
from press.desk.reading import last_build, read_desk
from press.desk.segments import read_segments
from press.mailing.guard import check_count, check_tested
from press.mailing.plan import is_missed, steps_of
from press.model.changes import MAILING, allowed
from press.model.edition import EditionId, SendPlan
from press.model.errors import (
    AlreadySentError,
    ManifestError,
    NotConfirmedError,
    NotReadyError,
)
from press.model.finding import Checked, Finding, Place, error, ready
from press.model.house import House
from press.model.letter import ContentHash, Letter
from press.model.mailing import (
    AudienceRules,
    Counts,
    Kind,
    Mailing,
    MailingId,
    MailingState,
    SignOff,
    Step,
    StepState,
)
from press.model.segment_rule import Asked
from press.ports import Clock, Courier

SAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An edition's digest, ready to be frozen.

    Attributes:
        edition: Which edition.
        house: The paper.
        plan: Its send plan.
        letters: Its letters, the public's first.
        content: What names exactly these letters.
        rules: Who is left out, who gets which variant.
        steps: Its plan, worked out.
    """

    edition: EditionId
    house: House
    plan: SendPlan
    letters: tuple[Letter, ...]
    content: ContentHash
    rules: AudienceRules
    steps: tuple[Step, ...]


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
    """Opens mailings and says how they stand.

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

    def prepare(self, edition: EditionId) -> Checked[Prepared]:
        """Make an edition's digest and its plan, with all that is wrong with them.

        Raises:
            ManifestError: The edition has no digest, or no send plan.
        """
        read = read_desk(self.paper, edition)
        if read.value is None:
            return Checked(value=None, findings=read.findings)
        desk = read.value
        plan = desk.edition.send
        if desk.edition.digest is None or plan is None:
            missing = "digest" if desk.edition.digest is None else "send plan"
            raise ManifestError(
                f"edition {edition} has no {missing}",
                hint="write digest: and send: into its edition.yaml",
            )
        mail = mail_desk(desk)
        made = mail.make(last_build(desk))
        own = (one for one in read.findings if not one.code.startswith(OF_PRINT))
        rules = read_segments(desk.house).findings
        findings = (*own, *made.findings, *rules)
        if made.value is None or not ready([*made.findings, *rules]):
            return Checked(value=None, findings=findings)
        letters = mail.letters(made.value)
        prepared = Prepared(
            edition=edition,
            house=desk.house,
            plan=plan,
            letters=letters,
            content=content_of(letters),
            rules=rules_of(plan, made.value, desk.house),
            steps=steps_of(plan, desk.house.timezone, _zone_data()),
        )
        return Checked(value=prepared, findings=findings)

    def propose(self, edition: EditionId, *, late: bool = False) -> Checked[Proposal]:
        """Work out what a mailing would be today; nothing is written.

        Args:
            edition: Which edition.
            late: Whether steps whose time has passed are due now.

        Raises:
            AlreadySentError: The edition went to this audience, or is going there.
            ManifestError: The edition has no digest, or no send plan.
        """
        made = self.prepare(edition)
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
            *check_count(counts.prepared, last, place),
            *self.courier.check(prepared.house.sender.email),
            *self._late(prepared),
            *self._unknown_lists(prepared),
            *self._restored(place),
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

    def _unknown_lists(self, prepared: Prepared) -> Sequence[Finding]:
        """Return an error for each step that goes to a list which is not there."""
        return [
            error(
                "mailing.list",
                f"there is no list “{given.list_name}”, to which step “{given.name}” goes",
                given.place,
                f"press readers import FILE.csv --list {given.list_name}",
            )
            for given in prepared.plan.steps
            if given.list_name and self.list_id(given.list_name) is None
        ]

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
        made = self.prepare(edition)
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
            made = self.prepare(edition)
            if made.value is None:
                raise NotReadyError("the digest is not ready", findings=made.findings)
            content = made.value.content
        off = SignOff(what=what, who=who, at=self.clock.now())
        self.mailings.sign(edition, content, off)
        self.mailings.note(who, what, content[:16])
        return content

    # ------------------------------------------------------------ steering

    def live(self, edition: EditionId) -> Mailing:
        """Return the live mailing of an edition.

        Raises:
            ManifestError: It has none.
        """
        mailing = self.mailings.live(edition)
        if mailing is None:
            raise ManifestError(
                f"edition {edition} has no mailing",
                hint=f"press send {edition} shows what it would be",
            )
        return mailing

    def pause(self, mailing: Mailing, who: str) -> bool:
        """Let nothing more be claimed; requests under way are finished."""
        why = f"paused by {who}"
        begun = (MailingState.SENDING, MailingState.READY, MailingState.SCHEDULED)
        done = any(
            self.mailings.move(mailing, state, MailingState.PAUSED, why)
            for state in begun
        )
        return self._noted(who, "paused", mailing, done)

    def resume(self, mailing: Mailing, who: str) -> bool:
        """Let a paused mailing go on, whatever bounced or was complained about so far."""
        frozen = mailing.prepared_at is not None
        after = MailingState.SENDING if frozen else MailingState.SCHEDULED
        self.mailings.lift_stops(mailing)
        done = self.mailings.move(mailing, MailingState.PAUSED, after)
        return self._noted(who, "resumed", mailing, done)

    def cancel(self, mailing: Mailing, who: str) -> bool:
        """End a mailing; who was written to was, nobody else will be."""
        if not allowed(MAILING, mailing.state, MailingState.CANCELLED):
            return False
        done = self.mailings.move(
            mailing, mailing.state, MailingState.CANCELLED, f"cancelled by {who}"
        )
        return self._noted(who, "cancelled", mailing, done)

    def _noted(self, who: str, what: str, mailing: Mailing, done: bool) -> bool:  # noqa: FBT001 -- what came of it
        if done:
            self.mailings.note(who, what, str(mailing.id))
        return done

    def reconcile(self, who: str) -> Sequence[Mailing]:
        """Let a database that was brought back from a backup send again.

        Mailings that were open in it are paused: what became of them since the backup
        is for somebody to say. Returns them.
        """
        open_ones = [
            each
            for each in self.mailings.open_ones()
            if each.kind is Kind.LIVE and each.state is not MailingState.CANCELLED
        ]
        for mailing in open_ones:
            self.pause(mailing, f"{who}, after a backup was brought back")
        self.books.connection.run("DELETE FROM setting WHERE name = ?", RESTORED)
        self.mailings.note(who, "restored database released")
        return open_ones

    def is_restored(self) -> bool:
        """Whether the database was brought back from a backup, and nobody released it."""
        row = self.books.connection.one("SELECT 1 FROM setting WHERE name = 'restored'")
        return row is not None

    def let_late(self, mailing: Mailing, who: str) -> int:
        """Let the steps that were missed go now; return how many."""
        late = [step for step in mailing.steps if step.state is StepState.MISSED]
        for step in late:
            self.mailings.reschedule(mailing, step, self.clock.now())
        if late:
            self.mailings.move(mailing, MailingState.MISSED, MailingState.SCHEDULED)
            self.mailings.note(who, "sent late", str(mailing.id))
        return len(late)

    def start(self, mailing: Mailing, name: str, who: str) -> None:
        """Let a step that is started by hand be due now.

        Raises:
            ManifestError: The plan has no such step, or it is not waiting.
        """
        waiting = [step for step in mailing.steps if step.state is StepState.WAITING]
        step = next((each for each in waiting if each.name == name), None)
        if step is None:
            names = ", ".join(each.name for each in waiting) or "none"
            raise ManifestError(
                f"no step “{name}” is waiting", hint=f"waiting: {names}"
            )
        self.mailings.reschedule(mailing, step, self.clock.now())
        self.mailings.note(who, "step started by hand", f"{mailing.id} {name}")


def _zone_data() -> str:
    return importlib.metadata.version("tzdata")
