"""What `press doctor` says of a newspaper on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from press.adapters.icc.sources import OWN
from press.adapters.provers import QpdfProver
from press.desk.doctor import examine
from press.model.need import Need, State

ROOT = Path(__file__).parents[2]
NO_TOOLS = (QpdfProver("no-such-program"),)
LAYOUT = "layouts/a4/layout.yaml"
PRINTER = "layouts/a4/printer.yaml"

Look = Callable[[], tuple[Need, ...]]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A newspaper's folder, as far as the doctor looks: its layouts."""
    folder = tmp_path / "The Lamp"
    shutil.copytree(ROOT / "layouts", folder / "layouts")
    (folder / "press.yaml").write_text("press: 1\n")
    return folder


@pytest.fixture
def look(paper: Path) -> Look:
    return lambda: examine(paper, NO_TOOLS, colour=())


def change(paper: Path, file: str, old: str, new: str) -> None:
    text = (paper / file).read_text(encoding="utf-8")
    assert old in text
    (paper / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def of(needs: tuple[Need, ...], chapter: str, name: str) -> Need:
    (found,) = (one for one in needs if (one.chapter, one.name) == (chapter, name))
    return found


def held_up(needs: tuple[Need, ...]) -> list[Need]:
    return [need for need in needs if need.holds_up]


def test_nothing_holds_up_a_newspaper_that_has_what_it_needs(look: Look) -> None:
    assert held_up(look()) == []


def test_without_a_newspaper_the_layouts_that_come_with_press_are_looked_at(
    tmp_path: Path,
) -> None:
    needs = examine(tmp_path, NO_TOOLS, colour=())

    assert "for a4, tabloid" in of(needs, "type", "Press Serif").says
    assert [one.name for one in needs if one.chapter == "folders"] == [
        "temporary files"
    ]


def test_a_cut_that_is_not_there_holds_up_and_says_where_it_comes_from(
    paper: Path, look: Look
) -> None:
    change(paper, LAYOUT, "SourceSerifPro-Regular.ttf", "Lost.ttf")

    (lost,) = held_up(look())

    assert (lost.name, lost.state, lost.says) == (
        "Press Serif",
        State.MISSING,
        "Lost.ttf, for a4",
    )
    assert "pip install font-source-serif-pro" in lost.how_to_get


def test_a_face_of_another_script_names_its_package_and_never_holds_up(
    paper: Path, look: Look
) -> None:
    for name in ("a4", "tabloid"):
        file = f"layouts/{name}/layout.yaml"
        change(paper, file, "NotoNaskhArabic-Regular.ttf", "Lost.ttf")

    arabic = of(look(), "type", "Arabic")

    assert (arabic.state, arabic.says) == (State.MISSING, "Lost.ttf, for a4, tabloid")
    assert "fonts-noto-core" in arabic.how_to_get
    assert not arabic.holds_up


def test_a_face_that_is_there_says_where(paper: Path, look: Look) -> None:
    fonts = paper / "layouts/a4/fonts"
    fonts.mkdir()
    change(
        paper,
        LAYOUT,
        "fonts:\n",
        "fonts:\n  - {family: Own, file: Own.ttf}\n",
    )
    missing = held_up(look())
    (fonts / "Own.ttf").write_bytes(b"")

    assert [one.how_to_get for one in missing] == [
        "put the file into layouts/a4/fonts/"
    ]
    assert of(look(), "type", "Own").says == "1 cut, for a4"


def test_a_profile_that_is_not_installed_is_stood_in_for_and_can_be_got(
    look: Look,
) -> None:
    profile = of(look(), "profiles", "tabloid")

    assert profile.state is State.STAND_IN
    assert "WAN-IFRAnewspaper26v5 is not installed: press-newsprint" in profile.says
    assert "icc-profiles" in profile.how_to_get
    assert not profile.holds_up


def test_a_profile_that_is_there_says_what_it_is_and_where(
    paper: Path, look: Look
) -> None:
    shutil.copy(OWN / "press-heatset.icc", paper / "ours.icc")
    (paper / PRINTER).write_text(
        "press: 1\nuse: office\nprofile: {name: ours.icc, condition: OURS}\n"
    )

    profile = of(look(), "profiles", "a4")

    assert profile.state is State.FOUND
    assert "heatset" in profile.says
    assert "version 2.1" in profile.says
    assert str(paper / "ours.icc") in profile.says
    assert profile.how_to_get == ""


def test_a_profile_that_cannot_be_used_holds_up(paper: Path, look: Look) -> None:
    (paper / "ours.icc").write_bytes(b"nothing")
    (paper / PRINTER).write_text(
        "press: 1\nuse: office\nprofile: {name: ours.icc, condition: OURS}\n"
    )

    (broken,) = held_up(look())

    assert (broken.chapter, broken.name, broken.state) == (
        "profiles",
        "a4",
        State.BROKEN,
    )
    assert "it is no ICC profile" in broken.says


def test_a_layout_with_mistakes_is_broken_and_the_others_are_looked_at(
    paper: Path, look: Look
) -> None:
    (paper / LAYOUT).write_text("press: 1\nwhat: 2\n")

    needs = look()

    assert [(one.chapter, one.name) for one in held_up(needs)] == [("type", "a4")]
    assert of(needs, "type", "Press Serif").says.endswith("for tabloid")


def test_a_newspaper_without_layouts_cannot_build(paper: Path, look: Look) -> None:
    shutil.rmtree(paper / "layouts")

    assert [one.says for one in held_up(look())] == ["there is no layout in layouts/"]


@pytest.mark.parametrize(("name", "file"), [("build", "build"), ("cache", ".press")])
def test_a_folder_that_cannot_be_written_holds_up(
    name: str, file: str, paper: Path, look: Look
) -> None:
    (paper / file).write_text("a file of this name")

    (broken,) = held_up(look())

    assert (broken.name, broken.state) == (name, State.BROKEN)
    assert broken.says == f"{paper / file} is a file"


def test_a_tool_that_is_missing_never_holds_up_and_can_be_got(look: Look) -> None:
    qpdf = of(look(), "press prove", "qpdf")

    assert (qpdf.state, qpdf.must) == (State.MISSING, False)
    assert "install qpdf" in qpdf.how_to_get


def test_looking_leaves_nothing_behind(paper: Path, look: Look) -> None:
    before = sorted(paper.rglob("*"))

    look()

    assert sorted(paper.rglob("*")) == before
