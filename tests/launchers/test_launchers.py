"""./press and ./check on machines of all kinds, without installing anything.

The checkout is a copy in a folder with spaces; uv, Python and the package managers are
small scripts that note how they were called and do what the real ones would.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOT_USER, SOMEBODY = 0, 1000
TOOLS = (
    "cat", "cksum", "cp", "date", "grep", "ln", "ls", "mkdir", "mv", "readlink", "rm",
)  # fmt: skip
SHELLS = {"dash": ["dash"], "bash": ["bash", "--posix"], "busybox": ["busybox", "sh"]}

UV = """#!/bin/sh
[ "$*" = --version ] && { echo "uv ${UV_VERSION:-0.13.9} (test)"; exit; }
echo "uv $*${UV_OFFLINE:+ (offline)}" >>"$CALLS"
case "$*" in
*venv*) [ -z "${NO_PYTHON:-}" ] && mkdir -p .venv/bin && cp "$FAKES/python" .venv/bin ;;
*sync*) [ -z "${NO_PACKAGES:-}" ] && echo "#!$PWD/.venv/bin/python" >.venv/bin/press ;;
esac
"""
PYTHON = """#!/bin/sh
case $1 in
-c) ;;
-) cat >/dev/null; [ -e "$FAKES/pango" ] || printf 'libpango-1.0 ' ;;
-m) ;;
*) echo "python ${1##*/}" >>"$CALLS"; shift; printf '<%s>' "$@"; exit "${CODE:-0}" ;;
esac
"""
#: A package manager that works, and one that has to look for packages first.
MANAGER = """#!/bin/sh
echo "${0##*/} $*" >>"$CALLS"
case "$*" in *pango*) : >"$FAKES/pango" ;; esac
"""
FRESH_APT = """#!/bin/sh
echo "apt-get $*" >>"$CALLS"
case "$*" in
*update*) : >"$FAKES/lists" ;;
*pango*) [ -e "$FAKES/lists" ] && : >"$FAKES/pango" ;;
esac
"""
SUDO = '#!/bin/sh\n[ "$1" = -n ] && shift\nexec "$@"\n'
SUDO_ASKS = "#!/bin/sh\nexit 1\n"
ENV = '#!/bin/sh\nexport "$1"\nshift\nexec "$@"\n'

#: Three ways to get uv: Python's venv, pip alone, the official installer.
VENV = """#!/bin/sh
echo "${0##*/} $1 $2" >>"$CALLS"
mkdir -p "$3/bin"
printf '%s\\n' '#!/bin/sh' 'cp "$FAKES/uv" "${0%/*}/uv"' >"$3/bin/python"
chmod +x "$3/bin/python"
"""
PIP = """#!/bin/sh
echo "python3 $1 $2" >>"$CALLS"
[ "$2" = pip ] || exit 1
for argument; do
  [ "${last:-}" = --target ] && target=$argument
  last=$argument
done
mkdir -p "$target/bin" && cp "$FAKES/uv" "$target/bin/uv"
"""
CURL = """#!/bin/sh
echo "curl" >>"$CALLS"
for argument; do
  [ "${last:-}" = -o ] && file=$argument
  last=$argument
done
echo 'cp "$FAKES/uv" "$UV_UNMANAGED_INSTALL/uv"' >"$file"
"""


@dataclass(kw_only=True)
class Machine:
    """A checkout, and a machine that has nothing but what a test puts there."""

    command: list[str]  # the shell, as a command
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def checkout(self) -> Path:
        return self.folder / "our paper"

    def calls(self) -> list[str]:
        """Return how outside programs were called since the last look."""
        file = self.folder / "calls"
        lines = file.read_text().splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return lines

    def has(self, name: str, text: str, where: str = "bin") -> None:
        path = self.folder / where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def has_pango(self) -> None:
        (self.folder / "fakes" / "pango").touch()

    def is_used_by(self, user: int) -> None:
        self.has("id", f"#!/bin/sh\necho {user}\n")

    def run(
        self,
        *arguments: str,
        launcher: str | Path = "press",
        cwd: Path | None = None,
        **settings: str,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.command, str(self.checkout / launcher), *arguments],
            cwd=cwd or self.folder,
            env={
                "PATH": str(self.folder / "bin"),
                "HOME": str(self.folder / "home"),
                "CALLS": str(self.folder / "calls"),
                "FAKES": str(self.folder / "fakes"),
                **self.settings,
                **settings,
            },
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(params=SHELLS)
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    """A machine with a shell and the usual small tools, and no root."""
    shell = SHELLS[request.param]
    program = shutil.which(shell[0])
    if program is None:
        pytest.skip(f"{shell[0]} is not installed")
    machine = Machine(command=[program, *shell[1:]], folder=tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in (*TOOLS, "chmod", "sh"):
        found = shutil.which(tool)
        assert found, f"{tool} is missing"
        (tmp_path / "bin" / tool).symlink_to(found)
    machine.is_used_by(SOMEBODY)
    machine.has("uv", UV, "fakes")
    machine.has("python", PYTHON, "fakes")
    (machine.checkout / "tools").mkdir(parents=True)
    for name in ("press", "check", "tools/launch.sh"):
        shutil.copy(ROOT / name, machine.checkout / name)
    (machine.checkout / "uv.lock").write_text("lock 1\n")
    (machine.checkout / "pyproject.toml").write_text("project 1\n")
    return machine


@pytest.fixture
def machine(bare: Machine) -> Machine:
    """A machine with uv and Pango."""
    bare.has("uv", UV)
    bare.has_pango()
    return bare


SYNC = "uv --quiet sync --locked"
VENV_CALL = "uv --quiet venv --python >=3.11,<3.15 .venv"
STARTED = "python press"


def test_the_first_start_installs_and_starts(machine: Machine) -> None:
    ended = machine.run("--version")

    assert ended.stdout == "<--version>"
    assert ended.stderr == "press: installing Python packages into .venv\n"
    assert machine.calls() == [VENV_CALL, f"{SYNC} --no-dev", STARTED]


def test_the_second_start_only_starts(machine: Machine) -> None:
    machine.run()
    machine.calls()

    ended = machine.run("check", "2024-09")

    assert ended.stderr == ""
    assert machine.calls() == [STARTED]


def test_the_second_start_runs_two_small_programs_and_press(machine: Machine) -> None:
    machine.run()
    for tool in TOOLS:
        program = (machine.folder / "bin" / tool).resolve()
        (machine.folder / "bin" / tool).unlink()
        machine.has(tool, f'#!/bin/sh\necho {tool} >>"$CALLS"\nexec {program} "$@"\n')
    machine.calls()

    machine.run()

    # busybox has the two built in.
    assert machine.calls() in (["cksum", "ls", STARTED], [STARTED])


def test_arguments_and_exit_code_pass_through(machine: Machine) -> None:
    arguments = ["a b", "", "*", "$HOME", "'", "\\n", "--", "-x"]

    ended = machine.run(*arguments, CODE="75")

    assert ended.stdout == "".join(f"<{argument}>" for argument in arguments)
    assert ended.returncode == 75


def test_press_starts_from_any_folder_and_through_links(
    machine: Machine, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    (elsewhere / "press").symlink_to(machine.checkout / "press")
    (elsewhere / "again").symlink_to("press")
    (elsewhere / "folder").symlink_to(machine.checkout)
    machine.run()

    for launcher in ("press", "again", "folder/press"):
        ended = machine.run("x", launcher=elsewhere / launcher, cwd=elsewhere)
        assert (ended.stdout, ended.stderr) == ("<x>", "")

    ended = machine.run("x", launcher=elsewhere / "again", CDPATH="/:.:..")
    assert (ended.stdout, ended.stderr) == ("<x>", "")


@pytest.mark.parametrize("name", ["uv.lock", "pyproject.toml", "tools/launch.sh"])
def test_a_change_of_what_is_installed_installs_again_once(
    name: str, machine: Machine
) -> None:
    machine.run()
    with (machine.checkout / name).open("a") as file:
        file.write("# 2\n")
    machine.calls()

    machine.run()
    changed = machine.calls()
    machine.run()
    after = machine.calls()

    assert changed == [f"{SYNC} --no-dev", STARTED]
    assert after == [STARTED]


def test_a_checkout_that_was_moved_gets_a_new_environment(machine: Machine) -> None:
    machine.run()
    machine.checkout.rename(machine.folder / "moved")
    machine.calls()

    ended = machine.run("x", launcher=machine.folder / "moved" / "press")

    assert ended.stdout == "<x>"
    assert machine.calls() == [VENV_CALL, f"{SYNC} --no-dev", STARTED]


def test_an_environment_without_its_python_is_made_anew(machine: Machine) -> None:
    machine.run()
    (machine.checkout / ".venv/bin/python").unlink()
    machine.calls()

    ended = machine.run("x")

    assert ended.stdout == "<x>"


def test_press_never_brings_the_developers_tools_and_keeps_them(
    machine: Machine,
) -> None:
    machine.run()
    machine.has("pytest", "#!/bin/sh\n", "our paper/.venv/bin")
    (machine.checkout / "uv.lock").write_text("lock 2\n")
    machine.calls()

    machine.run()

    assert machine.calls() == [f"{SYNC} --no-dev --inexact", STARTED]


def test_packages_that_cannot_be_installed_stop_press_until_they_can(
    machine: Machine,
) -> None:
    failed = machine.run(NO_PACKAGES="1")
    ended = machine.run("x")

    assert failed.returncode == 5
    assert failed.stdout == ""
    assert "press: Python packages could not be installed; see" in failed.stderr
    assert ended.stdout == "<x>"


def test_a_missing_python_is_said_in_one_sentence(machine: Machine) -> None:
    ended = machine.run(NO_PYTHON="1")

    assert ended.returncode == 5
    assert ended.stderr.startswith(
        "press: Python 3.11 or newer was not found and could not be fetched; install it"
    )
    assert ended.stderr.count("\n") == 1


def test_a_checkout_that_cannot_be_written_is_exit_code_6(machine: Machine) -> None:
    (machine.checkout / ".uv").write_text("not a folder")

    ended = machine.run()

    assert ended.returncode == 6
    assert ended.stderr.startswith("press: cannot write into ")


# --- uv --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "where", ["home/.local/bin", "home/.cargo/bin", "our paper/.uv/bin"]
)
def test_uv_is_found_where_it_usually_lies(where: str, bare: Machine) -> None:
    bare.has_pango()
    bare.has("uv", UV, where)

    ended = bare.run("x")

    assert ended.stdout == "<x>"
    assert "installing uv" not in ended.stderr


def test_a_uv_that_is_too_old_is_passed_over(machine: Machine) -> None:
    machine.has("uv", UV.replace("0.13.9", "0.4.30"))
    machine.has("python3", VENV)

    ended = machine.run("x")

    assert ended.stdout == "<x>"
    assert (machine.checkout / ".uv/bin/uv").exists()


@pytest.mark.parametrize(
    ("programs", "called"),
    [
        ({"python3": VENV}, ["python3 -m venv"]),
        ({"python3": PIP}, ["python3 -m venv", "python3 -m pip"]),
        ({"curl": CURL}, ["curl"]),
        ({"wget": CURL.replace("-o", "-qO")}, ["curl"]),
    ],
)
def test_a_missing_uv_is_installed_into_the_checkout(
    programs: dict[str, str], called: list[str], bare: Machine
) -> None:
    bare.has_pango()
    for name, text in programs.items():
        bare.has(name, text)

    ended = bare.run("x")

    assert ended.stdout == "<x>"
    assert ended.stderr == (
        "press: installing uv into .uv\npress: installing Python packages into .venv\n"
    )
    assert bare.calls() == [*called, VENV_CALL, f"{SYNC} --no-dev", STARTED]
    assert not (bare.folder / "home").exists()


def test_debian_is_asked_for_venv_where_there_is_no_other_way(bare: Machine) -> None:
    bare.has_pango()
    bare.is_used_by(ROOT_USER)
    bare.has("env", ENV)
    bare.has("apt-get", '#!/bin/sh\nmv "$FAKES/python3" "${0%/*}/python3"\n')
    bare.has("python3", VENV, "fakes")

    ended = bare.run("x")

    assert ended.stdout == "<x>"


def test_a_uv_that_cannot_be_installed_is_said_in_one_sentence(bare: Machine) -> None:
    bare.has("apt-get", MANAGER)
    bare.has("sudo", SUDO_ASKS)

    ended = bare.run()

    assert ended.returncode == 5
    doing, sentence = ended.stderr.splitlines()
    assert doing == "press: installing uv into .uv"
    assert sentence.startswith("press: uv is missing and could not be installed ")
    assert sentence.endswith("run: sudo apt-get install python3-venv, then start again")


def test_offline_installs_no_uv(bare: Machine) -> None:
    bare.has("python3", VENV)
    bare.has("curl", CURL)

    ended = bare.run(PRESS_OFFLINE="1")

    assert ended.returncode == 5
    assert ended.stderr == (
        "press: uv is missing and PRESS_OFFLINE is set; install uv,"
        " or start once without PRESS_OFFLINE\n"
    )
    assert bare.calls() == []


def test_offline_lets_uv_take_only_what_it_has(machine: Machine) -> None:
    ended = machine.run("x", PRESS_OFFLINE="1")

    assert ended.stdout == "<x>"
    assert machine.calls() == [
        f"{VENV_CALL} (offline)",
        f"{SYNC} --no-dev (offline)",
        STARTED,
    ]


# --- Pango -----------------------------------------------------------------------------


@pytest.fixture
def without_pango(bare: Machine) -> Machine:
    bare.has("uv", UV)
    bare.has("env", ENV)
    return bare


MANAGERS = {
    "apt-get": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "sudo dnf install pango harfbuzz",
    "apk": "sudo apk add pango harfbuzz-subset",
}


@pytest.mark.parametrize("manager", MANAGERS)
@pytest.mark.parametrize("how", ["root", "sudo"])
def test_pango_is_installed_where_that_is_allowed(
    manager: str, how: str, without_pango: Machine
) -> None:
    without_pango.is_used_by(ROOT_USER if how == "root" else SOMEBODY)
    without_pango.has(manager, MANAGER)
    if how == "sudo":
        without_pango.has("sudo", SUDO)
        without_pango.has("true", "#!/bin/sh\n")

    ended = without_pango.run("x")

    assert ended.stdout == "<x>"
    assert f"press: installing Pango with {manager}\n" in ended.stderr
    packages = MANAGERS[manager].split()[3:]
    (call,) = [call for call in without_pango.calls() if call.startswith(manager)]
    assert call.endswith(" ".join(packages))


def test_fresh_package_lists_are_fetched_when_needed(without_pango: Machine) -> None:
    without_pango.is_used_by(ROOT_USER)
    without_pango.has("apt-get", FRESH_APT)

    ended = without_pango.run("x")

    assert ended.stdout == "<x>"


@pytest.mark.parametrize("manager", MANAGERS)
def test_where_pango_may_not_be_installed_one_sentence_says_what_to_run(
    manager: str, without_pango: Machine
) -> None:
    without_pango.has(manager, MANAGER)
    without_pango.has("sudo", SUDO_ASKS)

    ended = without_pango.run()

    assert ended.returncode == 5
    assert ended.stdout == ""
    assert ended.stderr == (
        "press: Pango cannot be loaded (missing: libpango-1.0); "
        f"run: {MANAGERS[manager]}, then start again\n"
    )
    assert not [call for call in without_pango.calls() if call.startswith(manager)]


def test_on_an_unknown_system_the_libraries_are_named(without_pango: Machine) -> None:
    ended = without_pango.run()

    assert ended.returncode == 5
    assert "install Pango, Fontconfig and HarfBuzz with its subset" in ended.stderr


def test_offline_installs_no_pango(without_pango: Machine) -> None:
    without_pango.is_used_by(ROOT_USER)
    without_pango.has("apt-get", MANAGER)

    ended = without_pango.run(PRESS_OFFLINE="1")

    assert ended.returncode == 5
    assert "run: apt-get install libpango-1.0-0" in ended.stderr
    assert not [call for call in without_pango.calls() if call.startswith("apt-get")]


def test_a_manager_that_brings_no_pango_ends_with_the_sentence(
    without_pango: Machine,
) -> None:
    without_pango.is_used_by(ROOT_USER)
    without_pango.has("apt-get", "#!/bin/sh\nexit 100\n")

    ended = without_pango.run()

    assert ended.returncode == 5
    assert ended.stderr.splitlines()[-1].startswith("press: Pango cannot be loaded")


# --- check -----------------------------------------------------------------------------

STEPS = ["format", "lint", "types", "imports", "tests"]


@pytest.fixture
def checking(machine: Machine) -> Machine:
    for name in ("ruff", "mypy", "lint-imports", "pytest"):
        machine.has(name, f'#!/bin/sh\necho "{name} $*" >>"$CALLS"\n', "checks")
    uv = UV.replace("*sync*) ", '*sync*) cp "$FAKES"/../checks/* .venv/bin && ')
    machine.has("uv", uv)
    return machine


def test_check_brings_the_developers_tools_and_runs_them_in_order(
    checking: Machine,
) -> None:
    ended = checking.run(launcher="check")

    assert ended.returncode == 0
    *others, tests = checking.calls()
    assert others == [
        VENV_CALL,
        SYNC,
        "ruff format --check .",
        "ruff check .",
        "mypy ",
        "lint-imports --no-logo",
    ]
    assert re.fullmatch(r"pytest -q -n \d+ -m not long", tests)
    summary = ended.stdout.splitlines()[-5:]
    assert [line.split()[:2] for line in summary] == [[step, "ok"] for step in STEPS]


@pytest.mark.parametrize("name", ["ruff", "mypy", "lint-imports", "pytest"])
def test_check_goes_on_after_a_failure_and_fails(name: str, checking: Machine) -> None:
    checking.has(name, f'#!/bin/sh\necho "{name}" >>"$CALLS"\nexit 1\n', "checks")

    ended = checking.run(launcher="check")

    assert ended.returncode == 1
    assert len(checking.calls()) == 7
    summary = ended.stdout.splitlines()[-5:]
    assert [line.split()[0] for line in summary] == STEPS
    assert sum("FAILED" in line for line in summary) == (2 if name == "ruff" else 1)


def test_a_fast_check_draws_no_pages(checking: Machine) -> None:
    checking.run("--fast", launcher="check")

    tests = checking.calls()[-1]
    assert re.fullmatch(r"pytest -q -n \d+ -m not rendered and not long", tests)


def test_check_says_how_it_is_used(checking: Machine) -> None:
    asked = checking.run("--help", launcher="check")
    wrong = checking.run("--slow", launcher="check")

    assert (asked.returncode, wrong.returncode) == (0, 2)
    assert asked.stdout == wrong.stderr
    assert checking.calls() == []


def test_press_starts_at_once_after_check(checking: Machine) -> None:
    checking.run(launcher="check")
    checking.calls()

    checking.run()

    assert checking.calls() == [STARTED]


def test_check_installs_again_after_press(checking: Machine) -> None:
    checking.run()
    checking.calls()

    checking.run(launcher="check")

    assert checking.calls()[0] == SYNC


def test_the_launchers_are_plain_shell() -> None:
    shellcheck = shutil.which("shellcheck")
    if shellcheck is None:
        pytest.skip("shellcheck is not installed")

    for shell in ("sh", "dash"):
        checked = subprocess.run(
            [
                shellcheck,
                "-x",
                "-s",
                shell,
                "press",
                "check",
                "tools/launch.sh",
                "tools/prove.sh",
                "tools/judges.sh",
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert checked.stdout == ""


@pytest.mark.parametrize("name", ["press", "check"])
def test_the_launchers_can_be_run(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
