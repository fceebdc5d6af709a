"""Public repositories, one commit of each, for the tools beside this file."""

from __future__ import annotations

import subprocess
from pathlib import Path


def fetch(source: str, commit: str, folder: Path) -> Path:
    """Bring a commit of a repository on GitHub into a folder; return the folder."""
    folder.mkdir(exist_ok=True)
    git(folder, "init", "--quiet", "--bare")
    address = f"https://github.com/{source}"
    git(folder, "fetch", "--quiet", "--depth=1", address, commit)
    git(folder, "update-ref", "HEAD", commit)
    return folder


def git(folder: Path, *arguments: str) -> bytes:
    """Return what git says of a repository.

    Raises:
        SystemExit: It cannot do it.
    """
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(f"git {arguments[0]} failed in {folder}")
    return done.stdout
