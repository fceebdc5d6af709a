"""Takes out of picture files where they were taken: sources are to be protected.

The bytes that say it are overwritten in their place, so that nothing else of the file
changes, whatever holds it: JPEG, PNG, WebP, HEIC, TIFF.

Sources: Exif 2.32, 4.6.6 (GPS attributes); TIFF 6.0, section 2; PNG, 5.3 (CRC).
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from typing import Final

_BLOCK: Final = re.compile(
    rb"(?:Exif\x00\x00|eXIf|EXIF[\s\S]{4}|\A)(?=II\*\x00|MM\x00\*)"
)
#: XMP's properties, as attributes and as elements.
_XMP: Final = re.compile(
    rb"(exif:GPS\w+\s*=\s*[\"'])([^\"'<]*)|(<exif:GPS\w+[^>/]*>)([^<]*)"
)
_GPS: Final = 0x8825
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8}
_ENTRY: Final = 12
_INLINE: Final = 4
_MOST_ENTRIES: Final = 1_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"


def without_place(data: bytes) -> bytes:
    """Return a picture's file without the place at which it was taken.

    What cannot be read as it should be is left as it is.
    """
    file = bytearray(data)
    for match in _BLOCK.finditer(data):
        _Block(file=file, start=match.end()).clear()
    for match in _XMP.finditer(data):
        group = 2 if match[1] else 4
        file[match.start(group) : match.end(group)] = b"0" * len(match[group])
    if bytes(file) == data:
        return data
    if data.startswith(_PNG):
        _sum_chunks(file)
    return bytes(file)


@dataclass(slots=True, kw_only=True)
class _Block:
    """A block of Exif: TIFF's header and directories.

    Attributes:
        file: The file it lies in.
        start: Where its header begins.
    """

    file: bytearray
    start: int

    def clear(self) -> None:
        """Overwrite its directory of places."""
        try:
            for at, tag in self._entries(self._long(4)):
                if tag == _GPS:
                    self._clear_directory(self._long(at + 8))
        except (struct.error, IndexError):
            return  # It ends within: nothing that could be read is left to read.

    def _clear_directory(self, offset: int) -> None:
        for at, _ in self._entries(offset):
            kind, count = self._short(at + 2), self._long(at + 4)
            size = _SIZES.get(kind, 1) * min(count, len(self.file))
            if size > _INLINE:
                self._blank(self._long(at + 8), size)
            self._blank(at, _ENTRY)
        self._blank(offset, 2)

    def _entries(self, offset: int) -> list[tuple[int, int]]:
        """Return where the entries of a directory lie, and their tags."""
        count = min(self._short(offset), _MOST_ENTRIES)
        places = [offset + 2 + number * _ENTRY for number in range(count)]
        return [(at, self._short(at)) for at in places]

    def _blank(self, offset: int, size: int) -> None:
        begin = self.start + offset
        end = min(begin + size, len(self.file))
        self.file[begin:end] = bytes(max(end - begin, 0))

    def _short(self, offset: int) -> int:
        return int(self._number("H", offset))

    def _long(self, offset: int) -> int:
        return int(self._number("I", offset))

    def _number(self, kind: str, offset: int) -> int:
        order = "<" if self.file[self.start] == ord("I") else ">"
        (found,) = struct.unpack_from(f"{order}{kind}", self.file, self.start + offset)
        return int(found)


def _sum_chunks(file: bytearray) -> None:
    """Give the chunks of a PNG their sums anew."""
    at = len(_PNG)
    while at + 12 <= len(file):
        (size,) = struct.unpack_from(">I", file, at)
        end = at + 8 + size
        if end + 4 > len(file):
            return
        struct.pack_into(">I", file, end, zlib.crc32(bytes(file[at + 4 : end])))
        at = end + 4
