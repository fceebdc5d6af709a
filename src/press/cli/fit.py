"""`press fit`: how many lines and words each article is over or under."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated

import typer

from press.cli.arguments import AsJson, Edition
from press.cli.columns import cut, cut_name
from press.cli.outcome import Outcome, finding_as_data, show_why
from press.cli.progress import Bar
from press.cli.show import in_order
from press.cli.terminal import cells, is_terminal, printable, put
from press.model.errors import ExitCode
from press.model.finding import Checked
from press.model.fit import Fit, HeadFit

_HEADS = ("page", "article", "words", "lines", "over/under", "head")
#: Cells of a line where no terminal says how many there are, and of an article's name.
WIDTH, LEAST_NAME, MOST_NAME = 100, 14, 32
#: Cells between columns, and those of all columns but the name in most papers.
_BETWEEN, _OTHERS = 2, 50
_RIGHT = frozenset({0, 2, 3})
_CLEAR = "\x1b[2J\x1b[H"


def fit(
    edition: Edition,
    watch: Annotated[
        bool, typer.Option("--watch", help="Look again whenever a file is saved.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Tell how many lines and words each article is over or under.

    No page is drawn. With --watch, it goes on until Ctrl-C.
    """
    from press.desk.fitting import fit_edition, saved
    from press.desk.folder import find_edition, find_paper

    house = find_paper(Path.cwd())
    name = find_edition(house, edition)
    with Bar(sys.stderr) as bar:
        bar.step("flat plan", 0, 1)
        made = fit_edition(house, name)
    _show(name, made, house, as_json=as_json)
    if watch:
        for _ in saved(house):
            made = fit_edition(house, name)
            if is_terminal(sys.stdout) and not as_json:
                put(_CLEAR, sys.stdout)
            _show(name, made, house, as_json=as_json)
    outcome = Outcome(edition=name, findings=made.findings, paper=house)
    raise typer.Exit(outcome.exit_code)


def _show(
    edition: str, made: Checked[tuple[Fit, ...]], paper: Path, *, as_json: bool
) -> None:
    """Show an edition's fit: as a table, or as one line of JSON."""
    if as_json:
        put(fits_to_json(edition, made), sys.stdout)
        return
    for line in table(made.value or (), get_terminal_size((WIDTH, 24)).columns):
        put(line, sys.stdout)
    show_why(
        edition, made.findings, paper, planned=any(o.pages for o in made.value or ())
    )


def fits_to_json(edition: str, made: Checked[tuple[Fit, ...]]) -> str:
    """Write an edition's fit as one line of JSON, in ASCII."""
    import json

    fits = [
        {
            "article": one.package,
            "section": one.section,
            "pages": list(one.pages),
            "words": one.words,
            "lines": one.lines,
            "over_lines": one.over,
            "over_words": one.over_words,
            "cropped": one.cropped,
            "stretched": one.stretched,
            "quotes": one.quoted,
            "white": one.slack,
            "headline": _head_as_data(one.head) if one.head else None,
        }
        for one in made.value or ()
    ]
    outcome = Outcome(edition=edition, findings=made.findings)
    findings = [finding_as_data(found) for found in in_order(made.findings)]
    data = {
        "edition": edition,
        "ready": outcome.exit_code is ExitCode.OK,
        "articles": fits,
        "findings": findings,
    }
    return json.dumps(data)


def _head_as_data(head: HeadFit) -> dict[str, object]:
    return {
        "lines": head.lines,
        "columns": head.columns,
        "size": head.size,
        "short": head.short,
        "standfirst_out": head.standfirst_out,
    }


def table(fits: Sequence[Fit], width: int = WIDTH) -> list[str]:
    """Return the lines of the table: one for each piece, under its section's name.

    Args:
        fits: How the pieces fit.
        width: Cells of the widest line; 64 at least. What was done to a piece stands
            under it where there is no room beside it.
    """
    if not fits:
        return []
    names = max(LEAST_NAME, width - _OTHERS)
    rows = [_HEADS, *(_row(one, min(names, MOST_NAME)) for one in fits)]
    widths = [max(cells(row[n]) for row in rows) for n in range(len(_HEADS))]
    lines = [_line(_HEADS, widths)]
    section = None
    for one, row in zip(fits, rows[1:], strict=True):
        if one.section != section:
            section = one.section
            lines.append(cut(printable(section), width))
        lines += _beside(_line(row, widths), _how(one), widths, width)
    return lines


def _beside(line: str, remark: str, widths: Sequence[int], width: int) -> list[str]:
    """Return a line and what is said of it, beside it or under its name."""
    room = sum(widths) + _BETWEEN * len(widths)
    if not remark:
        return [line]
    if room + cells(remark) <= width:
        return [line + " " * (room - cells(line)) + remark]
    return [line, " " * (widths[0] + _BETWEEN) + remark]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    out = []
    for number, (text, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - cells(text))
        out.append(space + text if number in _RIGHT else text + space)
    return (" " * _BETWEEN).join(out).rstrip()


def _row(one: Fit, names: int) -> tuple[str, ...]:
    return (
        ", ".join(map(str, one.pages)) or "–",
        cut_name(printable(_name(one)), names),
        str(one.words),
        str(one.lines),
        _over(one),
        _headline(one.head) if one.head else "not placed",
    )


def _name(one: Fit) -> str:
    """Return an article's name; of a group its template's, and how many it holds."""
    if one.articles == 1:
        return one.package
    return f"{one.package.rpartition('/')[2]}: {one.articles} articles"


def _over(one: Fit) -> str:
    if not one.over:
        return "fits"
    return f"{one.over:+} ({one.over_words:+})".replace("-", "−")


def _headline(head: HeadFit) -> str:
    """Say how many lines a headline has, and over how many columns."""
    if not head.lines:
        return "flag"
    return f"{head.lines}×{head.columns}" + (" short" if head.short else "")


def _how(one: Fit) -> str:
    """Say what was done to make a piece fill its room, and what that cost."""
    head = one.head
    done = (
        (one.cropped, f"crop {one.cropped}"),
        (one.stretched, f"pic +{one.stretched}"),
        (one.quoted, f"quote {one.quoted}"),
        (one.slack, f"white {one.slack}"),
        (head and head.standfirst_out, "no standfirst"),
    )
    return ", ".join(said for is_so, said in done if is_so)
