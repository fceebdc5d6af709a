from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from press.adapters.pictures import PillowPictureLab
from press.adapters.weasy import WeasyTypesetter
from tests.adapters.sheets import Pressroom


@pytest.fixture(scope="session")
def pressroom() -> Iterator[Pressroom]:
    typesetter = WeasyTypesetter(workers=1)
    yield Pressroom(typesetter)
    typesetter.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the folder of a paper, for its pictures."""
    folder = tmp_path / "paper"
    folder.mkdir()
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Return the folder of prepared pictures."""
    return tmp_path / "cache"


@pytest.fixture
def lab(root: Path, cache: Path) -> PillowPictureLab:
    return PillowPictureLab(root, cache)
