"""What a file really is, told from its first bytes; its name is not trusted."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from press.adapters.pictures.fault import Fault, RefusedError
from press.model.finding import Severity
from press.model.picture import PictureFormat

HEAD = 4096
_TAKES = "export it as JPEG, PNG, GIF, WebP, TIFF, AVIF, HEIC or SVG"

_SUFFIXES = {
    PictureFormat.JPEG: {".jpg", ".jpeg", ".jpe", ".jfif"},
    PictureFormat.PNG: {".png"},
    PictureFormat.GIF: {".gif"},
    PictureFormat.WEBP: {".webp"},
    PictureFormat.TIFF: {".tif", ".tiff"},
    PictureFormat.AVIF: {".avif"},
    PictureFormat.HEIC: {".heic", ".heif", ".hif"},
    PictureFormat.SVG: {".svg"},
}

_MAGIC = (
    (b"\xff\xd8\xff", PictureFormat.JPEG),
    (b"\x89PNG\r\n\x1a\n", PictureFormat.PNG),
    (b"GIF87a", PictureFormat.GIF),
    (b"GIF89a", PictureFormat.GIF),
    (b"II*\0", PictureFormat.TIFF),
    (b"MM\0*", PictureFormat.TIFF),
    (b"II+\0", PictureFormat.TIFF),
    (b"MM\0+", PictureFormat.TIFF),
)
_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"8BPS", "a Photoshop document"),
    (b"%!PS", "a PostScript document"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript document"),
    (b"BM", "a Windows bitmap"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (b"\0\0\x01\0", "an icon"),
    (b"\x1f\x8b", "a compressed file"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"version https://git-lfs", "a Git LFS pointer, not the file it stands for"),
)
_ODD = {"a Windows bitmap", "a JPEG 2000 picture"}
_AVIF = {b"avif", b"avis"}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def sniff(head: bytes) -> PictureFormat:
    """Return what kind of picture begins with these bytes.

    Raises:
        RefusedError: It is none, or none that press takes.
    """
    if not head:
        raise RefusedError("picture.kind", "is empty", hint="export it again")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return PictureFormat.WEBP
    if head[4:8] == b"ftyp":
        return _box_format(head)
    for magic, what in _OTHERS:
        if head.startswith(magic):
            rest = "" if what in _ODD else ", not a picture"
            raise RefusedError("picture.kind", f"is {what}{rest}", hint=_TAKES)
    return _text_format(head)


def _box_format(head: bytes) -> PictureFormat:
    """Tell AVIF from HEIC by the brands in the file-type box (ISO/IEC 14496-12)."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]
    if _AVIF.intersection(brands):
        return PictureFormat.AVIF
    if _HEIC.intersection(brands):
        return PictureFormat.HEIC
    raise RefusedError("picture.kind", "is a film or sound, not a picture", hint=_TAKES)


_PREAMBLE = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_FIRST_TAG = re.compile(r"\s*<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?([\w-]+)", re.IGNORECASE)


def _text_format(head: bytes) -> PictureFormat:
    """Tell a drawing from a web page and from other text."""
    encoding = "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    text = head.decode(encoding, errors="replace")
    while preamble := _PREAMBLE.match(text):
        text = text[preamble.end() :]
    first = _FIRST_TAG.match(text)
    name = first[1].lower() if first else ""
    if name == "svg":
        return PictureFormat.SVG
    if name in {"html", "head", "body"}:
        raise RefusedError(
            "picture.kind",
            "is an HTML page, not a picture",
            hint="open the address in a browser and save the picture itself",
        )
    raise RefusedError("picture.kind", "is not a picture", hint=_TAKES)


def misnamed(file: str, kind: PictureFormat) -> tuple[Fault, ...]:
    """Note a suffix that says something else than the content."""
    suffix = PurePosixPath(file).suffix
    if not suffix or suffix.lower() in _SUFFIXES[kind]:
        return ()
    article = "an" if kind in {PictureFormat.AVIF, PictureFormat.SVG} else "a"
    return (
        Fault(
            code="picture.kind",
            severity=Severity.NOTE,
            text=f"is {article} {kind.upper()} named {suffix}",
        ),
    )
