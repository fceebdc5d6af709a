"""What tests of the checks share."""

from __future__ import annotations

import pytest

from tests.digest.checks.sample import Sample, a_sample


@pytest.fixture(scope="session")
def mail() -> Sample:
    return a_sample()
