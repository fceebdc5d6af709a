"""How `press doctor` shows what it found, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from press.cli import run
from press.cli.app import app
from press.cli.needs import tell_needs
from press.cli.outcome import Outcome, to_json
from press.model.errors import ExitCode
from press.model.need import Need, State

PANGO = Need(
    chapter="libraries", name="Pango", state=State.FOUND, says="1.50", must=True
)
LOST = Need(
    chapter="type",
    name="Press Serif",
    state=State.MISSING,
    says="Lost.ttf",
    how_to_get="install it",
    must=True,
)
QPDF = Need(
    chapter="press prove",
    name="qpdf",
    state=State.MISSING,
    how_to_get="install qpdf",
)


def test_things_are_told_in_aligned_lines_with_how_to_get_them() -> None:
    assert list(tell_needs([PANGO, LOST, QPDF])) == [
        "libraries",
        "  found     Pango        1.50",
        "type",
        "  MISSING   Press Serif  Lost.ttf",
        "            hint: install it",
        "press prove",
        "  missing   qpdf",
        "            hint: install qpdf",
        "",
        "press cannot build before it has: Press Serif",
    ]


@pytest.mark.parametrize(
    ("needs", "last"),
    [
        ([PANGO], "press can build, and has all that it asks for"),
        ([PANGO, QPDF], "press can build, and does without 1 of 2 things"),
    ],
)
def test_the_last_line_says_whether_press_can_build(
    needs: list[Need], last: str
) -> None:
    assert list(tell_needs(needs))[-1] == last


@pytest.mark.parametrize("state", [State.MISSING, State.BROKEN])
def test_only_what_press_cannot_do_without_ends_with_5(state: State) -> None:
    must = Need(chapter="type", name="x", state=state, must=True)
    may = Need(chapter="type", name="x", state=state)

    assert Outcome(needs=[PANGO, must]).exit_code is ExitCode.MISSING_TOOL
    assert Outcome(needs=[PANGO, may]).exit_code is ExitCode.OK


def test_a_stand_in_is_good_enough_to_build() -> None:
    other = Need(chapter="profiles", name="a4", state=State.STAND_IN, must=True)

    assert Outcome(needs=[other]).exit_code is ExitCode.OK


def test_what_would_act_on_a_terminal_is_shown_as_escapes() -> None:
    bad = Need(chapter="type", name="a\x1b[31m", state=State.FOUND, says="\x07")

    assert list(tell_needs([bad]))[1] == r"  found     a\x1b[31m  \x07"


def test_needs_are_data_too() -> None:
    told = json.loads(to_json(Outcome(needs=[LOST])))

    assert told["ready"] is False
    assert told["needs"] == [
        {
            "chapter": "type",
            "name": "Press Serif",
            "state": "missing",
            "says": "Lost.ttf",
            "how_to_get": "install it",
            "must": True,
        }
    ]


def test_other_commands_have_no_needs() -> None:
    assert "needs" not in json.loads(to_json(Outcome()))


def test_the_doctor_looks_at_everything(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)

    code = run(app, ["doctor", "--json"])

    told = json.loads(capsys.readouterr().out)
    assert code == ExitCode.OK
    assert list(dict.fromkeys(one["chapter"] for one in told["needs"])) == [
        *("press", "libraries", "type", "profiles", "press prove", "folders"),
    ]
