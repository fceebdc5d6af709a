"""What press says of itself on this machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from press.adapters.weasy.libraries import (
    LIBRARIES,
    PACKAGES,
    Library,
    find_libraries,
    why_not_loaded,
)
from press.desk.installation import find_packages, find_typesetter
from press.model.need import State

LAUNCHER = Path(__file__).parents[2] / "tools" / "launch.sh"


def test_this_installation_is_complete() -> None:
    needs = [*find_packages(), *find_typesetter()]

    assert [need for need in needs if need.state is not State.FOUND] == []


def test_a_package_that_is_not_installed_is_named_and_holds_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    described = tmp_path / "lamp-1.0.dist-info" / "METADATA"
    described.parent.mkdir()
    described.write_text(
        "Metadata-Version: 2.1\nName: lamp\nVersion: 1.0\n"
        "Requires-Dist: pikepdf>=10\nRequires-Dist: no-such-package>=2\n"
        'Requires-Dist: never-asked; extra == "more"\n'
    )
    monkeypatch.syspath_prepend(str(tmp_path))

    *_, packages = find_packages("lamp")

    assert (packages.state, packages.says) == (State.MISSING, "no-such-package")
    assert packages.holds_up


def test_a_library_that_is_not_there_has_no_version() -> None:
    lost = Library(name="Lost", files=("libno-such-library.so.0",))

    assert dict(find_libraries((lost,))) == {lost: None}


def test_versions_are_those_that_libraries_tell() -> None:
    told = {library.name: version for library, version in find_libraries()}

    for name in ("Pango", "HarfBuzz", "Fontconfig"):
        assert re.fullmatch(r"\d+\.\d+\.\d+", told[name] or "")


def test_why_weasyprint_cannot_be_loaded_is_said() -> None:
    assert why_not_loaded() == ""
    assert why_not_loaded("/bin/false") == "exit code 1"
    assert "No such file" in why_not_loaded("/no/such/python")


def test_libraries_and_packages_are_those_of_the_launcher() -> None:
    launcher = LAUNCHER.read_text(encoding="utf-8")

    loaded = re.findall(r'^ +\("(lib[^"]+)", "(lib[^"]+)"\),$', launcher, re.MULTILINE)
    assert [library.files for library in LIBRARIES] == loaded
    packages = re.findall(r"pango_packages=(?:'([^']+)'|([^'\s]+))", launcher)
    assert {command.partition(" install ")[2] for _, command in PACKAGES} - {""} | {
        command.partition(" add ")[2] for _, command in PACKAGES
    } - {""} == {quoted or word for quoted, word in packages}
