"""A month's paper made of a website's posts alone, by the commands of docs/importing.md."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from tests.conftest import CORPUS, ROOT

EDITION = "2024-09"
PAGES = 24
POSTS = CORPUS / "formats" / "wordpress"
#: In the order in which an editor would want them.
ORDER = """\
turkey-internet-access-disruption 1
internet-censorship-catalonia-independence-referendum-es 2
internet-censorship-catalonia-independence-referendum-ca 3
belarus-fries-onion 4
wikinews-fr-44485 4
brazil-whatsapp-block-pt 3
dg-introducing-uswds-2 3
dg-agency-digital-strategy-pages 4
building-community-ar 2
getting-paid-ru 3
metrics-el 3
how-playing-with-legos-taught-executives-agile 3
icymi-a11yhack-accessibility-awareness-hackathon 3
remembering-larry-matthias-early-partner-excellent-civil-ser 4"""
DIGEST = """
digest:
  subject: What the web said in September
  preheader: Turkey's throttled summer, a referendum that was filtered, and bricks for executives.
  lead: turkey-internet-access-disruption
  articles: [belarus-fries-onion, how-playing-with-legos-taught-executives-agile]
"""

pytestmark = [
    pytest.mark.long,
    pytest.mark.rendered,
    pytest.mark.skipif(
        not CORPUS.is_dir(),
        reason="corpus not present (set PRESS_CORPUS to its folder)",
    ),
]


def press(paper: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "press", *words],
        cwd=paper,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "100"},
    )
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
    shutil.copy(ROOT / "press.yaml", tmp_path)
    (tmp_path / "editions").mkdir()
    return tmp_path


def test_a_paper_of_24_pages_and_its_digest_from_a_website_alone(paper: Path) -> None:
    press(paper, "new", EDITION)
    manifest = paper / "editions" / EDITION / "edition.yaml"
    manifest.write_text(manifest.read_text().replace("pages: auto", f"pages: {PAGES}"))

    imported = press(
        paper,
        *("import", "wordpress"),
        *("--from-file", str(POSTS / "wp-json-posts-embed.json")),
        *("--media", str(POSTS / "wp-json-media.json")),
    )
    chosen = press(paper, "select", EDITION, "--json")
    for line in ORDER.splitlines():
        slug, priority = line.split()
        press(
            paper,
            *("select", EDITION, slug, "--section", "News", "--priority", priority),
        )
    manifest.write_text(manifest.read_text() + DIGEST)
    press(paper, "build-edition", EDITION)

    assert imported.count("new  ") == 14
    assert len(json.loads(chosen)["articles"]) == 14
    build = paper / "build" / EDITION
    with PdfDocument(build / "print.pdf") as printed:
        assert len(printed) == PAGES
        words = " ".join(page.get_textpage().get_text_bounded() for page in printed)
    mail = (build / "digest.txt").read_text(encoding="utf-8")
    for furniture in ("ENJOYING THIS ARTICLE", "hedge-fund", "without fear or favour"):
        assert furniture not in words
        assert furniture not in mail
    assert "RIPE Atlas" in words
