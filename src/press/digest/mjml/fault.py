"""Something wrong with MJML, at an offset of the text; it becomes a finding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches

from press.model.finding import Finding, Severity
from press.model.template import Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with MJML.

    Attributes:
        offset: Where in the text.
        width: How many characters are meant.
        code: That of the finding.
        message: What is wrong.
        hint: What to do.
        severity: How much it holds up the mail.
    """

    offset: int
    width: int = 1
    code: str
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR

    def moved(self, by: int) -> Fault:
        """Return the same fault further on in the text."""
        return replace(self, offset=self.offset + by)

    def finding(self, filled: Filled) -> Finding:
        """Return it with the place in the template."""
        return Finding(
            code=self.code,
            severity=self.severity,
            message=self.message,
            place=filled.place_of(self.offset, self.width),
            hint=self.hint,
        )


def nearest(word: str, words: tuple[str, ...]) -> str | None:
    """Return a hint with the nearest of some words, None where none is near."""
    near = get_close_matches(word.lower(), words, n=1)
    return f'did you mean "{near[0]}"?' if near else None
