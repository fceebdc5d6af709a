"""Segments of press.yaml, read: who is in each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from press.audience.segment import RuleError, parse
from press.model.finding import Checked, Finding, Place, error
from press.model.house import House
from press.model.segment import Segment, SegmentRule
from press.model.segment_rule import All, AnyOf, Not, OnList, Rule


def read_segments(house: House) -> Checked[Mapping[Segment, Rule]]:
    """Return the rule of every segment; what cannot be read is told and left out."""
    rules: dict[Segment, Rule] = {}
    findings: list[Finding] = []
    for given in house.segment_rules:
        read = read_rule(given, house)
        findings += read.findings
        if read.value is not None:
            rules[given.name] = read.value
    return Checked(value=rules, findings=tuple(findings))


def read_rule(given: SegmentRule, house: House) -> Checked[Rule]:
    """Read one rule, and see that the lists that it names are there."""
    try:
        rule = parse(given.text)
    except RuleError as mistake:
        found = error(
            "segment.rule", str(mistake), _place(given, mistake), mistake.hint
        )
        return Checked(value=None, findings=(found,))
    return Checked(value=rule, findings=tuple(_unknown_lists(rule, given.place, house)))


def _place(given: SegmentRule, mistake: RuleError) -> Place:
    """Return the place of a mistake within the rule, where the line shows the rule."""
    source, column = given.place.source, given.place.column
    begins = source.find(given.text, column - 1) if source and column else -1
    if begins < 0:
        return given.place
    return replace(given.place, column=begins + 1 + mistake.start, width=mistake.width)


def _unknown_lists(rule: Rule, place: Place, house: House) -> Iterator[Finding]:
    for name in dict.fromkeys(_lists(rule)):
        if house.lists and name not in house.lists:
            close = get_close_matches(name, list(house.lists), n=1)
            yield error(
                "segment.unknown-list",
                f"there is no list “{name}” in press.yaml",
                place,
                f"did you mean {close[0]}?"
                if close
                else "write it there, under lists:",
            )


def _lists(rule: Rule) -> Iterator[str]:
    match rule:
        case OnList(name=name):
            yield name
        case Not(rule=inner):
            yield from _lists(inner)
        case All(rules=rules) | AnyOf(rules=rules):
            for each in rules:
                yield from _lists(each)
        case _:
            pass
