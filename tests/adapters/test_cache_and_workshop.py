"""Work kept between builds, and work shared out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from press.adapters.cache import FolderCache
from press.adapters.workshop import ForkedWorkshop


def test_what_is_kept_is_there_again(tmp_path: Path) -> None:
    FolderCache(tmp_path / "cache").put("pages", "abcd", b"page")

    cache = FolderCache(tmp_path / "cache")

    assert cache.get("pages", "abcd") == b"page"
    assert cache.get("pages", "abce") is None
    assert cache.get("fonts", "abcd") is None
    assert cache.holds("pages")
    assert not cache.holds("fonts")


def test_the_last_value_of_a_key_counts(tmp_path: Path) -> None:
    cache = FolderCache(tmp_path)
    cache.put("pages", "abcd", b"one")

    cache.put("pages", "abcd", b"two")

    assert cache.get("pages", "abcd") == b"two"
    assert len(list(tmp_path.rglob("*.*"))) == 0
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 1


def test_a_cache_that_cannot_be_written_keeps_nothing_and_stops_nobody(
    tmp_path: Path,
) -> None:
    (tmp_path / "cache").write_text("I am a file")
    cache = FolderCache(tmp_path / "cache")

    cache.put("pages", "abcd", b"page")

    assert cache.get("pages", "abcd") is None


def test_a_folder_in_place_of_a_value_is_no_value(tmp_path: Path) -> None:
    (tmp_path / "pages" / "ab" / "abcd").mkdir(parents=True)
    cache = FolderCache(tmp_path)

    cache.put("pages", "abcd", b"page")

    assert cache.get("pages", "abcd") is None
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert files == []


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_work_comes_back_in_its_order(workers: int) -> None:
    factor = 3

    done = ForkedWorkshop(workers).map(lambda number: number * factor, range(7))

    assert list(done) == [0, 3, 6, 9, 12, 15, 18]


def test_no_work_is_done_at_once() -> None:
    assert list(ForkedWorkshop(4).map(str, [])) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_work_is_done_in_other_processes() -> None:
    done = set(ForkedWorkshop(2).map(lambda _: os.getpid(), range(4)))

    assert os.getpid() not in done


class FaultError(Exception):
    pass


def test_a_fault_in_the_work_comes_back_and_the_next_work_is_done() -> None:
    workshop = ForkedWorkshop(2)

    def work(number: int) -> int:
        if number == 2:
            raise FaultError
        return number

    with pytest.raises(FaultError):
        workshop.map(work, range(4))
    assert list(workshop.map(lambda number: number + 1, range(2))) == [1, 2]
