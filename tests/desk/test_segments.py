"""Rules of segments are read where they stand."""

from __future__ import annotations

from press.desk.segments import read_segments
from press.model.finding import Place
from press.model.house import House
from press.model.segment import Segment, SegmentRule
from press.model.segment_rule import Tagged
from press.model.subscriber import ListName
from tests.digest.builders import a_house


def a_paper(text: str, source: str, column: int) -> House:
    rule = SegmentRule(
        name=Segment("loyal"),
        text=text,
        place=Place(file="press.yaml", line=9, column=column, source=source),
    )
    return a_house(
        segment_rules=(rule,), lists={ListName("digest"): "The monthly digest"}
    )


def test_a_rule_is_read() -> None:
    read = read_segments(a_paper("tag members", "  loyal: tag members", 10))

    assert read.findings == ()
    assert read.value == {"loyal": Tagged("members")}


def test_a_mistake_is_shown_within_the_rule() -> None:
    source = "  loyal: opened within 90"

    (found,) = read_segments(a_paper("opened within 90", source, 10)).findings

    assert found.code == "segment.rule"
    assert "days or weeks is needed here" in found.message
    assert (found.place.line, found.place.column) == (9, 26)


def test_a_list_that_is_not_there_is_told() -> None:
    text = "tag a and not list digets"

    (found,) = read_segments(a_paper(text, f"  loyal: {text}", 10)).findings

    assert found.code == "segment.unknown-list"
    assert found.hint == "did you mean digest?"
