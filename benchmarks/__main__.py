"""Cold build, warm build and plain WeasyPrint on the real-copy edition, in one run.

`just bench` (or `python -m benchmarks --rounds 3`): every round runs all three, one after
another, so that the ratios are of paired runs. Needs the corpus. `--growth` measures how
a build grows from 12 to 96 pages.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.meter import Reading, measured
from benchmarks.realcopy import EDITION, SECTIONS, make_real_copy

#: The article that a warm build finds changed, and the words added to it.
CHANGED, WORDS = "the-new-fec", "\n\nAnd so it stood when this number went to press.\n"
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Round:
    """One round: the three runs."""

    cold: Reading
    warm: Reading
    plain: Reading


def build(paper: Path) -> Reading:
    """Build the edition; a fault of it ends the benchmark."""
    return measured([sys.executable, "-m", "press", "build-edition", EDITION], paper)


def one_round(folder: Path) -> Round:
    """Run cold, warm with one article changed, and plain, on the same copy."""
    paper = make_real_copy(folder / "paper")
    cold = build(paper)
    article = paper / "editions" / EDITION / "articles" / CHANGED / "index.md"
    article.write_text(article.read_text(encoding="utf-8") + WORDS, encoding="utf-8")
    warm = build(paper)
    plain = measured(
        [sys.executable, "-m", "benchmarks.plain", paper, EDITION, folder / "out.pdf"],
        ROOT,
    )
    return Round(cold, warm, plain)


def compare(rounds: int) -> None:
    """Print what rounds of the three runs took, and their ratios."""
    print(f"{'':14}{'wall s':>9}{'cpu s':>9}{'MB':>8}")
    done: list[Round] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            one = one_round(Path(folder))
        done.append(one)
        for name in ("cold", "warm", "plain"):
            print(f"  {name:12}{getattr(one, name)}", flush=True)
    for name in ("cold", "warm", "plain"):
        readings: list[Reading] = [getattr(one, name) for one in done]
        print(f"{name:14}{_middle(readings)}  (median of {rounds})")
    for name in ("cold", "warm"):
        ratios = [getattr(one, name).wall / one.plain.wall for one in done]
        cpu = [getattr(one, name).cpu / one.plain.cpu for one in done]
        print(
            f"{name} / plain: wall {median(ratios):.2f}"
            f" ({min(ratios):.2f}-{max(ratios):.2f}), cpu {median(cpu):.2f}"
        )


def _middle(readings: Sequence[Reading]) -> Reading:
    return Reading(
        wall=median(one.wall for one in readings),
        cpu=median(one.cpu for one in readings),
        memory=median(one.memory for one in readings),
    )


def grow() -> None:
    """Print how a cold build grows: sections of the real copy, half of them to all four
    times over."""
    print(f"{'pages':>6}{'wall s':>9}{'cpu s':>9}{'MB':>8}")
    for times in (0.5, 1, 2, 4):
        with tempfile.TemporaryDirectory() as folder:
            paper = _repeated(Path(folder) / "paper", times)
            reading = build(paper)
            plan = paper / "build" / EDITION / "flatplan.json"
            pages = len(json.loads(plan.read_bytes())["pages"])
            print(f"{pages:>6}{reading}", flush=True)


def _repeated(paper: Path, times: float) -> Path:
    """Write a newspaper with the sections of the real copy, some or several times."""
    names = list(SECTIONS)
    if times < 1:
        half = {name: SECTIONS[name] for name in names[: len(names) // 2]}
        return make_real_copy(paper, sections=half, pages="auto")
    copies = {
        f"{name} {number}": {
            _copy_name(slug, number): priority for slug, priority in articles.items()
        }
        for number in range(1, round(times) + 1)
        for name, articles in SECTIONS.items()
    }
    return make_real_copy(paper, sections=copies, pages="auto", source=_first_name)


def _copy_name(slug: str, number: int) -> str:
    return f"{slug[:50]}--{number}"


def _first_name(slug: str) -> str:
    short = slug.rpartition("--")[0]
    names = [name for articles in SECTIONS.values() for name in articles]
    return next(name for name in names if name[:50] == short)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="just bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="rounds (3)")
    parser.add_argument("--growth", action="store_true", help="12 to 96 pages instead")
    given = parser.parse_args()
    subprocess.run([sys.executable, "-m", "compileall", "-q", ROOT / "src"], check=True)
    if given.growth:
        grow()
    else:
        compare(given.rounds)


if __name__ == "__main__":
    main()
