"""`press import`: copy from the website and from documents into an edition."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from press.cli.arguments import AsJson
from press.cli.default import WithDefault
from press.cli.outcome import Outcome, end, show_findings, to_json
from press.cli.terminal import printable, put
from press.model.errors import ExitCode

if TYPE_CHECKING:
    from press.desk.intake import IntakeDesk, SiteWish, Took
    from press.model.imported import Imported, Wishes


class WithFiles(WithDefault):
    """Reads a first word that is no form's name as a file."""

    default = "files"


importing = typer.Typer(
    cls=WithFiles,
    help="Bring copy into an edition: press import FILE…, or one of the forms of websites.",
    rich_markup_mode=None,
    subcommand_metavar="FILE… | COMMAND [ARGUMENTS]",
)

Into: TypeAlias = Annotated[
    str,
    typer.Option(
        "--edition", metavar="EDITION", help="Into which; the newest if not given."
    ),
]
Keep: TypeAlias = Annotated[
    list[int] | None,
    typer.Option(
        "--keep",
        metavar="N",
        help="Bring back what was dropped under this number; see --only.",
    ),
]
Drop: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--drop", metavar="WORDS", help="Drop the paragraphs that begin so; repeatable."
    ),
]
Only: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="NAME",
        help="Take the article of this name alone; repeatable.",
    ),
]
Dry: TypeAlias = Annotated[
    bool, typer.Option("--dry-run", help="Tell what would be done, and write nothing.")
]
Since: TypeAlias = Annotated[
    str,
    typer.Option("--since", metavar="DATE", help="None published before: 2024-08-01."),
]
Status: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="WORD",
        help="Which, in WordPress's words: draft, private …; publish if not given.",
    ),
]
Hosts: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--host",
        metavar="HOST",
        help="A further host of its pictures, such as i0.wp.com; repeatable.",
    ),
]
HouseAd: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--house-ad", help="Write the house ad that is offered into press.yaml."
    ),
]
#: Columns of a line where nobody says how many there are, and the fewest of its words.
_LINE, _LEAST = 92, 30


@contextmanager
def _desk(edition: str) -> Iterator[IntakeDesk]:
    from press.desk.folder import find_edition, find_paper, newest_edition
    from press.desk.intake import IntakeDesk

    paper = find_paper(Path.cwd())
    name = find_edition(paper, edition) if edition else newest_edition(paper)
    opened = IntakeDesk.open(paper, name)
    if opened.value is None:
        show_findings(opened.findings, paper)
        raise typer.Exit(ExitCode.MANIFEST)
    show_findings(opened.findings, paper)
    try:
        yield opened.value
    except KeyboardInterrupt:
        put(f"press: stopped; {_so_far(opened.value)}", sys.stderr)
        raise


def _so_far(desk: IntakeDesk) -> str:
    """Return what an import that was stopped has done, and how it goes on."""
    count = desk.brought()
    many = "1 article is" if count == 1 else f"{count} articles are"
    done = f"{many} in {desk.edition}" if count else f"nothing is in {desk.edition} yet"
    return f"{done}; the same command goes on from there"


def _wishes(
    only: list[str] | None, keep: list[int] | None, drop: list[str] | None, *, dry: bool
) -> Wishes:
    from press.model.imported import Wishes

    return Wishes(
        keep=frozenset(keep or ()),
        drop=tuple(drop or ()),
        only=tuple(only or ()),
        dry=dry,
    )


def _asked(since: str, status: list[str] | None, host: list[str] | None) -> SiteWish:
    from press.desk.intake import SiteWish, day

    return SiteWish(
        since=day(since, "--since"),
        statuses=frozenset(status or ()),
        hosts=tuple(host or ()),
    )


@importing.command("files")
def files(  # noqa: PLR0913, PLR0917 -- one for each option
    file: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Documents, or addresses of web pages."),
    ],
    host: Hosts = None,
    edition: Into = "",
    only: Only = None,
    keep: Keep = None,
    drop: Drop = None,
    dry_run: Dry = False,
    house_ad: HouseAd = False,
    as_json: AsJson = False,
) -> None:
    """Import documents: .docx .odt .rtf .icml .md .txt .html, web pages, exports."""
    from press.desk.intake import SiteWish

    wish = SiteWish(hosts=tuple(host or ()))
    with _desk(edition) as desk:
        took = desk.files(file, wish, _wishes(only, keep, drop, dry=dry_run))
        _tell(desk, took, Telling(writes_ad=house_ad and not dry_run, as_json=as_json))


@importing.command("wordpress")
def wordpress(  # noqa: PLR0913, PLR0917 -- one for each option
    site: Annotated[
        str,
        typer.Argument(metavar="SITE", help="Its address; the paper's if not given."),
    ] = "",
    since: Since = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DATE", help="None published after.")
    ] = "",
    status: Status = None,
    host: Hosts = None,
    edition: Into = "",
    from_file: Annotated[
        Path | None,
        typer.Option(
            "--from-file", metavar="FILE", help="Posts as the site answered, saved."
        ),
    ] = None,
    media: Annotated[
        Path | None,
        typer.Option("--media", metavar="FILE", help="Its answer for media, saved."),
    ] = None,
    only: Only = None,
    keep: Keep = None,
    drop: Drop = None,
    dry_run: Dry = False,
    house_ad: HouseAd = False,
    as_json: AsJson = False,
) -> None:
    """Import posts of a WordPress site through its REST interface.

    With PRESS_WORDPRESS_USER and PRESS_WORDPRESS_PASSWORD (an application password) the
    texts come as they were written, with the marks of their blocks. Both are for the
    paper's website, or the site that PRESS_WORDPRESS_SITE names.
    """
    from press.desk.intake import SiteWish, day

    wish = SiteWish(
        site=site,
        since=day(since, "--since"),
        until=day(until, "--until"),
        statuses=frozenset(status or ()),
        hosts=tuple(host or ()),
    )
    with _desk(edition) as desk:
        wishes = _wishes(only, keep, drop, dry=dry_run)
        if from_file is not None:
            took = desk.saved_posts(from_file, media, wish, wishes)
        else:
            took = desk.wordpress(wish, wishes)
        _tell(desk, took, Telling(writes_ad=house_ad and not dry_run, as_json=as_json))


@importing.command("wxr")
def wxr(  # noqa: PLR0913, PLR0917 -- one for each option
    file: Annotated[Path, typer.Argument(metavar="FILE", help="WordPress's export.")],
    since: Since = "",
    status: Status = None,
    host: Hosts = None,
    edition: Into = "",
    only: Only = None,
    keep: Keep = None,
    drop: Drop = None,
    dry_run: Dry = False,
    house_ad: HouseAd = False,
    as_json: AsJson = False,
) -> None:
    """Import WordPress's export file."""
    from press.desk.copy_forms import Form

    wish = _asked(since, status, host)
    with _desk(edition) as desk:
        took = desk.export(file, Form.WXR, wish, _wishes(only, keep, drop, dry=dry_run))
        _tell(desk, took, Telling(writes_ad=house_ad and not dry_run, as_json=as_json))


@importing.command("ghost")
def ghost(  # noqa: PLR0913, PLR0917 -- one for each option
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Ghost's export.")],
    since: Since = "",
    status: Status = None,
    host: Hosts = None,
    edition: Into = "",
    only: Only = None,
    keep: Keep = None,
    drop: Drop = None,
    dry_run: Dry = False,
    house_ad: HouseAd = False,
    as_json: AsJson = False,
) -> None:
    """Import Ghost's export file."""
    from press.desk.copy_forms import Form

    wish = _asked(since, status, host)
    with _desk(edition) as desk:
        took = desk.export(
            file, Form.GHOST, wish, _wishes(only, keep, drop, dry=dry_run)
        )
        _tell(desk, took, Telling(writes_ad=house_ad and not dry_run, as_json=as_json))


@importing.command("feed")
def feed(  # noqa: PLR0913, PLR0917 -- one for each option
    source: Annotated[
        str, typer.Argument(metavar="FEED", help="Address or file of RSS or Atom.")
    ],
    since: Since = "",
    host: Hosts = None,
    edition: Into = "",
    only: Only = None,
    keep: Keep = None,
    drop: Drop = None,
    dry_run: Dry = False,
    house_ad: HouseAd = False,
    as_json: AsJson = False,
) -> None:
    """Import a feed that carries whole texts."""
    wish = _asked(since, None, host)
    with _desk(edition) as desk:
        took = desk.feed(source, wish, _wishes(only, keep, drop, dry=dry_run))
        _tell(desk, took, Telling(writes_ad=house_ad and not dry_run, as_json=as_json))


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How an import is told.

    Attributes:
        writes_ad: Whether the house ad that is offered goes into press.yaml.
        as_json: Whether all is one JSON object.
    """

    writes_ad: bool = False
    as_json: bool = False


def _tell(desk: IntakeDesk, took: Took, telling: Telling) -> None:
    if took.house_ad and telling.writes_ad:
        desk.write_house_ad(took.house_ad)
        put("the house ad is in press.yaml", sys.stderr)
    outcome = Outcome(edition=desk.edition, findings=took.findings, paper=desk.root)
    if telling.as_json:
        put(_as_json(took, outcome), sys.stdout)
        raise typer.Exit(outcome.exit_code)
    for one in took.imported:
        for line in told(one):
            put(printable(line), sys.stdout)
    if not took.imported and not took.findings:
        put("nothing was imported: no story there is of those asked for", sys.stderr)
    if took.house_ad and not telling.writes_ad:
        _offer(took.house_ad.lines)
    end(outcome, as_json=False)


def _offer(lines: str) -> None:
    put("a house ad for press.yaml (--house-ad writes it):\n", sys.stdout)
    for line in lines.splitlines():
        put(printable(line), sys.stdout)


def _as_json(took: Took, outcome: Outcome) -> str:
    """Return an import as one JSON object, in ASCII so that no terminal is misled."""
    import json

    from press.model.record import encode

    told_of = [
        {
            "article": one.slug,
            "fate": one.fate.value,
            "words": encode(one.manuscript.words),
            "pictures": one.pictures,
            "dropped": encode(one.manuscript.dropped),
            "came": list(one.came),
            "gone": list(one.gone),
            "kept": list(one.changed),
        }
        for one in took.imported
    ]
    ad = took.house_ad.lines if took.house_ad else None
    return json.dumps(
        {**json.loads(to_json(outcome)), "imported": told_of, "house_ad": ad}, indent=2
    )


def told(one: Imported) -> Iterator[str]:
    """Yield what is told of an article that was imported."""
    from press.model.story import Surety

    words = one.manuscript.words
    parts = [f"{words.kept:,} words"]
    if one.pictures:
        many = "" if one.pictures == 1 else "s"
        parts.append(f"{one.pictures} picture{many} fetched")
    if one.manuscript.dropped:
        count = len(one.manuscript.dropped)
        many = "" if count == 1 else "s"
        parts.append(f"dropped {count} block{many} of {words.dropped:,} words")
    yield f"{one.fate.value:<10} {one.slug}: {', '.join(parts)}"
    for part in one.manuscript.dropped:
        doubt = "?" if part.surety is Surety.GUESS else " "
        yield _short(
            f"{part.number:>11}{doubt} {part.kind.value}: {' '.join(part.text.split())}",
            f" ({part.by})",
        )
    for label, parts_of in (
        ("came", one.came),
        ("gone", one.gone),
        ("kept", one.changed),
    ):
        for text in parts_of:
            yield _short(f"{label:>12}  {' '.join(text.split())}", "")


def _short(text: str, after: str) -> str:
    columns = shutil.get_terminal_size((_LINE, 24)).columns
    room = max(columns - len(after), _LEAST)
    if len(text) > room:
        text = text[: room - 1].rstrip() + "…"
    return text + after
