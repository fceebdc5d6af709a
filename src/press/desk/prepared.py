"""An edition's digest with its plan, made ready to be frozen."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from pathlib import Path

from press.adapters.database.mailings import content_of
from press.desk.audience import rules_of
from press.desk.digest import OF_PRINT
from press.desk.mail import mail_desk
from press.desk.reading import last_build, read_desk
from press.desk.segments import read_segments
from press.mailing.plan import steps_of
from press.model.edition import EditionId, SendPlan
from press.model.errors import ManifestError
from press.model.finding import Checked, ready
from press.model.house import House
from press.model.letter import ContentHash, Letter
from press.model.mailing import AudienceRules, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An edition's digest, ready to be frozen.

    Attributes:
        edition: Which edition.
        house: The paper.
        plan: Its send plan.
        letters: Its letters, the public's first.
        content: What names exactly these letters.
        rules: Who is left out, who gets which variant.
        steps: Its plan, worked out.
    """

    edition: EditionId
    house: House
    plan: SendPlan
    letters: tuple[Letter, ...]
    content: ContentHash
    rules: AudienceRules
    steps: tuple[Step, ...]


def prepare(paper: Path, edition: EditionId) -> Checked[Prepared]:
    """Make an edition's digest and its plan, with all that is wrong with them.

    Raises:
        ManifestError: The edition has no digest, or no send plan.
    """
    read = read_desk(paper, edition)
    if read.value is None:
        return Checked(value=None, findings=read.findings)
    desk = read.value
    plan = desk.edition.send
    if desk.edition.digest is None or plan is None:
        missing = "digest" if desk.edition.digest is None else "send plan"
        raise ManifestError(
            f"edition {edition} has no {missing}",
            hint="write digest: and send: into its edition.yaml",
        )
    mail = mail_desk(desk)
    made = mail.make(last_build(desk))
    own = (one for one in read.findings if not one.code.startswith(OF_PRINT))
    rules = read_segments(desk.house).findings
    findings = (*own, *made.findings, *rules)
    if made.value is None or not ready([*made.findings, *rules]):
        return Checked(value=None, findings=findings)
    letters = mail.letters(made.value)
    prepared = Prepared(
        edition=edition,
        house=desk.house,
        plan=plan,
        letters=letters,
        content=content_of(letters),
        rules=rules_of(plan, made.value, desk.house),
        steps=steps_of(plan, desk.house.timezone, _zone_data()),
    )
    return Checked(value=prepared, findings=findings)


def _zone_data() -> str:
    return importlib.metadata.version("tzdata")
