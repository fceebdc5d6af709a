"""Footnotes: numbered in the order in which the text first refers to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from press.manifest.body.report import Report
from press.manifest.body.tree import Element


@dataclass(slots=True)
class Notes:
    """The notes of one article."""

    report: Report
    _given: dict[str, Element] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _wanted: list[Element] = field(default_factory=list)

    def give(self, definitions: Sequence[Element]) -> None:
        """Take in the notes that the writer gave under a label."""
        for element in definitions:
            label = element.get("label")
            if label in self._given:
                first = self._given[label].line
                self.report.warning(
                    "article.footnote",
                    f"the note [^{label}] is given twice (first on line {first}); "
                    "this one is not printed",
                    element.line,
                    hint="give it another label, or delete it",
                    near=f"[^{label}]",
                )
            else:
                self._given[label] = element

    def number_of(self, reference: Element) -> int | None:
        """Return the number that a reference prints; None if its note is missing."""
        label = reference.get("label")
        if not label:  # an inline note
            self._wanted.append(reference)
            return len(self._wanted)
        if label in self._numbers:
            return self._numbers[label]
        if label not in self._given:
            self.report.warning(
                "article.footnote",
                f"there is no note [^{label}]; the reference is not printed",
                reference.line,
                hint=f"add a line “[^{label}]: …”, or take the reference out",
                near=f"[^{label}]",
            )
            return None
        self._wanted.append(self._given[label])
        self._numbers[label] = len(self._wanted)
        return len(self._wanted)

    def wanted(self) -> Iterator[tuple[int, Element]]:
        """Yield each note with its number; notes may ask for further notes meanwhile."""
        index = 0
        while index < len(self._wanted):
            yield index + 1, self._wanted[index]
            index += 1

    def tell_unused(self) -> None:
        """Report notes that nothing refers to."""
        for label, element in self._given.items():
            if label not in self._numbers:
                words = " ".join(element.words().split()[:6])
                self.report.warning(
                    "article.footnote",
                    f"nothing refers to the note [^{label}] (“{words} …”); "
                    "it is not printed",
                    element.line,
                    hint=f"write [^{label}] where it belongs, or delete it",
                    near=f"[^{label}]",
                )
