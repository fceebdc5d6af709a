"""`press check` says which letters the layout cannot print."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from press.cli.app import app
from tests.house import HOUSE

ROOT = Path(__file__).parents[2]
EDITION = """\
press: 1
edition: {id: 2024-09, number: 67, title: September 2024, on_sale: 2024-08-30}
print:
  layout: tabloid
  sections:
    - section: News
      articles: [salt, greek, words]
"""
ARTICLE = "---\ntitle: {title}\nbyline: [Ada Marsh]\n---\n\n{text}\n"


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a paper whose layout has the faces that every machine has."""
    shutil.copytree(ROOT / "layouts" / "tabloid", tmp_path / "layouts" / "tabloid")
    file = tmp_path / "layouts" / "tabloid" / "layout.yaml"
    text = file.read_text()
    file.write_text(re.sub(r"(?s)^scripts:\n.*?\n\n", "", text, flags=re.MULTILINE))
    (tmp_path / "press.yaml").write_text(HOUSE)
    edition = tmp_path / "editions" / "2024-09"
    for slug, title, words in (
        ("salt", "The salt tax", "They call it ملح, or 盐 and 鹽, and pay for it."),
        ("greek", "Αλήθεια", "Правда και ψεύδος."),
        ("words", "Salt in Delhi", "नमक and नमक again."),
    ):
        folder = edition / "articles" / slug
        folder.mkdir(parents=True)
        (folder / "index.md").write_text(ARTICLE.format(title=title, text=words))
    (edition / "edition.yaml").write_text(EDITION)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("paper")
def test_check_names_article_letters_script_and_package() -> None:
    done = CliRunner().invoke(app, ["check", "2024-09", "--json"])

    assert done.exit_code == 3, done.output
    found = {
        (one["file"].split("/")[-2], found[1]): one["hint"]
        for one in json.loads(done.stdout)["findings"]
        if (found := re.search(r"has (\d+ .+) characters that no font", one["message"]))
    }
    assert set(found) == {
        ("salt", "3 Arabic"),
        ("salt", "2 Chinese and Japanese"),
        ("words", "3 Devanagari"),
    }
    assert "fonts-noto-cjk" in found["salt", "2 Chinese and Japanese"]
    assert "fonts-noto-core" in found["salt", "3 Arabic"]
    assert "fonts-noto-core" in found["words", "3 Devanagari"]
