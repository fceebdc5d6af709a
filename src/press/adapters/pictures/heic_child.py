"""The process that opens one HEIC file; run as a script, not imported.

It reads the file from its input and answers with a line of JSON (mode, size, frames,
length of the colour profile), the profile, and the pixels if they are wanted.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys

from pi_heif.as_plugin import HeifImageFile

MEMORY = 3 << 30


def main(wanted: str) -> None:
    """Answer for the file on standard input."""
    with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    image = HeifImageFile(io.BytesIO(sys.stdin.buffer.read()))
    frames = image.n_frames
    if wanted == "pixels":
        image.load()
    profile = image.info.get("icc_profile") or b""
    head = {
        "mode": image.mode,
        "size": image.size,
        "frames": frames,
        "profile": len(profile),
    }
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + profile)
    if wanted == "pixels":
        sys.stdout.buffer.write(image.tobytes())


if __name__ == "__main__":
    main(sys.argv[1])
