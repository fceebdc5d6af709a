"""Ghostscript's plates: ink, black type, overprint, and what cannot be drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from press.adapters.provers import GhostscriptProver
from press.model.printer import InkLimit
from press.model.proof_result import ProofResult, Question, Verdict
from tests.provers.faults import font_outside
from tests.provers.press_file import (
    a_job,
    a_printer,
    broken_rules,
    page_of,
    paint,
    press_pdf,
    save,
    shown,
)

PLATES = (Question.DRAWING, Question.INK, Question.BLACK, Question.OVERPRINT)
#: Pixels of the page at 100 an inch.
PIXELS = 278**2


def proven(
    prover: GhostscriptProver,
    pdf: pikepdf.Pdf,
    folder: Path,
    question: Question,
    ink: InkLimit | None = None,
) -> ProofResult:
    job = a_job(save(pdf, folder / "page.pdf"), question, printer=a_printer(ink=ink))
    (answer,) = prover.prove([job])
    assert answer.question is question
    return answer


def text(words: str, size: int, colour: bytes, state: bytes = b"") -> bytes:
    placed = b" BT /F1 %d Tf 30 24 Td %s Tj ET" % (size, shown(words))
    return state + colour + placed


def test_a_file_without_a_fault_passes(
    ghostscript: GhostscriptProver, profile: bytes, tmp_path: Path
) -> None:
    file = save(press_pdf(profile), tmp_path / "page.pdf")

    answers = ghostscript.prove([a_job(file, *PLATES)])

    assert [answer.question for answer in answers] == list(PLATES)
    assert {answer.verdict for answer in answers} == {Verdict.PASSED}
    drawing, ink, black, overprint = answers
    assert drawing.tests == 1
    assert ink.tests == PIXELS
    assert ink.says.startswith("at most 149.8 % of ink at a point (limit 220 %), 58.")
    assert black.tests > 400
    # The headline lies over the tint too, but may knock out.
    printed_over = int(overprint.says.partition(" of ")[0])
    assert 0 < printed_over < overprint.tests


def test_too_much_ink_at_a_point_is_found_in_its_place(
    ghostscript: GhostscriptProver, profile: bytes, tmp_path: Path
) -> None:
    pdf = press_pdf(profile)
    paint(pdf, b"1 0.5 0.5 0.3 k 72 144 4 4 re f")

    answer = proven(ghostscript, pdf, tmp_path, Question.INK)

    assert answer.verdict is Verdict.FAILED
    (breach,) = answer.breaches
    assert (breach.rule, breach.page) == ("ink-point", 1)
    assert breach.message.startswith("229.")
    assert "25 mm from the left and 18 mm from the top" in breach.message


@pytest.mark.parametrize(
    ("state", "width", "passes"),
    [
        pytest.param(b"/Over gs", 1, True, id="a little that overprints"),
        pytest.param(b"/Over gs", 12, False, id="much that overprints"),
        pytest.param(b"0 1 0.9 1 k", 1, False, id="a little in all inks"),
    ],
)
def test_only_a_little_black_over_a_strong_colour_may_pass_the_limit(
    ghostscript: GhostscriptProver,
    profile: bytes,
    tmp_path: Path,
    state: bytes,
    width: int,
    passes: bool,
) -> None:
    pdf = press_pdf(profile)
    paint(
        pdf,
        b"0 1 0.9 0 k 60 120 60 60 re f 0 0 0 1 k %s 72 130 %d 14 re f"
        % (state, width),
    )

    answer = proven(ghostscript, pdf, tmp_path, Question.INK)

    assert answer.says.startswith("at most 289.")
    assert ("let pass" in answer.says) == passes
    assert broken_rules(answer) == (set() if passes else {"ink-point"})


def test_ink_within_the_limit_passes(
    ghostscript: GhostscriptProver, profile: bytes, tmp_path: Path
) -> None:
    pdf = press_pdf(profile)
    paint(pdf, b"0.9 0.5 0.5 0.3 k 72 144 4 4 re f")

    assert proven(ghostscript, pdf, tmp_path, Question.INK).verdict is Verdict.PASSED


@pytest.mark.parametrize(("side", "passes"), [(60, False), (30, True)])
def test_much_ink_is_an_error_in_the_mean_of_a_square(
    ghostscript: GhostscriptProver,
    profile: bytes,
    tmp_path: Path,
    side: int,
    passes: bool,
) -> None:
    pdf = press_pdf(profile)
    paint(pdf, b"1 1 1 0 k 100 110 %d %d re f" % (side, side))

    limit = InkLimit(point=400.0, window=245.0)
    answer = proven(ghostscript, pdf, tmp_path, Question.INK, limit)

    assert (answer.verdict is Verdict.PASSED) == passes
    assert broken_rules(answer) == (set() if passes else {"ink-window"})


@pytest.mark.parametrize(
    ("colour", "passes"),
    [
        (b"0 0 0 1 k", True),
        (b"0 g", True),
        (b"0.4 0.3 0.3 1 k", False),
        (b"0 0 0 rg", False),
        (b"1 0.7 0 0.4 k", True),
        (b"0 0 0 0.9 k", True),
    ],
)
def test_black_type_in_several_inks_is_found(
    ghostscript: GhostscriptProver,
    profile: bytes,
    tmp_path: Path,
    colour: bytes,
    passes: bool,
) -> None:
    pdf = press_pdf(profile)
    paint(pdf, text("Lamp", 14, colour))

    answer = proven(ghostscript, pdf, tmp_path, Question.BLACK)

    assert (answer.verdict is Verdict.PASSED) == passes
    assert broken_rules(answer) == (set() if passes else {"black-type"})


@pytest.mark.parametrize(
    ("size", "state", "passes"),
    [(9, b"", False), (9, b"/Over gs ", True), (14, b"", True), (11, b"", False)],
)
def test_small_black_type_that_knocks_out_is_found(
    ghostscript: GhostscriptProver,
    profile: bytes,
    tmp_path: Path,
    size: int,
    state: bytes,
    passes: bool,
) -> None:
    pdf = press_pdf(profile)
    paint(pdf, text("Lampa", size, b"0 0 0 1 k", state))

    answer = proven(ghostscript, pdf, tmp_path, Question.OVERPRINT)

    assert (answer.verdict is Verdict.PASSED) == passes
    assert broken_rules(answer) == (set() if passes else {"overprint"})


def test_where_black_stands_on_nothing_there_is_nothing_to_print_over(
    ghostscript: GhostscriptProver, profile: bytes, tmp_path: Path
) -> None:
    pdf = press_pdf(profile)
    page_of(pdf).Contents = pikepdf.Stream(pdf, text("Lamp", 9, b"0 0 0 1 k"))

    answer = proven(ghostscript, pdf, tmp_path, Question.OVERPRINT)

    assert answer.verdict is Verdict.PASSED
    assert (answer.tests, answer.says) == (0, "no black type stands on colour")


def test_without_a_profile_nobody_can_tell_the_plates(
    ghostscript: GhostscriptProver, profile: bytes, tmp_path: Path
) -> None:
    pdf = press_pdf(profile)
    del pdf.Root.OutputIntents

    answers = ghostscript.prove([a_job(save(pdf, tmp_path / "page.pdf"), *PLATES)])

    verdicts = [answer.verdict for answer in answers]
    assert verdicts == [Verdict.PASSED, *[Verdict.FAILED] * 3]
    assert broken_rules(answers[1]) == {"plates"}


@pytest.mark.parametrize(
    ("operators", "said"), [(b"Q Q", "more Q than q"), (b"/None Do", "resource")]
)
def test_what_the_renderer_complains_of_is_found(
    ghostscript: GhostscriptProver,
    profile: bytes,
    tmp_path: Path,
    operators: bytes,
    said: str,
) -> None:
    pdf = press_pdf(profile)
    paint(pdf, operators)

    answer = proven(ghostscript, pdf, tmp_path, Question.DRAWING)

    assert answer.verdict is Verdict.FAILED
    assert said in answer.breaches[0].message


def test_a_font_that_the_renderer_must_replace_is_found(
    ghostscript: GhostscriptProver, profile: bytes, tmp_path: Path
) -> None:
    pdf = press_pdf(profile)
    font_outside(pdf)

    answer = proven(ghostscript, pdf, tmp_path, Question.DRAWING)

    assert answer.verdict is Verdict.FAILED
    assert "Helvetica" in answer.breaches[0].message


def test_what_is_no_pdf_fails(ghostscript: GhostscriptProver, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_text("Dear printer")

    answers = ghostscript.prove([a_job(file, *PLATES)])

    assert {answer.verdict for answer in answers} == {Verdict.FAILED}
    assert broken_rules(answers[0]) == {"unreadable"}


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("exec sleep 60", "no page in 0.3 s"),
        ("kill -9 $$", "killed by signal 9"),
    ],
)
def test_a_renderer_that_hangs_or_dies_proves_nothing(
    profile: bytes, tmp_path: Path, deed: str, said: str
) -> None:
    program = tmp_path / "gs"
    program.write_text(f"#!/bin/sh\n[ $1 = --version ] && echo 10 && exit\n{deed}\n")
    program.chmod(0o755)
    file = save(press_pdf(profile), tmp_path / "page.pdf")

    prover = GhostscriptProver(str(program), seconds=0.3)
    answers = prover.prove([a_job(file, *PLATES)])

    assert [(one.verdict, one.says) for one in answers] == [
        (Verdict.BROKEN, said) for _ in PLATES
    ]


def test_a_program_that_is_not_there_is_not_available() -> None:
    assert GhostscriptProver("no-such-ghostscript").available() is None


def test_every_page_is_looked_at(
    ghostscript: GhostscriptProver, profile: bytes, tmp_path: Path
) -> None:
    pdf = press_pdf(profile)
    other = press_pdf(profile)
    paint(other, b"1 1 1 1 k 72 144 4 4 re f")
    pdf.pages.extend(other.pages)

    answer = proven(ghostscript, pdf, tmp_path, Question.INK)

    assert answer.tests == 2 * PIXELS
    assert [breach.page for breach in answer.breaches] == [2]
    assert replace(answer.breaches[0], message="").count == 1
