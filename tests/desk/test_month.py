"""The month by its commands: begun from the last one, filled, and looked at."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from press.cli import run
from press.cli.app import app
from press.cli.terminal import cells
from press.desk.overview import overview
from press.model.edition import EditionId
from press.model.errors import ExitCode
from press.model.overview import CopyState, Overview, Progress
from press.model.schedule import Deadline
from tests.newspaper import ID, Newspaper, a_newspaper, an_article

pytestmark = pytest.mark.rendered
E = f"editions/{ID}/edition.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """A clock that stands."""

    time: dt.datetime

    def now(self) -> dt.datetime:
        return self.time


def stands(
    newspaper: Newspaper, day: str = "2024-08-22", edition: str = ID
) -> Overview:
    noon = dt.datetime.fromisoformat(f"{day}T11:30:00+00:00")
    view = overview(newspaper.root, EditionId(edition), At(time=noon)).value
    assert view is not None
    return view


@pytest.fixture
def unbuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newspaper:
    """A newspaper that was never built; the current folder is its own."""
    made = a_newspaper(tmp_path / "lamp")
    monkeypatch.chdir(made.root)
    return made


def test_the_plan_shows_every_article_on_its_page(
    newspaper: Newspaper,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(newspaper.root)

    assert run(app, ["plan", ID]) == ExitCode.OK

    out = capfd.readouterr().out
    assert max(map(cells, out.splitlines())) < 100
    assert "\x1b" not in out
    for page in newspaper.read("flatplan.json")["pages"]:
        assert f"{page['page']}  {page['section']}" in out
        for box in page["articles"]:
            assert all(slug in out for slug in box["articles"])


def test_the_plan_is_that_of_the_build(
    newspaper: Newspaper,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(newspaper.root)

    assert run(app, ["plan", ID, "--json"]) == ExitCode.OK

    told = json.loads(capfd.readouterr().out)["plan"]
    built = newspaper.read("flatplan.json")
    assert [
        [(part["articles"], part["part"]) for part in page["parts"]]
        for page in told["pages"]
    ] == [
        [(box["articles"], box["part"]) for box in page["articles"]]
        for page in built["pages"]
    ]
    assert all(one["copy"] == "checked" for one in told["articles"])
    assert told["days_left"] < 0


def test_what_is_missing_makes_its_deadline_overdue(unbuilt: Newspaper) -> None:
    unbuilt.change(E, "{article: mills, priority: 3}", "{article: millls, priority: 3}")
    unbuilt.change(
        f"editions/{ID}/articles/wicks/index.md", "title:", "legal: needed\ntitle:"
    )
    (unbuilt.edition / "articles/leader/images/one.jpg").unlink()
    days = "copy: 10 days before at 12:00, pictures: 1 week before at 9:00"
    rest = "legal: 5 days before at 9:00, proofs: 1 day before at 9:00"
    unbuilt.change("press.yaml", "links:", f"schedule: {{{days}, {rest}}}\nlinks:")

    view = stands(unbuilt, "2024-08-24")

    assert view.pages == ()
    states = {str(one.slug): one.copy for one in view.articles}
    assert states["millls"] is CopyState.EMPTY
    assert states["leader"] is CopyState.COPY_IN
    assert states["salt-tax"] is CopyState.CHECKED
    assert {one.deadline: (one.progress, one.left) for one in view.schedule} == {
        Deadline.COPY: (Progress.OVERDUE, 1),
        Deadline.PICTURES: (Progress.OVERDUE, 1),
        Deadline.LEGAL: (Progress.OPEN, 1),
        Deadline.PROOFS: (Progress.OPEN, 0),
    }
    assert view.days_left == 6


def test_copy_is_not_done_while_no_article_is_chosen(unbuilt: Newspaper) -> None:
    assert run(app, ["new", "2024-10"]) == ExitCode.OK
    manifest = unbuilt.root / "editions/2024-10/edition.yaml"
    days = "schedule: {copy: 2024-09-10 12:00}\nprint:"
    manifest.write_text(manifest.read_text().replace("print:", days, 1))

    early = stands(unbuilt, "2024-09-01", "2024-10").schedule
    late = stands(unbuilt, "2024-09-20", "2024-10").schedule

    assert [one.progress for one in early] == [Progress.OPEN]
    assert [one.progress for one in late] == [Progress.OVERDUE]


def test_an_edition_without_a_flat_plan_is_listed_and_says_why(
    unbuilt: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    unbuilt.change(E, "{article: mills, priority: 3}", "{article: millls, priority: 3}")

    assert run(app, ["plan", ID]) == ExitCode.NOT_READY

    told = capfd.readouterr()
    assert "no flat plan yet" in told.out
    assert "millls" in told.out
    assert "empty" in told.out
    assert "article.missing" in told.err


def test_what_the_last_build_held_over_runs_in_the_next_edition(
    newspaper: Newspaper,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(newspaper.root)
    flatplan = newspaper.read("flatplan.json") | {"articles held over": ["leader"]}
    newspaper.write(f"build/{ID}/flatplan.json", json.dumps(flatplan))

    assert run(app, ["new", "2024-10", "--from", ID]) == ExitCode.OK

    told = capfd.readouterr()
    assert "“leader” was held over from 2024-09" in told.err
    assert told.out.splitlines() == [
        "editions/2024-10/edition.yaml",
        "editions/2024-10/articles/leader",
    ]
    assert Path("editions/2024-10/articles/leader/images/one.jpg").is_file()
    assert run(app, ["check", "2024-10"]) == ExitCode.OK


@pytest.mark.parametrize("flatplan", [None, "{broken", "[]"])
def test_without_a_build_nobody_knows_what_was_held_over(
    unbuilt: Newspaper, capfd: pytest.CaptureFixture[str], flatplan: str | None
) -> None:
    if flatplan is not None:
        unbuilt.write(f"build/{ID}/flatplan.json", flatplan)

    assert run(app, ["new", "2024-10"]) == ExitCode.OK

    told = capfd.readouterr()
    assert "edition.not-built" in told.err
    assert told.out.splitlines() == ["editions/2024-10/edition.yaml"]


def test_an_article_is_seen_chosen_and_in_the_manifest(
    unbuilt: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    unbuilt.article("rushlight", an_article("rushlight", 88, more="section: Comment"))

    assert run(app, ["select", ID]) == ExitCode.OK
    assert "rushlight" in capfd.readouterr().out
    assert run(app, ["select", ID, "--json"]) == ExitCode.OK
    [one] = json.loads(capfd.readouterr().out)["articles"]
    assert (one["article"], one["section"], one["words"]) == (
        "rushlight",
        "Comment",
        88,
    )
    assert run(app, ["select", ID, "rushlight", "--priority", "5"]) == ExitCode.OK
    assert capfd.readouterr().out == f"{E}\n"
    assert run(app, ["select", ID]) == ExitCode.OK
    assert "every article in its folder is in the manifest" in capfd.readouterr().out

    line = "        - {article: rushlight, priority: 5}"
    assert line in (unbuilt.root / E).read_text(encoding="utf-8").splitlines()


def test_names_to_choose_from_are_never_cut(
    unbuilt: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    slug = "internet-censorship-catalonia-independence-referendum-ca"
    unbuilt.article(slug, an_article(slug, 88, more="section: Comment"))

    assert run(app, ["select", ID]) == ExitCode.OK

    lines = capfd.readouterr().out.splitlines()
    assert f"  {slug}" in lines
    assert max(map(cells, lines[:-1])) <= 80  # The last is a command.


def test_a_choice_that_is_wrong_is_told_and_refused(
    unbuilt: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    unbuilt.article("rushlight", an_article("rushlight", 88, more="section: Comment"))

    assert run(app, ["select", ID, "rushligth", "mills"]) == ExitCode.NOT_READY

    told = capfd.readouterr()
    assert "did you mean “rushlight”?" in told.err
    assert "“mills” is in “News” already" in told.err
    assert told.out == ""
