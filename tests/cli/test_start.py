"""Starting press is quick: nothing is imported before a command needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

ENGINES = {
    "PIL", "css_inline", "jinja2", "lxml", "markdown_it", "mjml", "pi_heif", "pikepdf",
    "pydantic", "pydyf", "pypdfium2", "pyphen", "rapidfuzz", "rich", "ruamel", "segno",
    "sendgrid", "uharfbuzz", "weasyprint",
}  # fmt: skip

PROGRAM = """
import sys, press.cli
sys.argv = ["press", *sys.argv[1:]]
try:
    press.cli.main()
except SystemExit:
    print(*sys.modules, file=sys.stderr)
"""


def loaded_by(arguments: list[str]) -> set[str]:
    started = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )

    modules = set(started.stderr.splitlines()[-1].split())
    assert "press.cli" in modules
    return modules


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"]])
def test_help_waits_for_no_engine(arguments: list[str]) -> None:
    assert not loaded_by(arguments) & ENGINES


@pytest.mark.parametrize(
    "arguments", [["build-edition", "-h"], ["doctor", "-h"], ["nonsense"]]
)
def test_a_command_only_waits_for_what_reads_its_arguments(
    arguments: list[str],
) -> None:
    assert not loaded_by(arguments) & ENGINES - {"pydantic"}  # Typer's own need
