"""Prove an edition's files with tools that had no part in making them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from press.adapters.provers import (
    BarcodeProver,
    GhostscriptProver,
    PdfcpuProver,
    QpdfProver,
    VeraPdfProver,
)
from press.adapters.zxing import ZxingCodeReader
from press.desk.barcode import barcode_of
from press.desk.reading import Desk, read_desk
from press.model.edition import EditionId
from press.model.errors import NotReadyError
from press.model.finding import Checked, Finding, Place, error, note, warning
from press.model.proof_result import ProofJob, ProofResult, Question, Verdict
from press.ports import Progress, Prover

#: What is asked of each file; of the front page's bar code only where there is one.
PRINT = (
    *(Question.STRUCTURE, Question.STRICT, Question.PDFX, Question.PDFA),
    *(Question.DRAWING, Question.INK, Question.BLACK, Question.OVERPRINT),
    Question.SECOND_OPINION,
)
SHEETS = (Question.STRUCTURE, Question.STRICT, Question.PDFX, Question.DRAWING)
REPLICA = (Question.STRUCTURE, Question.STRICT, Question.PDFUA, Question.DRAWING)
ASKED = {"print.pdf": PRINT, "replica.pdf": REPLICA, "spreads.pdf": SHEETS}
PAGES = "pages/*.pdf"
TWO_WAYS = (
    "look at that place in both; what two programs draw in two ways, a press may too"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProveOrder:
    """What is to be proven.

    Attributes:
        paper: The newspaper's folder.
        edition: The edition.
        folder: Where its build lies; None for build/<edition>.
    """

    paper: Path
    edition: EditionId
    folder: Path | None = None

    @property
    def build(self) -> Path:
        """Where the build lies."""
        return self.folder or self.paper / "build" / self.edition


def find_provers() -> tuple[Prover, ...]:
    """Return every prover, there or not; settings say where two of them lie."""
    return (
        QpdfProver(),
        PdfcpuProver(os.environ.get("PRESS_PDFCPU", "")),
        VeraPdfProver(os.environ.get("PRESS_VERAPDF", "")),
        GhostscriptProver(),
        BarcodeProver(ZxingCodeReader()),
    )


def prove_edition(
    order: ProveOrder, progress: Progress, provers: Sequence[Prover] = ()
) -> Checked[tuple[ProofResult, ...]]:
    """Ask every tool that is there about every file of an edition's build.

    Raises:
        ManifestError: No edition has such a name.
        MissingToolError: A font of the layout is not there.
        NotReadyError: The edition was not built.
    """
    if not any((order.build / name).is_file() for name in ASKED):
        raise NotReadyError(
            f"there is nothing to prove in {order.build}",
            hint=f"build the edition first: press build-edition {order.edition}",
        )
    read = read_desk(order.paper, order.edition)
    if read.value is None:
        return Checked(value=None, findings=read.findings)
    jobs = list(_jobs(order, read.value))
    asked = list(provers or find_provers())
    results: list[ProofResult] = []
    for done, prover in enumerate(asked):
        progress.step(f"tools, {prover.name} at work", done, len(asked))
        there = prover.available()
        results += _not_run(prover, jobs) if there is None else prover.prove(jobs)
    progress.step("tools", len(asked), len(asked))
    findings = (
        *_not_there(order),
        *_missing(asked, results),
        *(finding for one in results for finding in _wrong(one, order)),
    )
    return Checked(value=tuple(results), findings=findings)


def _jobs(order: ProveOrder, desk: Desk) -> Iterator[ProofJob]:
    printer = desk.layout.printer
    barcode = barcode_of(desk.edition, desk.house, desk.layout)
    for name, questions in ASKED.items():
        file = order.build / name
        if not file.is_file():
            continue
        job = ProofJob(file=file, questions=questions, printer=printer)
        if barcode and questions is PRINT:
            job = replace(
                job,
                questions=(*PRINT, Question.BARCODE),
                codes=(barcode.code + barcode.add_on,),
            )
        yield job
    for file in sorted(order.build.glob(PAGES)):
        yield ProofJob(file=file, questions=SHEETS, printer=printer)


def _not_run(prover: Prover, jobs: Sequence[ProofJob]) -> Iterator[ProofResult]:
    for job in jobs:
        for question in job.questions:
            if question in prover.answers:
                yield ProofResult(
                    tool=prover.name,
                    version="",
                    file=job.file.name,
                    question=question,
                    verdict=Verdict.NOT_RUN,
                    says=f"{prover.name} is not here",
                )


def _not_there(order: ProveOrder) -> Iterator[Finding]:
    """Note what the build has not made."""
    files = [name for name in ASKED if not (order.build / name).is_file()]
    if not any(order.build.glob(PAGES)):
        files.append("pages/")
    for name in files:
        yield note(
            "prove.file",
            f"the build has no {name}; nothing is proven of it",
            _at(order),
        )


def _missing(
    provers: Sequence[Prover], results: Sequence[ProofResult]
) -> Iterator[Finding]:
    for prover in provers:
        lost = [
            one.question
            for one in results
            if one.tool == prover.name and one.verdict is Verdict.NOT_RUN
        ]
        if lost:
            questions = ", ".join(dict.fromkeys(lost))
            yield warning(
                "prove.missing",
                f"{prover.name} is not here; not proven: {questions}",
                hint=prover.how_to_get,
            )


def _wrong(result: ProofResult, order: ProveOrder) -> Iterator[Finding]:
    asked = f"{result.tool}, {result.question}"
    if result.verdict is Verdict.BROKEN:
        yield error(
            "prove.broken",
            f"{asked}: {result.says}; nothing is proven",
            _at(order, result.file),
            "try again; if it goes on, ask the tool by itself",
        )
    for breach in result.breaches:
        times = f" ({breach.count} times)" if breach.count > 1 else ""
        said = f"{asked}: {breach.message}{times} [{breach.rule}]"
        place = _at(order, result.file, breach.page)
        if result.question is Question.SECOND_OPINION:
            yield warning("prove.opinion", said, place, TWO_WAYS)
        else:
            yield error("prove.breach", said, place)


def _at(order: ProveOrder, file: str = "", page: int | None = None) -> Place:
    found = order.build / file
    if file and not found.exists():
        found = order.build / "pages" / file
    if found.is_relative_to(order.paper):
        found = found.relative_to(order.paper)
    return Place(file=found.as_posix(), page=page)
