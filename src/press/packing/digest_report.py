"""digest.json: who gets which mail, what it is made of, and how heavy."""

from __future__ import annotations

from collections.abc import Iterable

from press.model.digest import Digest
from press.packing.report import as_json


def write_digest(digest: Digest, rules: Iterable[tuple[str, str, str]] = ()) -> bytes:
    """Return digest.json.

    Args:
        digest: The mails.
        rules: What mailbox providers and standards ask: a name, what is asked, and
            whether that is proven, broken or not decided here.
    """
    return as_json(
        {
            "subject": digest.subject,
            "preheader": digest.preheader,
            "groups": sorted(digest.groups),
            "variants": [
                {
                    "name": variant.name,
                    "html": f"{variant.stem}.html",
                    "text": f"{variant.stem}.txt",
                    "readers": [sorted(kind) for kind in variant.readers],
                    "most octets": sum(octets for _, octets in variant.blocks),
                    "blocks": [
                        {"block": block, "octets": octets}
                        for block, octets in variant.blocks
                    ],
                }
                for variant in digest.variants
            ],
            "pictures": [
                {
                    "file": f"pictures/{picture.name}",
                    "address": picture.url,
                    "octets": len(picture.data),
                }
                for picture in digest.pictures
            ],
            "octets of pictures": sum(len(one.data) for one in digest.pictures),
            "rules": [
                {"rule": name, "asks": asks, "is": state} for name, asks, state in rules
            ],
        }
    )
