"""What may be kept and shown of a server's words: no reader's address and no key."""

from __future__ import annotations

import re

LONGEST = 200

_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def discreet(text: str, *secrets: str) -> str:
    """Return words of a server as they may be kept: short, on one line.

    Addresses become "…@…", secrets "…".
    """
    for secret in filter(None, secrets):
        text = text.replace(secret, "…")
    text = _ADDRESS.sub("…@…", " ".join(_UNPRINTABLE.sub(" ", text).split()))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
