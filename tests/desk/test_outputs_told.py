"""What a build really writes is what the page about it tells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.newspaper import Newspaper, hashes

pytestmark = pytest.mark.rendered

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "outputs.md"
#: Made only where they are asked for, where the email shows pictures, or where pages are served.
SOMETIMES = {"proof/", "pictures/", "web/"}


def told() -> set[str]:
    """Return the files and folders that the first table of the page names."""
    table = PAGE.read_text(encoding="utf-8").partition("\n|---")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `([^`]+)`", table, flags=re.MULTILINE)
    return {_top(row) for row in rows}


def _top(name: str) -> str:
    folder, slash, _ = name.partition("/")
    return folder + slash


def test_every_file_of_a_build_is_told_and_every_file_told_is_made(
    built_once: Newspaper,
) -> None:
    made = {_top(name) for name in hashes(built_once.built)}

    assert made == told() - SOMETIMES


def test_the_page_files_are_those_that_the_job_ticket_lists(
    built_once: Newspaper,
) -> None:
    files = hashes(built_once.built)

    listed = built_once.read("ticket.json")["job"]["files"]

    assert {name: about["sha256"] for name, about in listed.items()} == {
        name: digest for name, digest in files.items() if name.startswith("pages/")
    }
