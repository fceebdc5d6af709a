"""An import that is stopped from the keyboard says what was done, and goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.house import HOUSE
from tests.intake.site import Site, a_site

EDITION = "2024-09"
IMPORT = [sys.executable, "-m", "press", "import", "wordpress"]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    (tmp_path / "press.yaml").write_text(HOUSE)
    folder = tmp_path / "editions" / EDITION
    (folder / "articles").mkdir(parents=True)
    (folder / "edition.yaml").write_text("press: 1\n")
    return tmp_path


class Holding:
    """A site that holds back one answer until it is let go."""

    def __init__(self, site: Site, path: str) -> None:
        self.site = site
        self.reached, self.let_go = threading.Event(), threading.Event()
        self.path = path
        site.before_any = self.hold

    def hold(self, path: str) -> None:
        if path.startswith(self.path):
            self.reached.set()
            self.let_go.wait(10)


def stopped(paper: Path, site: Site, at: str) -> tuple[int, str]:
    """Import, stop it where the site is asked for something, return how it ended."""
    holding = Holding(site, at)
    child = subprocess.Popen(
        [*IMPORT, site.url],
        cwd=paper,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
    assert holding.reached.wait(30)
    child.send_signal(signal.SIGINT)
    told = child.communicate(timeout=30)[1]
    holding.let_go.set()
    site.before_any = lambda _path: None
    return child.returncode, told


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("/wp-json/wp/v2/posts", "nothing is in 2024-09 yet"),
        ("/slow.png", "1 article is in 2024-09"),
    ],
)
def test_an_import_that_is_stopped_says_what_was_done_and_goes_on(
    paper: Path, at: str, told: str
) -> None:
    with a_site(1) as site:
        site.touch(2, date="2024-08-30T10:00:00", content="<p>Two.</p>")
        site.posts[2]["content"] += f'<img src="{site.url}/slow.png">'

        ended = stopped(paper, site, at)
        again = subprocess.run(
            [*IMPORT, site.url], cwd=paper, capture_output=True, text=True, check=False
        )

    assert ended == (
        130,
        f"press: stopped; {told}; the same command goes on from there\n",
    )
    assert "new        post-2" in again.stdout
    assert len(list((paper / "editions" / EDITION / "articles").iterdir())) == 2
