"""Settings written as YAML on one line, in quotation marks only where they need them."""

from __future__ import annotations

import json
import re

from press.manifest.tree import Mapping, Node, Scalar, Sequence

PLAIN = re.compile(r"[A-Za-z0-9£€][\w .£€’()/&–-]*(?<! )")
MEANS_ELSE = re.compile(r"(?i)null|true|false|yes|no|on|off|[\d.]+")
#: Words that mean what they say where settings are read, written so by editors.
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?|yes|no|off|auto")


def text(value: str) -> str:
    """Return a text as YAML, in quotes only where it needs them."""
    if PLAIN.fullmatch(value) and not MEANS_ELSE.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def flow(node: Node) -> str:
    """Return settings as they are written on one line."""
    match node:
        case Scalar(text=said, quoted=quoted):
            return said if not quoted and NUMBER.fullmatch(said) else text(said)
        case Sequence(items=items):
            return f"[{', '.join(map(flow, items))}]"
        case Mapping(entries=entries):
            inside = (f"{text(e.key.text)}: {flow(e.value)}" for e in entries)
            return f"{{{', '.join(inside)}}}"
