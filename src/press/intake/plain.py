"""Plain text in any encoding: paragraphs, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from press.intake.plain_block import Block, blocks_of
from press.intake.word import no_title
from press.model.finding import Checked, Finding, Place, error, note, warning
from press.model.incoming import CopyFile, Encoding
from press.model.story import Origin, Piece, PieceKind, Story
from press.ports import EncodingGuesser

_LARGEST: Final = 20_000_000
#: Breaks of old machines and of word processors, besides Unix's.
_BREAKS: Final = re.compile("\r\n|[\r\u0085\u2028\u2029\x0b\x0c]")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
#: UTF-8 that was once read as Windows-1252: “â€™”, “Ã©”, “Â£”.
_GARBLED: Final = re.compile(
    "(?:â€[\u0080-\u00bf™˜œž\u2010-\u203a]?|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf])"
)
#: What stands for bytes that are no UTF-8 while a text is read.
_KEPT: Final = "surrogateescape"
_STRAY: Final = re.compile("[\udc80-\udcff]")
_FIRST_STRAY: Final = 0xDC00
_MOST_LINES: Final = 10
_MOST_TOLD: Final = 80


def read_plain(file: CopyFile, guesser: EncodingGuesser) -> Checked[tuple[Story, ...]]:
    """Read a plain text as a story.

    Lines that begin with bullets or numbers are lists, plain columns are tables, and the
    rest is paragraphs. No line is taken for a title: only its writer knows.
    """
    if len(file.data) > _LARGEST:
        finding = error(
            "intake.too-large",
            f"{file.name} is {len(file.data) // 1_000_000} MB;"
            f" {_LARGEST // 1_000_000} MB is the limit",
            file.place,
            "is it the right file?",
        )
        return Checked(value=None, findings=(finding,))
    encoding = guesser.guess(file.data)
    if encoding is None:
        finding = error(
            "intake.unreadable",
            f"{file.name} is no text in any encoding that press knows",
            file.place,
            "save it as UTF-8",
        )
        return Checked(value=None, findings=(finding,))
    raw = _BREAKS.sub("\n", file.data.decode(encoding.name, errors=_KEPT))
    found = [*_encoded(file, encoding), *_strays(file, raw), no_title(file)]
    text = _CONTROL.sub("", _STRAY.sub(_read_stray, raw))
    if doubt := garbled(text, file.place):
        found.append(doubt)
    blocks = tuple(blocks_of(text))
    found += _tables(file, blocks)
    if not blocks:
        found.append(error("intake.empty", f"{file.name} holds no words", file.place))
    story = Story(
        origin=Origin(form="text", file=file.name, id=file.stem),
        slug=file.stem,
        pieces=tuple(_piece(file, block) for block in blocks),
        words=len(text.split()) - sum(block.signs for block in blocks),
        findings=tuple(found),
    )
    return Checked(value=(story,), findings=story.findings)


def _read_stray(stray: re.Match[str]) -> str:
    """Return what a byte that is no UTF-8 is in Windows, where such bytes come from."""
    data = stray[0].encode("utf-8", errors=_KEPT)
    return data.decode("cp1252", errors="replace")


def _strays(file: CopyFile, raw: str) -> Iterator[Finding]:
    """Say of every line with bytes that are no UTF-8 how they were read."""
    lines = [
        (number, line)
        for number, line in enumerate(raw.split("\n"), 1)
        if _STRAY.search(line)
    ]
    for number, line in lines[:_MOST_LINES]:
        found = _STRAY.findall(line)
        codes = ", ".join(f"{ord(one) - _FIRST_STRAY:02X}" for one in found[:5])
        column = line.find(found[0]) + 1
        near = _STRAY.sub(_read_stray, line)[max(0, column - 21) : column + 20].strip()
        many = len(found) > 1
        yield warning(
            "intake.encoding",
            f"{'bytes' if many else 'a byte'} ({codes}) that UTF-8 does not have"
            f" {'were' if many else 'was'} read as Windows has"
            f" {'them' if many else 'it'}: “{near}”",
            Place(file=file.name, line=number, column=column),
            "compare it with the original, and correct it where it is wrong",
        )
    if len(lines) > _MOST_LINES:
        yield warning(
            "intake.encoding",
            f"so it is in {len(lines) - _MOST_LINES} more of its lines",
            file.place,
            "ask for the text once more, as UTF-8",
        )


def mended(text: str) -> str:
    """Return what a garbled text was before it was read in the wrong encoding.

    Empty where it cannot be told.
    """
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""


def _encoded(file: CopyFile, encoding: Encoding) -> Iterator[Finding]:
    if encoding.name == "utf-8":
        return  # of its strays, if any, every line tells
    if encoding.sure:
        yield note(
            "intake.encoding", f"{file.name} is {encoding.shown}, read so", file.place
        )
    else:
        yield warning(
            "intake.encoding",
            f"{file.name} was read as {encoding.shown}, which is a guess",
            file.place,
            "look at its accents and quotation marks; better: save it as UTF-8",
        )


def garbled(text: str, place: Place) -> Finding | None:
    """Say that a text was once read in the wrong encoding, and what it probably said.

    Args:
        text: The text, of one line or of several.
        place: Where its first line stands.
    """
    found = _GARBLED.search(text)
    if found is None:
        return None
    above = text.count("\n", 0, found.start())
    line = text.split("\n")[above]
    whole = mended(line)
    return warning(
        "intake.garbled",
        f"“{found[0]}” seems to be a character read in the wrong encoding",
        Place(
            file=place.file,
            line=(place.line or 1) + above,
            column=line.find(found[0]) + (place.column or 1),
            width=len(found[0]),
            source=place.source if place.source and found[0] in place.source else line,
        ),
        f"was it “{whole[:_MOST_TOLD]}”?" if whole else "compare the original",
    )


def _piece(file: CopyFile, block: Block) -> Piece:
    return Piece(
        kind=block.kind,
        text=block.text,
        markdown=block.markdown,
        place=Place(file=file.name, line=block.line),
    )


def _tables(file: CopyFile, blocks: Iterable[Block]) -> Iterator[Finding]:
    for block in blocks:
        place = Place(file=file.name, line=block.line)
        if block.kind is PieceKind.TABLE:
            yield note(
                "intake.table",
                f"a table of {block.columns} columns was read from how its lines stand",
                place,
                "compare it with the text",
            )
        elif block.kind is PieceKind.LISTING:
            yield warning(
                "intake.table",
                "words stand under one another as in a table; its columns cannot be told",
                place,
                "the lines are kept as they stand: make a table of them",
            )
