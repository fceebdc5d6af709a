"""What is found while the body of an article is read, with its true line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from press.model.finding import Finding, Place, Severity

#: Findings of one code that are listed one by one; the rest is counted.
LISTED: Final = 100

#: A longer line is not repeated in a finding: nobody could read it there.
LONGEST_SHOWN: Final = 4000


class Report:
    """Collects findings about one body.

    Lines are lines of the file throughout, counted from 1.
    """

    def __init__(self, *, file: str, first_line: int, lines: Sequence[str]) -> None:
        self._file = file
        self._first_line = first_line
        self._lines = lines
        self._found: dict[Finding, None] = {}
        self._kinds: Counter[str] = Counter()

    def place(self, line: int, near: str = "") -> Place:
        """Return the place of a line, pointing at the words `near` if they are there."""
        index = line - self._first_line
        source = self._lines[index] if 0 <= index < len(self._lines) else ""
        if len(source) > LONGEST_SHOWN:
            return Place(file=self._file, line=line)
        column = source.find(near) if near else -1
        return Place(
            file=self._file,
            line=line,
            column=column + 1 or None,
            width=len(near) if column >= 0 else 1,
            source=source,
        )

    def line(self, line: int) -> str:
        """Return a line of the file, empty where the text has none such."""
        index = line - self._first_line
        return self._lines[index] if 0 <= index < len(self._lines) else ""

    def block(self, line: int) -> Place:
        """Return the place of a block: its file and first line."""
        return Place(file=self._file, line=line)

    def error(
        self, code: str, message: str, line: int, *, hint: str = "", near: str = ""
    ) -> None:
        """Report what keeps the edition from going to press."""
        self._add(Severity.ERROR, code, message, line, hint, near)

    def warning(
        self, code: str, message: str, line: int, *, hint: str = "", near: str = ""
    ) -> None:
        """Report what the editor must look at and may pass."""
        self._add(Severity.WARNING, code, message, line, hint, near)

    def note(
        self, code: str, message: str, line: int, *, hint: str = "", near: str = ""
    ) -> None:
        """Report for the record."""
        self._add(Severity.NOTE, code, message, line, hint, near)

    def findings(self) -> tuple[Finding, ...]:
        """Return all that was found, in the order of the lines."""
        found = sorted(self._found, key=lambda finding: finding.place.line or 0)
        return (*found, *self._uncounted())

    def _add(
        self,
        severity: Severity,
        code: str,
        message: str,
        line: int,
        hint: str,
        near: str,
    ) -> None:
        place = self.place(line, near)
        finding = Finding(
            code=code,
            severity=severity,
            message=message,
            place=place,
            hint=hint or None,
        )
        if finding in self._found:
            return
        self._kinds[code] += 1
        if self._kinds[code] <= LISTED:
            self._found[finding] = None

    def _uncounted(self) -> list[Finding]:
        return [
            Finding(
                code=code,
                severity=Severity.WARNING,
                message=f"{count - LISTED} more findings of this kind are not listed",
                place=Place(file=self._file, line=self._first_line),
            )
            for code, count in sorted(self._kinds.items())
            if count > LISTED
        ]
