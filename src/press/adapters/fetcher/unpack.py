"""Bodies of answers, as they come or packed with gzip, up to a limit."""

from __future__ import annotations

import zlib
from typing import Final

#: The forms that are read, by the words of HTTP (RFC 9110, section 8.4.1).
PLAIN: Final = frozenset({"", "identity"})
GZIP: Final = frozenset({"gzip", "x-gzip"})
#: Tells zlib that the wrapping of gzip is to be read.
_OF_GZIP: Final = 16 + zlib.MAX_WBITS


class TooLargeError(Exception):
    """There is more than is taken."""


class CutOffError(Exception):
    """It ends before it is whole, or is not packed as it says."""


class Body:
    """The body of an answer while it comes.

    Args:
        packed: Whether it is packed with gzip.
        most: The most bytes, packed and unpacked.
    """

    def __init__(self, *, packed: bool, most: int) -> None:
        self._whole = bytearray()
        self._most = most
        self._came = 0
        self._packed = packed
        self._zip = zlib.decompressobj(_OF_GZIP) if packed else None

    def add(self, piece: bytes) -> None:
        """Take in what came.

        Raises:
            TooLargeError: It is more than is taken; no more of it is unpacked.
            CutOffError: It is not packed as it says.
        """
        self._came += len(piece)
        if self._came > self._most:
            raise TooLargeError
        if not self._packed:
            self._whole += piece
            return
        while piece:
            piece = self._unpack(piece)

    def end(self) -> bytes:
        """Return all of it.

        Raises:
            CutOffError: It is not whole.
        """
        if self._came and self._zip and not self._zip.eof:
            raise CutOffError
        return bytes(self._whole)

    def _unpack(self, piece: bytes) -> bytes:
        """Unpack as much as is taken; return what is left of a piece.

        A file of gzip may have several parts, and zeros after the last (RFC 1952, 2.2).
        """
        if self._zip is None or self._zip.eof:
            piece = piece.lstrip(b"\0")
            if not piece:
                return b""
            self._zip = zlib.decompressobj(_OF_GZIP)
        room = self._most - len(self._whole)
        try:
            self._whole += self._zip.decompress(piece, room + 1)
        except zlib.error as error:
            raise CutOffError from error
        if len(self._whole) > self._most:
            raise TooLargeError
        return self._zip.unused_data or self._zip.unconsumed_tail
