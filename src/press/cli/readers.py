"""`press readers`: lists in and out, segments, and single readers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from press.cli.asking import ask
from press.cli.outcome import Outcome, end, show_findings
from press.cli.terminal import printable, put
from press.model.errors import ExitCode

if TYPE_CHECKING:
    from press.desk.readers import ReaderDesk, SegmentView
    from press.model.finding import Checked
    from press.model.importing import ImportCounts
    from press.model.segment_rule import Rule
    from press.model.subscriber import Subscriber

readers = typer.Typer(
    help="The paper's readers: bring lists in, count and list them, let single ones go.",
    rich_markup_mode=None,
)

Expression: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="EXPRESSION",
        help='Which readers: a segment, or a rule such as "tag members".',
    ),
]
Who: TypeAlias = Annotated[
    str, typer.Argument(metavar="READER", help="Address or public name of a reader.")
]


@contextmanager
def _desk() -> Iterator[ReaderDesk]:
    from press.adapters.clock import SystemClock
    from press.desk.books import open_books
    from press.desk.folder import find_paper
    from press.desk.readers import ReaderDesk
    from press.manifest.read import read_house
    from press.model.finding import ready

    paper = find_paper(Path.cwd())
    read = read_house(paper)
    if read.value is None or not ready(read.findings):
        show_findings(read.findings, paper)
        raise typer.Exit(ExitCode.MANIFEST)
    clock = SystemClock()
    with open_books(paper, clock) as books:
        books.readers.name_lists(read.value.lists)
        yield ReaderDesk(books=books, house=read.value, clock=clock)


@readers.command("import")
def import_list(  # noqa: PLR0913, PLR0917 -- one for each option
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The list, as CSV.")],
    lists: Annotated[
        list[str] | None,
        typer.Option(
            "--list", metavar="NAME", help="A list to put them on; repeatable."
        ),
    ] = None,
    tags: Annotated[
        list[str] | None,
        typer.Option("--tag", metavar="WORD", help="A tag to attach; repeatable."),
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--mapping",
            metavar="WHAT=HEADER",
            help="Which column holds what, where press cannot know: email=E-Post.",
        ),
    ] = None,
    basis: Annotated[
        str,
        typer.Option(
            "--basis",
            metavar="GROUND",
            help="Ground to write to them: consent, contract or soft-opt-in.",
        ),
    ] = "",
    source: Annotated[
        str,
        typer.Option("--source", metavar="TEXT", help="Where they agreed."),
    ] = "",
    given: Annotated[
        str,
        typer.Option("--given", metavar="DATE", help="When they agreed: 2024-05-03."),
    ] = "",
    confirmed: Annotated[
        bool | None,
        typer.Option(
            "--confirmed/--double-opt-in",
            help="Whether they confirmed, or must be asked to.",
        ),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Keep good rows where others are wrong.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Keep nothing; only say what would be.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="CSV", help="Write every row that is told of, and why."
        ),
    ] = None,
) -> None:
    """Bring a list of readers in, all of it or nothing.

    Lists of listmonk, Mailchimp, Ghost and Substack are known by their columns. Whoever
    left before stays out, and whoever the list says has left is never written to.
    """
    from press.cli.progress import Bar
    from press.desk.reader_import import ImportOrder, import_readers

    if confirmed is None:
        raise typer.BadParameter(
            "say whether these readers confirmed: --confirmed, or --double-opt-in"
        )
    order = ImportOrder(
        file=file,
        confirmed=confirmed,
        lists=tuple(lists or ()),
        tags=tuple(tags or ()),
        mapping=_mapped(mapping or []),
        basis=_basis(basis),
        source=source,
        given=_date(given),
        partial=partial,
        dry=dry_run,
        report=report,
    )
    with _desk() as desk, Bar(sys.stderr) as progress:
        made = import_readers(order, desk.books, desk.house, desk.clock, progress)
    if made.value is not None:
        put(_told(made.value, dry=dry_run), sys.stdout)
    end(Outcome(findings=made.findings), as_json=False)


@readers.command("count")
def count(
    expression: Expression = "",
    by_list: Annotated[
        bool, typer.Option("--list", help="Count readers of each list.")
    ] = False,
) -> None:
    """Count readers: those of a segment or rule, or all by what they are to the paper."""
    with _desk() as desk:
        if by_list:
            for name, standings in desk.roll.by_list().items():
                counts = ", ".join(
                    f"{n:,} {standing}" for standing, n in standings.items()
                )
                put(f"{name}: {counts or 'nobody'}", sys.stdout)
        elif expression:
            put(str(desk.roll.count(_rule(desk, expression))), sys.stdout)
        else:
            from press.desk.readers import counted

            put(counted(desk.roll.by_status()), sys.stdout)


@readers.command("segments")
def segments(expression: Expression = "") -> None:
    """Show every segment, or a rule: whom it means, how many, and a few, masked."""
    from press.model.finding import Checked
    from press.model.segment import Segment

    with _desk() as desk:
        if expression:
            views = (desk.view(Segment(expression), _rule(desk, expression)),)
            read: Checked[tuple[SegmentView, ...]] = Checked(value=views)
        else:
            read = desk.segments()
    for view in read.value or ():
        named = printable(f"{view.name}: {view.count:,} {view.meaning}")
        put(named, sys.stdout)
        if view.samples:
            put(f"  such as {printable(', '.join(view.samples))}", sys.stdout)
    end(Outcome(findings=read.findings), as_json=False)


@readers.command("show")
def show(
    reader: Who,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all that is known, for the reader.")
    ] = False,
) -> None:
    """Show what is known of a reader."""
    with _desk() as desk:
        found = desk.find(reader)
        if as_json:
            put(desk.books.readers.everything(found.id), sys.stdout)
            return
        for line in _lines(desk, found):
            put(printable(line), sys.stdout)


@readers.command("export")
def export(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The CSV to write; only you can read it."),
    ],
    expression: Annotated[
        str,
        typer.Argument(
            metavar="EXPRESSION",
            help="Which active readers; all of any status if empty.",
        ),
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
) -> None:
    """Write readers to a file that a spreadsheet opens safely, and press imports again."""
    from press.desk.private import refuse_to_replace

    if not force:
        refuse_to_replace(file)
    with _desk() as desk:
        rule = _rule(desk, expression) if expression else None
        written = desk.export(rule, file)
    put(f"{written:,} readers", sys.stderr)
    end(Outcome(files=(file,)), as_json=False)


@readers.command("erase")
def erase(
    reader: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Forget a reader for ever: everything but a hash that keeps them out.

    A provider that had mail for them is asked to forget them, too, by press tick. Their
    mails in the outbox are deleted.
    """
    from press.audience.address import masked
    from press.desk.erasing import erase as forget
    from press.desk.folder import find_paper

    with _desk() as desk:
        found = desk.find(reader)
        shown = masked(found.email) if found.email else found.public_id
        ask(f"Forget {shown}, for ever?", yes=yes)
        for line in forget(find_paper(Path.cwd()), desk, found):
            put(printable(line), sys.stderr)


@readers.command("suppress")
def suppress(
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="Whom never to write to again.")
    ],
    cause: Annotated[
        str,
        typer.Option(
            "--cause",
            metavar="WHY",
            help="by-hand, unsubscribed, bounced or complained.",
        ),
    ] = "by-hand",
    by: Annotated[
        str,
        typer.Option("--by", metavar="NAME", help="Who says so; it is written down."),
    ] = "the desk",
) -> None:
    """Never write to an address again, whether it is a reader's or not yet.

    Only the cause by-hand can be lifted again.
    """
    from press.audience.address import AddressError, masked
    from press.model.subscriber import Cause

    if cause not in set(Cause) - {Cause.ERASED}:
        raise typer.BadParameter(
            f"{cause} is no cause; there are: by-hand, unsubscribed, bounced, complained"
        )
    with _desk() as desk:
        try:
            known = desk.suppress(address, Cause(cause), by)
        except AddressError as fault:
            raise typer.BadParameter(str(fault)) from fault
    who = "a reader" if known else "no reader so far"
    put(f"{masked(address)} ({who}) is never written to again", sys.stderr)


@readers.command("lift")
def lift(
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="Whom to write to again.")
    ],
    by: Annotated[
        str,
        typer.Option("--by", metavar="NAME", help="Who says so; it is written down."),
    ],
) -> None:
    """Take back that an address was suppressed by hand: the reader is what they were.

    Whoever left, bounced, complained or was erased is brought back by nobody's hand.
    """
    from press.audience.address import masked

    with _desk() as desk:
        holds = desk.lift(address, by)
    shown = masked(address)
    if holds is None:
        put(f"{shown} may be written to again", sys.stderr)
    else:
        since = f"{holds.since:%Y-%m-%d}"
        put(f"{shown} is still {holds.cause} since {since}", sys.stderr)


@readers.command("leave")
def leave() -> None:
    """Let the reader go whose mail to the unsubscribe address comes on standard input.

    For a mail server's alias: a mail without a token of ours changes nothing, and is no
    error, for the server would only send it back.
    """
    mail = sys.stdin.buffer.read(1 << 20)
    with _desk() as desk:
        left = desk.leave_by_mail(mail)
    put("a reader left" if left else "no token of a reader in the subject", sys.stderr)


def _rule(desk: ReaderDesk, text: str) -> Rule:
    read: Checked[Rule] = desk.rule(text)
    if read.value is None or read.findings:
        show_findings(read.findings)
        raise typer.Exit(ExitCode.NOT_READY)
    return read.value


def _mapped(given: list[str]) -> dict[str, str]:
    pairs = [word.partition("=") for word in given]
    if any(not what or not header for what, _, header in pairs):
        raise typer.BadParameter("write --mapping as email=HEADER")
    return {header: what for what, _, header in pairs}


def _basis(text: str) -> Any:
    from press.model.subscriber import Basis

    if text and text not in set(Basis):
        raise typer.BadParameter(f"{text} is no ground; there are: {', '.join(Basis)}")
    return Basis(text) if text else None


def _date(text: str) -> Any:
    from press.audience.importing.values import moment_of

    found = moment_of(text)
    if text and found is None:
        raise typer.BadParameter(f"{text} is no date such as 2024-05-03")
    return found


def _told(counts: ImportCounts, *, dry: bool) -> str:
    """Say what came of an import in one line."""
    parts = [f"{counts.new:,} new", f"{counts.known:,} known"]
    if counts.suppressed:
        parts.append(f"{counts.suppressed:,} never to be written to")
    if counts.refused:
        parts.append(f"{counts.refused:,} refused")
    said = ", ".join(parts)
    if counts.kept:
        return said
    return f"{said}: would be" if dry else f"{said}: nothing was kept"


def _lines(desk: ReaderDesk, found: Subscriber) -> Iterator[str]:
    """Yield what is known of a reader, a line each."""
    yield f"{found.public_id}  {found.email or '(erased)'}  {found.name}".rstrip()
    yield f"{found.status} since {found.status_at:%Y-%m-%d}, joined {found.joined_at:%Y-%m-%d}"
    known = (("language", found.lang), ("time zone", found.timezone))
    yield from (f"{name}: {text}" for name, text in known if text)
    yield from (f"list {name}: {standing}" for name, standing in found.lists.items())
    if found.tags:
        yield f"tags: {', '.join(sorted(found.tags))}"
    yield from (f"{name}: {text}" for name, text in sorted(found.attributes.items()))
    for consent in desk.books.readers.consents(found.id):
        where = f" for {consent.list_name}" if consent.list_name else ""
        yield f"{consent.basis}{where} on {consent.given_at:%Y-%m-%d}: {consent.source}"
