"""The same newspaper is the same files, wherever, whenever and however it is built."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from tests.newspaper import (
    COMMAND,
    LONGEST,
    Newspaper,
    a_newspaper,
    hashes,
    surroundings,
)

pytestmark = pytest.mark.rendered

#: Ends as the program it is given, on one core and with another mask.
ON_ONE_CORE = """
import os, sys
os.umask(0o077)
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
os.execv(sys.argv[1], sys.argv[1:])
"""
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "de_DE",
    "PYTHONHASHSEED": "4711",
    "COLUMNS": "40",
}


def test_other_surroundings_change_no_byte(
    built_once: Newspaper, tmp_path: Path
) -> None:
    other = a_newspaper(tmp_path / "another place" / "Zeitung")
    for file in other.root.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))

    done = subprocess.run(
        [sys.executable, "-c", ON_ONE_CORE, *COMMAND],
        cwd=other.edition,
        env=surroundings({**ELSEWHERE, "HOME": str(tmp_path)}),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert hashes(other.built) == hashes(built_once.built)


def test_what_was_kept_changes_no_byte(
    built_once: Newspaper, newspaper: Newspaper
) -> None:
    again = newspaper.build()

    assert again.returncode == 0, again.stderr
    assert hashes(newspaper.built) == hashes(built_once.built)


def test_the_files_carry_the_day_of_sale_or_the_date_asked_for(
    newspaper: Newspaper,
) -> None:
    assert date_of(newspaper) == "D:20240830000000Z"

    done = newspaper.build(SOURCE_DATE_EPOCH="1000000000")

    assert done.returncode == 0, done.stderr
    assert date_of(newspaper) == "D:20010909014640Z"


def date_of(newspaper: Newspaper) -> str:
    with pikepdf.open(newspaper.built / "print.pdf") as pdf:
        return str(pdf.docinfo["/CreationDate"])
