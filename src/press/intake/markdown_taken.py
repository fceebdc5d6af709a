"""What was taken out of a Markdown file: marks for the website's machine, and comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from press.intake.editing import comments_told
from press.model.finding import Finding, note
from press.model.incoming import CopyFile, TakenMark
from press.model.story import Furniture, Left

_SHOWN: Final = 80


def left_of(marks: Sequence[TakenMark]) -> tuple[Left, ...]:
    """Return what is listed as dropped: a mark as it was written, a comment's words."""
    return tuple(
        Left(kind=Furniture.PAGE, why="comment of an editor", text=one.remark)
        if one.remark
        else Left(kind=Furniture.PAGE, why="for the website's machine", text=one.text)
        for one in marks
    )


def taken_out(file: CopyFile, marks: Sequence[TakenMark]) -> Iterator[Finding]:
    """Say what was taken out of a text: the comments, and each kind of mark once."""
    kinds: dict[str, list[TakenMark]] = {}
    for one in marks:
        if not one.remark:
            kinds.setdefault(one.text, []).append(one)
    for text, found in kinds.items():
        times = f", {len(found)} times" if len(found) > 1 else ""
        yield note(
            "intake.shortcode",
            f"taken out, as only the website's machine reads it: {text}{times}",
            found[0].place,
            "nothing, where it is no word of the article",
        )
    remarks = [one for one in marks if one.remark]
    if remarks:
        said = [one.remark for one in remarks]
        yield from comments_told(file.name, said, remarks[0].place)
