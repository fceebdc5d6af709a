from __future__ import annotations

import io
from contextlib import suppress

import pytest

from press.cli.progress import Bar
from press.cli.terminal import cells, takes_colour
from press.ports import Progress


class Terminal(io.StringIO):
    """A terminal that shows what its one line would hold."""

    def isatty(self) -> bool:
        return True

    def line(self) -> str:
        return self.getvalue().rpartition("\r\x1b[K")[2]


@pytest.fixture(autouse=True)
def _an_ordinary_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")


def test_the_bar_counts_pages() -> None:
    terminal = Terminal()

    with Bar(terminal) as bar:
        progress: Progress = bar
        progress.step("pages", 4, 16)
        halfway = terminal.line()

    assert halfway == "[######..................] 4/16 pages"


def test_the_bar_is_gone_at_the_end() -> None:
    terminal = Terminal()

    with Bar(terminal) as bar:
        bar.step("pages", 16, 16)

    assert terminal.line() == ""


def test_the_bar_is_gone_when_a_build_breaks() -> None:
    terminal = Terminal()

    with suppress(RuntimeError), Bar(terminal) as bar:
        bar.step("pages", 1, 16)
        raise RuntimeError

    assert terminal.getvalue()
    assert terminal.line() == ""


def test_a_bar_nobody_watches_writes_nothing() -> None:
    file = io.StringIO()

    with Bar(file) as bar:
        bar.step("pages", 1, 16)

    assert file.getvalue() == ""


def test_a_bar_never_takes_more_than_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    terminal = Terminal()

    with Bar(terminal) as bar:
        bar.step("記事を測る\n", 3, 7)
        drawn = terminal.line()

    assert 0 < cells(drawn) < 20
    assert "\n" not in terminal.getvalue()


def test_a_step_that_changes_nothing_is_not_drawn_again() -> None:
    terminal = Terminal()

    with Bar(terminal) as bar:
        bar.step("pages", 1, 4)
        once = terminal.getvalue()
        bar.step("pages", 1, 4)
        twice = terminal.getvalue()

    assert once == twice


def test_nothing_to_do_is_no_division_by_zero() -> None:
    terminal = Terminal()

    with Bar(terminal) as bar:
        bar.step("pages", 0, 0)

        assert terminal.line().endswith("0/0 pages")


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour_where_none_is_wanted(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert takes_colour(Terminal())
    monkeypatch.setenv(name, value)

    assert not takes_colour(Terminal())


def test_no_colour_in_a_file() -> None:
    assert not takes_colour(io.StringIO())
