"""What is wrong with an edition, said once and shown everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Severity(StrEnum):
    """How much a finding holds up the edition."""

    ERROR = "error"  #: The edition cannot go to press.
    WARNING = "warning"  #: The editor must look, and may pass it.
    NOTE = "note"  #: For the record.


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle of a page, in millimetres from the upper left corner of its trim.

    What lies to the left of the trim or above it has a negative left or top.

    Attributes:
        left: Distance from the trim's left edge.
        top: Distance from its upper edge.
        width: Its width.
        height: Its height.
    """

    left: float
    top: float
    width: float
    height: float

    def __str__(self) -> str:
        return (
            f"{self.width:.1f} × {self.height:.1f} mm, {self.left:.1f} mm from the"
            f" left and {self.top:.1f} mm from the top"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding lies: in a file, on a page, in an article.

    Attributes:
        file: Path from the newspaper's folder, with forward slashes.
        line: Line in that file, counted from 1.
        column: Column in that line in characters, counted from 1.
        width: How many characters from there are meant (for the carets).
        source: The text of that line, without its line break.
        page: Page number, counted from 1.
        article: The article's slug.
        area: Which part of the page.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    width: int = 1
    source: str | None = None
    page: int | None = None
    article: str | None = None
    area: Area | None = None

    def __str__(self) -> str:
        file = ":".join(
            str(part) for part in (self.file, self.line, self.column) if part
        )
        page = f"page {self.page}" if self.page else ""
        return ", ".join(part for part in (file, page, self.article) if part)


NOWHERE = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong with an edition, digest or mailing.

    Attributes:
        code: A stable name, `stage.problem`; documented in docs/reference/findings.md.
        severity: How much it holds up the edition.
        message: What is wrong, in one sentence, with the numbers.
        place: Where it is.
        hint: What the editor can do about it.
    """

    code: str
    severity: Severity
    message: str
    place: Place = NOWHERE
    hint: str | None = None


def error(
    code: str, message: str, place: Place = NOWHERE, hint: str | None = None
) -> Finding:
    """Make a finding that keeps the edition from going to press."""
    return Finding(
        code=code, severity=Severity.ERROR, message=message, place=place, hint=hint
    )


def warning(
    code: str, message: str, place: Place = NOWHERE, hint: str | None = None
) -> Finding:
    """Make a finding that the editor must look at and may pass."""
    return Finding(
        code=code, severity=Severity.WARNING, message=message, place=place, hint=hint
    )


def note(
    code: str, message: str, place: Place = NOWHERE, hint: str | None = None
) -> Finding:
    """Make a finding for the record."""
    return Finding(
        code=code, severity=Severity.NOTE, message=message, place=place, hint=hint
    )


def ready(findings: Iterable[Finding]) -> bool:
    """Whether nothing found holds up the edition."""
    return all(finding.severity is not Severity.ERROR for finding in findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(Generic[T_co]):
    """What a stage made, and all it found on the way.

    Attributes:
        value: The noun made; None where the findings made it impossible.
        findings: Everything found, never only the first.
    """

    value: T_co | None
    findings: tuple[Finding, ...] = field(default=())
