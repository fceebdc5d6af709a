"""Show what tools answered: file by file, a line for each question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from press.model.proof_result import ProofResult, Verdict

_WIDEST = max(len(verdict) for verdict in Verdict)


def tell(proofs: Sequence[ProofResult]) -> Iterator[str]:
    """Yield what was found of each file; files of which the same is said, together."""
    told: dict[tuple[str, ...], list[str]] = {}
    for file in dict.fromkeys(proof.file for proof in proofs):
        lines = tuple(_line(proof) for proof in proofs if proof.file == file)
        told.setdefault(lines, []).append(file)
    for lines, files in told.items():
        yield files[0] if len(files) == 1 else f"{files[0]} to {files[-1]}"
        yield from lines


def as_data(proof: ProofResult) -> object:
    """Return an answer as what JSON knows."""
    return {
        "tool": proof.tool,
        "version": proof.version or None,
        "file": proof.file,
        "question": proof.question,
        "verdict": proof.verdict,
        "tests": proof.tests,
        "says": proof.says or None,
        "breaches": [
            {
                "rule": breach.rule,
                "message": breach.message,
                "count": breach.count,
                "page": breach.page,
            }
            for breach in proof.breaches
        ],
    }


def _line(proof: ProofResult) -> str:
    by = " ".join(filter(None, (proof.tool, proof.version)))
    bad = proof.verdict in {Verdict.FAILED, Verdict.BROKEN}
    verdict = proof.verdict.upper() if bad else str(proof.verdict)
    said = (
        f": {proof.says}" if proof.says and proof.verdict is not Verdict.NOT_RUN else ""
    )
    return f"  {verdict:{_WIDEST}}  {proof.question} ({by}){said}"
