"""What a picture file says of its maker and of its use: IPTC and XMP, read with care."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from xml.parsers import expat

from PIL import IptcImagePlugin
from PIL.ImageFile import ImageFile

from press.adapters.pictures.raster import BROKEN

_MOST_XMP = 1_000_000
_LONGEST = 500
_IIM_ENCODING = (1, 90)
_UTF_8 = b"\x1b%G"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_DC = "http://purl.org/dc/elements/1.1/"
_XMP_RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
_PLUS = "http://ns.useplus.org/ldf/xmp/1.0/"

#: Where a credit stands, and the maker's name, the best first: IPTC IIM 4.2 data sets and
#: XMP properties.
_CREDIT: tuple[tuple[int, int] | str, ...] = ((2, 110), f"{_PHOTOSHOP} Credit")
_MAKER: tuple[tuple[int, int] | str, ...] = ((2, 80), f"{_DC} creator")
#: Where rights and terms stand; all that say something count.
_RIGHTS: tuple[tuple[int, int] | str, ...] = (
    (2, 116),
    f"{_DC} rights",
    f"{_XMP_RIGHTS} UsageTerms",
    f"{_PLUS} MediaConstraints",
    f"{_PLUS} OtherConstraints",
    f"{_PLUS} OtherConditions",
    (2, 40),
    f"{_PHOTOSHOP} Instructions",
)
#: Where the caption stands.
_CAPTION: tuple[tuple[int, int] | str, ...] = ((2, 120), f"{_DC} description")
_KEYS = (*_CREDIT, *_MAKER, *_RIGHTS, *_CAPTION)
_WANTED = {key for key in _KEYS if isinstance(key, str)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What a file says; empty where it says nothing."""

    credit: str = ""
    rights: str = ""
    caption: str = ""


def read_rights(image: ImageFile) -> Rights:
    """Read an opened picture's notes; notes that are broken say nothing.

    Sources: IPTC IIM 4.2; XMP Specification Part 2; PLUS License Data Format 2.0.
    """
    said: dict[tuple[int, int] | str, str] = {}
    said.update(_iptc(image).items())
    said.update(_xmp(image).items())
    credit = next((said[key] for key in _CREDIT if said.get(key)), "")
    maker = next((said[key] for key in _MAKER if said.get(key)), "")
    rights = dict.fromkeys(said[key] for key in _RIGHTS if said.get(key))
    return Rights(
        credit=_joined(maker, credit),
        rights="; ".join(rights)[:_LONGEST],
        caption=next((said[key] for key in _CAPTION if said.get(key)), ""),
    )


def _joined(maker: str, credit: str) -> str:
    """Return who is to be named: "Jo Roe/Reuters", the trade's form, each once."""
    if not maker or not credit:
        return maker or credit
    if "/" in credit or maker.casefold() in credit.casefold():
        return credit
    if credit.casefold() in maker.casefold():
        return maker
    return f"{maker}/{credit}"[:_LONGEST]


def _iptc(image: ImageFile) -> dict[tuple[int, int], str]:
    try:
        found = IptcImagePlugin.getiptcinfo(image) or {}
    except BROKEN:
        return {}
    utf_8 = found.get(_IIM_ENCODING) == _UTF_8
    return {
        key: _plain(_decoded(one, utf_8=utf_8) for one in _listed(value))
        for key, value in found.items()
        if key in _KEYS
    }


def _listed(value: object) -> list[bytes]:
    """Return the values of a data set, of which Pillow gives one, several or None."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, bytes)]


def _decoded(data: bytes, *, utf_8: bool) -> str:
    """Return IIM text, which is often UTF-8 without saying so."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("utf-8" if utf_8 else "cp1252", errors="replace")


def _plain(parts: Iterable[str]) -> str:
    """Return words on one line, without what does not print."""
    words = (re.sub(r"[\s\x00-\x1f\x7f]+", " ", part).strip() for part in parts)
    return ", ".join(filter(None, words))[:_LONGEST]


def _xmp(image: ImageFile) -> dict[str, str]:
    packet = image.info.get("xmp")
    if isinstance(packet, str):
        packet = packet.encode()
    if not isinstance(packet, bytes) or len(packet) > _MOST_XMP:
        return {}
    reader = _Packet()
    try:
        reader.read(packet.strip(b"\0 \r\n\t"))
    except (expat.ExpatError, ValueError, LookupError):  # an encoding nobody knows
        return {}
    return {key: _plain(values[:1]) for key, values in reader.found.items()}


class _Packet:
    """Reads the wanted properties of an XMP packet, as elements or attributes."""

    def __init__(self) -> None:
        self.found: defaultdict[str, list[str]] = defaultdict(list)
        self._inside: list[str] = []
        self._text = ""
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._more

    def read(self, packet: bytes) -> None:
        """Read a packet."""
        self._parser.Parse(packet, True)  # noqa: FBT003 -- expat's own signature

    def _refuse(self, *_of: object) -> None:
        """Refuse document types, and with them entities."""
        raise ValueError("XMP has no document type")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._inside.append(name)
        self._text = ""
        for key in _WANTED & attributes.keys():
            self.found[key].append(attributes[key])

    def _more(self, text: str) -> None:
        self._text += text

    def _end(self, _name: str) -> None:
        for name in reversed(self._inside):
            if name in _WANTED and self._text.strip():
                self.found[name].append(self._text)
                break
        self._text = ""
        self._inside.pop()
