"""Text files as the newspaper's people write them: bytes to lines with places."""

from __future__ import annotations

import codecs
import stat
from dataclasses import dataclass
from pathlib import Path

from press.manifest.character import shown
from press.model.finding import Checked, Finding, Place, error, note

MEGABYTE = 1_000_000
MANIFEST_LIMIT = MEGABYTE
ARTICLE_LIMIT = 20 * MEGABYTE
CP1252_EXTRAS = range(0x80, 0xA0)
MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text file's lines, and the way to point into them.

    Attributes:
        file: Path from the newspaper's folder, with forward slashes.
        lines: Its lines without line breaks.
        numbers: Which of the file's lines each is, where some were taken out; empty
            where all stand as they came.
    """

    file: str
    lines: tuple[str, ...]
    numbers: tuple[int, ...] = ()

    def place(self, line: int, column: int = 0, width: int = 1) -> Place:
        """Return the place of a stretch of text.

        Args:
            line: Line, counted from 0.
            column: Column in characters, counted from 0.
            width: How many characters are meant; cut at the end of the line.
        """
        text = self.lines[line] if line < len(self.lines) else ""
        column = min(column, max(0, len(text) - 1))
        return Place(
            file=self.file,
            line=(self.numbers[line] if line < len(self.numbers) else line) + 1,
            column=column + 1,
            width=max(1, min(width, len(text) - column)),
            source=shown(text),
        )

    def whole(self, line: int) -> Place:
        """Return the place of a line without the white space around it."""
        text = self.lines[line]
        start = len(text) - len(text.lstrip())
        return self.place(line, start, len(text.strip()))


def read_source(path: Path, *, file: str, limit: int) -> Checked[Source]:
    """Read a text file, strictly as UTF-8.

    Line breaks may be Unix's, Windows' or the old Macintosh's.

    Args:
        path: Where it lies; that it exists is the caller's business.
        file: What findings call it.
        limit: The most bytes that are read.
    """
    code = "article.file" if limit == ARTICLE_LIMIT else "manifest.file"
    here = Place(file=file)
    try:
        facts = path.stat()
        if reason := _unreadable(facts.st_mode):
            return _only(error(code, f"{file} is {reason}, not a file", here))
        if facts.st_size > limit:
            size, most = facts.st_size / MEGABYTE, limit // MEGABYTE
            message = f"{file} is {size:.1f} MB; {most} MB is the limit"
            return _only(error(code, message, here, "is it the right file?"))
        data = path.read_bytes()
    except OSError as problem:
        message = f"{file} cannot be read: {problem.strerror or problem}"
        return _only(error(code, message, here))
    return decode(data, file=file)


def decode(data: bytes, *, file: str) -> Checked[Source]:
    """Turn a file's bytes into lines, or say which encoding it seems to have."""
    findings: list[Finding] = []
    if kind := _wide_encoding(data):
        return _only(_not_utf8(data, 0, kind, file=file))
    if data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
        findings.append(
            note(
                "manifest.bom",
                "the file begins with a byte order mark, which is skipped",
                Place(file=file, line=1, column=1),
                "save it as UTF-8 without BOM",
            )
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        kind = _narrow_encoding(data)
        return _only(_not_utf8(data, problem.start, kind, file=file))
    return Checked(
        value=Source(file=file, lines=_lines(text)), findings=tuple(findings)
    )


def _lines(text: str) -> tuple[str, ...]:
    # Not splitlines(): it also breaks at characters that editors show inside a line.
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _unreadable(mode: int) -> str:
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    return next((name for is_kind, name in kinds if is_kind(mode)), "")


def _wide_encoding(data: bytes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    head = data[:200]
    return "UTF-16" if head.count(0) > len(head) // 4 else ""


def _narrow_encoding(data: bytes) -> str:
    # The two differ only in 0x80 to 0x9F, where Latin-1 has no printable characters.
    if any(byte in CP1252_EXTRAS for byte in data):
        return "Windows-1252"
    return "Latin-1"


def _not_utf8(data: bytes, offset: int, kind: str, *, file: str) -> Finding:
    place = Place(file=file, line=1, column=1)
    if not kind.startswith("UTF"):
        lines = _lines(data[:offset].decode("cp1252", errors="replace"))
        rest = _lines(data[offset:].decode("cp1252", errors="replace"))[0]
        whole = Source(file=file, lines=(*lines[:-1], lines[-1] + rest))
        place = whole.place(len(lines) - 1, len(lines[-1]))
    return error(
        "manifest.encoding",
        f"the file is not UTF-8 at byte {offset} (it looks like {kind})",
        place,
        "save the file as UTF-8",
    )


def _only(finding: Finding) -> Checked[Source]:
    return Checked(value=None, findings=(finding,))
