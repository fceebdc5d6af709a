"""The agreed pairs, through the whole way: CommonMark, copy, typography, CommonMark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from press.intake.typography import set_runs
from press.manifest.body import read_body
from press.model.copy import Mark, Paragraph, Run, Runs

SIGNS = {Mark.EMPHASIS: "*", Mark.STRONG: "**", Mark.CODE: "`", Mark.DELETED: "~~"}


def written(runs: Runs) -> str:
    """Write runs as CommonMark."""
    return "".join(_written(run) for run in runs)


def _written(run: Run) -> str:
    text = run.text
    for mark in run.marks:
        text = f"{SIGNS[mark]}{text}{SIGNS[mark]}"
    if run.link is not None:
        text = f"<{text}>" if run.link == run.text else f"[{text}]({run.link})"
    return text


def set_commonmark(text: str) -> str:
    blocks = read_body(text, file="x.md", first_line=1).copy.blocks
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    assert len(paragraphs) == len(blocks)
    return "\n\n".join(written(set_runs(p.runs, lang="en-GB")) for p in paragraphs)


def test_all_agreed_pairs_come_out_as_agreed(corpus: Path) -> None:
    file = corpus / "awkward" / "text" / "TRUTH-typography-en-GB.json"
    pairs = json.loads(file.read_text(encoding="utf-8"))

    wrong = [
        (pair["input"], pair["expected"], set_commonmark(pair["input"]))
        for pair in pairs
        if set_commonmark(pair["input"]) != pair["expected"]
    ]

    assert len(pairs) == 42
    assert wrong == []


#: The table of house style; a middle dot stands for a no-break space.
HOUSE = [
    ('"Straight" quotes', "“Straight” quotes"),
    ('["bracket"]', "[“bracket”]"),
    ("('in brackets')", "(‘in brackets’)"),
    ('"*emphasis*"', "“*emphasis*”"),
    ('"Quote one.\n\n"Quote two."', "“Quote one.\n\n“Quote two.”"),
    ("“already” curly", "“already” curly"),
    ("‘tis", "’tis"),
    ("It's the dogs' dinner", "It’s the dogs’ dinner"),
    ("O'Neill's", "O’Neill’s"),
    ("'twas", "’twas"),
    ("the '90s", "the ’90s"),
    ("'em", "’em"),
    ("rock 'n' roll", "rock ’n’ roll"),
    ("fish 'n' chips", "fish ’n’ chips"),
    ("word -- word", "word – word"),
    ("word — word", "word – word"),
    ("word - word", "word – word"),
    ("Conservative-Labour", "Conservative-Labour"),
    ("A-level", "A-level"),
    ("CF-000123", "CF-000123"),
    ("10-12 August", "10–12 August"),
    ("pp. 3-4", "pp.·3–4"),
    ("wait...", "wait…"),
    ("wait....", "wait…"),
    ("£1.5 million", "£1.5·million"),
    ("100 km", "100·km"),
    ("10 Downing Street", "10·Downing Street"),
    ("Mr Smith", "Mr·Smith"),
    ("No. 10", "No.·10"),
    ("6 August 2024", "6·August 2024"),
    ("+44 20 7946 0018", "+44·20·7946·0018"),
    ("5 x 4", "5·×·4"),
    ("6' 2\"", "6′·2″"),
    ("(c) 2024", "© 2024"),
    ("CO2", "CO₂"),
    ("1/2", "½"),
    ("24/7", "24/7"),
    ("9/11", "9/11"),
    ("a  double  space", "a double space"),
    ('said:"No space"', "said: “No space”"),
    ('<https://example.org/"x">', '<https://example.org/"x">'),
]


@pytest.mark.parametrize(("text", "expected"), HOUSE)
def test_house_style_is_kept(text: str, expected: str) -> None:
    assert set_commonmark(text) == expected.replace("·", "\u00a0")
