"""Bring the MJML files that nobody here wrote, to hold press's guard against.

    python tools/mjml_files.py FOLDER [GIT ...]

They are the campaign templates of mjmlio/email-templates, the documents in the pages
and tests of mjmlio/mjml, and the resources of jdrouet/mrml. Without further arguments
the three are fetched from GitHub, always the same commits; each GIT is a local copy of
one, bare or not, whose HEAD is read. Nothing of it belongs into this repository: press
only reads it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from repository import fetch, git

#: Repositories and commits.
SOURCES = {
    "mjmlio/email-templates": "69b6157f1475fa20d529ee65da8f8caa00e8fa6b",
    "mjmlio/mjml": "6c01d35af5da14108b86bbf052232e99de7ca755",
    "jdrouet/mrml": "a7a72ef25f0db5d540295846402c4b449e73043d",
}
#: Whose history holds which file tells which of the three a folder is.
_MARKS = {
    "templates/black-friday.mjml": "campaigns",
    "packages/mjml-core/package.json": "documents",
    "packages/mrml-core/Cargo.toml": "resources",
}
_DOCUMENT = re.compile(r"<mjml\b[^>]*>.*?</mjml>", re.DOTALL)


def main(arguments: list[str]) -> int:
    """Write all files into a folder and say how many there are."""
    if not arguments:
        sys.stderr.write(__doc__ or "")
        return 2
    target = Path(arguments[0])
    with tempfile.TemporaryDirectory() as scratch:
        folders = [Path(one) for one in arguments[1:]]
        for folder in folders or _fetched(Path(scratch)):
            kind = _kind(folder)
            count = 0
            for name, text in _files(folder, kind):
                path = target / kind / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text)
                count += 1
            sys.stdout.write(f"{kind}: {count} files\n")
    return 0


def _fetched(scratch: Path) -> Iterator[Path]:
    for source, commit in SOURCES.items():
        yield fetch(source, commit, scratch / source.replace("/", "-"))


def _kind(folder: Path) -> str:
    names = _names(folder)
    for mark, kind in _MARKS.items():
        if mark in names:
            return kind
    message = f"{folder} is none of {', '.join(SOURCES)}"
    raise SystemExit(message)


def _files(folder: Path, kind: str) -> Iterator[tuple[str, bytes]]:
    seen: set[str] = set()
    for name in _names(folder):
        if kind == "documents":
            if name.endswith(".md") or ("/test/" in name and name.endswith(".js")):
                page = _read(folder, name).decode()
                for number, found in enumerate(_DOCUMENT.findall(page), 1):
                    if found not in seen:
                        seen.add(found)
                        yield f"{name.replace('/', '__')}.{number}.mjml", found.encode()
        elif name.endswith(".mjml"):
            yield name.replace("/", "__"), _read(folder, name)


def _names(folder: Path) -> list[str]:
    return sorted(git(folder, "ls-tree", "-r", "--name-only", "HEAD").decode().split())


def _read(folder: Path, name: str) -> bytes:
    return git(folder, "show", f"HEAD:{name}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
