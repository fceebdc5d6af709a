"""Errands: what a provider is to be asked about readers, after their mail was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

ErrandId = NewType("ErrandId", int)


class Ask(StrEnum):
    """What the provider is asked for."""

    WITHHOLD = "withhold"  #: Not to send what it holds: the reader left.
    RELEASE = "release"  #: To send again: the reader came back, by their own word.
    FORGET = "forget"  #: To erase what it knows: the reader was erased.


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One of them.

    Attributes:
        id: Its number.
        what: What is asked.
        email: About whom.
    """

    id: ErrandId
    what: Ask
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of running errands: how many readers.

    Attributes:
        withheld: The provider sends them nothing any more.
        released: It writes to them again.
        forgotten: It erases them.
        refused: It would not hear of their address.
        left: It was not asked, or did not answer.
        why: Why not; empty where all were asked.
    """

    withheld: int = 0
    released: int = 0
    forgotten: int = 0
    refused: int = 0
    left: int = 0
    why: str = ""
