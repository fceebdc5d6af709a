"""HEIC, decoded in a process of its own: damaged files crash the decoder.

One wrong byte in the head of a file is enough to end the process that opens it with
libheif, and with it the whole build. So the build opens no HEIC itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL.ImageFile import ImageFile

if TYPE_CHECKING:
    from PIL._imaging import PixelAccess

SECONDS = 60
_CHILD = Path(__file__).with_name("heic_child.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What the child says of a file; pixels only where they were asked for."""

    mode: str
    size: tuple[int, int]
    frames: int
    profile: bytes
    pixels: bytes


class HeicImageFile(ImageFile):
    """The main picture of a HEIC file, upright as the file's own boxes say."""

    format = "HEIC"
    format_description = "High Efficiency Image Container"

    def _open(self) -> None:
        self._file_data = self.fp.read() if self.fp else b""
        answer = _ask("head", self._file_data)
        self._mode, self._size = answer.mode, answer.size
        self.n_frames = answer.frames
        if answer.profile:
            self.info["icc_profile"] = answer.profile

    def load(self) -> PixelAccess | None:
        """Decode the picture, once."""
        if self._file_data:
            answer = _ask("pixels", self._file_data)
            self._file_data = b""
            if (answer.mode, answer.size) != (self.mode, self.size):
                raise OSError("the picture is not what its head says")
            self.load_prepare()
            self.frombytes(answer.pixels)
        return super().load()


def _ask(wanted: str, data: bytes) -> _Answer:
    """Have the child read a file.

    Raises:
        OSError: The child refused the file, or did not survive it.
    """
    try:
        done = subprocess.run(  # noqa: S603 -- our own file, no shell
            [sys.executable, "-I", _CHILD, wanted],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=SECONDS,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise OSError(f"HEIC cannot be read: {error}") from error
    line, _, rest = done.stdout.partition(b"\n")
    head = json.loads(line)
    width, height = head["size"]
    return _Answer(
        mode=head["mode"],
        size=(width, height),
        frames=head["frames"],
        profile=rest[: head["profile"]],
        pixels=rest[head["profile"] :],
    )
