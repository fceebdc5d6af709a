"""The bar code of the front page, read off the black plate as a till reads it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.metadata import version

from PIL import Image

from press.adapters.provers.ghostscript import GhostscriptProver
from press.adapters.provers.plates import FULL, Inks, Plates, PlatesError
from press.model.errors import EngineError
from press.model.proof_result import (
    Breach,
    ProofJob,
    ProofResult,
    Question,
    Verdict,
)
from press.ports import CodeReader

PPI = 300
FRONT = ("-dFirstPage=1", "-dLastPage=1")


class BarcodeProver:
    """Has Ghostscript draw the front page's black plate, and a reader of codes read it."""

    name = "zxing-cpp"
    answers = frozenset({Question.BARCODE})
    how_to_get = GhostscriptProver.how_to_get

    def __init__(self, reader: CodeReader, program: str = "gs") -> None:
        self._reader, self._program = reader, program

    def available(self) -> str | None:
        """Return its version and Ghostscript's, None where that is not there."""
        drawn_by = GhostscriptProver(self._program).available()
        if drawn_by is None:
            return None
        return f"{version('zxing-cpp')} on plates of Ghostscript {drawn_by}"

    def prove(self, jobs: Sequence[ProofJob]) -> Sequence[ProofResult]:
        """Return its answers, job by job."""
        asked = [job for job in jobs if Question.BARCODE in job.questions]
        named = self.available() or ""
        return [self._read(job, named) for job in asked]

    def _read(self, job: ProofJob, named: str) -> ProofResult:
        verdict, says = Verdict.PASSED, ""
        breaches: tuple[Breach, ...] = ()
        try:
            found = self._codes(job)
            says = f"reads {', '.join(found) or 'nothing'}"
            missing = [code for code in job.codes if code not in found]
            if missing:
                verdict = Verdict.FAILED
                message = f"no bar code says {missing[0]}; what was read: "
                message += ", ".join(found) or "nothing"
                breaches = (
                    Breach(rule="barcode", message=message, count=len(missing), page=1),
                )
        except (PlatesError, EngineError) as error:
            verdict, says = Verdict.BROKEN, str(error)
        return ProofResult(
            tool=self.name,
            version=named,
            file=job.file.name,
            question=Question.BARCODE,
            verdict=verdict,
            tests=len(job.codes),
            breaches=breaches,
            says=says,
        )

    def _codes(self, job: ProofJob) -> list[str]:
        """Return the digits of the EAN-13 symbols on the front page, with add-ons."""
        plates = Plates(
            program=self._program, file=job.file, ppi=PPI, profile=None, switches=FRONT
        )
        return [
            code.text + code.add_on
            for page in plates
            for code in self._reader.read(_black(page))
        ]


def _black(page: Inks) -> bytes:
    """Return a page's black plate as a picture."""
    out = io.BytesIO()
    Image.fromarray(FULL - page[..., 3]).save(out, "PNG", compress_level=1)
    return out.getvalue()
