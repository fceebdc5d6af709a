"""Which pictures a gallery of WordPress's older editor shows, and in which order.

It names them by their numbers, or shows all that are attached to its post. The settings
are those of the Codex, under Gallery Shortcode.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Final

from press.intake.wordpress.library import Library, Medium

_GALLERY: Final = re.compile(r"(?<!\[)\[gallery(?=[\s/\]])([^\[\]]*)\]", re.IGNORECASE)
_SETTING: Final = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_ID: Final = re.compile(r"\d{1,15}")
_NAMED: Final = ("ids", "include")
_ORDERS: Final[Mapping[str, Callable[[Medium], tuple[int | str, ...]]]] = {
    "menu_order": lambda one: (one.order,),
    "id": lambda one: (one.id,),
    "title": lambda one: (one.title.casefold(),),
    "post_title": lambda one: (one.title.casefold(),),
    "date": lambda one: (one.date,),
    "post_date": lambda one: (one.date,),
}
_AS_NAMED: Final = frozenset({"post__in", "none"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """What a gallery shows.

    Attributes:
        pictures: In their order.
        missing: The numbers of pictures that it names and the library does not have.
    """

    pictures: tuple[Medium, ...]
    missing: tuple[int, ...] = ()


def settings_in(said: str) -> Mapping[str, str]:
    """Return the settings of a shortcode."""
    return {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in _SETTING.finditer(said)
    }


def gallery_of(said: str, library: Library, post: int) -> Gallery:
    """Return what a gallery shows.

    Args:
        said: Its settings, as they are written.
        library: The pictures that are known.
        post: The number of the post that it stands in; 0 where that is unknown.
    """
    settings = settings_in(said)
    named = _named(settings)
    if named:
        found = [library.media[one] for one in named if one in library.media]
        missing = tuple(one for one in named if one not in library.media)
        usual = "post__in" if settings.get("ids") else "menu_order id"
    else:
        apart = _numbers(settings, "exclude")
        shown = library.attached.get(_owner(settings, post), ())
        found = [one for one in shown if one.id not in apart]
        missing, usual = (), "menu_order id"
    return Gallery(
        pictures=tuple(_ordered(found, settings, usual)),
        missing=missing,
    )


def posts_shown(text: str, post: int) -> Iterator[int]:
    """Yield the posts of which the galleries of a text show what is attached to them."""
    for match in _GALLERY.finditer(text):
        settings = settings_in(match[1])
        owner = _owner(settings, post)
        if owner and not _named(settings):
            yield owner


def _named(settings: Mapping[str, str]) -> tuple[int, ...]:
    return next((found for one in _NAMED if (found := _numbers(settings, one))), ())


def _numbers(settings: Mapping[str, str], name: str) -> tuple[int, ...]:
    return tuple(int(one) for one in _ID.findall(settings.get(name, "")))


def _owner(settings: Mapping[str, str], post: int) -> int:
    return next(iter(_numbers(settings, "id")), post)


def _ordered(
    found: list[Medium], settings: Mapping[str, str], usual: str
) -> list[Medium]:
    """Return pictures as the gallery sorts them; by chance is as they were put in."""
    if settings.get("order", "").lower() == "rand":
        return found
    asked = (settings.get("orderby") or usual).lower().split()
    keys = [_ORDERS[one] for one in asked if one in _ORDERS]
    if not keys or _AS_NAMED & set(asked):
        return found
    falling = settings.get("order", "").lower() == "desc" or "desc" in asked
    return sorted(found, key=lambda one: [key(one) for key in keys], reverse=falling)
