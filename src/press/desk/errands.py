"""Running errands: what a provider is asked about readers who left, came back, are erased.

Nobody who leaves waits for a provider: what to ask it is a row, and each round asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from press.adapters.database import Connection
from press.adapters.database.errands import Errands
from press.adapters.database.moment import stamp
from press.audience.address import on_the_wire
from press.model.errand import Ask, Errand, Run
from press.model.errors import ProviderError
from press.ports import Clock, Withholding

#: Addresses in one call.
TOGETHER = 500
#: Calls that fit into the time for which one runner has them: each takes 30 s at most.
CALLS = 3
NOBODY = "the courier of press.yaml is not the one that has their mail"


@dataclass(slots=True, kw_only=True)
class _Tally:
    asked: dict[Ask, int] = field(default_factory=lambda: dict.fromkeys(Ask, 0))
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Runs errands.

    Attributes:
        connection: The paper's database.
        clock: Tells the time.
        provider: Who is asked; None where the courier cannot be.
    """

    connection: Connection
    clock: Clock
    provider: Withholding | None

    def run(self) -> Run | None:
        """Run what can be run now; None where there is nothing, or others run it.

        What is not done is tried again by the next round.
        """
        book = Errands(self.connection)
        if not book.open(self._now(), 1) or not book.begin(self._now()):
            return None
        try:
            return self._run(book)
        finally:
            book.end()

    def _run(self, book: Errands) -> Run:
        tally, why = _Tally(), ""
        try:
            for errands in _calls(book.open(self._now(), TOGETHER * CALLS)):
                self._ask(book, errands, tally)
            book.tidy()
        except ProviderError as fault:
            why = str(fault)
        left = len(book.open(self._now(), TOGETHER * CALLS))
        return Run(
            withheld=tally.asked[Ask.WITHHOLD],
            released=tally.asked[Ask.RELEASE],
            forgotten=tally.asked[Ask.FORGET],
            refused=tally.refused,
            left=left,
            why=why,
        )

    def _ask(self, book: Errands, errands: Sequence[Errand], tally: _Tally) -> None:
        """Ask about some together; where one is at fault, about each alone."""
        if self._asked(errands):
            tally.asked[errands[0].what] += len(errands)
            book.done(errands, self._now())
        elif len(errands) > 1:
            half = len(errands) // 2
            self._ask(book, errands[:half], tally)
            self._ask(book, errands[half:], tally)
        else:
            # No address to the provider: it has no mail for it either.
            tally.refused += 1
            book.done(errands, self._now())

    def _asked(self, errands: Sequence[Errand]) -> bool:
        if self.provider is None:
            raise ProviderError(NOBODY)
        asks: dict[Ask, Callable[[Sequence[str]], bool]] = {
            Ask.WITHHOLD: self.provider.withhold,
            Ask.RELEASE: self.provider.release,
            Ask.FORGET: self.provider.forget,
        }
        addresses = dict.fromkeys(on_the_wire(each.email) for each in errands)
        return asks[errands[0].what](tuple(addresses))

    def _now(self) -> int:
        return stamp(self.clock.now())


def _calls(errands: Sequence[Errand]) -> Iterator[Sequence[Errand]]:
    """Yield errands as they are asked together: of one kind, and in their order."""
    number = 0
    for _, group in groupby(errands, key=lambda each: each.what):
        same = list(group)
        for start in range(0, len(same), TOGETHER):
            if number == CALLS:
                return
            number += 1
            yield same[start : start + TOGETHER]


def run(
    connection: Connection, clock: Clock, provider: Withholding | None
) -> tuple[str, ...]:
    """Run what can be run now; return what came of it, in words."""
    runner = Runner(connection=connection, clock=clock, provider=provider)
    return tuple(told(runner.run()))


def told(run: Run | None) -> Iterator[str]:
    """Yield what came of errands, in words."""
    if run is None:
        return
    if run.withheld:
        yield f"readers who left: the provider withholds its mail from {run.withheld:,}"
    if run.released:
        yield f"readers who came back: the provider writes to {run.released:,} again"
    if run.forgotten:
        yield f"readers who were erased: the provider erases {run.forgotten:,}"
    if run.refused:
        yield f"{run.refused:,} addresses are none to the provider"
    if run.left:
        why = f": {run.why}" if run.why else ""
        yield f"{run.left:,} readers: the provider is still to be asked{why}"
