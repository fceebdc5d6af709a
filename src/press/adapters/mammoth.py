"""Word documents turned into HTML by mammoth."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote
from xml.parsers.expat import ExpatError

import mammoth
from mammoth.images import img_element

#: What mammoth lets through where a document is not what it should be.
_BROKEN: Final = (
    ArithmeticError,
    AttributeError,
    ExpatError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
)


class MammothReader:
    """Reads Word documents with mammoth. Keeps the promise of `WordReader`."""

    def html(self, document: bytes, styles: Sequence[tuple[str, str]]) -> str | None:
        """Return a document as HTML; None where it cannot be read."""
        rules = [_rule(style, name) for style, name in styles]
        try:
            result = mammoth.convert_to_html(
                io.BytesIO(document),
                style_map="\n".join(rules),
                convert_image=img_element(_address),
                include_embedded_style_map=False,
                external_file_access=False,
            )
        except _BROKEN:
            return None
        return str(result.value)


def _rule(style: str, name: str) -> str:
    if name == "press-quote":
        return f"p[style-name='{style}'] => blockquote > p:fresh"
    return f"p[style-name='{style}'] => p.{name}:fresh"


def _address(image: Any) -> dict[str, str]:
    """Return the address of a picture: the path of the member that it is."""
    with image.open() as member:
        return {"src": quote(member.name)}
