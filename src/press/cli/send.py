"""`press send`: the digest to its readers, step by step."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from press.cli.arguments import Edition
from press.cli.default import WithDefault
from press.cli.outcome import Outcome, end, show_findings
from press.cli.stopping import stopping
from press.cli.terminal import is_terminal, printable, put
from press.cli.tick import tell_how_it_ended
from press.model.errors import ExitCode, NotConfirmedError
from press.model.finding import ready

if TYPE_CHECKING:
    from press.desk.office import PostOffice
    from press.model.mailing import Mailing

send = typer.Typer(
    cls=WithDefault,
    help="Send an edition's digest to its readers, by its plan; follow and steer it.",
    rich_markup_mode=None,
    subcommand_metavar="EDITION | COMMAND [ARGUMENTS]",
)

Who = Annotated[
    str,
    typer.Option("--by", metavar="NAME", help="Who says so; it is written down."),
]
Which = Annotated[
    str,
    typer.Option(
        "--mailing",
        metavar="WHICH",
        help="Its number or its list, where the edition goes to several.",
    ),
]
CountMoved = Annotated[
    int | None,
    typer.Option(
        "--count-moved",
        metavar="COUNT",
        help="The count of readers, where it is right although it moved by a fifth.",
    ),
]


@contextmanager
def _office() -> Iterator[PostOffice]:
    from press.desk.folder import find_paper
    from press.desk.office import open_office

    with open_office(find_paper(Path.cwd())) as office:
        yield office


def _found(office: PostOffice, edition: str, which: str) -> Mailing:
    from press.desk.folder import find_edition

    return office.steering.live(find_edition(office.paper, edition), which)


def _all(office: PostOffice, edition: str, which: str) -> Sequence[Mailing]:
    """Return an edition's live mailings that are meant, cancelled or not."""
    from press.desk.folder import find_edition

    return office.steering.any_of(find_edition(office.paper, edition), which)


@send.command(WithDefault.default, hidden=True)
def send_edition(  # noqa: PLR0913, PLR0917 -- one for each option
    edition: Edition,
    for_real: Annotated[
        bool,
        typer.Option("--for-real", help="Open the mailing; without it, only look."),
    ] = False,
    confirm: Annotated[
        str,
        typer.Option(
            "--confirm",
            metavar="TEXT",
            help='Edition and count, for scripts: "2024-09 18432".',
        ),
    ] = "",
    late: Annotated[
        bool, typer.Option("--late", help="Send the steps now whose time has passed.")
    ] = False,
    count_moved: CountMoved = None,
    mailing: Which = "",
    by: Who = "the desk",
) -> None:
    """Show what a mailing would be, and with --for-real confirm it.

    Nothing is sent without --for-real, and then only after the edition and the count of
    readers were typed. What is due is sent at once; the rest by `press tick`.
    """
    from press.desk.folder import find_edition

    with _office() as office:
        name = find_edition(office.paper, edition)
        if late and (found := office.steering.late(name, mailing)) is not None:
            _send_late(office, found, confirm if for_real else None, by)
            return
        made = office.desk.propose(name, late=late, count_moved=count_moved)
        if made.value is not None:
            for line in office.describe(made.value):
                put(printable(line), sys.stdout)
        if made.value is None or not ready(made.findings) or not for_real:
            if made.value is not None and not for_real:
                put("nothing was sent; --for-real sends it", sys.stderr)
            end(
                Outcome(edition=name, findings=made.findings, paper=office.paper),
                as_json=False,
            )
            return
        show_findings(made.findings, office.paper)
        opened = office.desk.confirm(made.value, confirm or _ask(made.value.phrase), by)
        put(f"mailing {opened.id} is open", sys.stdout)
        _go(office)


def _send_late(
    office: PostOffice, mailing: Mailing, confirm: str | None, by: str
) -> None:
    """Send the steps of an open mailing whose time has passed, once confirmed."""
    name = mailing.edition
    phrase = f"{name} {office.left(mailing)}"
    for line in office.status(name):
        put(printable(line), sys.stdout)
    if confirm is None:
        put(f"nothing was sent; --for-real sends it: {phrase}", sys.stderr)
        return
    if (confirm or _ask(phrase)).split() != phrase.split():
        raise NotConfirmedError(
            "this does not confirm it", hint=f"it is confirmed by: {phrase}"
        )
    count = office.steering.let_late(mailing, by)
    put(f"{count} steps are due now", sys.stdout)
    _go(office)


def _ask(phrase: str) -> str:
    """Return what is typed to confirm a mailing."""
    if not is_terminal(sys.stdin):
        raise NotConfirmedError(
            "nobody is there to confirm this mailing",
            hint=f'press send … --for-real --confirm "{phrase}"',
        )
    return str(
        typer.prompt("Type the edition and the number of readers to send it", err=True)
    )


def _go(office: PostOffice) -> None:
    """Do what is due now, and say what comes next."""
    with stopping() as stop:
        office.round.stop = stop
        for line in office.round.go():
            put(printable(line), sys.stdout)
        tell_how_it_ended(office, stop)
    if office.unfinished():
        put("press tick, or press run, goes on with what is due later", sys.stderr)


@send.command("test")
def send_test(
    address: Annotated[
        list[str], typer.Argument(metavar="ADDRESS", help="Where to send it.")
    ],
    edition: Annotated[
        str,
        typer.Option(
            "--edition", metavar="EDITION", help="Which; the newest if not given."
        ),
    ] = "",
) -> None:
    """Send the digest to addresses of our own: every variant of it, at once."""
    from press.desk.folder import find_edition, newest_edition

    with _office() as office:
        paper = office.paper
        name = find_edition(paper, edition) if edition else newest_edition(paper)
        made = office.test(name, address)
        for line in made.value or ():
            put(printable(line), sys.stdout)
        end(Outcome(edition=name, findings=made.findings, paper=paper), as_json=False)


@send.command("rehearse")
def rehearse(edition: Edition) -> None:
    """Let SendGrid look at the mails of all readers, and send none: its sandbox.

    They are the mails that would be handed over now, in the same requests. The ledger
    knows nothing of it.
    """
    from press.desk import rehearsing
    from press.desk.folder import find_edition

    with _office() as office, stopping() as stop:
        name = find_edition(office.paper, edition)
        made = office.desk.propose(name)
        show_findings(made.findings, office.paper)
        if made.value is None:
            raise typer.Exit(ExitCode.NOT_READY)
        done = rehearsing.rehearse(office, made.value, stop)
        for line in rehearsing.told(done, made.value.courier):
            put(printable(line), sys.stdout)
        if done.refused or stop.is_set():
            raise typer.Exit(ExitCode.NOT_READY)


@send.command("approve")
def approve(edition: Edition, by: Who) -> None:
    """Write down that somebody approved exactly this digest."""
    _sign(edition, "approved", by)


@send.command("printed")
def printed(edition: Edition, by: Who) -> None:
    """Write down that the paper is printed, where a step waits for that."""
    _sign(edition, "printed", by)


def _sign(edition: str, what: str, who: str) -> None:
    from press.desk.folder import find_edition

    with _office() as office:
        name = find_edition(office.paper, edition)
        content = office.desk.sign(name, what, who)
        put(f"{name} {what} by {printable(who)} ({content[:12]})", sys.stdout)


@send.command("status")
def status(
    edition: Annotated[
        str, typer.Argument(metavar="EDITION", help="Which; all if not given.")
    ] = "",
) -> None:
    """Show how mailings stand: steps, counts, what is waited for."""
    from press.desk.folder import find_edition

    with _office() as office:
        name = find_edition(office.paper, edition) if edition else None
        for line in office.status(name):
            put(printable(line), sys.stdout)


@send.command("pause")
def pause(edition: Edition, mailing: Which = "", by: Who = "the desk") -> None:
    """Let nothing more be handed over; requests under way are finished.

    What a provider holds for its time already goes out; press send cancel takes it back.
    """
    from press.desk import taking_back

    with _office() as office:
        found = _found(office, edition, mailing)
        for line in taking_back.paused(office.round.taker().foresee(found.id)):
            put(line, sys.stderr)
        _say(office.steering.pause(found, by), found, "paused")


@send.command("resume")
def resume(
    edition: Edition,
    count_moved: CountMoved = None,
    mailing: Which = "",
    by: Who = "the desk",
) -> None:
    """Let a paused mailing go on."""
    with _office() as office:
        found = _found(office, edition, mailing)
        done = office.steering.resume(found, by, count_moved=count_moved)
        _say(done, found, "going on")
        _go(office)


@send.command("cancel")
def cancel(
    edition: Edition,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
    mailing: Which = "",
    by: Who = "the desk",
) -> None:
    """End a mailing: nothing more is handed over, and what can be is taken back.

    SendGrid cancels what it holds for its time, up to eight requests of a thousand
    readers and until twelve minutes before that time. Other mails go out.
    """
    from press.desk import taking_back

    with _office() as office:
        found = _found(office, edition, mailing)
        taker = office.round.taker()
        for line in taking_back.foreseen(taker.foresee(found.id)):
            put(line, sys.stderr)
        asked = f"End the mailing of {edition} to {found.audience}?"
        if not yes and not typer.confirm(asked, err=True):
            raise NotConfirmedError("nothing was changed", hint="--yes does not ask")
        _say(office.steering.cancel(found, by), found, "cancelled")
        for line in taking_back.done(taker.take_back(found.id)):
            put(line, sys.stdout)


def _say(done: bool, mailing: Mailing, what: str) -> None:
    if not done:
        put(f"press: the mailing is {mailing.state}; nothing was changed", sys.stderr)
        raise typer.Exit(ExitCode.NOT_READY)
    put(f"{mailing.edition}: {what}", sys.stdout)


@send.command("reconcile")
def reconcile(
    by: Who,
    *,
    without_records: Annotated[
        bool,
        typer.Option(
            "--without-records", help="Compare nothing: you know who was written to."
        ),
    ] = False,
) -> None:
    """Let a database that was brought back from a backup send again.

    Whoever got an edition since, by the provider's records, never gets it again. Bring
    readers who came or left since back before: press readers import, press events pull.
    Mailings that were open in the backup are paused.
    """
    with _office() as office:
        for line in office.reconciler.reconcile(by, without_records=without_records):
            put(line, sys.stdout)


@send.command("start")
def start(
    edition: Edition,
    step: Annotated[str, typer.Argument(metavar="STEP", help="The step's name.")],
    mailing: Which = "",
    by: Who = "the desk",
) -> None:
    """Start a step of the plan that has no time, or start one earlier."""
    with _office() as office:
        office.steering.start(_found(office, edition, mailing), step, by)
        _go(office)


@send.command("report")
def report(edition: Edition, mailing: Which = "") -> None:
    """Show what became of an edition's mails."""
    with _office() as office:
        for each in _all(office, edition, mailing):
            for line in office.report(each):
                put(printable(line), sys.stdout)


@send.command("resolve")
def resolve(
    edition: Edition,
    request: Annotated[
        str, typer.Argument(metavar="REQUEST", help="Which; all are shown without.")
    ] = "",
    taken: Annotated[
        bool, typer.Option("--taken", help="It was taken: nobody of it gets another.")
    ] = False,
    not_taken: Annotated[
        bool, typer.Option("--not-taken", help="It was not: its readers are sent to.")
    ] = False,
    mailing: Which = "",
    by: Annotated[
        str,
        typer.Option(
            "--by", metavar="NAME", help="Who decides it; it is written down."
        ),
    ] = "",
) -> None:
    """Show requests of which nobody knows whether they were taken, or decide one."""
    from press.desk import doubting

    if request and taken == not_taken:
        raise typer.BadParameter("say --taken or --not-taken")
    if request and not by.strip():
        raise typer.BadParameter("say who decides it: --by NAME")
    with _office() as office:
        found = _all(office, edition, mailing)
        if not request:
            for each in found:
                for line in doubting.told(each, office.round.settler()):
                    put(printable(line), sys.stdout)
            return
        office.decide(found, request, taken=taken, who=by)
        put(f"{request}: {'taken' if taken else 'not taken'}, by {by}", sys.stdout)
