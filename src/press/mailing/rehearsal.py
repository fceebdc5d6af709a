"""A rehearsal: the real letters for the real readers, looked at by the provider, not sent.

Nothing of it stands in the ledger, and nothing of it can be in doubt: what was not
answered is asked again.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from press.model.errors import ProviderError
from press.model.letter import Consignment, Letter, Parcel
from press.model.mailing import Answer, Claimed, Outcome
from press.ports import Courier

#: How often a request is asked again that was not taken, and seconds between.
TRIES = 5
PAUSE = 1.0
LONGEST_PAUSE = 90.0
_AGAIN = frozenset({Answer.NOT_TAKEN, Answer.IN_DOUBT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A reader whom the provider would not write to, and why."""

    reader: Claimed
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What came of a rehearsal.

    Attributes:
        readers: How many readers it was for.
        requests: How many requests the provider looked at.
        refused: Whom it would refuse.
    """

    readers: int
    requests: int
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Readers of one variant, as many as go together."""

    variant: str
    readers: tuple[Claimed, ...]


@dataclass(slots=True, kw_only=True)
class Rehearsal:
    """Rehearses.

    Attributes:
        courier: Lets the provider look at everything and send nothing.
        letters: The letters, by variant.
        parcels: Makes, for a letter, what makes the parcel of one reader.
        categories: As in the mailing.
        workers: How many requests are under way at once.
        stop: Set by whoever wants it to end.
        pause: Seconds before what was not taken is asked again.
    """

    courier: Courier
    letters: Mapping[str, Letter]
    parcels: Callable[[Letter], Callable[[Claimed], Parcel]]
    categories: tuple[str, ...] = ()
    workers: int = 1
    stop: threading.Event = field(default_factory=threading.Event)
    pause: float = PAUSE
    _requests: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, people: Iterable[tuple[Claimed, str]]) -> Rehearsed:
        """Let the provider look at the mails of all these readers.

        Raises:
            ProviderError: It refuses all, or does not answer.
        """
        parts, readers = self._parts(people), 0
        refused: list[Refused] = []
        with ThreadPoolExecutor(self.workers, thread_name_prefix="rehearse") as pool:
            while (some := tuple(islice(parts, self.workers))) and not self._ends:
                readers += sum(len(part.readers) for part in some)
                for found in pool.map(self._rehearse, some):
                    refused += found
        return Rehearsed(
            readers=readers, requests=self._requests, refused=tuple(refused)
        )

    @property
    def _ends(self) -> bool:
        return self.stop.is_set()

    def _parts(self, people: Iterable[tuple[Claimed, str]]) -> Iterator[_Part]:
        waiting: dict[str, list[Claimed]] = {}
        for reader, variant in people:
            together = waiting.setdefault(variant, [])
            together.append(reader)
            if len(together) == self.courier.most:
                yield _Part(variant=variant, readers=tuple(waiting.pop(variant)))
        for variant, together in waiting.items():
            yield _Part(variant=variant, readers=tuple(together))

    def _rehearse(self, part: _Part) -> list[Refused]:
        """Return whom of a part the provider refuses, each found alone."""
        outcome = self._asked(part)
        if outcome.answer is Answer.ACCEPTED:
            return []
        if outcome.answer is not Answer.REJECTED:
            message = (
                f"{self.courier.name} does not look at the mails: {outcome.detail}"
            )
            raise ProviderError(message, hint="press send EDITION says what is missing")
        named = [one for one in part.readers if one.delivery in outcome.parts]
        if named:
            found = [
                Refused(reader=one, why=outcome.parts[one.delivery][1]) for one in named
            ]
            rest = tuple(one for one in part.readers if one not in named)
            return [*found, *self._all((rest,), part.variant)]
        if len(part.readers) == 1:
            return [Refused(reader=part.readers[0], why=outcome.detail)]
        half = len(part.readers) // 2
        halves = (part.readers[:half], part.readers[half:])
        return self._all(halves, part.variant)

    def _all(
        self, groups: Sequence[tuple[Claimed, ...]], variant: str
    ) -> list[Refused]:
        found = []
        for readers in groups:
            if readers and not self._ends:
                found += self._rehearse(_Part(variant=variant, readers=readers))
        return found

    def _asked(self, part: _Part) -> Outcome:
        letter = self.letters[part.variant]
        make = self.parcels(letter)
        consignment = Consignment(
            request=uuid.uuid4().hex,
            letter=letter,
            parcels=tuple(map(make, part.readers)),
            categories=self.categories,
        )
        for _ in range(TRIES):
            with self._lock:
                self._requests += 1
            outcome = self.courier.hand_over(consignment)
            if outcome.answer not in _AGAIN or self._ends:
                break
            wait = self.pause if outcome.wait is None else outcome.wait
            self.stop.wait(min(wait, LONGEST_PAUSE))
        return outcome
