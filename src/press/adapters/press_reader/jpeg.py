"""What a JPEG says of itself (ITU-T T.81), read from its segments."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from press.model.press_facts import JpegFacts

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_TABLES, _COMMENT, _ICC, _ADOBE = 0xDB, 0xFE, 0xE2, 0xEE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
#: Sum of the lightness table that T.81 proposes (Annex K), which is quality 50.
_STANDARD_SUM = 3685
_COMMENT_SHOWN = 80
_TAIL = 64


@dataclass(slots=True)
class _Heard:
    frame: tuple[int, bytes] | None = None
    adobe: bool = False
    profile: bool = False
    table: int = 0
    comment: str = ""


def read_jpeg(data: bytes) -> JpegFacts | None:
    """Return what a JPEG says of itself; None where it is damaged or cut off."""
    if not data.startswith(b"\xff\xd8") or b"\xff\xd9" not in data[-_TAIL:]:
        return None
    heard = _listen(data)
    if heard is None or heard.frame is None:
        return None
    kind, frame = heard.frame
    if len(frame) < 6 or len(frame) < 6 + 3 * frame[5]:  # noqa: PLR2004
        return None
    sampling = [frame[7 + 3 * part] for part in range(frame[5])]
    return JpegFacts(
        components=frame[5],
        adobe=heard.adobe,
        progressive=kind in _PROGRESSIVE,
        profile=heard.profile,
        quality=_quality(heard.table),
        subsampled=len(set(sampling)) > 1,
        comment=heard.comment,
    )


def _listen(data: bytes) -> _Heard | None:
    """Go through the segments before the first scan; None where they are damaged."""
    heard, at = _Heard(), 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:  # noqa: PLR2004
            return None
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004  (a byte that fills up)
            at += 1
            continue
        if marker in {_SCAN, _END}:
            return heard
        (length,) = struct.unpack_from(">H", data, at + 2)
        _take(heard, marker, data[at + 4 : at + 2 + length])
        at += 2 + length
    return None


def _take(heard: _Heard, marker: int, segment: bytes) -> None:
    if marker in _FRAMES:
        heard.frame = marker, segment
    elif marker == _ADOBE and segment.startswith(b"Adobe"):
        heard.adobe = True
    elif marker == _ICC and segment.startswith(b"ICC_PROFILE"):
        heard.profile = True
    elif marker == _TABLES and not heard.table:
        heard.table = _sum(segment)
    elif marker == _COMMENT:
        heard.comment = segment[:_COMMENT_SHOWN].decode("latin-1")


def _sum(segment: bytes) -> int:
    """Return the sum of the first table: that of lightness."""
    if not segment:
        return 0
    if segment[0] >> 4:
        values = segment[1:129]
        return sum(struct.unpack(f">{len(values) // 2}H", values[: len(values) & ~1]))
    return sum(segment[1:65])


def _quality(total: int) -> int:
    """Return about the quality of libjpeg whose table has this sum."""
    scale = 100 * total / _STANDARD_SUM
    quality = 100 - scale / 2 if scale <= 100 else 5000 / scale  # noqa: PLR2004
    return max(1, min(100, round(quality)))
