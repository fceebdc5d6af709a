"""The description of all paths says what the server does: a tool tries to prove it wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from press.desk.counter import Purpose
from tests.databases import a_database
from tests.web.site import Site

#: Forms are read kindly: what is too long is cut, what is unknown is not looked at, and
#: whoever leaves need not say so in the right words. Not every text is an address.
KINDLY = """
[checks]
negative_data_rejection.enabled = false
[[operations]]
include-path = "/mail/subscribe"
checks.positive_data_acceptance.enabled = false
"""
#: Each kind of token belongs to paths of its own.
SETTINGS = """
[[operations]]
include-path = "/mail/{purpose}/{{token}}"
[operations.parameters]
token = "{token}"
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """Of one kind: nothing here depends on it."""
    with a_database("sqlite", tmp_path) as address:
        yield address


def test_every_path_is_described(site: Site) -> None:
    described = json.loads(site.get("/openapi.json").body)

    assert set(described["paths"]) == {
        "/mail/unsubscribe/{token}",
        "/mail/preferences/{token}",
        "/mail/confirm/{token}",
        "/mail/subscribe",
        "/provider/sendgrid",
        "/health",
    }


@pytest.mark.long
@pytest.mark.parametrize("token", ["real", "invented"])
def test_schemathesis_finds_nothing(site: Site, tmp_path: Path, token: str) -> None:
    told = tmp_path / "schemathesis.toml"
    told.write_text(
        KINDLY
        + "".join(
            SETTINGS.format(purpose=purpose, token=site.token(purpose))
            for purpose in Purpose
            if token == "real"  # noqa: S105 -- a word
        ),
        "utf-8",
    )

    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", told),
            *("run", f"{site.base}/openapi.json", "--max-examples", "25"),
            *("--seed", "7", "--no-color", "--generation-database", "none"),
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Tested: 10" in done.stdout, done.stdout
