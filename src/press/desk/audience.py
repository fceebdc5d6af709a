"""Who gets a mailing, and which variant: from the plan and the digest to conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from press.adapters.database import Connection
from press.adapters.database.freezing import Audience
from press.adapters.database.segments import Condition, condition
from press.audience.segment import parse, write
from press.manifest.nearest import nearest
from press.model.digest import Digest
from press.model.edition import SendPlan
from press.model.finding import Finding, Place, error
from press.model.house import House
from press.model.mailing import AudienceRules
from press.model.segment import Segment
from press.model.segment_rule import Asked, OnList, Tagged
from press.model.subscriber import Status


def rules_of(plan: SendPlan, digest: Digest, house: House) -> AudienceRules:
    """Return the rules of a mailing, as they are frozen with it.

    Who is left out are groups, lists or tags, looked for in this order; a status, such
    as "bounced", is left out anyway.
    """
    statuses = {str(status) for status in Status}
    rules = {each.name: each.text for each in house.segment_rules}
    groups = sorted(digest.groups)
    sets = [
        frozenset(group for group, within in zip(groups, kind, strict=True) if within)
        for kind in (one[::-1] for one in product((0, 1), repeat=len(groups)))
    ]
    return AudienceRules(
        exclude=tuple(
            (name, _left_out(name, rules, house))
            for name in plan.exclude
            if name not in statuses
        ),
        groups=tuple(rules.get(group) or write(Tagged(tag=group)) for group in groups),
        variants=tuple(digest.variant_for(each).name for each in sets),
    )


def nobody_named(
    plan: SendPlan, house: House, connection: Connection
) -> Sequence[Finding]:
    """Return an error for each name in `exclude` that means nobody: a slip mails them.

    A tag that no reader has yet is named as a segment in press.yaml.
    """
    known = [
        *map(str, Status),
        *house.lists,
        *(each.name for each in house.segment_rules),
        *(name for (name,) in connection.all("SELECT DISTINCT name FROM tag")),
    ]
    return [
        _unknown(name, nearest(name, known), plan.place)
        for name in plan.exclude
        if name not in known
    ]


def _unknown(name: str, near: str | None, place: Place) -> Finding:
    return error(
        "mailing.exclude",
        f"“{name}”, which the plan leaves out, is no list or segment of press.yaml and no"
        " reader's tag",
        place,
        f"did you mean “{near}”?"
        if near
        else f"correct it; for a tag to come, write segments: {{{name}: tag {name}}}",
    )


def _left_out(name: str, rules: Mapping[Segment, str], house: House) -> str:
    if rule := rules.get(Segment(name)):
        return rule
    if name in house.lists:
        return write(OnList(name=name))
    return write(Tagged(tag=name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Finds groups of readers in the database.

    Attributes:
        connection: The database.
        asked: When it is asked, and in which zone days begin.
    """

    connection: Connection
    asked: Asked

    def audience(self, list_id: int, rules: AudienceRules) -> Audience:
        """Return rules as conditions on the database."""
        return Audience(
            list_id=list_id,
            excluded=tuple(
                (name, self._condition(rule)) for name, rule in rules.exclude
            ),
            groups=tuple(map(self._condition, rules.groups)),
            variants=dict(enumerate(rules.variants)),
        )

    def _condition(self, rule: str) -> Condition:
        return condition(parse(rule), self.connection.dialect, self.asked)
