"""press prove: every tool asked about every file, and nothing proven left unsaid."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from press.adapters.provers import GhostscriptProver
from press.cli import run
from press.cli.app import app
from press.cli.outcome import Outcome, to_json
from press.cli.proofs import tell
from press.desk.prove import ProveOrder, prove_edition
from press.model.edition import EditionId
from press.model.errors import ExitCode, NotReadyError
from press.model.finding import Severity
from press.model.proof_result import (
    Breach,
    ProofJob,
    ProofResult,
    Question,
    Verdict,
)
from tests.newspaper import ID, Newspaper, a_newspaper


class Unseen:
    """Progress that nobody watches."""

    def step(self, what: str, done: int, of: int) -> None:
        del what, done, of


@dataclass(frozen=True)
class Judge:
    """A tool that gives one verdict on everything."""

    name: str
    verdict: Verdict
    answers: frozenset[Question] = frozenset({Question.STRUCTURE})
    how_to_get: str = "buy one"

    def available(self) -> str | None:
        return None if self.verdict is Verdict.NOT_RUN else "7"

    def prove(self, jobs: Sequence[ProofJob]) -> Sequence[ProofResult]:
        failed = self.verdict is Verdict.FAILED
        breach = Breach(rule="ink", message="too blue", count=3, page=2)
        return [
            ProofResult(
                tool=self.name,
                version="7",
                file=job.file.name,
                question=question,
                verdict=self.verdict,
                breaches=(breach,) if failed else (),
                says="it hung" if self.verdict is Verdict.BROKEN else "",
            )
            for job in jobs
            for question in job.questions
            if question in self.answers
        ]


def order(newspaper: Newspaper) -> ProveOrder:
    return ProveOrder(paper=newspaper.root, edition=EditionId(ID))


@pytest.fixture
def newspaper(tmp_path: Path) -> Newspaper:
    """A newspaper that was never built: tools are asked, not pages."""
    return a_newspaper(tmp_path / "paper")


@pytest.fixture
def printed(newspaper: Newspaper) -> Newspaper:
    """A newspaper whose build has print.pdf and two pages, and no other file."""
    for name in ("print.pdf", "pages/L_001.pdf", "pages/L_002.pdf"):
        file = newspaper.built / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"%PDF-1.4")
    return newspaper


def test_every_file_that_was_made_is_asked_about(printed: Newspaper) -> None:
    proven = prove_edition(order(printed), Unseen(), [Judge("Judge", Verdict.PASSED)])

    assert proven.value is not None
    files = [one.file for one in proven.value]
    assert files == ["print.pdf", "L_001.pdf", "L_002.pdf"]
    assert [(one.code, one.severity) for one in proven.findings] == [
        ("prove.file", Severity.NOTE),
        ("prove.file", Severity.NOTE),
    ]
    assert list(tell(proven.value)) == [
        "print.pdf to L_002.pdf",
        "  passed   structure (Judge 7)",
    ]


def test_what_a_tool_finds_is_an_error_with_its_page(printed: Newspaper) -> None:
    proven = prove_edition(order(printed), Unseen(), [Judge("Judge", Verdict.FAILED)])

    found = [one for one in proven.findings if one.code == "prove.breach"]
    assert {one.severity for one in found} == {Severity.ERROR}
    assert found[0].message == "Judge, structure: too blue (3 times) [ink]"
    assert [(one.place.file, one.place.page) for one in found] == [
        (f"build/{ID}/print.pdf", 2),
        (f"build/{ID}/pages/L_001.pdf", 2),
        (f"build/{ID}/pages/L_002.pdf", 2),
    ]


def test_a_tool_that_gave_up_has_proven_nothing(printed: Newspaper) -> None:
    proven = prove_edition(order(printed), Unseen(), [Judge("Judge", Verdict.BROKEN)])

    found = [one for one in proven.findings if one.code == "prove.broken"]
    assert {one.severity for one in found} == {Severity.ERROR}
    assert found[0].message == "Judge, structure: it hung; nothing is proven"


def test_what_a_missing_tool_leaves_open_is_said_with_the_way_out(
    printed: Newspaper,
) -> None:
    judges = [
        Judge("Here", Verdict.PASSED),
        Judge("Away", Verdict.NOT_RUN, frozenset({Question.INK, Question.STRICT})),
    ]

    proven = prove_edition(order(printed), Unseen(), judges)

    (missing,) = [one for one in proven.findings if one.code == "prove.missing"]
    assert missing.severity is Severity.WARNING
    assert missing.message == "Away is not here; not proven: strict reading, ink"
    assert missing.hint == "buy one"
    assert proven.value is not None
    outcome = Outcome(edition=ID, findings=proven.findings, proofs=proven.value)
    assert outcome.exit_code is ExitCode.OK
    data = json.loads(to_json(outcome))
    verdicts = {(one["tool"], one["verdict"]) for one in data["proofs"]}
    assert verdicts == {("Here", "passed"), ("Away", "not run")}


def test_what_two_renderers_draw_in_two_ways_wants_a_look(printed: Newspaper) -> None:
    judge = Judge("Judge", Verdict.FAILED, frozenset({Question.SECOND_OPINION}))

    proven = prove_edition(order(printed), Unseen(), [judge])

    (found,) = [one for one in proven.findings if one.severity is not Severity.NOTE]
    assert (found.code, found.severity) == ("prove.opinion", Severity.WARNING)
    assert (found.place.file, found.place.page) == (f"build/{ID}/print.pdf", 2)
    assert found.message.startswith("Judge, second opinion: too blue")
    assert found.hint is not None
    outcome = Outcome(edition=ID, findings=proven.findings)
    assert outcome.exit_code is ExitCode.OK


def test_without_ghostscript_there_is_no_second_opinion(printed: Newspaper) -> None:
    proven = prove_edition(
        order(printed), Unseen(), [GhostscriptProver("no-such-ghostscript")]
    )

    (missing,) = [one for one in proven.findings if one.code == "prove.missing"]
    assert missing.message.startswith("Ghostscript is not here; not proven: ")
    assert missing.message.endswith(", second opinion")
    assert missing.hint is not None
    assert "install ghostscript" in missing.hint


def test_there_must_be_a_build_to_prove(newspaper: Newspaper) -> None:
    with pytest.raises(NotReadyError) as stopped:
        prove_edition(order(newspaper), Unseen(), [Judge("Judge", Verdict.PASSED)])

    assert stopped.value.hint == f"build the edition first: press build-edition {ID}"


def test_the_command_ends_with_what_was_found(
    newspaper: Newspaper,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(newspaper.root)
    bad = tmp_path / "build"
    bad.mkdir()
    (bad / "print.pdf").write_text("Dear printer")
    monkeypatch.setattr(
        "press.desk.prove.find_provers", lambda: (Judge("Judge", Verdict.FAILED),)
    )

    code = run(app, ["prove", ID, "--out", str(bad)])

    out, err = capfd.readouterr()
    assert code == ExitCode.NOT_READY
    assert out.splitlines() == ["print.pdf", "  FAILED   structure (Judge 7)"]
    assert "too blue (3 times) [ink] (page 2) [prove.breach]" in err
