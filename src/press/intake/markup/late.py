"""Pictures that a page's script loads late, and their twins for browsers without scripts."""

from __future__ import annotations

import re
from typing import Final

from press.intake.markup.parse import Element, classes, drop, is_tag
from press.intake.markup.picture import original, sought

_LATE: Final = re.compile(r"lazy|placeholder|blur|defer", re.IGNORECASE)
#: What stands in for a picture until it is loaded.
_STAND_IN: Final = re.compile(
    r"(?:placeholder|blank|spacer|transparent|trans|1x1|pixel|loading|lazy|grey|gray)"
    r"[\w.-]*$",
    re.IGNORECASE,
)


def without_twins(root: Element) -> None:
    """Take out of a tree what shows a picture twice.

    The one for browsers without scripts goes, where it is the same; where the other only
    stands in for it, that one goes.
    """
    for part in list(root.iter("noscript")):
        inner = list(part.iter("img"))
        beside = _beside(part)
        if len(inner) != 1 or not beside:
            continue
        twin = next((one for one in beside if _same(one, inner[0])), None)
        if twin is not None:
            drop(inner[0])
        elif _stands_in(beside[0]):
            drop(beside[0])


def _beside(part: Element) -> list[Element]:
    """Return the pictures next to a part, the nearest first."""
    found: list[Element] = []
    for one in (part.getprevious(), part.getnext()):
        if one is not None and is_tag(one) and one.tag != "noscript":
            found += reversed(list(one.iter("img")))
    return found


def _same(one: Element, other: Element) -> bool:
    first, second = sought(one), sought(other)
    if first is None or second is None:
        return False
    known = {original(address) for address in first.addresses}
    return any(original(address) in known for address in second.addresses)


def _stands_in(image: Element) -> bool:
    shown = sought(image)
    path = shown.addresses[0].partition("?")[0] if shown else ""
    named = any(_LATE.search(name) for name in classes(image))
    return shown is None or named or _STAND_IN.search(path) is not None
