"""What the proofs of sending share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.crash.day import DAY, Day
from tests.crash.harness import Run
from tests.crash.nursery import Nursery
from tests.databases import a_database

Send = Callable[..., Run]


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Where senders are born."""
    opened = Nursery(tmp_path_factory.mktemp("nursery"))
    yield opened
    opened.close()


@pytest.fixture
def send(nursery: Nursery, tmp_path: Path) -> Iterator[Send]:
    """Open a mailing in a new database of a kind."""
    with ExitStack() as ends:

        def opened(database: str, /, **given: Any) -> Run:
            folder = tmp_path / str(len(list(tmp_path.iterdir())))
            folder.mkdir()
            address = ends.enter_context(a_database(database, folder))
            day = Day(**{name: given.pop(name) for name in DAY & given.keys()})
            return ends.enter_context(Run(nursery, address, day, **given))

        yield opened
