from __future__ import annotations

from collections.abc import Iterator

import pytest

from press.adapters.weasy import WeasyTypesetter
from tests.adapters.sheets import Pressroom


@pytest.fixture(scope="session")
def pressroom() -> Iterator[Pressroom]:
    typesetter = WeasyTypesetter(workers=1)
    yield Pressroom(typesetter)
    typesetter.close()
