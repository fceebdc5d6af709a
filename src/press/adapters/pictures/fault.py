"""What is wrong with a picture, before it is known where the picture is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from press.model.article import Picture
from press.model.finding import Finding, Place, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a picture file.

    Attributes:
        code: As in `Finding`.
        severity: As in `Finding`.
        text: What is wrong; reads on after the file's name and a colon.
        hint: As in `Finding`.
        line: The line of the picture file, for drawings.
    """

    code: str
    severity: Severity
    text: str
    hint: str | None = None
    line: int | None = None

    def found_in(self, picture: Picture) -> Finding:
        """Say it of the picture, at the line that asks for it where that is known."""
        place, message = Place(file=picture.file, line=self.line), self.text
        if picture.place.line:
            place = picture.place
            message = f"{PurePosixPath(picture.file).name}: {self.text}"
        return Finding(
            code=self.code,
            severity=self.severity,
            message=message,
            place=place,
            hint=self.hint,
        )


class RefusedError(Exception):
    """A picture cannot be used; never leaves this package."""

    def __init__(
        self,
        code: str,
        text: str,
        *,
        hint: str | None = None,
        line: int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        super().__init__(text)
        self.fault = Fault(
            code=code, severity=severity, text=text, hint=hint, line=line
        )
