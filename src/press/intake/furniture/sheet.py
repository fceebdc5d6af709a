"""A story on the judge's desk: its fingerprints, and what is decided so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from press.intake.furniture.fingerprint import fingerprint
from press.intake.furniture.score import Score
from press.model.story import Piece, Story, Verdict

_NO_SCORE: Final = Score()
#: A mark on more of a story's letters than this share is the page's, not a piece's.
_PAGE_SHARE: Final = 0.6


@dataclass(slots=True, kw_only=True)
class Sheet:
    """A story and what is thought of its pieces; the lists go with the pieces.

    Attributes:
        story: The story.
        prints: Their fingerprints; empty for pieces without words.
        keys: By which they are found in other articles: the fingerprint, or the reusable
            block that a piece without words is.
        marks: Their marks, without those that nearly all of the story has.
        boxes: What they lie in, outermost last, without what all of the story lies in.
        scores: How much they sound like calls.
        verdicts: What is decided of them.
        fixed: Numbers of pieces that no guess may take.
    """

    story: Story
    prints: tuple[str, ...]
    keys: tuple[str, ...]
    marks: tuple[frozenset[str], ...]
    boxes: tuple[tuple[str, ...], ...]
    scores: list[Score]
    verdicts: list[Verdict | None]
    fixed: set[int] = field(default_factory=set)

    def open_pieces(self) -> Iterator[int]:
        """Yield the numbers of pieces about which nothing is decided."""
        for number, verdict in enumerate(self.verdicts):
            if verdict is None and number not in self.fixed:
                yield number


def read_sheet(story: Story) -> Sheet:
    """Lay a story on the desk."""
    prints = tuple(fingerprint(piece.text) for piece in story.pieces)
    return Sheet(
        story=story,
        prints=prints,
        keys=tuple(
            print_ or _reused(piece, story)
            for print_, piece in zip(prints, story.pieces, strict=True)
        ),
        marks=_own_marks(story),
        boxes=_boxes(story),
        scores=[_NO_SCORE] * len(prints),
        verdicts=[None] * len(prints),
    )


def _reused(piece: Piece, story: Story) -> str:
    ref = next((mark for mark in piece.marks if mark.startswith("ref:")), "")
    return f"reusable block {ref} of {story.origin.site}" if ref else ""


def _own_marks(story: Story) -> tuple[frozenset[str], ...]:
    total = sum(len(piece.text) for piece in story.pieces)
    letters: Counter[str] = Counter()
    for piece in story.pieces:
        for mark in set(piece.marks):
            letters[mark] += len(piece.text)
    everywhere = {mark for mark, n in letters.items() if n > total * _PAGE_SHARE}
    return tuple(frozenset(piece.marks) - everywhere for piece in story.pieces)


def _boxes(story: Story) -> tuple[tuple[str, ...], ...]:
    boxes = [_around(piece.marks) for piece in story.pieces]
    common = _common(boxes)
    return tuple(box[: len(box) - common] for box in boxes)


def _around(marks: tuple[str, ...]) -> tuple[str, ...]:
    """Return the marks of what a piece lies in: those after its own element's."""
    own = next((n for n, mark in enumerate(marks) if mark.startswith("<")), None)
    if own is None:
        return marks
    rest = marks[own + 1 :]
    if rest and rest[0].startswith("wp:"):
        return rest[1:]
    return rest


def _common(boxes: list[tuple[str, ...]]) -> int:
    """Return how many of the outermost marks all pieces have in common."""
    if not boxes:
        return 0
    count = 0
    for level in zip(*(reversed(box) for box in boxes), strict=False):
        if len(set(level)) > 1:
            break
        count += 1
    return count
