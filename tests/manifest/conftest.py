"""What the tests of the manifest room share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.manifest.builders import Paper, a_paper


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    """A newspaper without a fault."""
    return a_paper(tmp_path / "paper")
