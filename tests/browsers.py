"""What tests with a browser share: the browser, and axe-core, which judges pages."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from press.adapters.chromium import ChromiumBrowser, find_chromium
from press.model.errors import MissingToolError
from press.model.look import Scheme
from press.ports import Browser

ROOT = Path(__file__).parents[1]
#: Read here, for tests themselves see no PRESS_*.
CHROMIUM = os.environ.get("PRESS_CHROMIUM", "")
JUDGES = Path(os.environ.get("PRESS_JUDGES", ROOT / ".press" / "judges" / "node"))
AXE = JUDGES / "node_modules" / "axe-core" / "axe.min.js"
ALL = os.environ.get("PRESS_PROVE") == "all"

#: Rules of web pages that do not fit mails: these have no landmarks.
NOT_FOR_MAILS = ("region", "landmark-one-main")


def absent(what: str) -> None:
    """Skip a test whose tool is not here; where all must be, fail."""
    if ALL:
        pytest.fail(what)
    pytest.skip(what)


def a_browser(**options: Any) -> ChromiumBrowser:
    """Make a browser that has not been started; skip the test where there is none."""
    try:
        return ChromiumBrowser(find_chromium(CHROMIUM), **options)
    except MissingToolError as error:
        absent(f"{error}: {error.hint}")
        raise


def axe(
    browser: Browser,
    page: str | Path,
    scheme: Scheme = Scheme.LIGHT,
    *,
    width: int = 600,
    off: tuple[str, ...] = NOT_FOR_MAILS,
) -> list[str]:
    """Return what axe-core finds wrong with a page: "rule: element", each.

    Args:
        browser: A browser that has been started.
        page: A mail's HTML, or a file of HTML.
        scheme: Light or dark surroundings.
        width: Width of the window, in CSS pixels.
        off: Rules that are not asked: none of `()` for a page of the web.
    """
    rules = {rule: {"enabled": False} for rule in off}
    options = {"rules": rules, "resultTypes": ["violations"]}
    script = f"{_axe()};\naxe.run(document, {options!r})".replace("False", "false")
    found = browser.run(page, script, width=width, scheme=scheme)
    assert found["passes"], "axe-core looked at nothing"
    return [
        f"{violation['id']}: {node['html']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@cache
def _axe() -> str:
    if not AXE.is_file():
        absent("axe-core is not here; tools/judges.sh brings it")
    return AXE.read_text(encoding="utf-8")
