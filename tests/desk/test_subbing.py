"""House style in a check and in a build; how copy fits, told without drawing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from press.cli.fit import table
from press.cli.terminal import cells
from press.desk.edition import check_edition
from press.desk.fitting import fit_edition
from press.model.errors import ExitCode
from press.model.fit import Fit, HeadFit
from tests.newspaper import (
    ID,
    LENGTHS,
    LONGEST,
    STYLE,
    Newspaper,
    a_newspaper,
    surroundings,
)

MILLS = f"editions/{ID}/articles/mills/index.md"
#: The first words of an article's last paragraph have no fixed place: its headline has.
TITLE = "title: The Mills question"


@pytest.fixture(scope="module")
def lamp(tmp_path_factory: pytest.TempPathFactory) -> Newspaper:
    """A newspaper that was planned once."""
    newspaper = a_newspaper(tmp_path_factory.mktemp("fit") / "The Lamp")
    fit_edition(newspaper.root, ID)
    return newspaper


@pytest.fixture
def paper(lamp: Newspaper, tmp_path: Path) -> Newspaper:
    return lamp.copy(tmp_path / "paper")


def styles(paper: Newspaper) -> list[str]:
    return [one.code for one in check_edition(paper.root, ID) if "style." in one.code]


def test_a_check_tells_house_style_anew_when_copy_or_style_changes(
    paper: Newspaper,
) -> None:
    assert styles(paper) == []

    paper.change(MILLS, TITLE, "title: The millers’ organization")
    assert styles(paper) == []

    paper.write("style.yaml", f"{STYLE}spellings: {{organisation: [organization]}}\n")
    (told,) = (one for one in check_edition(paper.root, ID) if "style." in one.code)
    assert (told.place.file, told.place.line) == (MILLS, 2)
    assert told.place.source == "title: The millers’ organization"
    assert told.place.column == 21

    paper.change(MILLS, "organization", "organisation")
    assert styles(paper) == []


def test_a_broken_style_holds_the_edition_up(paper: Newspaper) -> None:
    paper.write("style.yaml", "press: 1\nspelings: {jail: gaol}\n")

    found = check_edition(paper.root, ID)

    assert [(one.code, one.place.file) for one in found] == [
        ("manifest.unknown-key", "style.yaml")
    ]


def test_every_article_s_fit_is_told(paper: Newspaper) -> None:
    fits = fit_edition(paper.root, ID).value

    assert fits is not None
    told = {one.package: one for one in fits}
    assert told.keys() - {"Comment/brief"} == LENGTHS.keys() - {"snuffers"}
    for name in told.keys() & LENGTHS.keys():
        assert told[name].words == pytest.approx(LENGTHS[name], abs=11)
        assert bool(told[name].pages) == (told[name].head is not None)
    assert any(one.pages for one in fits)


def test_what_cannot_be_planned_is_told_all_the_same(paper: Newspaper) -> None:
    paper.plan(
        "    - section: News\n      articles:\n"
        "        - {article: salt-tax, priority: 1}\n",
        pages="4",
    )

    made = fit_edition(paper.root, ID)

    assert made.value is not None
    assert [(one.package, one.pages) for one in made.value] == [("salt-tax", ())]
    assert any(one.code.startswith("plan.") for one in made.findings)


@pytest.mark.parametrize("width", [64, 80, 100, 140])
def test_the_table_is_as_wide_as_the_terminal_and_says_everything(width: int) -> None:
    head = HeadFit(lines=12, columns=5, size=40, short=True, standfirst_out=True)
    long = Fit(
        package="a-very-long-name-of-an-article-in-any-paper",
        section="Investigations at home and abroad",
        pages=(10, 12),
        words=12_345,
        lines=2_345,
        cropped=112,
        stretched=230,
        quoted=140,
        slack=33,
        head=head,
    )
    held = Fit(
        package="World/brief",
        section="World",
        pages=(),
        words=190,
        lines=36,
        wants=41,
        articles=5,
    )

    rows = table([long, held], width)

    told = "\n".join(rows)
    assert max(map(cells, rows)) <= width
    assert "−291 (−1532)" in told
    assert "crop 112, pic +230, quote 140, white 33, no standfirst" in told
    assert told.index("\nWorld\n") < told.index("–  brief: 5")
    assert "+41 (+216)" in told
    assert "not placed" in told


def test_watching_tells_the_fit_again_on_every_save(paper: Newspaper) -> None:
    command = [sys.executable, "-m", "press", "fit", ID, "--watch", "--json"]
    with subprocess.Popen(
        command,
        cwd=paper.root,
        env=surroundings({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as watching:
        try:
            assert watching.stdout is not None
            before = json.loads(watching.stdout.readline())
            # Saved until it is seen: the watch may begin a moment after the first line.
            saving = subprocess.Popen(
                [sys.executable, "-c", SAVING, str(paper.root / MILLS)]
            )
            try:
                after = json.loads(watching.stdout.readline())
            finally:
                saving.kill()
                saving.wait()
            watching.send_signal(signal.SIGINT)
            assert watching.wait(LONGEST) == ExitCode.INTERRUPTED
        finally:
            watching.kill()

    assert words_of(after, "mills") == words_of(before, "mills") + 3


SAVING = """
import sys, time
from pathlib import Path
file = Path(sys.argv[1])
text = file.read_text(encoding="utf-8") + "\\nThree words more.\\n"
for _ in range(100):
    file.write_text(text, encoding="utf-8")
    time.sleep(0.2)
"""


def words_of(told: dict[str, list[dict[str, object]]], article: str) -> int:
    (words,) = (one["words"] for one in told["articles"] if one["article"] == article)
    assert isinstance(words, int)
    return words
