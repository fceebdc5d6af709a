"""Ghostscript: what reaches the plates."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import pikepdf

from press.adapters.provers.eye import Eye
from press.adapters.provers.measures import (
    BlackType,
    Box,
    Coverage,
    Drawn,
    Measure,
    OverprintedType,
)
from press.adapters.provers.opinion import CLOSER, SecondOpinion
from press.adapters.provers.plates import PAGE_SECONDS, Inks, Plates, PlatesError
from press.model.length import Length
from press.model.proof_result import (
    Breach,
    ProofJob,
    ProofResult,
    Question,
    Verdict,
)

PPI = 100
#: Enough to see whether a page is drawn at all.
COARSE_PPI = 36
#: Ink that prints over other ink is drawn so, or as if it did not.
OVERPRINTED = ("-dOverprint=/simulate",)
KNOCKED_OUT = ("-dOverprint=/disable",)
TYPE_ONLY = ("-dFILTERIMAGE", "-dFILTERVECTOR", *KNOCKED_OUT)
WITHOUT_TYPE = ("-dFILTERTEXT", *OVERPRINTED)
SMOOTH = ("-dGraphicsAlphaBits=4", "-dTextAlphaBits=4", *OVERPRINTED)
SECONDS = 120
ON_PLATES = frozenset(
    {Question.INK, Question.BLACK, Question.OVERPRINT, Question.SECOND_OPINION}
)
CMYK = 4
#: A piece of type as Ghostscript's device txtwrite tells it.
SPAN = re.compile(rb'<span bbox="(-?\d+) (-?\d+) (-?\d+) -?\d+"[^>]* size="([\d.]+)"')


class GhostscriptProver:
    """Asks Ghostscript to draw a file's pages, and measures what it drew."""

    name = "Ghostscript"
    answers = frozenset({Question.DRAWING, *ON_PLATES})
    how_to_get = (
        "install ghostscript with the system's packages"
        " (Debian: apt-get install ghostscript)"
    )

    def __init__(self, program: str = "gs", *, seconds: float = PAGE_SECONDS) -> None:
        self._program = shutil.which(program) or ""
        self._seconds = seconds

    def available(self) -> str | None:
        """Return its version, None where it is not there."""
        return self._version

    @cached_property
    def _version(self) -> str | None:
        if not self._program:
            return None
        try:
            return self._run("--version").decode().strip()
        except (OSError, subprocess.SubprocessError):
            return None

    def prove(self, jobs: Sequence[ProofJob]) -> Sequence[ProofResult]:
        """Return its answers, job by job."""
        return [
            answer
            for job in jobs
            if self.answers & set(job.questions)
            for answer in self._prove(job)
        ]

    def _prove(self, job: ProofJob) -> list[ProofResult]:
        asked = [one for one in job.questions if one in self.answers]
        with tempfile.TemporaryDirectory(prefix="press-plates-") as scratch:
            try:
                pages, profile = _look(job.file, Path(scratch))
                with Eye(job.file) as eye:
                    measures = self._measures(job, asked, profile, eye)
                    return self._ask(job, asked, pages, profile, measures)
            except pikepdf.PdfError as error:
                said = str(error).replace(str(job.file), job.file.name)
                breach = Breach(rule="unreadable", message=" ".join(said.split()))
                return [
                    self._result(job, one, verdict=Verdict.FAILED, breaches=(breach,))
                    for one in asked
                ]
            except (PlatesError, OSError) as error:
                return [
                    self._result(job, one, verdict=Verdict.BROKEN, says=str(error))
                    for one in asked
                ]

    def _ask(
        self,
        job: ProofJob,
        asked: list[Question],
        pages: int,
        profile: Path | None,
        measures: Sequence[Measure],
    ) -> list[ProofResult]:
        ways = (OVERPRINTED, KNOCKED_OUT, TYPE_ONLY, WITHOUT_TYPE)
        ppi = PPI if measures else COARSE_PPI
        drawings = [
            self._plates(job, profile, way, ppi)
            for way in (ways if measures else ways[:1])
        ]
        drawn = 0
        for drawn, inks in enumerate(zip(*drawings, strict=False), 1):
            if measures:
                whole, knocked_out, type_only, without_type = inks
                page = Drawn(
                    number=drawn,
                    whole=whole,
                    knocked_out=knocked_out,
                    type_only=type_only,
                    without_type=without_type,
                )
                for measure in measures:
                    measure.look(page)
        complaints = list(dict.fromkeys(drawings[0].complaints))
        if drawn != pages:
            complaints.append(f"{drawn} of {pages} pages were drawn")
        found = {Question.DRAWING: _complained(complaints)}
        tests, says = {Question.DRAWING: drawn}, {Question.DRAWING: ""}
        for question in ON_PLATES if not profile else ():
            found[question] = (_NO_PROFILE,)
        for measure in measures:
            found[measure.question] = measure.breaches()
            tests[measure.question] = measure.tests
            says[measure.question] = measure.says()
        return [
            self._result(
                job,
                one,
                verdict=Verdict.FAILED if found[one] else Verdict.PASSED,
                tests=tests.get(one, 0),
                breaches=found[one],
                says=says.get(one, ""),
            )
            for one in asked
        ]

    def _measures(
        self, job: ProofJob, asked: Sequence[Question], profile: Path | None, eye: Eye
    ) -> list[Measure]:
        if profile is None:
            return []
        everything: list[Measure] = [
            Coverage(job.printer.ink, PPI),
            BlackType(PPI),
            OverprintedType(job.printer, PPI, lambda page: self._type_of(job, page)),
            SecondOpinion(PPI, eye.draw, lambda page: self._closer(job, page, profile)),
        ]
        return [measure for measure in everything if measure.question in asked]

    def _plates(
        self,
        job: ProofJob,
        profile: Path | None,
        switches: Sequence[str],
        ppi: int = PPI,
    ) -> Plates:
        return Plates(
            program=self._program,
            file=job.file,
            ppi=ppi,
            profile=profile,
            switches=switches,
            seconds=self._seconds,
        )

    def _closer(self, job: ProofJob, page: int, profile: Path) -> Inks:
        """Return the plates of a page with smooth edges and finer pixels."""
        alone = (f"-dFirstPage={page}", f"-dLastPage={page}")
        for inks in self._plates(job, profile, (*SMOOTH, *alone), PPI * CLOSER):
            return inks
        raise PlatesError(f"page {page} cannot be drawn a second time")

    def _type_of(self, job: ProofJob, page: int) -> list[Box]:
        """Return the type of a page, in pixels of the plates."""
        try:
            told = self._run(
                *("-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=txtwrite"),
                *(f"-r{PPI}", "-dTextFormat=0", "-dUseBleedBox"),
                *(f"-dFirstPage={page}", f"-dLastPage={page}", "-sOutputFile=-"),
                str(job.file.absolute()),
            )
        except subprocess.SubprocessError as error:
            raise PlatesError(f"the type of page {page} cannot be read") from error
        return [
            Box(
                left=float(left),
                baseline=float(baseline),
                right=float(right),
                size=Length.of_pt(float(size)),
            )
            for left, baseline, right, size in SPAN.findall(told)
        ]

    def _run(self, *arguments: str) -> bytes:
        return subprocess.run(  # noqa: S603 -- found in the path, no shell
            [self._program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        ).stdout

    def _result(
        self,
        job: ProofJob,
        question: Question,
        *,
        verdict: Verdict,
        tests: int = 0,
        breaches: tuple[Breach, ...] = (),
        says: str = "",
    ) -> ProofResult:
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


_NO_PROFILE = Breach(
    rule="plates",
    message="the file carries no output profile of a CMYK press, so that nobody can"
    " tell what reaches its plates",
)


def _complained(complaints: Sequence[str]) -> tuple[Breach, ...]:
    if not complaints:
        return ()
    return (Breach(rule="drawing", message=complaints[0], count=len(complaints)),)


def _look(file: Path, scratch: Path) -> tuple[int, Path | None]:
    """Return a file's number of pages, and its output profile as a file."""
    with pikepdf.open(file) as pdf:
        for intent in pdf.Root.get("/OutputIntents", ()):
            stream = intent.get("/DestOutputProfile")
            if stream is not None and stream.get("/N") == CMYK:
                profile = scratch / "profile"
                profile.write_bytes(stream.read_bytes())
                return len(pdf.pages), profile
        return len(pdf.pages), None
