from __future__ import annotations

from pathlib import Path

import pytest

from press.desk.folder import find_edition, find_paper
from press.model.errors import ManifestError


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    folder = (tmp_path / "The Post").resolve()
    (folder / "editions" / "2024-09" / "articles").mkdir(parents=True)
    (folder / "press.yaml").touch()
    return folder


def test_the_paper_is_the_nearest_folder_with_press_yaml(paper: Path) -> None:
    assert find_paper(paper) == paper
    assert find_paper(paper / "editions" / "2024-09" / "articles") == paper


def test_without_a_paper_the_way_to_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManifestError) as stopped:
        find_paper(tmp_path)

    assert str(tmp_path.resolve()) in str(stopped.value)
    assert "press new-paper" in str(stopped.value.hint)


@pytest.mark.parametrize("wanted", ["2024-09", "editions/2024-09", "editions/2024-09/"])
def test_an_edition_is_named_or_pointed_at(
    wanted: str, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(paper)

    assert find_edition(paper, wanted) == "2024-09"


@pytest.mark.parametrize("wanted", ["..", ".", "../editions", "/", "press.yaml", ""])
def test_nothing_but_an_edition_is_an_edition(
    wanted: str, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(paper)

    with pytest.raises(ManifestError):
        find_edition(paper, wanted)


def test_a_slip_is_answered_with_the_edition_meant(paper: Path) -> None:
    with pytest.raises(ManifestError) as stopped:
        find_edition(paper, "2024-90")

    assert str(stopped.value) == 'there is no edition "2024-90" in editions/'
    assert stopped.value.hint == 'did you mean "2024-09"?'


def test_another_month_can_be_started(paper: Path) -> None:
    with pytest.raises(ManifestError) as stopped:
        find_edition(paper, "winter")

    assert stopped.value.hint == "start it with `press new winter`"
