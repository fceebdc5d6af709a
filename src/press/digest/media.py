"""The digest's pictures, put where readers' mail programs look for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from press.model.errors import CannotWriteError
from press.model.finding import Checked, Finding, Place, error
from press.ports import MediaStore

_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What became of a digest's pictures.

    Attributes:
        copied: Where those are that were put there now, or would be.
        there: Where those are that were there already.
        size: How much the copied ones weigh, in octets.
    """

    copied: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    size: int = 0


def publish_pictures(
    pictures: Mapping[str, bytes], store: MediaStore, *, dry: bool = False
) -> Checked[Published]:
    """Put pictures into a store, none where anything would be overwritten.

    What is there already is left alone. Every picture is read back after it was put.

    Args:
        pictures: Names from the top of the store, with what they hold.
        store: The store.
        dry: Whether to put nothing and only say what would be put.

    Raises:
        CannotWriteError: The store cannot be read or written, or keeps something else
            than it was given.
        MissingToolError: What the store needs is not installed.
    """
    kept = {name: store.read(name) for name in sorted(pictures)}
    findings = tuple(_others(pictures, kept, store))
    if findings:
        return Checked(value=None, findings=findings)
    missing = [name for name, data in kept.items() if data is None]
    for name in () if dry else missing:
        store.write(name, pictures[name])
        if store.read(name) != pictures[name]:
            raise CannotWriteError(
                f"{store.where(name)} does not hold what was put there",
                hint="try again, and look at the store if it happens again",
            )
    published = Published(
        copied=tuple(store.where(name) for name in missing),
        there=tuple(store.where(name) for name in kept if name not in missing),
        size=sum(len(pictures[name]) for name in missing),
    )
    return Checked(value=published)


def _others(
    pictures: Mapping[str, bytes],
    kept: Mapping[str, bytes | None],
    store: MediaStore,
) -> Iterator[Finding]:
    """Yield what the store keeps under a picture's name and is not that picture."""
    for name, data in kept.items():
        if data is not None and data != pictures[name]:
            yield error(
                "media.other",
                f"{store.where(name)} is another file ({_hash(data)}) than the build's"
                f" ({_hash(pictures[name])}); nothing was copied",
                Place(),
                "a picture's name is made of what it holds: one of the two was changed"
                " by hand; take the wrong one away",
            )


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_SHOWN]
