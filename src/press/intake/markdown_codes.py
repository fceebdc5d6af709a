"""What the shortcodes of Hugo and its kin show: pictures, posts, films."""

from __future__ import annotations

import re
from typing import Final

from press.model.incoming import ForeignCode
from press.model.story import Embed, EmbedKind, Sought

#: How the names of picture files end.
PICTURE_FILE: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|svg)$", re.IGNORECASE
)
#: After these a sentence begins.
_ENDS: Final = (".", "!", "?", "…", ":", "。")


def is_picture(code: ForeignCode) -> bool:
    """Whether a shortcode shows a picture."""
    return bool(
        PICTURE_FILE.search(code.setting("src", "file", "path").partition("?")[0])
    )


def picture_of(code: ForeignCode) -> Sought:
    """Return the picture that a shortcode shows."""
    address = code.setting("src", "file", "path")
    named = dict(code.named)
    alt = next((one for one in code.bare[1:] if " " in one), "")
    return Sought(
        addresses=(address,),
        name=address.partition("?")[0].rpartition("/")[2],
        alt=named.get("alt", alt),
        caption=_titled(named.get("title", ""), named.get("caption", "")),
        credit=named.get("credit", named.get("attr", "")),
    )


def words_of_picture(picture: Sought) -> str:
    """Return what is read under a picture, with who made it."""
    return " ".join(f"{picture.caption} {picture.credit}".split())


def _titled(title: str, caption: str) -> str:
    """Return a caption with the title that stands over it."""
    if not title or not caption or title == caption:
        return caption or title
    return f"{title} {caption}" if title.endswith(_ENDS) else f"{title}. {caption}"


def embed_of(code: ForeignCode) -> Embed | None:
    """Return what a shortcode embeds; None for one that embeds nothing."""
    number = code.setting("id", "url", "src")
    match code.name:
        case "tweet" | "twitter" | "x" if number:
            last = number.rstrip("/").rpartition("/")[2]
            user = dict(code.named).get("user", "i")
            address = f"https://twitter.com/{user}/status/{last}"
            return Embed(kind=EmbedKind.POST, site="X", address=address)
        case "youtube" if number:
            address = _address(number, "https://www.youtube.com/watch?v=")
            return Embed(kind=EmbedKind.VIDEO, site="YouTube", address=address)
        case "vimeo" if number:
            address = _address(number, "https://vimeo.com/")
            return Embed(kind=EmbedKind.VIDEO, site="Vimeo", address=address)
        case _:
            return None


def _address(given: str, site: str) -> str:
    """Return where a film is: its number stands below its site, an address for itself."""
    if given.startswith("//"):
        return f"https:{given}"
    return given if given.startswith(("https://", "http://")) else f"{site}{given}"
