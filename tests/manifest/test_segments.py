"""Groups of readers and their lists, as press.yaml has them."""

from __future__ import annotations

import json

from press.manifest.json_schema import paper_schema
from press.model.house import House
from tests.manifest.builders import Paper


def house(paper: Paper, text: str) -> House:
    paper.change("press.yaml", "links:", f"{text}\nlinks:")
    read = paper.read_house()
    assert read.findings == ()
    assert read.value is not None
    return read.value


def test_a_bare_name_is_the_tag_of_that_name(paper: Paper) -> None:
    read = house(paper, "segments: [members, by-post]")

    assert read.segments == ("members", "by-post")
    assert [rule.text for rule in read.segment_rules] == [
        'tag "members"',
        'tag "by-post"',
    ]


def test_a_segment_may_have_a_rule(paper: Paper) -> None:
    read = house(
        paper, "segments:\n  members:\n  loyal: opened within 90 days and lang = en"
    )

    assert read.segments == ("members", "loyal")
    members, loyal = read.segment_rules
    assert members.text == 'tag "members"'
    assert loyal.text == "opened within 90 days and lang = en"
    assert loyal.place.source == "  loyal: opened within 90 days and lang = en"
    assert loyal.place.column == 10


def test_lists_have_titles(paper: Paper) -> None:
    read = house(paper, "lists: {digest: The monthly digest, seed-inboxes: Ours}")

    assert read.lists == {"digest": "The monthly digest", "seed-inboxes": "Ours"}


def test_a_name_that_is_none_is_told(paper: Paper) -> None:
    paper.change("press.yaml", "links:", "segments: {Loyal Readers: clicked}\nlinks:")

    (finding,) = paper.read_house().findings

    assert finding.code == "manifest.type"
    assert "“Loyal Readers” is not a name" in finding.message
    assert finding.hint == "write loyal-readers"


def test_editors_programs_know_all_ways_to_write_them() -> None:
    segments = json.loads(paper_schema())["properties"]["segments"]

    assert [way["type"] for way in segments["anyOf"]] == ["string", "array", "object"]
