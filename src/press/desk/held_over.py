"""Which articles found no room: as the last build of their edition tells it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

#: The build's own account of where everything stands.
FLATPLAN = "flatplan.json"


def held_over(paper: Path, edition: str) -> tuple[str, ...] | None:
    """Return the articles that the last build of an edition held over.

    Returns:
        Their names; None where there is no build that tells.
    """
    file = paper / "build" / edition / FLATPLAN
    try:
        told = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(told, dict):
        return None
    return _names(told.get("articles held over", told.get("held over", [])))


def _names(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list):
        return ()
    return tuple(name for name in given if isinstance(name, str))
