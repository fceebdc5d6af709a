"""What furniture.yaml says is furniture, and what is told of mistakes in it."""

from __future__ import annotations

import pytest

from press.manifest.furniture import read_furniture
from press.manifest.pattern import fault_in
from press.model.finding import Finding
from press.model.house_rules import HouseRules
from press.model.story import Furniture
from tests.manifest.builders import Paper


def rules(paper: Paper, *lines: str) -> HouseRules:
    checked = given(paper, *lines)
    assert checked[1] == ()
    assert checked[0] is not None
    return checked[0]


def given(paper: Paper, *lines: str) -> tuple[HouseRules | None, tuple[Finding, ...]]:
    paper.write("furniture.yaml", "\n".join(["press: 1", *lines, ""]))
    checked = read_furniture(paper.root)
    return checked.value, checked.findings


def test_a_paper_without_the_file_goes_by_what_press_knows(paper: Paper) -> None:
    checked = read_furniture(paper.root)

    assert checked.findings == ()
    assert checked.value == HouseRules(usual=True)


def test_rules_are_read_in_their_order(paper: Paper) -> None:
    read = rules(
        paper,
        "names: The Sunday Lamp",
        "usual: no",
        "rules:",
        "  - {kind: call, select: [.cta-*, wp:block/900, <aside>]}",
        '  - {kind: related, pattern: "^Read more:", name: pointers}',
    )

    assert read.names == ("The Sunday Lamp",)
    assert not read.usual
    call, related = read.rules
    assert (call.kind, call.select) == (
        Furniture.CALL,
        (".cta-*", "ref:900", "<aside>"),
    )
    assert call.name == ".cta-*, ref:900, <aside>"
    assert call.place.line == 5
    assert related.name == "pointers"
    assert related.pattern is not None
    assert related.pattern.search("READ MORE: the salt tax")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("  - {kind: cal, select: .cta}", "manifest.choice", "“call”"),
        ("  - {kind: call, selector: .cta}", "manifest.unknown-key", "“select”"),
        ("  - {kind: call}", "manifest.missing-key", "add select"),
        ("  - {kind: call, select: cta}", "manifest.type", "write .cta"),
        ("  - {kind: call, select: aside}", "manifest.type", "write <aside>"),
        ("  - {kind: call, select: div.cta > p}", "manifest.type", "one class"),
        ("  - {kind: call, pattern: (lamp}", "manifest.pattern", "backslash"),
        ("  - {kind: call, pattern: .*}", "manifest.pattern", "only furniture"),
        ("  - {kind: call, pattern: (a+)+b}", "manifest.pattern", "repeat nothing"),
    ],
)
def test_a_mistake_is_told_at_its_line_and_the_rest_is_read(
    paper: Paper, line: str, code: str, said: str
) -> None:
    good = "  - {kind: motto, select: .motto}"

    read, findings = given(paper, "rules:", good, line)

    (found,) = findings
    assert (found.code, found.place.line) == (code, 4)
    assert said in (found.hint or "")
    assert read is not None
    assert read.rules[0].kind is Furniture.MOTTO


@pytest.mark.parametrize(
    "pattern",
    [
        "(a*)*x",
        "(?:a|aa)+b",
        "((ab)+c)+",
        r"(\w+\s?)*!",
        r"(x)\1+",
        "(?:a{2,})+",
        ".*a.*b.*c.*d",
        "([a-z]+){20}",
        "lamp" * 100,
    ],
)
def test_patterns_that_could_run_for_ever_are_refused(pattern: str) -> None:
    assert fault_in(pattern)[0]


@pytest.mark.parametrize(
    "pattern",
    [
        "^Read more:",
        r"subscri(?:be|ption) to .*Lamp",
        r"(?:our|the) (?:monthly|weekly) (?:paper)?",
        r"[*+] and \(a\+\)\+",
        r"\d{1,3} (?:readers)+",
        "(?i)SUPPORT US",
    ],
)
def test_plain_patterns_are_taken(pattern: str) -> None:
    assert fault_in(pattern) == ("", None)
