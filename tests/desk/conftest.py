"""A small newspaper that was built once, for tests that look at or disturb builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.newspaper import Newspaper, a_newspaper


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Newspaper:
    """A newspaper with its build; look at it, and change nothing."""
    newspaper = a_newspaper(tmp_path_factory.mktemp("lamp") / "The Lamp")
    done = newspaper.build()
    assert done.returncode == 0, done.stderr
    return newspaper


@pytest.fixture
def newspaper(built_once: Newspaper, tmp_path: Path) -> Newspaper:
    """A newspaper with its build and its cache, to be changed at will."""
    return built_once.copy(tmp_path / "paper")
