"""One digest to one frozen audience: mailing, steps, requests, deliveries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, NewType

from press.model.edition import TWELVE_HOURS, EditionId
from press.model.letter import ContentHash
from press.model.subscriber import PublicId

MailingId = NewType("MailingId", int)
RequestId = NewType("RequestId", str)


class Kind(StrEnum):
    """Whom a mailing is for."""

    LIVE = "live"  #: Readers. There is one for each edition and audience.
    TEST = "test"  #: The desk, seed inboxes: as many as are wanted.


class MailingState(StrEnum):
    """Where a mailing stands. How it moves is in `press.model.changes`."""

    SCHEDULED = "scheduled"  #: Confirmed; its letters are frozen, its audience is not.
    PREPARING = "preparing"  #: The audience is being written down.
    READY = "ready"  #: Frozen, and the counts close.
    SENDING = "sending"
    PAUSED = "paused"  #: Nothing is claimed until somebody resumes it.
    DONE = "done"  #: Nobody is pending, reserved or in doubt.
    MISSED = "missed"  #: Its time passed while press was not running.
    CANCELLED = "cancelled"


class StepState(StrEnum):
    """Where a step of the plan stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    MISSED = "missed"  #: Its window passed; it needs `press send --late`.


class RequestState(StrEnum):
    """Where one call to the provider stands."""

    RESERVED = "reserved"  #: Readers are taken for it; nothing was sent.
    INFLIGHT = "inflight"  #: On disk as sent, before the call.
    ACCEPTED = "accepted"
    REFUSED = "refused"  #: Surely not taken, or only in parts that are accounted for.
    IN_DOUBT = "in_doubt"  #: Nobody knows; never sent again by itself.


class DeliveryState(StrEnum):
    """Where one reader's mail stands."""

    PENDING = "pending"
    RESERVED = "reserved"
    ACCEPTED = "accepted"
    SKIPPED = "skipped"  #: Left, or was suppressed, after the audience was frozen.
    FAILED = "failed"  #: The provider refuses this address.
    IN_DOUBT = "in_doubt"


class FenceState(StrEnum):
    """Whether a request was taken back at the provider."""

    NONE = "none"
    ASKED = "asked"  #: Written before the provider is asked to cancel.
    CONFIRMED = "confirmed"  #: The provider says that it is cancelled.


class Answer(StrEnum):
    """What is known of a delivery, or of a whole request, after handing it over."""

    ACCEPTED = "accepted"
    NOT_TAKEN = "not_taken"  #: Proven never complete there: may be sent again.
    REJECTED = "rejected"  #: Refused for what is in it; nothing of it was taken.
    FATAL = "fatal"  #: Refused, and the next would be: key, right, address of the API.
    IN_DOUBT = "in_doubt"  #: Everything else.


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of handing over a request.

    Attributes:
        answer: Of the request as a whole.
        status: The provider's number: HTTP status or SMTP reply.
        message_id: The provider's name for what it accepted.
        detail: Its words, short; never an address or a key.
        wait: How many seconds it asks to be left alone; None where it does not.
        parts: Answers of single deliveries that differ from the whole, with the
            provider's reason, where the provider answers for each.
        unknown: Deliveries to mailboxes that do not exist, as their server says.
        untried: Deliveries that nobody was asked to take, after what came of another.
    """

    answer: Answer
    status: int | None = None
    message_id: str = ""
    detail: str = ""
    wait: float | None = None
    parts: Mapping[int, tuple[Answer, str]] = field(default_factory=dict)
    unknown: frozenset[int] = frozenset()
    untried: frozenset[int] = frozenset()


class Evidence(StrEnum):
    """What a look at the provider's own records says of a request in doubt."""

    TAKEN = "taken"
    ABSENT = "absent"  #: Not there, where a later request is.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a mailing's plan, as it is stored.

    Attributes:
        number: From 1, in the plan's order.
        name: What the editor calls it.
        kind: Whether readers get it.
        state: Where it stands.
        due_at: The UTC instant, worked out once; None is by hand.
        wall_time: As the editor wrote it: "2024-08-30 07:00"; empty by hand.
        timezone: In which that is meant.
        tzdata: Version of the zone data by which it was worked out.
        share: Share of the audience, 0 to 1; None where readers do not get it.
        addresses: Addresses of our own.
        list_name: A seed list; empty for none.
        needs: Names of steps, or "approved" and "printed", that must come first.
        rate: Messages a minute at most; None is no limit.
        stop_bounce: Share of bounces that stops the mailing; None is no limit.
        stop_complaint: Share of complaints that stops it; None is no limit.
        fold: Which of two is meant where the wall time exists twice: 0 or 1.
        gap: Seconds between the end of a step that it needs, and that can stop the
            mailing, and itself, as planned; 0 where it needs none.
        seen_bounces: Bounces for which it stopped the mailing already: they count once.
        seen_complaints: The same of complaints.
        looked_at: When press last looked at it while it ran; None for never.
    """

    number: int
    name: str
    kind: Kind
    state: StepState = StepState.WAITING
    due_at: dt.datetime | None = None
    wall_time: str = ""
    timezone: str = ""
    tzdata: str = ""
    share: float | None = None
    addresses: tuple[str, ...] = ()
    list_name: str = ""
    needs: tuple[str, ...] = ()
    rate: int | None = None
    stop_bounce: float | None = None
    stop_complaint: float | None = None
    fold: int = 0
    gap: int = 0
    seen_bounces: int = 0
    seen_complaints: int = 0
    looked_at: dt.datetime | None = None

    @property
    def is_watched(self) -> bool:
        """Whether its bounces or complaints can stop the mailing."""
        return self.stop_bounce is not None or self.stop_complaint is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceRules:
    """Who is left out of a mailing, and who gets which variant, as it was confirmed.

    Attributes:
        exclude: Who is left out: the reason they are told, and an expression.
        groups: The groups of readers that the digest asks about, as expressions.
        variants: Of each set of groups the variant, in the order of the sum of 2 to
            the power of the groups' places.
    """

    exclude: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """A mailing as it is stored.

    Attributes:
        id: Number in the ledger.
        edition: What is sent.
        audience: To whom: a list's name, or the name of a test.
        kind: Whether readers get it.
        state: Where it stands.
        content: Hash of its letters.
        courier: Which courier takes it.
        fenced: Whether the provider holds each request so that it can be taken back.
        window: Seconds after its time in which it is still sent without asking.
        confirmed: How many readers were confirmed by whoever started it.
        candidates: Everybody on the audience's list; None before it is frozen.
        prepared_at: When it was frozen.
        why: Why it is paused or cancelled, or will be paused when its audience is
            written down; may be empty.
        held_until: Until when the provider asked to be left alone; None for not at all.
        list_id: The list whose members get it; None for addresses of our own.
        rules: Who is left out, and who gets which variant.
        parent: The live mailing that a test belongs to; None for none.
        parent_step: Which step of it the test is.
        steps: Its plan, in order.
    """

    id: MailingId
    edition: EditionId
    audience: str
    kind: Kind
    state: MailingState
    content: ContentHash
    courier: str
    fenced: bool = False
    window: int = TWELVE_HOURS
    confirmed: int | None = None
    candidates: int | None = None
    prepared_at: dt.datetime | None = None
    why: str = ""
    held_until: dt.datetime | None = None
    list_id: int | None = None
    rules: AudienceRules = AudienceRules()
    parent: MailingId | None = None
    parent_step: int | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """What somebody said of a content, bound to its hash.

    Attributes:
        what: "tested", "approved" or "printed".
        who: Who said so.
        at: When, in UTC.
    """

    what: str
    who: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How a mailing's readers divide. At any time both equations close.

    Attributes:
        candidates: Everybody on the audience's list when it was frozen.
        excluded: Of them, who was left out, by reason.
        states: Of the others, how many are in each state.
    """

    candidates: int
    excluded: Mapping[str, int]
    states: Mapping[DeliveryState, int]

    @property
    def prepared(self) -> int:
        """How many the mailing is for."""
        return sum(self.states.values())

    @property
    def closes(self) -> bool:
        """Whether candidates = prepared + excluded."""
        return self.candidates == self.prepared + sum(self.excluded.values())

    @property
    def open(self) -> int:
        """How many are not settled yet."""
        unsettled = (
            DeliveryState.PENDING,
            DeliveryState.RESERVED,
            DeliveryState.IN_DOUBT,
        )
        return sum(self.states.get(state, 0) for state in unsettled)


class Claimed(NamedTuple):
    """One reader of a claimed request; a named tuple, as `Parcel` is."""

    delivery: int
    email: str
    name: str
    public_id: PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Readers taken for one request; all get the same variant.

    Attributes:
        request: Our name of it.
        mailing: Which mailing.
        step: Which step of it.
        variant: Which letter they get.
        readers: Who they are.
        send_at: Until when the provider is to hold it; None for not at all.
    """

    request: RequestId
    mailing: MailingId
    step: int
    variant: str
    readers: tuple[Claimed, ...]
    send_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A request of which nobody knows whether it was taken.

    Attributes:
        request: Our name of it.
        mailing: Which mailing.
        count: How many of its readers are in doubt.
        whole: How many readers it had; of the others it is known what became of them.
        started_at: When it was handed over.
        fence: Whether it was taken back.
        batch: The provider's name by which it can be; empty where it cannot.
        send_at: When the provider lets it go, in UTC; None where it went at once.
        detail: What was seen.
        owner_gone: Whether the process that sent it is known to be dead.
    """

    request: RequestId
    mailing: MailingId
    count: int
    whole: int
    started_at: dt.datetime
    fence: FenceState
    batch: str = ""
    send_at: dt.datetime | None = None
    detail: str = ""
    owner_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRequest:
    """A request that the provider accepted, and holds until a time.

    Attributes:
        request: Our name of it.
        count: How many readers' mails it is.
        send_at: When the provider lets it go, in UTC.
    """

    request: RequestId
    count: int
    send_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What becomes of a cancelled mailing's readers who were handed over: how many.

    Attributes:
        saved: Their mails are cancelled at the provider, or can be.
        unknown: A cancellation was asked for, and what came of it is not known.
        beyond: Still held, and will be sent: the provider cancels no more at a time.
        late: Still held, and will be sent: there is not enough time left.
        gone: The provider has let them go.
    """

    saved: int = 0
    unknown: int = 0
    beyond: int = 0
    late: int = 0
    gone: int = 0

    @property
    def held(self) -> int:
        """How many the provider held."""
        return self.saved + self.unknown + self.beyond + self.late


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """At most so many mails in any span of time.

    Attributes:
        seconds: The span.
        most: How many.
        everything: Whether all live mailings count, or this one alone.
    """

    seconds: int
    most: int
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """How the provider is to hold the requests of a step, so that they can be undone.

    Attributes:
        at: When the first of them leave it: the step's time.
        until: When the last of them must have left it: the end of the step's window.
        notice: Seconds for which it must hold a request at least.
        longest: Seconds for which it holds one at most.
    """

    at: dt.datetime
    until: dt.datetime
    notice: int
    longest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nothing can be claimed yet; ask again in so many seconds."""

    seconds: float
