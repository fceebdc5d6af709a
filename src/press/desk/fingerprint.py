"""Fingerprints: what decides whether work of an earlier build can be used again."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from press.model.record import describe

#: Programs whose version changes what a build makes.
ENGINES = (
    "press",
    "weasyprint",
    "pydyf",
    "pikepdf",
    "pypdfium2",
    "numpy",
    "zxing-cpp",
    "uharfbuzz",
    "pyphen",
    "pillow",
    "mjml-python",
    "css-inline",
)


def fingerprint(*parts: object) -> str:
    """Return a hash of values of the vocabulary, texts and numbers."""
    digest = hashlib.sha256()
    for part in parts:
        text = part if isinstance(part, str) else json.dumps(describe(part))
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=1)
def of_press() -> str:
    """Return a hash of press itself: its files' sizes and times, its engines' versions.

    A build by another version, or while press is being worked on, keeps nothing.
    """
    import press  # noqa: PLC0415  (its own folder)

    root = Path(next(iter(press.__path__)))
    parts = [f"{name} {version(name)}" for name in ENGINES]
    for file in sorted(root.rglob("*.py")):
        state = file.stat()
        parts.append(f"{file.relative_to(root)}:{state.st_size}:{state.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
