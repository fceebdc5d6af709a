"""qpdf: whether a file's syntax is whole."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence

from press.model.proof_result import (
    Breach,
    ProofJob,
    ProofResult,
    Question,
    Verdict,
)

SECONDS = 120
#: What qpdf tells of a file that it found whole, too.
TOLD = ("checking ", "PDF Version", "File is ", "No syntax")


class QpdfProver:
    """Asks `qpdf --check`."""

    name = "qpdf"
    answers = frozenset({Question.STRUCTURE})
    how_to_get = (
        "install qpdf with the system's packages (Debian: apt-get install qpdf)"
    )

    def __init__(self, program: str = "qpdf") -> None:
        self._program = shutil.which(program)

    def available(self) -> str | None:
        """Return its version, None where it is not there."""
        if self._program is None:
            return None
        try:
            said = _run([self._program, "--version"]).stdout
        except (OSError, subprocess.SubprocessError):
            return None
        found = re.search(r"version (\S+)", said)
        return found[1] if found else None

    def prove(self, jobs: Sequence[ProofJob]) -> Sequence[ProofResult]:
        """Return its answers, job by job."""
        version = self.available() or ""
        return [
            self._check(job, version)
            for job in jobs
            if Question.STRUCTURE in job.questions
        ]

    def _check(self, job: ProofJob, version: str) -> ProofResult:
        verdict, says = Verdict.PASSED, ""
        breaches: tuple[Breach, ...] = ()
        try:
            done = _run([str(self._program), "--check", str(job.file.absolute())])
            if done.returncode < 0:
                verdict = Verdict.BROKEN
                says = f"killed by signal {-done.returncode}"
            elif done.returncode:
                verdict, breaches = Verdict.FAILED, _breaches(done, job)
        except subprocess.TimeoutExpired:
            verdict, says = Verdict.BROKEN, f"no answer in {SECONDS} s"
        except OSError as error:
            verdict, says = Verdict.BROKEN, f"cannot be started: {error.strerror}"
        return ProofResult(
            tool=self.name,
            version=version,
            file=job.file.name,
            question=Question.STRUCTURE,
            verdict=verdict,
            tests=1,
            breaches=breaches,
            says=says,
        )


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- found in the path, no shell
        command,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=SECONDS,
        check=False,
    )


def _breaches(
    done: subprocess.CompletedProcess[str], job: ProofJob
) -> tuple[Breach, ...]:
    file = str(job.file.absolute())
    lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
    bad = [line for line in lines if not line.startswith(TOLD)] or ["no reason given"]
    message = bad[0].removeprefix("WARNING: ").replace(file, job.file.name)
    return (Breach(rule="syntax", message=message, count=len(bad)),)
