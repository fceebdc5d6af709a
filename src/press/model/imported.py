"""What came of importing a story."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from press.model.finding import Finding
from press.model.manuscript import Manuscript


class Fate(StrEnum):
    """What an import did with a story."""

    NEW = "new"  #: A folder was made.
    UPDATED = "updated"  #: What changed at the source was brought into its folder.
    UNCHANGED = "unchanged"  #: Nothing was to be done.
    REFUSED = "refused"  #: Findings kept it out.


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A story that was imported, or would have been.

    Attributes:
        slug: The article's name.
        fate: What was done with it.
        manuscript: What it says.
        came: What the source has put in since the last import.
        gone: What it has taken out.
        changed: What a sub-editor changed, and keeps.
        pictures: How many pictures were fetched.
        findings: What was odd.
    """

    slug: str
    fate: Fate
    manuscript: Manuscript
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    pictures: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody wants of an import.

    Attributes:
        keep: Numbers of dropped pieces that are copy after all.
        drop: Beginnings of paragraphs that are none.
        only: The names of the stories that are taken, at the source or as articles; empty
            for all.
        dry: Whether nothing is to be written.
    """

    keep: frozenset[int] = frozenset()
    drop: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    dry: bool = False
