"""Pictures of the digest, on their way to a store."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from press.digest.media import publish_pictures
from press.model.errors import CannotWriteError

ONE = {"2024-09/a.jpg": b"a", "2024-09/b.png": b"bb"}


@dataclass
class Shelf:
    """A store in memory; it may lose what it was given."""

    files: dict[str, bytes] = field(default_factory=dict)
    wrote: list[str] = field(default_factory=list)
    loses: bool = False

    def where(self, name: str) -> str:
        return f"shelf/{name}"

    def read(self, name: str) -> bytes | None:
        return self.files.get(name)

    def write(self, name: str, data: bytes) -> None:
        self.wrote.append(name)
        self.files[name] = data[:-1] if self.loses else data


def test_what_is_not_there_is_copied() -> None:
    shelf = Shelf()

    made = publish_pictures(ONE, shelf).value

    assert shelf.files == ONE
    assert made is not None
    assert made.copied == ("shelf/2024-09/a.jpg", "shelf/2024-09/b.png")
    assert made.size == 3


def test_what_is_there_already_is_not_copied_again() -> None:
    shelf = Shelf({"2024-09/a.jpg": b"a"})

    made = publish_pictures(ONE, shelf).value

    assert shelf.wrote == ["2024-09/b.png"]
    assert made is not None
    assert made.there == ("shelf/2024-09/a.jpg",)


def test_nothing_is_overwritten_and_then_nothing_else_is_copied() -> None:
    shelf = Shelf({"2024-09/b.png": b"changed by hand"})

    made = publish_pictures(ONE, shelf)

    (finding,) = made.findings
    assert made.value is None
    assert finding.code == "media.other"
    assert "shelf/2024-09/b.png" in finding.message
    assert not shelf.wrote


def test_a_rehearsal_copies_nothing_and_says_what_would_be() -> None:
    shelf = Shelf()

    made = publish_pictures(ONE, shelf, dry=True).value

    assert not shelf.files
    assert made is not None
    assert len(made.copied) == 2


def test_a_store_that_loses_what_it_is_given_is_an_error() -> None:
    with pytest.raises(CannotWriteError, match=r"a\.jpg does not hold"):
        publish_pictures(ONE, Shelf(loses=True))
