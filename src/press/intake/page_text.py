"""The bytes of a web page as text."""

from __future__ import annotations

import codecs
import re
from typing import Final

_DECLARED: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_HEAD: Final = 4096
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Browsers read these as the ones of Windows, which hold all their characters.
_AS_WINDOWS: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}


def decode_page(data: bytes, declared: str = "") -> str:
    """Return a page's text, in the encoding that browsers would take.

    Args:
        data: The page.
        declared: What the server said; empty for nothing.
    """
    mark = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if mark:
        return data.decode(mark, errors="replace")
    found = _DECLARED.search(data[:_HEAD])
    for name in (
        declared,
        found[1].decode("ascii", "replace") if found else "",
        "utf-8",
    ):
        try:
            known = codecs.lookup(name).name if name else ""
            if known:
                return data.decode(_AS_WINDOWS.get(known, known))
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", errors="replace")
