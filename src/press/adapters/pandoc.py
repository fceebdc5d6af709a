"""Documents of other offices turned into HTML by pandoc, in its sandbox."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from press.model.errors import MissingToolError
from press.model.incoming import Converted, Enclosed

_LONGEST: Final = 60  #: Seconds; a book takes ten.
_MEMORY: Final = 2_000_000_000  #: Bytes of pandoc's heap.
_LARGEST: Final = 100_000_000  #: Bytes of one picture, and of the text.
_WHOLE: Final = 500_000_000  #: Bytes of all pictures together.
_FORMS: Final = frozenset({"odt", "rtf"})
_MEDIA: Final = "media"


class Pandoc:
    """Converts documents with pandoc. Keeps the promise of `DocumentConverter`."""

    def convert(self, document: bytes, form: str) -> Converted | None:
        """Return a document as HTML with its pictures; None where it cannot be read.

        Raises:
            MissingToolError: pandoc is not installed.
        """
        if form not in _FORMS:
            return None
        program = _program()
        with tempfile.TemporaryDirectory(prefix="press-document-") as name:
            folder = Path(name)
            (folder / "document").write_bytes(document)
            if not _ran(program, form, folder):
                return None
            made = folder / "document.html"
            if not made.is_file() or made.stat().st_size > _LARGEST:
                return None
            html = made.read_text(encoding="utf-8", errors="replace")
            pictures = _pictures(folder)
        return None if pictures is None else Converted(html=html, pictures=pictures)


def _program() -> str:
    """Return where pandoc is: among the programs, or with the extra `office`."""
    found = shutil.which("pandoc")
    if found:
        return found
    try:
        import pypandoc  # noqa: PLC0415 - an optional extra
    except ImportError:
        pypandoc = None
    if pypandoc is not None:
        try:
            return str(pypandoc.get_pandoc_path())
        except OSError:
            pass
    raise MissingToolError(
        "reading .odt and .rtf files takes pandoc, which is not installed",
        hint='pip install "press[office]", or install pandoc itself;'
        " or save the document as .docx",
    )


def _ran(program: str, form: str, folder: Path) -> bool:
    command = [
        program,
        "+RTS",
        f"-M{_MEMORY}",
        "-RTS",
        f"--from={form}",
        "--to=html5",
        "--standalone",
        "--metadata=pagetitle=document",
        "--wrap=none",
        "--track-changes=all",
        "--sandbox",
        f"--extract-media={_MEDIA}",
        "--output=document.html",
        "document",
    ]
    try:
        done = subprocess.run(  # noqa: S603 - the program and all it is told are ours
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST,
            check=False,
            preexec_fn=_limited,
            env={"HOME": str(folder), "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _limited() -> None:
    """Let a file be no larger than what would be read of it, and time run out."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST, _LARGEST))
    resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST, _LONGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _pictures(folder: Path) -> tuple[Enclosed, ...] | None:
    """Return what pandoc unpacked; None where that is more than anybody draws."""
    media = folder / _MEDIA
    found = []
    whole = 0
    for path in sorted(media.rglob("*")) if media.is_dir() else []:
        inside = path.resolve().is_relative_to(folder.resolve())
        if path.is_symlink() or not path.is_file() or not inside:
            continue
        whole += path.stat().st_size
        if whole > _WHOLE:
            return None
        name = path.relative_to(folder).as_posix()
        found.append(Enclosed(name=name, data=path.read_bytes()))
    return tuple(found)
