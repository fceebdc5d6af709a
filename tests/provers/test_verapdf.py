"""veraPDF's engine with press's rules: each finds the file that breaks it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from press.adapters.provers import VeraPdfProver
from press.adapters.provers.rules import RULES
from press.model.printer import Standard
from press.model.proof_result import ProofResult, Question, Verdict
from tests.provers.faults import FAULTS
from tests.provers.press_file import (
    Fault,
    a_job,
    a_printer,
    broken_rules,
    paint,
    press_pdf,
    save,
)

CASES = [
    pytest.param(number, standard, id=f"{fault.rule}-{number}-{standard.name}")
    for number, fault in enumerate(FAULTS)
    for standard in fault.standards
]
#: A child that dies of one file, hangs on another, gives up on a third.
CHILD = """
import json, os, sys, time
order = json.load(sys.stdin)
if "never" in order["jobs"][0][0]:
    sys.exit("no Java")
print(json.dumps({"ready": True}), flush=True)
for file, _ in order["jobs"]:
    if "dies" in file:
        os.kill(os.getpid(), 9)
    if "hangs" in file:
        time.sleep(600)
    if "puzzles" in file:
        print(json.dumps({"gave up": "no such property"}), flush=True)
        continue
    print(json.dumps({"passed": True, "tests": 7, "breaches": []}), flush=True)
"""


def spoilt(fault: Fault, standard: Standard, profile: bytes, file: Path) -> Path:
    pdf = press_pdf(profile, standard)
    fault.spoil(pdf)
    save(pdf, file, standard, **fault.settings)
    data = file.read_bytes()
    old, new = fault.patch
    assert old in data
    if old:
        file.write_bytes(data.replace(old, new))
    return file


@pytest.fixture(scope="module")
def answers(
    verapdf: VeraPdfProver, profile: bytes, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[int, Standard], ProofResult]:
    """All files in one go: starting Java takes longer than the rest."""
    folder = tmp_path_factory.mktemp("faults")
    cases = [
        (number, standard)
        for number, fault in enumerate(FAULTS)
        for standard in fault.standards
    ]
    jobs = [
        a_job(
            spoilt(
                FAULTS[number], standard, profile, folder / f"{number}{standard.name}"
            ),
            Question.PDFX,
            printer=a_printer(standard),
        )
        for number, standard in cases
    ]
    return dict(zip(cases, verapdf.prove(jobs), strict=True))


def test_every_rule_has_a_file_that_breaks_it() -> None:
    broken = {(fault.rule, std) for fault in FAULTS for std in fault.standards}

    rules = {(rule.name, std) for rule in RULES for std in rule.standards}

    # A file without ID cannot be made with the streams that PDF/X-4 may have.
    assert rules - broken == {("id", Standard.X4)}
    assert broken - rules == set()


@pytest.mark.long
@pytest.mark.parametrize(("number", "standard"), CASES)
def test_a_rule_finds_the_file_that_breaks_it(
    answers: dict[tuple[int, Standard], ProofResult], number: int, standard: Standard
) -> None:
    answer = answers[number, standard]

    assert answer.verdict is Verdict.FAILED, answer.says
    assert FAULTS[number].rule in broken_rules(answer)
    assert len(answer.breaches) <= 3


@pytest.mark.long
@pytest.mark.parametrize("standard", Standard)
def test_a_file_without_a_fault_passes(
    verapdf: VeraPdfProver, profile: bytes, tmp_path: Path, standard: Standard
) -> None:
    file = save(press_pdf(profile, standard), tmp_path / "clean.pdf", standard)

    job = a_job(file, Question.PDFX, Question.PDFA, printer=a_printer(standard))
    answers = verapdf.prove([job])

    assert [answer.question for answer in answers] == [Question.PDFX, Question.PDFA]
    for answer in answers:
        assert answer.verdict is Verdict.PASSED, answer.breaches
        assert answer.tests > 20


@pytest.mark.long
def test_a_breach_says_its_page_and_how_often(
    verapdf: VeraPdfProver, profile: bytes, tmp_path: Path
) -> None:
    pdf = press_pdf(profile)
    other = press_pdf(profile)
    paint(other, b"1 0 0 rg 0 0 5 5 re f 0 1 0 rg 9 9 5 5 re f")
    pdf.pages.extend(other.pages)

    job = a_job(save(pdf, tmp_path / "red.pdf"), Question.PDFX, Question.PDFA)
    own, clauses = verapdf.prove([job])

    (breach,) = own.breaches
    assert (breach.rule, breach.page) == ("rgb", 2)
    assert breach.count >= 2
    assert "6.2.3.3-1" in broken_rules(clauses)


@pytest.mark.long
def test_a_file_that_says_nothing_to_readers_is_not_accessible(
    verapdf: VeraPdfProver, profile: bytes, tmp_path: Path
) -> None:
    file = save(press_pdf(profile), tmp_path / "untagged.pdf")

    (answer,) = verapdf.prove([a_job(file, Question.PDFUA)])

    assert answer.verdict is Verdict.FAILED
    assert "6.2-1" in broken_rules(answer)


@pytest.mark.long
def test_what_is_no_pdf_fails(verapdf: VeraPdfProver, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_text("Dear printer")

    (answer,) = verapdf.prove([a_job(file, Question.PDFX)])

    assert answer.verdict is Verdict.FAILED
    assert broken_rules(answer) == {"unreadable"}


def test_a_file_that_the_child_does_not_survive_costs_its_own_answer_alone(
    tmp_path: Path,
) -> None:
    child = tmp_path / "child.py"
    child.write_text(CHILD)
    names = ("good", "dies", "good", "hangs", "puzzles", "good")
    jobs = [a_job(tmp_path / f"{name}.pdf", Question.PDFX) for name in names]

    answers = VeraPdfProver(sys.executable, script=child, each=0.5).prove(jobs)

    told = [(one.file.removesuffix(".pdf"), one.verdict, one.says) for one in answers]
    assert told == [
        ("good", Verdict.PASSED, ""),
        ("dies", Verdict.BROKEN, "killed by signal 9"),
        ("good", Verdict.PASSED, ""),
        ("hangs", Verdict.BROKEN, "no answer in 0.5 s"),
        ("puzzles", Verdict.BROKEN, "gave up: no such property"),
        ("good", Verdict.PASSED, ""),
    ]


def test_a_child_that_cannot_start_says_why_and_is_not_asked_again(
    tmp_path: Path,
) -> None:
    child = tmp_path / "child.py"
    child.write_text(CHILD)
    jobs = [a_job(tmp_path / f"never{n}.pdf", Question.PDFX) for n in range(3)]

    answers = VeraPdfProver(sys.executable, script=child).prove(jobs)

    assert [one.says for one in answers] == ["ended with code 1: no Java"] * 3
    assert {one.verdict for one in answers} == {Verdict.BROKEN}


def test_a_python_without_the_packages_is_no_verapdf(tmp_path: Path) -> None:
    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\nexit 1\n")
    bare.chmod(0o755)

    assert VeraPdfProver(str(bare)).available() is None
    assert VeraPdfProver(str(tmp_path / "nowhere")).available() is None
