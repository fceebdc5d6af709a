"""The books are opened with the secret that they were begun with, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.adapters.clock import SystemClock
from press.desk.books import Books, open_books
from press.model.errors import SecretError
from tests.readers import a_newcomer

OLD = "the first secret of this newspaper and long enough"
NEW = "the second secret of this newspaper and as long"


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch, secret: str) -> Books:
    monkeypatch.setenv("PRESS_SECRET", secret)
    return open_books(folder, SystemClock())


def test_books_are_begun_in_the_newspapers_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path, monkeypatch, OLD) as books:
        books.readers.add(a_newcomer())

    assert (tmp_path / "press.db").stat().st_mode & 0o777 == 0o600


def test_without_a_secret_nothing_is_opened(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="not set"):
        open_books(tmp_path, SystemClock())

    assert not (tmp_path / "press.db").exists()


def test_another_secret_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(tmp_path, monkeypatch, OLD).close()

    with pytest.raises(SecretError, match="another secret"):
        opened(tmp_path, monkeypatch, NEW)


def test_a_new_secret_signs_while_the_old_one_still_hashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path, monkeypatch, OLD) as books:
        hashed = books.secret.hash_of("ada@reader.example")

    with opened(tmp_path, monkeypatch, f"{NEW},{OLD}") as books:
        assert books.secret.hash_of("ada@reader.example") == hashed
        assert books.secret.keys[0] == NEW.encode()
