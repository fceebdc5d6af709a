"""Choose what runs: the articles there are, and an edition's manifest changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from press.desk.folder import editions_of
from press.manifest.read import read_house
from press.manifest.roster import read_candidates, read_roster
from press.manifest.selecting import amend
from press.model.edition import EditionId
from press.model.errors import ManifestError
from press.model.finding import Checked
from press.model.selection import Candidate, Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """What may be chosen for an edition.

    Attributes:
        edition: The edition.
        candidates: Articles in its folder that nothing names yet.
        sections: Its sections, in order.
        last: The edition before it; empty for none.
        since: That one's day of sale; None where it is not known.
    """

    edition: EditionId
    candidates: tuple[Candidate, ...]
    sections: tuple[str, ...]
    last: str = ""
    since: dt.date | None = None

    def is_new(self, one: Candidate) -> bool:
        """Whether an article was published since the last edition."""
        day = one.article.date
        return day is None or self.since is None or day >= self.since


def pool_of(paper: Path, edition: EditionId) -> Pool:
    """Return what may be chosen for an edition.

    Raises:
        ManifestError: press.yaml or edition.yaml has mistakes.
    """
    roster = read_roster(paper, edition)
    lang = roster.settings.edition.lang or _lang(paper)
    last = max((name for name in editions_of(paper) if name < edition), default="")
    return Pool(
        edition=edition,
        candidates=read_candidates(paper, edition, roster, lang=lang),
        sections=tuple(section.name for section in roster.sections),
        last=last,
        since=_on_sale(paper, last),
    )


def select(paper: Path, choice: Choice) -> Checked[Path]:
    """Take articles into an edition and out of it, all of them or none.

    Raises:
        ManifestError: A manifest has mistakes, or cannot be changed line by line.
        CannotWriteError: It cannot be written.
    """
    return amend(paper, choice, lang=_lang(paper))


def _lang(paper: Path) -> str:
    house = read_house(paper)
    if house.value is None:
        raise ManifestError("press.yaml cannot be read", findings=house.findings)
    return house.value.lang


def _on_sale(paper: Path, edition: str) -> dt.date | None:
    """Return an edition's day of sale; None where its manifest has mistakes."""
    if not edition:
        return None
    try:
        return read_roster(paper, edition).settings.edition.on_sale
    except ManifestError:
        return None  # The edition before is not what is worked on.
