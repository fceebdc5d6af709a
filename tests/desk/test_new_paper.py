"""The first hour with press: a new paper, its first pages, the next month."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from press.cli import run
from press.cli.app import app
from press.model.errors import ExitCode

pytestmark = pytest.mark.rendered


def test_a_new_paper_is_built_at_once_and_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run(app, ["new-paper", "light", "--title", "The Harbour Light"]) == 0
    monkeypatch.chdir(tmp_path / "light")
    [edition] = [folder.name for folder in Path("editions").iterdir()]
    capfd.readouterr()
    for command in ("check", "build-edition"):
        assert run(app, [command, edition]) == ExitCode.OK
        assert capfd.readouterr().err == ""

    flatplan = json.loads((Path("build") / edition / "flatplan.json").read_text())
    printed = [
        box["articles"] for page in flatplan["pages"] for box in page["articles"]
    ]
    assert len({slug for slugs in printed for slug in slugs}) == 5
    assert flatplan["held over"] == []
    assert any(box["pictures"] for p in flatplan["pages"] for box in p["articles"])


def test_the_next_month_is_begun_and_waits_for_its_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run(app, ["new-paper", "light"])
    monkeypatch.chdir(tmp_path / "light")

    assert run(app, ["schema"]) == ExitCode.OK
    assert run(app, ["schema", "--check"]) == ExitCode.OK
    assert run(app, ["new", "2099-10"]) == ExitCode.OK
    capfd.readouterr()
    assert run(app, ["check", "2099-10"]) == ExitCode.OK
    assert "1 warning" in capfd.readouterr().err
    assert run(app, ["build-edition", "2099-10"]) == ExitCode.NOT_READY
    assert "there is nothing to print" in capfd.readouterr().err
    assert not Path("build/2099-10").exists()
