"""What may be written down and shown: no address of a reader, no key, no odd character."""

from __future__ import annotations

import re

LONGEST = 200

_ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+")
#: What ends a line for somebody, or can be written in no encoding: C0, DEL, C1, the
#: separators of lines and paragraphs, halves of surrogate pairs.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class UnsafeError(ValueError):
    """A value would end the line that it stands in, or cannot be written at all.

    It says which value by name, never what it holds.
    """


def discreet(text: str, *secrets: str) -> str:
    """Return words of a server as they may be kept: short, on one line.

    Addresses become "…@…", secrets "…".
    """
    for secret in filter(None, secrets):
        text = text.replace(secret, "…")
    text = _ADDRESS.sub("…@…", " ".join(_UNSAFE.sub(" ", text).split()))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def safe(text: str) -> bool:
    """Whether a value can stand in one line of a mail, whoever reads it.

    Neither CR, LF nor anything else in it that some program takes for the end of a
    line: what follows could become a header of its own.
    """
    return text.isprintable() or _UNSAFE.search(text) is None
