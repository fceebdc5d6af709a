"""A store of files: a folder, or whatever fsspec can reach.

Names, keys and hosts of a store come from the environment, as its own library reads them.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from press.model.errors import CannotWriteError, MissingToolError

#: A name is made of what the file holds: it never changes.
FOR_EVER = "public, max-age=31536000, immutable"
#: Stores that take a file whole or not at all, under its own name.
_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "memory"})
_AMAZON = frozenset({"s3", "s3a"})
_PART = ".part"


class FsspecStore:
    """The `MediaStore` of ports.py, with fsspec.

    Args:
        url: A folder, or an address such as s3://bucket/folder.
        base: The folder from which a folder is seen.

    Raises:
        CannotWriteError: No store has such an address.
        MissingToolError: What such a store needs is not installed.
    """

    def __init__(self, url: str, base: Path) -> None:
        scheme, address, _ = url.partition("://")
        self._url = url if address else str(base / url)
        self._kind = scheme if address else "file"
        self._shown = url.rstrip("/")
        with self._errors():
            self._files, self._top = self._opened()

    def where(self, name: str) -> str:
        """Return where a file is in the store, for people."""
        return f"{self._shown}/{name}"

    def read(self, name: str) -> bytes | None:
        """Return what a file holds; None where there is none."""
        with self._errors():
            self._files.invalidate_cache()
            try:
                return bytes(self._files.cat_file(self._path(name)))
            except (FileNotFoundError, NotADirectoryError):
                return None

    def write(self, name: str, data: bytes) -> None:
        """Put a file there: in one step, or under another name that is then changed."""
        path = self._path(name)
        with self._errors():
            if self._kind in _WHOLE:
                self._files.pipe_file(path, data, **self._headers(name))
                return
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            part = path + _PART
            try:
                self._files.pipe_file(part, data)
                self._files.mv(part, path)
            except BaseException:
                self._discard(part)
                raise

    def _opened(self) -> tuple[Any, str]:
        if self._kind == "file":
            path = Path(self._url.removeprefix("file://")).resolve()
            return LocalFileSystem(), path.as_posix()
        files, top = fsspec.core.url_to_fs(self._url)
        return files, str(top).rstrip("/")

    def _path(self, name: str) -> str:
        return f"{self._top}/{name}"

    def _headers(self, name: str) -> dict[str, str]:
        """Return what an Amazon store is told to tell browsers."""
        if self._kind not in _AMAZON:
            return {}
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return {"ContentType": kind, "CacheControl": FOR_EVER}

    def _discard(self, part: str) -> None:
        """Take away what was written only in part, where that can be done."""
        with suppress(Exception):
            self._files.rm_file(part)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Let what the store's library raises be an error of press.

        Every kind of store has exceptions of its own, which nothing lists.
        """
        try:
            yield
        except ImportError as error:
            extra = "press[s3]" if self._kind in _AMAZON else "the package it names"
            raise MissingToolError(
                f"a store of the kind {self._kind}:// cannot be reached: {error}",
                hint=f"install {extra}",
            ) from error
        except Exception as error:
            said = " ".join(str(error).split()) or type(error).__name__
            raise CannotWriteError(
                f"the store {self._shown} does not work: {said}",
                hint="look at its address, at the names and keys in the environment,"
                " and at who may write there",
            ) from error
