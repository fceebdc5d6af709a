"""A sender as a process of its own, that ends or stops at a point it is told.

    python -m tests.crash.sender '{"database": …, "provider": …}'

With --nursery it reads lines of JSON, each a sender that it lets be born as a process
of its own at once; all that they need is imported already. It tells of births and ends.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import resource
import select
import signal
import sys
import threading
import traceback
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from press.adapters.clock import SystemClock
from press.adapters.database import Connection, open_database
from press.adapters.database.doubts import Doubts
from press.adapters.database.handing import Handing
from press.adapters.database.mailings import Mailings
from press.mailing.doubt import Settler
from press.mailing.hand_over import Ended, Sender, Work
from press.model.errors import PressError
from press.model.mailing import MailingId
from tests.crash.couriers import a_courier, rules_of
from tests.crash.mutation import Parts, mutated
from tests.crash.naive import NAIVE
from tests.crash.order import Order, read
from tests.ledgers import a_parcel

#: Exit codes beside those of press.
CODES = {Ended.EMPTY: 0, Ended.LATER: 8, Ended.STOPPED: 12}


class AheadClock:
    """The machine's clock, wrong by some seconds."""

    def __init__(self, seconds: float) -> None:
        self._by = dt.timedelta(seconds=seconds)

    def now(self) -> dt.datetime:
        return SystemClock().now() + self._by


class Trap:
    """Ends, or stops, its own process at a point."""

    def __init__(self, order: Order) -> None:
        stage, _, number = order.at.partition(":")
        self._stage, self._number = stage, int(number or 1)
        self._signal = signal.SIGSTOP if order.stops else signal.SIGKILL
        self._passed: Counter[str] = Counter()
        self._lock = threading.Lock()

    def __call__(self, stage: str) -> None:
        with self._lock:
            self._passed[stage] += 1
            if (stage, self._passed[stage]) == (self._stage, self._number):
                os.kill(os.getpid(), self._signal)


def run(order: Order) -> int:
    """Do the work; return the exit code."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if order.file_size:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.file_size, order.file_size))
    try:
        connection = open_database(order.database, Path("/"))
        if order.kind in NAIVE:
            NAIVE[order.kind](connection, order, Trap(order))
            return 0
        ended = _hand_over(order, connection)
        connection.close()
    except PressError as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return int(error.exit_code)
    return CODES[ended]


def _hand_over(order: Order, connection: Connection) -> Ended:
    parts = a_sender(order, connection)
    try:
        return parts.sender.hand_over(work_of(order, connection))
    finally:
        parts.courier.close()


def work_of(order: Order, connection: Connection) -> Work:
    """Return what is to be handed over."""
    mailings = Mailings(connection, AheadClock(order.ahead))
    mailing = mailings.get(MailingId(order.mailing))
    send_at = dt.datetime.fromtimestamp(order.send_at, dt.UTC)
    return Work(
        mailing=mailing,
        step=mailing.steps[0],
        letters=mailings.letters(mailing.content),
        parcel=a_parcel,
        workers=order.threads,
        send_at=send_at if order.send_at else None,
        patience=order.waits,
        pause=0.01,
        fresh=order.fresh,
    )


def a_sender(order: Order, connection: Connection) -> Parts:
    """Put a sender together, of sound parts or with one that is not."""
    clock, trap = AheadClock(order.ahead), Trap(order)
    courier: Any = a_courier(order, clock, trap)
    parts = Parts(
        clock=clock,
        courier=courier,
        handing=Handing(connection, clock),
        book=Doubts(connection, clock),
    )
    parts = mutated(order.kind, parts, connection)
    fencing = parts.courier if order.send_at else None
    settler = Settler(
        book=parts.book,
        courier=parts.courier,
        clock=clock,
        fencing=fencing,
        rules=rules_of(order),
        watch=trap,
    )
    parts.sender = Sender(
        ledger=parts.handing,
        courier=parts.courier,
        settler=settler,
        fencing=fencing,
        watch=trap,
    )
    return parts


# ------------------------------------------------------------ the nursery


def nurse() -> int:
    """Let senders be born as they are asked for, until nobody asks any more."""
    gc.freeze()
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    living: set[int] = set()
    waiting = b""
    while True:
        ready, _, _ = select.select([0, reading], [], [])
        if reading in ready:
            os.read(reading, 4096)
            _collect(living)
        if 0 in ready:
            heard = os.read(0, 65_536)
            if not heard:
                break
            *lines, waiting = (waiting + heard).split(b"\n")
            for line in lines:
                living.add(_bear(line.decode()))
    for number in living:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    return 0


def _bear(line: str) -> int:
    """Fork a sender, which writes what goes wrong into a file."""
    told, _, order = line.partition("\t")
    number = os.fork()
    if number:
        _tell({"born": number, "told": told})
        return number
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(told, os.O_CREAT | os.O_WRONLY, 0o600)
    nothing = os.open(os.devnull, os.O_RDWR)
    for target, source in ((0, nothing), (1, nothing), (2, log)):
        os.dup2(source, target)
    code = 1
    try:
        code = run(read(order))
    except BaseException:  # noqa: BLE001 -- the child tells, and ends
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _collect(living: set[int]) -> None:
    while living:
        number, status = os.waitpid(-1, os.WNOHANG)
        if not number:
            return
        living.discard(number)
        _tell({"ended": number, "code": os.waitstatus_to_exitcode(status)})


def _tell(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(nurse() if sys.argv[1] == "--nursery" else run(read(sys.argv[1])))
