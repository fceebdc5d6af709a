"""The body as it stands in the file, made ready for Markdown line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from press.manifest.body.invisible import Kind, holds_invisible, sweep
from press.manifest.body.masking import TOKEN, Mask, MaskKind, mask, unmask
from press.manifest.body.report import Report

#: A longer word is no word; no column can hold it.
LONGEST_WORD: Final = 1_000_000

#: UTF-8 that was read as Windows-1252, as it looks on the page.
_MOJIBAKE: Final = re.compile(
    "â(?:€[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]?|‚¬|„¢)"
    "|[ÂÃ][\u00a0-\u00bf€™œŠŒŽžŸšƒ†‡ˆ‰˜]|ðŸ|ï»¿|Ã\u00ad"
)
_SPACES: Final = re.compile(r"\s+")
_AROUND: Final = re.compile(r"\S{0,20}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A body ready for Markdown.

    Attributes:
        text: Without invisible characters, and with tokens for what is no copy.
        masks: What the tokens stand for; their lines are lines of the file.
        lines: The line of the file for each line of `text`.
    """

    text: str
    masks: tuple[Mask, ...]
    lines: tuple[int, ...]

    def line(self, index: int) -> int:
        """Return the line of the file for a line of the text, counted from 0."""
        return self.lines[index] if index < len(self.lines) else self.lines[-1]

    def remark(self, comment: str) -> Mask | None:
        """Return the HTML comment that a masked one stands for; None for other text."""
        token = TOKEN.search(comment) if comment.startswith("<!--") else None
        return self.masks[int(token[1])] if token else None

    def literal(self, text: str) -> str:
        """Give literal text its words back."""
        return unmask(text, self.masks)


@dataclass(slots=True)
class _Tally:
    """How often a kind of invisible character was met, and where first."""

    count: int
    line: int


class Sweeper:
    """Takes invisible characters out, and reports each kind once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._met: dict[Kind, _Tally] = {}

    def clean(self, text: str, line: int) -> str:
        """Return text without invisible characters."""
        swept = sweep(text)
        for kind in swept.kinds:
            tally = self._met.setdefault(kind, _Tally(count=0, line=line))
            tally.count += 1
        return swept.text

    def tell(self) -> None:
        """Report what was met."""
        for kind, tally in self._met.items():
            done = "became a space" if kind.instead else "taken out"
            if kind.instead.strip(" "):
                done = "became a new paragraph"
            self._report.warning(
                "article.invisible-character",
                f"{tally.count} {kind.called(tally.count)}, first on this line: {done}",
                tally.line,
                hint=kind.hint,
            )


def _suspect(text: str, report: Report, first_line: int) -> None:
    """Report words that were probably read in the wrong encoding; repair nothing."""
    found = list(_MOJIBAKE.finditer(text))
    lost = text.count("\ufffd")
    if found:
        at = found[0].start()
        start = at - len(_AROUND.findall(text[max(at - 20, 0) : at])[0])
        word = text[start : found[0].end() + 12].split(maxsplit=1)[0]
        report.warning(
            "article.suspicious",
            f"“{word}” looks like text read in the wrong encoding "
            f"({len(found)} such places, first on this line)",
            first_line + text.count("\n", 0, at),
            hint="nothing was changed: paste the text again, or correct it by hand",
            near=word,
        )
    if lost:
        at = text.index("\ufffd")
        report.warning(
            "article.suspicious",
            f"{lost} characters were lost before the text came here (�)",
            first_line + text.count("\n", 0, at),
            hint="compare with the original",
            near="\ufffd",
        )


def _extreme(text: str, report: Report, first_line: int) -> None:
    if len(text) <= LONGEST_WORD:
        return
    match = re.search(rf"\S{{{LONGEST_WORD + 1}}}", text)
    if match:
        report.error(
            "article.extreme",
            "a word of more than a million characters: no column can hold it",
            first_line + text.count("\n", 0, match.start()),
            hint="a picture or a file was probably pasted as text: take it out",
        )


def _tell_remarks(masks: tuple[Mask, ...], report: Report) -> None:
    for item in masks:
        if item.kind is MaskKind.REMARK:
            report.warning(
                "article.remark",
                f"“{_SPACES.sub(' ', item.text)[:80]}” is a comment as websites have"
                " them: it is not printed",
                item.line,
                hint="read it, and take it out; press's own are <!-- … -->",
                near=item.text.split("\n", 1)[0],
            )


def prepare(text: str, *, first_line: int, report: Report, sweeper: Sweeper) -> Source:
    """Make a body ready for Markdown; `text` has plain line ends."""
    _suspect(text, report, first_line)
    _extreme(text, report, first_line)
    dirty = holds_invisible(text)
    cleaned: list[str] = []
    numbers: list[int] = []
    for number, line in enumerate(text.split("\n"), first_line):
        parts = sweeper.clean(line, number).split("\n") if dirty else [line]
        cleaned += parts
        numbers += [number] * len(parts)
    masked = mask("\n".join(cleaned))
    masks = tuple(replace(item, line=numbers[item.line]) for item in masked.masks)
    _tell_remarks(masks, report)
    return Source(
        text=masked.text,
        masks=masks,
        lines=tuple(numbers[line] for line in masked.lines),
    )
