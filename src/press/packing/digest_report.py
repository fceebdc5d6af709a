"""digest.json: who gets which mail, what it is made of, and how heavy."""

from __future__ import annotations

from press.model.digest import Digest
from press.packing.report import as_json


def write_digest(digest: Digest) -> bytes:
    """Return digest.json."""
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
        }
    )
