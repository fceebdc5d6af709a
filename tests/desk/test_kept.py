"""What a build keeps is used again exactly as long as it holds."""

from __future__ import annotations

import os
import shutil
from itertools import cycle
from pathlib import Path

import pytest

from tests.newspaper import LENGTHS, ROOT, Newspaper, hashes

pytestmark = pytest.mark.rendered
#: The job ticket's page, which every other file changes.
TICKET = 1


def kept(newspaper: Newspaper, kind: str) -> set[str]:
    return {path.name for path in (newspaper.cache / kind).glob("*/*")}


def test_after_a_change_only_that_article_and_its_page_are_made_again(
    newspaper: Newspaper,
) -> None:
    kinds = ("measured", "pages", "facts", "seen")
    before = {kind: kept(newspaper, kind) for kind in kinds}
    mills = "editions/2024-09/articles/mills/index.md"
    # The same letters: another would change the font, and with it what all pages show.
    newspaper.change(mills, "byline: [Ada Marsh]", "byline: [Mada Arsh]")

    done = newspaper.build()

    assert done.returncode == 0, done.stderr
    assert len(kept(newspaper, "measured") - before["measured"]) == 1
    assert len(kept(newspaper, "pages") - before["pages"]) == 1 + TICKET
    assert len(kept(newspaper, "facts") - before["facts"]) == 1
    assert len(kept(newspaper, "seen") - before["seen"]) == 1


@pytest.mark.long
def test_after_a_change_of_the_layout_everything_is_made_again(
    newspaper: Newspaper,
) -> None:
    before = {kind: kept(newspaper, kind) for kind in ("measured", "pages")}
    newspaper.change("layouts/a4/layout.yaml", 'screen: "#555555"', 'screen: "#555556"')

    done = newspaper.build()

    assert done.returncode == 0, done.stderr
    assert len(kept(newspaper, "measured") - before["measured"]) == len(LENGTHS)
    assert len(kept(newspaper, "pages") - before["pages"]) == 4 + TICKET


def test_another_press_makes_everything_again(
    newspaper: Newspaper, tmp_path: Path
) -> None:
    before = kept(newspaper, "measured")
    other = tmp_path / "other"
    shutil.copytree(ROOT / "src", other)
    os.utime(other / "press" / "measure" / "lines.py", (1e9, 1e9))

    done = newspaper.build(PYTHONPATH=str(other))

    assert done.returncode == 0, done.stderr
    assert len(kept(newspaper, "measured") - before) == len(LENGTHS)


def test_what_is_damaged_is_made_again(
    built_once: Newspaper, newspaper: Newspaper
) -> None:
    whole = hashes(newspaper.cache)
    entries = [path for path in sorted(newspaper.cache.rglob("*")) if path.is_file()]
    assert {path.relative_to(newspaper.cache).parts[0] for path in entries} == {
        "facts", "flawless", "fonts", "measured", "pages", "pictures", "profiles",
        "sections", "seen", "style-findings",
    }  # fmt: skip
    other = entries[0].read_bytes()
    for path, how in zip(entries, cycle(range(5)), strict=False):
        data = path.read_bytes()
        path.unlink()
        if how == 0:
            path.write_bytes(data[: len(data) // 2])
        elif how == 1:
            path.write_bytes(bytes(len(data)))
        elif how == 2:
            path.write_bytes(b"")
        elif how == 3:
            path.write_bytes(other)
        elif path.suffix:
            path.symlink_to("/nowhere")
        else:
            path.mkdir()

    done = newspaper.build()

    assert done.returncode == 0, done.stderr
    assert hashes(newspaper.built) == hashes(built_once.built)
    # Notes on a picture belong to the file they were made of, and a copy is another.
    for name, found in hashes(newspaper.cache).items():
        assert found == whole.get(name, found) or "/notes/" in name, name
