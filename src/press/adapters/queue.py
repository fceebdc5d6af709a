"""The doorbell: Procrastinate calls workers on any machine to a mailing.

It lives in the ledger's own PostgreSQL, so that it rings in the transaction in which a
step starts, or not at all. It carries numbers of mailings and nothing else: the ledger
decides what is sent, and who comes twice, or late, finds nothing to claim.
"""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from press.model.errors import LedgerError, MissingToolError
from press.model.mailing import MailingId

#: When workers look what is due, and after jobs whose worker died; as in crontab(5).
EVERY_MINUTE = "* * * * *"
#: Seconds without a sign of life after which a worker counts as dead.
DEAD = 30.0
#: Seconds between two signs of life, and between two looks at whether to end.
ALIVE, GLANCE = 10.0, 0.2
_NAME = "press doorbell"
_QUEUE, _LOOKS = "press", "press looks"
#: The bell is hung by one process at a time: a number that nobody else locks.
_LOCK = 0x70726573
#: Where its tables are, so that they never meet anybody else's.
SCHEMA = "press_doorbell"
_HUNG = "SELECT obj_description(oid) FROM pg_namespace WHERE nspname = %s"
_LISTENING = """SELECT 1 FROM press_doorbell.procrastinate_workers
 WHERE last_heartbeat > now() - %s * interval '1 second'"""
_LOOK_IN = "SELECT set_config('search_path', %s, true)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What workers do when they are called.

    Attributes:
        work: Hand over what is left of a mailing, its number given.
        look: Look what is due, once a minute on one worker of all.
    """

    work: Callable[[MailingId], None]
    look: Callable[[], None]


class Doorbell:
    """Calls workers, and answers calls.

    Args:
        address: Of the database, as libpq reads it.

    Raises:
        MissingToolError: Procrastinate is not installed.
    """

    def __init__(self, address: str) -> None:
        try:
            import procrastinate  # noqa: PLC0415 -- an extra
            import psycopg  # noqa: PLC0415 -- likewise
        except ImportError as error:
            raise MissingToolError(
                "workers need Procrastinate, which is not installed",
                hint="install press with its extra: press[scale]",
            ) from error
        self._engine, self._psycopg, self._address = procrastinate, psycopg, address
        # Rings on connections that it is given: this one never opens any.
        self._ringing = procrastinate.App(
            connector=procrastinate.SyncPsycopgConnector(conninfo=address)
        )

    def install(self) -> bool:
        """Hang the bell beside the ledger where it is missing; say whether.

        It holds nothing that anybody would miss: where it is of another version of its
        engine, it is taken down and hung anew, if no worker listens to it.

        Raises:
            LedgerError: The database does not answer or does not allow it, or workers
                of another version still listen.
        """
        mine = version("procrastinate")
        with self._faults(), self._psycopg.connect(self._address) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            there = connection.execute(_HUNG, [SCHEMA]).fetchall()
            if there == [(mine,)]:
                return False
            if there and connection.execute(_LISTENING, [DEAD]).fetchall():
                raise LedgerError(
                    f"workers still listen to a doorbell of another version (this is"
                    f" {mine})",
                    hint="end all workers, then start them with the same version of press",
                )
            connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
            connection.execute(f"CREATE SCHEMA {SCHEMA}")
            connection.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{mine}'")
            connection.execute(f"SET LOCAL search_path TO {SCHEMA}")
            connection.execute(self._engine.schema.SchemaManager.get_schema())
        return True

    def is_mine(self, connection: Any) -> bool:
        """Whether the bell that hangs there is of this version."""
        with self._faults():
            hung = connection.execute(_HUNG, [SCHEMA]).fetchall()
        return bool(hung == [(version("procrastinate"),)])

    def ring(self, mailing: MailingId, connection: Any, *, after: float = 0.0) -> bool:
        """Call a worker to a mailing; False where one is called already.

        Args:
            mailing: Which.
            connection: A connection of psycopg's; the call is part of its transaction.
            after: In how many seconds it is wanted.

        Raises:
            LedgerError: The database does not answer.
        """
        job = self._ringing.configure_task(
            "hand_over",
            queue=_QUEUE,
            queueing_lock=f"mailing {mailing}",
            connection=connection,
            schedule_in={"seconds": math.ceil(after)} if after else None,
        )
        try:
            # What is refused here is undone alone, not with all the rest.
            with self._faults(), connection.transaction():
                ((before,),) = connection.execute("SHOW search_path").fetchall()
                connection.execute(_LOOK_IN, [SCHEMA])
                job.defer(mailing=mailing)
                connection.execute(_LOOK_IN, [before])
        except self._engine.exceptions.AlreadyEnqueued:
            return False
        return True

    def listen(
        self,
        called: Called,
        stop: threading.Event,
        *,
        concurrency: int,
        every: str = EVERY_MINUTE,
    ) -> None:
        """Answer calls until it is to stop; then end what is under way.

        Args:
            called: What is done; in threads.
            stop: Set by whoever wants it to end.
            concurrency: How many calls are answered at once.
            every: When to look what is due, as in crontab(5), with seconds last.

        Raises:
            LedgerError: The database does not answer.
        """
        with self._faults():
            asyncio.run(self._listen(called, stop, concurrency, every))

    async def _listen(
        self, called: Called, stop: threading.Event, concurrency: int, every: str
    ) -> None:
        connector = self._engine.PsycopgConnector(
            conninfo=self._address,
            kwargs={"options": f"-c search_path={SCHEMA}", "application_name": _NAME},
            min_size=1,
        )
        app = self._engine.App(connector=connector)

        @app.task(name="hand_over", queue=_QUEUE)
        def hand_over(mailing: int) -> None:
            called.work(MailingId(mailing))

        @app.periodic(cron=every)
        @app.task(name="look", queue=_LOOKS, queueing_lock="look")
        async def look(timestamp: int) -> None:
            del timestamp
            await self._sweep(app)
            await asyncio.to_thread(called.look)

        async with app.open_async():
            # Looking has a worker of its own, so that it never waits for a long mailing.
            working = [
                asyncio.create_task(_worker(app, queue, at_once))
                for queue, at_once in ((_QUEUE, concurrency), (_LOOKS, 1))
            ]
            while not (stop.is_set() or any(each.done() for each in working)):
                await asyncio.wait(working, timeout=GLANCE)
            for each in working:
                each.cancel()
            ended = await asyncio.gather(*working, return_exceptions=True)
            for fault in ended:
                if isinstance(fault, Exception):
                    raise fault

    async def _sweep(self, app: Any) -> None:
        """Call again where a worker died: nobody else puts its jobs back."""
        manager = app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD):
            try:
                await manager.retry_job(job)
            except self._engine.exceptions.UniqueViolation:
                # Somebody else is called to it already.
                await manager.finish_job(
                    job, status=self._engine.jobs.Status.FAILED, delete_job=True
                )

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Say in press's words what the server says."""
        try:
            yield
        except (
            self._psycopg.OperationalError,
            self._psycopg.errors.InsufficientPrivilege,
            self._engine.exceptions.ConnectorException,
        ) as error:
            raise LedgerError(
                f"the doorbell's database does not answer: {str(error).splitlines()[0]}",
                hint="see that the server of PRESS_DATABASE runs and lets press make"
                " tables; nothing is lost",
            ) from error


async def _worker(app: Any, queue: str, at_once: int) -> None:
    await app.run_worker_async(
        queues=[queue],
        concurrency=at_once,
        delete_jobs="always",
        install_signal_handlers=False,
        update_heartbeat_interval=ALIVE,
        stalled_worker_timeout=DEAD,
    )
