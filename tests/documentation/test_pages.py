"""The documentation says what the program does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

import press
from press.cli.app import app
from press.cli.default import WithDefault
from press.model.errors import ExitCode

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])
COMMANDS = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")


def documented(command: str) -> str:
    """Return what the commands page says below a command's heading."""
    sections = re.split(r"^## ", COMMANDS, flags=re.MULTILINE)
    (section,) = [text for text in sections if re.match(rf"{command}( [A-Z]|\n)", text)]
    return section


def group_of(name: str) -> Any:
    """Return the command of that name: "", "send", "send test"."""
    command: Any = typer.main.get_command(app)
    for word in name.split():
        command = command.commands[word]
    return command


def usage_of(name: str) -> tuple[set[str], set[str]]:
    """Return a command's options and the names of its arguments.

    A group's own are those of the command that needs no name.
    """
    command = group_of(name)
    parameters = [*command.params]
    if unnamed_of(command):
        parameters += command.commands[unnamed_of(command)].params
    options: set[str] = set()
    arguments: set[str] = set()
    for parameter in parameters:
        if parameter.param_type_name == "option":
            options.update(parameter.opts)
        else:
            arguments.add(str(parameter.metavar))
    return options, arguments


def command_names(group: str = "") -> list[str]:
    """Return the names of all commands, those of groups with the group's before."""
    names: list[str] = []
    for name, command in group_of(group).commands.items():
        if name != unnamed_of(group_of(group)):
            whole = f"{group} {name}".strip()
            names += [whole, *(command_names(whole) if has_commands(command) else [])]
    return names


def unnamed_of(command: Any) -> str:
    """Return the name of a group's command that needs none; empty where it has none."""
    return command.default if isinstance(command, WithDefault) else ""


def has_commands(command: Any) -> bool:
    return bool(getattr(command, "commands", {}))


@pytest.mark.parametrize("name", ["", *command_names()])
def test_every_command_is_documented_with_its_arguments_and_options(name: str) -> None:
    options, arguments = usage_of(name)

    section = documented(f"press {name}".strip())

    table = {
        word
        for row in re.findall(r"^\| (`.*?) \|", section, flags=re.MULTILINE)
        for word in re.findall(r"`(-{1,2}[a-z-]+|[A-Z]+)", row)
    }
    assert table == options | arguments | ({"-h", "--help"} if not name else set())


def test_no_command_is_documented_that_does_not_exist() -> None:
    headings = re.findall(
        r"^## press ([a-z-]+(?: [a-z-]+)*)", COMMANDS, flags=re.MULTILINE
    )

    assert headings == command_names()


def test_every_exit_code_is_documented() -> None:
    page = (DOCS / "reference" / "exit-codes.md").read_text(encoding="utf-8")

    rows = re.findall(r"^\| (\d+) \| ([A-Z_]+) \| .+ \|", page, flags=re.MULTILINE)

    assert rows == [(str(code.value), code.name) for code in ExitCode]


def test_every_room_is_on_the_map() -> None:
    source = Path(press.__file__).parent
    rooms = {path.parent.name for path in source.glob("*/__init__.py")} | {"ports"}

    page = (DOCS / "architecture.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `([a-z]+)` \|", page, flags=re.MULTILINE)) == rooms


def test_pango_is_named_alike_by_launcher_and_documentation() -> None:
    launcher = (ROOT / "tools" / "launch.sh").read_text(encoding="utf-8")
    page = (DOCS / "install.md").read_text(encoding="utf-8")

    packages = re.findall(r"pango_packages=(?:'([^']+)'|([^'\s]+))", launcher)

    assert len(packages) == 4
    for quoted, word in packages:
        names = quoted or word
        assert f" install {names}`" in page or f" add {names}`" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_page_can_be_reached_from_the_first() -> None:
    seen: set[Path] = set()
    ahead = [DOCS / "index.md"]
    while ahead:
        page = ahead.pop()
        if page in seen:
            continue
        seen.add(page)
        links = re.findall(r"\]\(([^)#\s]+\.md)", page.read_text(encoding="utf-8"))
        ahead += [(page.parent / link).resolve() for link in links if "://" not in link]

    assert set(DOCS.rglob("*.md")) <= {page.resolve() for page in seen}
