"""Where the pictures of imported copy are had: folders, documents, websites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote

from press.intake.package import Package
from press.model.address import split_address
from press.model.fetch import Asked, Fault, Sort
from press.model.finding import Checked, Place, warning
from press.ports import Fetcher, PictureSource

_LARGEST: Final = 60_000_000
_WEB: Final = ("http://", "https://")
_ONWARD: Final = "name that host with --host, or bring the picture"
_HINT: Final = "bring it, and take its name out of `images_missing`"


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderPictures:
    """Pictures that lie beside a file, or in folders below."""

    folder: Path

    def take(self, address: str) -> Checked[bytes]:
        """Return the bytes of a file; it must lie within the folder."""
        if address.startswith(_WEB):
            return _nothing(address, "it is not in this folder")
        for name in dict.fromkeys((address, unquote(address))):
            file = (self.folder / name.lstrip("/")).resolve()
            if not file.is_relative_to(self.folder.resolve()) or not file.is_file():
                continue
            if file.stat().st_size > _LARGEST:
                return _nothing(address, "it is larger than 60 MB")
            return Checked(value=file.read_bytes())
        return _nothing(address, "there is no such file")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePictures:
    """Pictures that are members of a document."""

    package: Package

    def take(self, address: str) -> Checked[bytes]:
        """Return the bytes of a member."""
        data = self.package.read(address, most=_LARGEST)
        if data is None:
            return _nothing(address, "the document does not hold it")
        return Checked(value=data)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPictures:
    """Pictures of a website, from hosts that were named."""

    fetcher: Fetcher
    silent: set[str] = field(default_factory=set)

    def take(self, address: str) -> Checked[bytes]:
        """Return the bytes at an address; a server that is silent is asked once."""
        try:
            parts = split_address(address)
        except ValueError:
            return _nothing(address, "that is no address of the web")
        if parts.scheme not in {"http", "https"}:
            return _nothing(address, "it has no address on the web")
        if parts.netloc in self.silent:
            return _nothing(address, "its server does not answer")
        answer = self.fetcher.get(Asked(address=address, sort=Sort.PICTURE))
        if answer.fault is Fault.SILENT:
            self.silent.add(parts.netloc)
        if answer.fault is Fault.HOST:
            return _not_named(parts)
        if not answer.found:
            why = answer.why or f"the server answered {answer.status}"
            onward = answer.fault is Fault.ELSEWHERE
            return _nothing(address, why, hint=_ONWARD if onward else _HINT)
        return Checked(value=answer.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Several sources, asked one after another."""

    sources: Sequence[PictureSource]

    def take(self, address: str) -> Checked[bytes]:
        """Return the bytes at an address, from the first source that has it."""
        answer = _nothing(address, "nobody has it")
        for source in self.sources:
            answer = source.take(address)
            if answer.value is not None:
                return answer
        return answer


def _not_named(parts: SplitResult) -> Checked[bytes]:
    """Return what is said of a host that nobody named: the same for all its pictures."""
    site = f"{parts.scheme}://{parts.netloc}"
    # Without a scheme TLS is meant, which a port or a machine of one's own may not have.
    alone = parts.scheme == "https" or not _is_machine(parts.netloc)
    found = warning(
        "intake.host",
        f"pictures at {site} were not fetched: nobody named that host",
        Place(file=site),
        f"take them from there with --host {parts.netloc if alone else site}, or bring"
        " them, and take their names out of `images_missing`",
    )
    return Checked(value=None, findings=(found,))


def _is_machine(netloc: str) -> bool:
    """Whether a machine is named by its number, or by a port."""
    return ":" in netloc or netloc.replace(".", "").isdecimal()


def _nothing(address: str, why: str, *, hint: str = _HINT) -> Checked[bytes]:
    return Checked(
        value=None,
        findings=(
            warning(
                "intake.picture", f"the picture {address} never came: {why}", hint=hint
            ),
        ),
    )
