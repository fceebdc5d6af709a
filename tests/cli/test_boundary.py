"""What the shell is told, whatever happens inside a command."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from press.cli import run
from press.cli.app import app
from press.cli.outcome import Outcome, end
from press.model.errors import (
    BusyError,
    CannotWriteError,
    EngineError,
    ExitCode,
    ManifestError,
    MissingToolError,
    NotReadyError,
    PressError,
)
from press.model.finding import Place, error, note, warning


def a_command(work: Callable[[], None]) -> typer.Typer:
    """Make a command line whose one command, `go`, does `work`."""
    commands = typer.Typer(rich_markup_mode=None, add_completion=False)

    @commands.callback()
    def _press() -> None:
        """Do it."""

    @commands.command()
    def go(count: int = 1) -> None:
        for _ in range(count):
            work()

    return commands


def raising(problem: BaseException) -> typer.Typer:
    def work() -> None:
        raise problem

    return a_command(work)


def ending(outcome: Outcome, *, as_json: bool = False) -> typer.Typer:
    return a_command(lambda: end(outcome, as_json=as_json))


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (ManifestError, 4),
        (NotReadyError, 3),
        (MissingToolError, 5),
        (CannotWriteError, 6),
        (BusyError, 75),
        (EngineError, 1),
    ],
)
def test_what_stops_press_is_a_message_a_hint_and_a_code(
    kind: type[PressError], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = raising(kind("no room for 3 lines", hint="cut 20 words"))

    result = run(commands, ["go"])

    assert result == code
    assert capsys.readouterr() == (
        "",
        "press: no room for 3 lines\n  hint: cut 20 words\n",
    )


def test_every_press_error_has_been_thought_of_here() -> None:
    assert len(PressError.__subclasses__()) == 12


def test_findings_of_an_error_are_shown_before_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tab = error("manifest.syntax", "a tab", Place(file="press.yaml", line=3, column=1))
    commands = raising(ManifestError("press.yaml cannot be read", findings=[tab]))

    result = run(commands, ["go"])

    assert result == ExitCode.MANIFEST
    assert capsys.readouterr().err == (
        "press.yaml:3:1: error: a tab [manifest.syntax]\n"
        "1 error\n"
        "press: press.yaml cannot be read\n"
    )


@pytest.mark.parametrize("words", [[], ["import"], ["readers"], ["send"], ["events"]])
def test_several_commands_alone_tell_what_they_are(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    result = run(app, words)

    told = capsys.readouterr()
    assert result == ExitCode.OK
    assert told.out.startswith(" ".join(["Usage: press", *words]))
    assert not told.err


def test_a_bug_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        run(raising(ZeroDivisionError()), ["go"])


def test_a_bug_ends_with_a_traceback_and_1() -> None:
    program = (
        "import typer, press.cli, sys\n"
        "commands = typer.Typer(pretty_exceptions_enable=False)\n"
        "commands.callback(invoke_without_command=True)(lambda: 1 / 0)\n"
        "commands.command('go')(lambda: None)\n"
        "sys.exit(press.cli.run(commands, ['go']))\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert ended.returncode == ExitCode.BUG
    assert "Traceback" in ended.stderr


def test_a_stop_from_the_keyboard_is_130() -> None:
    assert run(raising(KeyboardInterrupt()), ["go"]) == ExitCode.INTERRUPTED


@pytest.mark.parametrize("arguments", [["stop"], ["go", "--fast"], ["go", "x"]])
def test_a_wrong_command_line_is_2_and_points_to_help(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    result = run(a_command(lambda: None), arguments)

    assert result == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("press: ")
    assert "--help`" in err


def test_a_wrong_value_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    result = run(a_command(lambda: None), ["go", "--count", "many"])

    assert result == ExitCode.USAGE
    assert "--count" in capsys.readouterr().err


def test_a_command_that_only_ran_is_0() -> None:
    assert run(a_command(lambda: None), ["go"]) == ExitCode.OK


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    result = run(app, [])

    assert result == ExitCode.OK
    assert "build-edition" in capsys.readouterr().out


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    result = run(app, ["--version"])

    assert result == ExitCode.OK
    assert capsys.readouterr().out == "press 0.1.0\n"


def test_errors_hold_up_an_edition() -> None:
    assert run(ending(Outcome(findings=[error("a.b", "no")])), ["go"]) == 3


def test_warnings_hold_up_an_edition_only_when_strict() -> None:
    findings = [warning("a.b", "look"), note("a.c", "for the record")]

    assert run(ending(Outcome(findings=findings)), ["go"]) == 0
    assert run(ending(Outcome(findings=findings, strict=True)), ["go"]) == 3
    assert run(ending(Outcome(findings=findings[1:], strict=True)), ["go"]) == 0


def test_standard_output_carries_only_the_files_made(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = Outcome(
        findings=[warning("a.b", "look")],
        files=[tmp_path / "build" / "print.pdf", tmp_path / "build" / "digest.html"],
    )

    run(ending(outcome), ["go"])

    out, err = capsys.readouterr()
    assert out == "build/print.pdf\nbuild/digest.html\n"
    assert "warning: look" in err


def test_findings_name_files_from_where_the_reader_stands(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "editions").mkdir()
    monkeypatch.chdir(tmp_path / "editions")
    place = Place(file="editions/2024-09/edition.yaml", line=1, column=1)

    run(ending(Outcome(findings=[error("a.b", "no", place)], paper=tmp_path)), ["go"])

    assert "../editions/2024-09/edition.yaml:1:1: error" in capsys.readouterr().err


def test_json_is_one_object_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = Place(file="press.yaml", line=3, column=7, source="title: \x9b", page=2)
    outcome = Outcome(
        edition="2024-09",
        files=[Path("build/print.pdf")],
        findings=[warning("a.b", "later"), error("a.c", "“no”\x9b", place, "do")],
    )

    result = run(ending(outcome, as_json=True), ["go"])

    out, err = capsys.readouterr()
    assert result == ExitCode.NOT_READY
    assert err == ""
    assert out.isascii()
    assert json.loads(out) == {
        "edition": "2024-09",
        "ready": False,
        "files": ["build/print.pdf"],
        "findings": [
            {
                "code": "a.c",
                "severity": "error",
                "message": "“no”\x9b",
                "hint": "do",
                "file": "press.yaml",
                "line": 3,
                "column": 7,
                "page": 2,
                "article": None,
                "area": None,
            },
            {
                "code": "a.b",
                "severity": "warning",
                "message": "later",
                "hint": None,
                "file": None,
                "line": None,
                "column": None,
                "page": None,
                "article": None,
                "area": None,
            },
        ],
    }


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(("argument", "code"), [("--help", 0), ("go", 3)])
def test_a_reader_that_goes_away_is_no_error(
    argument: str,
    code: int,
    unbuffered: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`press … | true`: quiet, and the command's own exit code stands."""
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    program = tmp_path / "program.py"
    program.write_text(
        "import sys, time, typer, press.cli\n"
        "from press.cli.outcome import Outcome, end\n"
        "from press.model.finding import error\n"
        "commands = typer.Typer(rich_markup_mode=None)\n"
        "commands.callback()(lambda: None)\n"
        "@commands.command()\n"
        "def go():\n"
        "    end(Outcome(findings=[error('a.b', 'no')]), as_json=True)\n"
        "time.sleep(0.2)\n"
        f"sys.exit(press.cli.run(commands, ['{argument}']))\n"
    )

    ended = subprocess.run(
        [
            "sh",
            "-c",
            '{ "$0" "$1"; echo "code $?" >&2; } | true',
            sys.executable,
            str(program),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.stderr == f"code {code}\n"


def test_a_pipe_broken_inside_is_a_bug(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BrokenPipeError):
        run(raising(BrokenPipeError()), ["go"])
