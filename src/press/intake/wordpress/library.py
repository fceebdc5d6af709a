"""The media library of a site: its pictures, with what is said of each there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

from press.intake.credit import credited
from press.intake.markup import original, plain_line
from press.model.address import split_address
from press.model.story import Piece, Sought

#: Where WordPress keeps what was put into its library.
_UPLOADS: Final = "/wp-content/"
_PICTURES: Final = frozenset(
    {"jpg", "jpeg", "jpe", "png", "gif", "webp", "avif", "heic", "tif", "tiff", "bmp"}
)
#: PHP's way of writing a text, with its length in bytes before it.
_SAID: Final = 's:{length}:"{name}";s:(\\d{{1,5}}):"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """A picture of the library.

    Attributes:
        id: Its number.
        addresses: Where it can be had, the largest first.
        alt: What it shows.
        caption: What stands under it, in HTML.
        credit: Who made it.
        post: The number of the post that it is attached to; 0 for none.
        order: Its place among those attached to the same post.
        title: What the library calls it.
        date: When it was put in, as the site tells it.
    """

    id: int
    addresses: tuple[str, ...]
    alt: str = ""
    caption: str = ""
    credit: str = ""
    post: int = 0
    order: int = 0
    title: str = ""
    date: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it is one, by its name: other files are attached to posts, too."""
        path = split_address(self.addresses[-1]).path.lower()
        return path.rpartition(".")[2] in _PICTURES

    @property
    def shows(self) -> str:
        """What it shows, where the library keeps signs as code, such as “&ldquo;”, too."""
        return " ".join(unescape(self.alt).split())

    @property
    def html(self) -> str:
        """The picture with its caption, as a figure of HTML."""
        alt = escape(self.shows, quote=True)
        shown = f'<img src="{escape(self.addresses[-1], quote=True)}" alt="{alt}">'
        under = f"<figcaption>{self.caption}</figcaption>" if self.caption else ""
        return f"<figure>{shown}{under}</figure>"

    def sought(self) -> Sought:
        """Return what to fetch for it."""
        shown = Sought(
            addresses=self.addresses,
            name=unquote(split_address(self.addresses[0]).path.rpartition("/")[2]),
            alt=self.shows,
            caption=plain_line(self.caption),
            credit=" ".join(unescape(self.credit).split()),
        )
        return credited(shown)


@dataclass(frozen=True, kw_only=True)
class Library:
    """The pictures of a site.

    Attributes:
        media: By their numbers.
    """

    media: Mapping[int, Medium] = field(default_factory=dict)

    @classmethod
    def of(cls, media: Iterable[Medium]) -> Library:
        """Return a library of pictures; those that are nowhere to be had are left out."""
        return cls(media={one.id: one for one in media if one.addresses})

    @cached_property
    def _by_address(self) -> Mapping[str, Medium]:
        return {
            key_of(address): one
            for one in self.media.values()
            for address in one.addresses
        }

    @cached_property
    def attached(self) -> Mapping[int, tuple[Medium, ...]]:
        """The pictures that are attached to posts, by the numbers of the posts."""
        found: dict[int, list[Medium]] = {}
        for one in sorted(self.media.values(), key=lambda one: (one.order, one.id)):
            if one.post and one.is_picture:
                found.setdefault(one.post, []).append(one)
        return {post: tuple(pictures) for post, pictures in found.items()}

    def complete(self, piece: Piece) -> Piece:
        """Add what the library says of the pictures of a piece to what the text says."""
        if not piece.pictures:
            return piece
        return replace(
            piece, pictures=tuple(self._completed(one) for one in piece.pictures)
        )

    def _completed(self, shown: Sought) -> Sought:
        found = (self._by_address.get(key_of(one)) for one in shown.addresses)
        medium = next((one for one in found if one), None)
        if medium is None:
            return shown
        known = medium.sought()
        return replace(
            shown,
            addresses=tuple(dict.fromkeys([*known.addresses, *shown.addresses])),
            name=known.name,
            alt=shown.alt or known.alt,
            credit=shown.credit or known.credit,
        )


def key_of(address: str) -> str:
    """Return what is the same for all sizes of a picture, and by whatever host it comes."""
    path = split_address(original(address)).path
    _, found, rest = path.partition(_UPLOADS)
    return rest if found else address


def credit_of(meta: Mapping[str, str]) -> str:
    """Return who made a picture, from what plugins and WordPress itself keep of it."""
    for name in _CREDITS:
        if words := " ".join(meta.get(name, "").split()):
            return words
    serialized = meta.get("_wp_attachment_metadata", "")
    return said_in(serialized, "credit") or said_in(serialized, "copyright")


def originals(address: str, serialized: str) -> tuple[str, ...]:
    """Return where a picture can be had: as it was uploaded, then as WordPress serves it."""
    name = said_in(serialized, "original_image")
    beside = address.rpartition("/")[0]
    larger = f"{beside}/{name}" if name and "/" not in name else original(address)
    return tuple(dict.fromkeys([larger, address])) if address else ()


def said_in(serialized: str, name: str) -> str:
    """Return a text that PHP wrote under a name; empty where there is none."""
    pattern = _SAID.format(length=len(name), name=re.escape(name))
    match = re.search(pattern, serialized)
    if match is None:
        return ""
    rest = serialized[match.end() : match.end() + int(match[1])].encode()
    return rest[: int(match[1])].decode(errors="ignore").strip()


_CREDITS: Final = (
    "_media_credit",
    "_navis_media_credit",
    "_credit",
    "credit",
    "media_credit",
    "photo_credit",
    "image_credit",
    "isc_image_source",
    "photographer",
    "_wp_attachment_source_name",
)
