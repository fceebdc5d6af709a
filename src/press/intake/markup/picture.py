"""Pictures in HTML: where the largest of each is to be had, and what is said of it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from press.intake.markup.parse import Element, classes, is_tag
from press.model.address import join_address, split_address
from press.model.story import Sought

#: Where scripts that load pictures late keep the address, before `src`.
_LAZY: Final = ("data-original", "data-lazy-src", "data-src")
_SETS: Final = ("srcset", "data-srcset")
#: WordPress's and others' names for the same picture made smaller.
_RESIZED: Final = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w{3,4}$)|-scaled(?=\.\w{3,4}$)")
_BLANK: Final = ("data:", "about:")


def pictures_in(node: Element, base: str) -> tuple[Sought, ...]:
    """Return the pictures in an element, or of it, each once."""
    found = {}
    for image in node.iter("img"):
        one = sought(image, base)
        if one is not None and one.addresses not in found:
            found[one.addresses] = one
    return tuple(found.values())


def sought(image: Element, base: str = "") -> Sought | None:
    """Return what to fetch for a picture; None where it is none of the article's.

    That are pictures of one pixel, which count readers, faces of emoji, and those whose
    address says nothing.
    """
    if {"emoji", "wp-smiley"} & classes(image) or _is_dot(image):
        return None
    addresses = _addresses(image, base)
    if not addresses:
        return None
    return Sought(
        addresses=addresses,
        name=unquote(split_address(addresses[0]).path.rpartition("/")[2]),
        alt=" ".join((image.get("alt") or "").split()),
    )


def original(address: str) -> str:
    """Return the address of the picture that a smaller one was made of."""
    parts = split_address(address)
    path = _RESIZED.sub("", parts.path)
    query = "" if "/wp-content/" in parts.path else parts.query
    return parts._replace(path=path, query=query, fragment="").geturl() or address


def _addresses(image: Element, base: str) -> tuple[str, ...]:
    """Return where a picture can be had, the largest first."""
    sets = [image]
    parent = image.getparent()
    if parent is not None and parent.tag == "picture":
        sets += [one for one in parent if is_tag(one) and one.tag == "source"]
    wide = [
        (width, address)
        for one in sets
        for name in _SETS
        for width, address in _candidates(one.get(name) or "")
    ]
    wide.sort(key=lambda each: -each[0])
    plain = [image.get(name) or "" for name in (*_LAZY, "src")]
    found = [address.strip() for address in (*(each for _, each in wide), *plain)]
    found = [one for one in found if one and not one.startswith(_BLANK)]
    full = [join_address(base, one) if base else one for one in found]
    return tuple(dict.fromkeys([*(original(one) for one in full[:1]), *full]))


def _candidates(srcset: str) -> list[tuple[float, str]]:
    found = []
    for part in re.split(r",\s+|,(?=https?:)", srcset.strip()):
        words = part.split()
        if not words:
            continue
        size = words[1] if len(words) > 1 else "1x"
        number = re.match(r"[\d.]+", size)
        width = float(number[0]) if number else 1.0
        found.append(
            (width * (1 if size.endswith("w") else 1000), words[0].rstrip(","))
        )
    return found


def _is_dot(image: Element) -> bool:
    return (image.get("width"), image.get("height")) in {("1", "1"), ("0", "0")}
