"""Independent proof: what tools that are not press's own say of the finished files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from press.model.printer import Printer


class Question(StrEnum):
    """What a tool is asked about a file."""

    STRUCTURE = "structure"  #: Whether the file's syntax is whole.
    STRICT = "strict reading"  #: Whether every object is what its PDF version says.
    PDFX = "PDF/X"  #: Whether it keeps press's rules for PDF/X-1a or PDF/X-4.
    PDFA = "colour, fonts, transparency"  #: Those clauses of PDF/A-1b.
    PDFUA = "PDF/UA-1"  #: Whether it is accessible.
    DRAWING = "drawing"  #: Whether its pages are drawn without complaint.
    INK = "ink"  #: Whether the plates stay within the printer's limits.
    BLACK = "black type"  #: Whether black type is on the black plate alone.
    OVERPRINT = "overprint"  #: Whether small black type prints over what lies below.
    SECOND_OPINION = "second opinion"  #: Whether another renderer draws the same.
    BARCODE = "barcode"  #: Whether the barcode can be read back.


class Verdict(StrEnum):
    """How a proof ended."""

    PASSED = "passed"  #: Asked, and nothing found.
    FAILED = "failed"  #: Something was found.
    BROKEN = "broken"  #: The tool gave up on the file: nothing is proven.
    NOT_RUN = "not run"  #: There is no such tool here.


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofJob:
    """A file, and what is to be asked about it.

    Attributes:
        file: Where it lies.
        questions: What is asked.
        printer: What the printer asks of the pages.
        codes: What the front page's barcode says; empty where it has none.
    """

    file: Path
    questions: tuple[Question, ...]
    printer: Printer
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A rule that a file breaks.

    Attributes:
        rule: The rule's name, or its clause in the standard.
        message: What was found first, in the tool's words.
        count: How often.
        page: Page of the first, counted from 1; None where it lies on no page.
    """

    rule: str
    message: str
    count: int = 1
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofResult:
    """A tool's answer to one question about one file.

    Attributes:
        tool: The tool's name.
        version: Its version; empty where it is not there.
        file: Name of the file.
        question: What was asked.
        verdict: How it ended.
        tests: How many things were looked at.
        breaches: The rules broken, each once.
        says: What was measured, or why nothing was.
    """

    tool: str
    version: str
    file: str
    question: Question
    verdict: Verdict
    tests: int = 0
    breaches: tuple[Breach, ...] = ()
    says: str = ""
