"""Finished pages as a reader hands them over, set by hand: two columns over two pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from press.model.facts import PageFacts, TextLine
from press.preflight.proof import Area, Copyreading, Passage, Reference, Thread

LEADING, SIZE = 11.0, 9.0
TOP, DEPTH = 100.0, 8
COLUMNS = (60.0, 200.0)
MEASURE = 128.0

#: The copy: what the frames must say.
PASSAGES = (
    Passage(
        ways=("Salt was taxed in every town of the kingdom and paid by the poor.",)
    ),
    Passage(ways=("Smugglers",), head=True),
    Passage(ways=("They carried it by night over the hills to the coast.",)),
    Passage(ways=("Nobody told the excise, whose men were few and badly paid.",)),
    Passage(ways=("It ended in 1790.",)),
)
#: The same, line by line and frame by frame.
FRAMES = (
    (
        "Salt was taxed in every",
        "town of the king-",
        "dom and paid by the",
        "poor.",
        "Smugglers",
        "They carried it by",
    ),
    (
        "night over the hills",
        "to the coast.",
        "Nobody told the ex-",
        "cise, whose men",
        "were few and badly",
        "paid.",
    ),
    ("It ended in 1790.",),
)
#: Page and column of every frame.
PLACES = ((1, 0), (1, 1), (3, 0))
JUMP = TextLine(
    text="Continued on page 3", left=230, baseline=TOP + 11 * DEPTH + 8, size=7.8
)
BACK = TextLine(text="FROM PAGE 1", left=60, baseline=TOP - 14, size=8.4)


@dataclass(frozen=True)
class Set:
    """Lines as they stand in frames, and what else is on the pages."""

    frames: Sequence[Sequence[str]] = FRAMES
    jump: TextLine = JUMP
    back: TextLine = BACK
    shift: tuple[int, int, float] | None = None  #: frame, line, by so many points

    def facts(self) -> list[PageFacts]:
        pages: dict[int, list[TextLine]] = {1: [], 3: [self.back]}
        for number, (frame, (page, column)) in enumerate(
            zip(self.frames, PLACES, strict=True)
        ):
            pages[page] += self._lines(number, frame, COLUMNS[column])
        pages[1].append(self.jump)
        return [
            PageFacts(number=number, width=400, height=500, lines=tuple(lines))
            for number, lines in pages.items()
        ]

    def _lines(self, number: int, frame: Sequence[str], left: float) -> list[TextLine]:
        out = [
            TextLine(text=text, left=left, baseline=TOP + 8.2 + LEADING * i, size=SIZE)
            for i, text in enumerate(frame)
        ]
        if self.shift and self.shift[0] == number:
            _, line, by = self.shift
            out[line] = replace(out[line], baseline=out[line].baseline + by)
        return out


def areas() -> tuple[Area, ...]:
    return tuple(
        Area(
            page=page,
            left=COLUMNS[column],
            top=TOP,
            right=COLUMNS[column] + MEASURE,
            bottom=TOP + LEADING * DEPTH,
        )
        for page, column in PLACES
    )


def a_thread(
    passages: tuple[Passage, ...] = PASSAGES, panels: tuple[Area, ...] = ()
) -> Thread:
    return Thread(article="salt", passages=passages, frames=areas(), panels=panels)


def a_reading(thread: Thread | None = None) -> Copyreading:
    return Copyreading(
        threads=(thread or a_thread(),),
        references=(Reference(article="salt", from_page=1, to_page=3),),
        leading=LEADING,
        sizes=((1, SIZE), (3, SIZE)),
    )
