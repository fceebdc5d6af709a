"""What all tests share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.equation import unclosed_in

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wipe PRESS_* and what changes output, so that a test is the same everywhere."""
    for name in list(os.environ):
        if name.startswith("PRESS_") or name in {"SOURCE_DATE_EPOCH", "NO_COLOR"}:
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _counts_close(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test: the count equation closes in every ledger that it left behind.

    Of files in the test's folder; databases of a server are asked before they go.
    """
    asked = "tmp_path" in request.fixturenames
    folder: Path | None = request.getfixturevalue("tmp_path") if asked else None
    yield
    if folder is not None and folder.is_dir() and (found := unclosed_in(folder)):
        pytest.fail(f"the counts do not close: {found}")


CORPUS = Path(os.environ.get("PRESS_CORPUS", ROOT.parent / "shared" / "corpus"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real articles; tests that need it are skipped where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("corpus not present (set PRESS_CORPUS to its folder)")
    return CORPUS


def pytest_sessionfinish() -> None:
    """Stop the database server of this process, where one was started."""
    if "tests.databases" in sys.modules:
        sys.modules["tests.databases"].stop_postgres()
