"""Pictures that stand in HTML themselves, as data: pages saved in one file hold them so."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import unquote

from press.model.story import Piece, Sought

#: A picture's address while HTML is read; nobody can own such a host (RFC 2606).
_HOST: Final = "https://embedded.invalid/"
_DATA: Final = re.compile(
    r"data:image/(png|jpe?g|gif|webp|tiff|avif)(?:;[\w=-]+)*;base64,([\w+/=%-]+)",
    re.IGNORECASE,
)
#: Bytes of the smallest picture that is more than a space kept for one.
_LEAST: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """HTML whose pictures were taken out.

    Attributes:
        html: It, with an address in every picture's place.
        held: The pictures, by address.
    """

    html: str
    held: Mapping[str, bytes] = field(repr=False)

    def give_back(self, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
        """Return pieces whose pictures are there themselves."""
        if not self.held:
            return tuple(pieces)
        return tuple(
            replace(piece, pictures=tuple(map(self.whole, piece.pictures)))
            for piece in pieces
        )

    def whole(self, picture: Sought) -> Sought:
        """Return a picture with its data; one that is on the web too is fetched there.

        What the page holds is mostly small then: it stands in until the other is loaded.
        """
        mine = [one for one in picture.addresses if one.startswith(_HOST)]
        others = tuple(one for one in picture.addresses if one not in mine)
        if not mine:
            return picture
        if others:
            name = unquote(others[0].partition("?")[0].rpartition("/")[2])
            return replace(picture, addresses=others, name=name)
        name = mine[0].removeprefix(_HOST)
        data = self.held.get(mine[0], b"")
        return replace(picture, addresses=(name,), name=name, data=data)


def lift(html: str) -> Lifted:
    """Take the pictures out of HTML that are written in it as data (RFC 2397).

    Those too small to be more than a blank are left where they are.
    """
    held: dict[str, bytes] = {}

    def taken(match: re.Match[str]) -> str:
        data = _decoded(match[2])
        if len(data) < _LEAST:
            return match[0]
        ending = match[1].lower().replace("jpeg", "jpg")
        address = f"{_HOST}{hashlib.sha256(data).hexdigest()[:16]}.{ending}"
        held[address] = data
        return address

    return Lifted(html=_DATA.sub(taken, html) if "base64" in html else html, held=held)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(unquote(text), validate=True)
    except ValueError:  # binascii.Error is one; so are signs that are no ASCII
        return b""
