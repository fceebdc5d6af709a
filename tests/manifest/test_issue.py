"""What the list of editions tells of those that came before."""

from __future__ import annotations

import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

from press.manifest.issue import read_issue
from press.model.finding import Checked
from press.model.web import Issue
from tests.digest.builders import ROOT

SAMPLE = ROOT / "editions" / "2024-09" / "edition.yaml"


def read(root: Path, text: str | None = None) -> Checked[Issue]:
    folder = root / "editions" / "2024-09"
    folder.mkdir(parents=True)
    if text is None:
        shutil.copy(SAMPLE, folder / "edition.yaml")
    else:
        (folder / "edition.yaml").write_text(text, encoding="utf-8")
    return read_issue(root, "2024-09", ZoneInfo("Europe/London"))


def test_an_edition_is_told_with_its_day_in_the_papers_zone(tmp_path: Path) -> None:
    issue = read(tmp_path).value

    assert issue is not None
    assert (issue.id, issue.number) == ("2024-09", 67)
    assert issue.published.isoformat() == "2024-08-30T00:00:00+01:00"
    assert issue.subject == "The Quoin, September: a tax on knowing things"


def test_an_edition_without_a_digest_is_not_listed(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8").partition("\ndigest:")[0]

    assert read(tmp_path, text) == Checked(value=None)


def test_an_edition_that_cannot_be_read_is_left_out_and_told(tmp_path: Path) -> None:
    made = read(tmp_path, "edition: [unclosed")

    assert made.value is None
    assert [one.code for one in made.findings] == ["web.edition"]
