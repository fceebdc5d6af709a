"""Hold the finished file against the copy: nothing lost, all on the grid, jumps agree.

The words are read back from the PDF by an engine that had no part in making it. At the
end of a line a hyphen that the copy does not have was added by the composer; nothing
else may differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from press.model.facts import PageFacts, TextLine
from press.model.finding import Finding, Place, error, warning
from press.model.script import runs_leftwards
from press.preflight.proof import Area, Copyreading, Label, Passage, Thread

#: Two baselines are the same if they differ by less, in points.
SAME_PT = 0.12
SLACK_PT = 1.5
#: Pieces of text are of one line if their baselines differ by less, in points.
ONE_LINE_PT = 3.0
#: Two sizes of type are the same if they differ by less, in points.
SAME_SIZE = 0.5
#: Type this much larger than the text is a drop cap.
DROP_CAP = 2.0
SHOWN = 60
_SPACE = re.compile(r"\s+")


def proofread(facts: Sequence[PageFacts], reading: Copyreading) -> Iterator[Finding]:
    """Yield whatever the finished file has lost, moved or got wrong."""
    pages = {page.number: page for page in facts}
    for thread in reading.threads:
        yield from _check_words(pages, thread)
    for label in reading.labels:
        yield from _check_label(pages, label)
    yield from _check_grid(pages, reading)
    yield from _check_references(pages, reading)


# ---------------------------------------------------------------- words


def _check_words(pages: Mapping[int, PageFacts], thread: Thread) -> Iterator[Finding]:
    back = thread.leftwards
    frames = [lines_in(pages, area, back) for area in thread.frames]
    text = _Stream(frames, leftwards=back)
    panels = [
        squeeze(" ".join(line.text for line in lines_in(pages, area, back)))
        for area in thread.panels
    ]
    place = Place(article=thread.article, page=_first_page(thread))
    for passage in thread.passages:
        if text.take(passage):
            continue
        if passage.aside and _in_panel(passage, panels):
            continue
        yield error(
            "proof.lost-text",
            f"“{thread.article}” does not say on paper what its copy says: the copy has "
            f"“{passage.ways[0].strip()[:SHOWN]}” where the page has "
            f"“{text.rest()[:SHOWN]}”",
            place,
            hint="this is a fault of press, not of the copy: please report it",
        )
        return
    if text.rest():
        yield error(
            "proof.extra-text",
            f"“{thread.article}” says more on paper than its copy: "
            f"“{text.rest()[:SHOWN]}”",
            place,
            hint="this is a fault of press, not of the copy: please report it",
        )
    yield from _check_columns(thread, text)


def _check_label(pages: Mapping[int, PageFacts], label: Label) -> Iterator[Finding]:
    lines = [
        line
        for line in lines_in(pages, label.area)
        if not label.size or abs(line.size - label.size) < SAME_SIZE
    ]
    shown = squeeze("".join(line.text for line in lines)).casefold()
    if any(_same_but_hyphens(shown, squeeze(way).casefold()) for way in label.ways):
        return
    if any(map(runs_leftwards, label.ways)) and any(
        _same_letters(shown, squeeze(way).casefold()) for way in label.ways
    ):
        return  # such lines are read in pieces, in whatever order
    yield error(
        "proof.lost-text",
        f"“{label.article}” does not say on paper what its copy says: the copy has "
        f"“{label.ways[0][:SHOWN]}” where the page has “{shown[:SHOWN]}”",
        Place(article=label.article, page=label.area.page),
        hint="this is a fault of press, not of the copy: please report it",
    )


def _first_page(thread: Thread) -> int | None:
    return thread.frames[0].page if thread.frames else None


def _in_panel(passage: Passage, panels: list[str]) -> bool:
    for way in passage.ways:
        wanted = squeeze(way)
        for number, panel in enumerate(panels):
            if _same_but_hyphens(panel, wanted) or _same_letters(panel, wanted):
                panels.pop(number)
                return True
    return False


def _same_but_hyphens(shown: str, wanted: str) -> bool:
    at = 0
    for character in shown:
        if at < len(wanted) and character == wanted[at]:
            at += 1
        elif character != "-":
            return False
    return at == len(wanted)


def _same_letters(shown: str, wanted: str) -> bool:
    """Whether a table shows what it should, its cells in whatever order they stand."""
    return Counter(shown.replace("-", "")) == Counter(wanted.replace("-", ""))


@dataclass(frozen=True, slots=True)
class _Taken:
    """A passage found on the page: its first line and its last, counted from 0."""

    passage: Passage
    first: int
    last: int


class _Stream:
    """The characters of set lines, taken off passage by passage.

    Attributes:
        columns: First and last line of every frame, None of one without text.
        taken: What was taken off, in order; not what may stand in a panel.
    """

    def __init__(
        self, frames: Sequence[Sequence[TextLine]], *, leftwards: bool = False
    ) -> None:
        #: Characters without spaces, whether each ends its line, and the line's number.
        self._all: list[tuple[str, bool, int]] = []
        self._at = 0
        self._leftwards = leftwards
        self.columns: list[tuple[int, int] | None] = []
        self.taken: list[_Taken] = []
        number = -1
        for frame in frames:
            first, above = number + 1, float("-inf")
            for line in frame:
                text = squeeze(line.text)
                number += abs(line.baseline - above) > ONE_LINE_PT
                above = line.baseline
                last = len(text) - 1
                self._all += [(one, i == last, number) for i, one in enumerate(text)]
            self.columns.append((first, number) if frame else None)

    def rest(self) -> str:
        """Return what is not taken yet."""
        return "".join(character for character, _, _ in self._all[self._at :])

    def take(self, passage: Passage) -> bool:
        """Take a passage off in one of its ways; False where none stands here."""
        for way in passage.ways:
            wanted = squeeze(way)
            stop = self._match(wanted)
            if stop is None and passage.aside:
                stop = self._match_cells(wanted)
            if stop is None and self._leftwards:
                stop = self._match_lines(wanted)
            if stop is not None:
                if stop > self._at and not passage.aside:
                    first, last = self._all[self._at][2], self._all[stop - 1][2]
                    self.taken.append(_Taken(passage, first, last))
                self._at = stop
                return True
        return False

    def _match(self, wanted: str) -> int | None:
        at = self._at
        for character in wanted:
            while at < len(self._all):
                shown, ends, _ = self._all[at]
                at += 1
                if shown == character:
                    break
                if not (shown == "-" and ends):
                    return None
            else:
                return None
        return at

    def _match_lines(self, wanted: str) -> int | None:
        """Match lines that run leftwards: words of other scripts in one change places.

        Each line must hold the very characters that come next, in whatever order.
        """
        at, found = self._at, 0
        while found < len(wanted):
            end = at
            while end < len(self._all) and self._all[end][2] == self._all[at][2]:
                end += 1
            shown = Counter(one for one, _, _ in self._all[at:end])
            if not shown or shown != Counter(wanted[found : found + end - at]):
                return None
            found, at = found + end - at, end
        return at

    def _match_cells(self, wanted: str) -> int | None:
        """Match a table, whose cells are read in whatever order their lines stand."""
        missing = Counter(wanted)
        at = self._at
        while missing and at < len(self._all):
            shown = self._all[at][0]
            at += 1
            if missing[shown]:
                missing -= Counter(shown)
            elif shown != "-":
                return None
        return None if missing else at


# ---------------------------------------------------------------- columns


def _check_columns(thread: Thread, text: _Stream) -> Iterator[Finding]:
    """Yield columns that begin with a paragraph's last line, or end with a heading."""
    filled = [
        (area, lines)
        for area, lines in zip(thread.frames, text.columns, strict=True)
        if lines is not None
    ]
    for number, (area, (first, last)) in enumerate(filled):
        place = Place(article=thread.article, page=area.page)
        for one in text.taken:
            words = one.passage.ways[0].strip()
            if number and one.first < first == one.last:
                yield warning(
                    "proof.runt",
                    f"a column of “{thread.article}” begins with the last line of a "
                    f"paragraph: “{words[-SHOWN:]}”",
                    place,
                    hint="cut or add a few words above it",
                )
            ends = one.first <= last <= one.last and number < len(filled) - 1
            if one.passage.head and ends:
                yield warning(
                    "proof.crosshead",
                    f"a column of “{thread.article}” ends with a heading: "
                    f"“{words[:SHOWN]}”",
                    place,
                    hint="cut or add a few words above it",
                )


def squeeze(text: str) -> str:
    """Return a text without white space of any kind."""
    return _SPACE.sub("", text.replace("\u00a0", "").replace("\u00ad", ""))


def lines_in(
    pages: Mapping[int, PageFacts],
    area: Area,
    leftwards: bool = False,  # noqa: FBT001, FBT002
) -> list[TextLine]:
    """Return the lines that begin in an area, downwards; a drop cap comes first.

    Args:
        pages: The pages, by number.
        area: The area.
        leftwards: Whether pieces of one line are read from right to left.
    """
    page = pages.get(area.page)
    if page is None:
        return []
    inside = [
        line
        for line in page.lines
        if area.left - SLACK_PT <= line.left < area.right + SLACK_PT
        and area.top - SLACK_PT <= line.baseline <= area.bottom + SLACK_PT
    ]
    if not inside:
        return []
    usual = Counter(round(line.size, 1) for line in inside).most_common(1)[0][0]
    large = [line for line in inside if line.size > DROP_CAP * usual]
    rest = [line for line in inside if line.size <= DROP_CAP * usual]
    way = -1 if leftwards else 1
    rest.sort(key=lambda line: (round(line.baseline / 2), way * line.left))
    return large + rest


# ---------------------------------------------------------------- grid


def _check_grid(
    pages: Mapping[int, PageFacts], reading: Copyreading
) -> Iterator[Finding]:
    sizes = dict(reading.sizes)
    for number, page in sorted(pages.items()):
        areas = [
            area
            for thread in reading.threads
            for area in thread.frames
            if area.page == number
        ]
        offsets: Counter[float] = Counter()
        for area in areas:
            for line in lines_in(pages, area):
                if abs(line.size - sizes.get(number, 0.0)) < SAME_PT:
                    offsets[round(line.baseline % reading.leading, 2)] += 1
        if not offsets:
            continue
        common = offsets.most_common(1)[0][0]
        off = sum(n for o, n in offsets.items() if _apart(o, common, reading.leading))
        if off:
            yield error(
                "proof.grid",
                f"{off} lines of body type on page {page.number} stand off the grid",
                Place(page=number),
                hint="a style sheet of the layout changes the height of lines",
            )


def _apart(one: float, two: float, leading: float) -> bool:
    distance = abs(one - two)
    return min(distance, leading - distance) > SAME_PT


# ---------------------------------------------------------------- jumps


def _check_references(
    pages: Mapping[int, PageFacts], reading: Copyreading
) -> Iterator[Finding]:
    for jump in reading.references:
        there = _says(pages, jump.from_page, f"Continued on page {jump.to_page}")
        back = _says(pages, jump.to_page, f"From page {jump.from_page}")
        if not (there and back):
            yield error(
                "proof.jump",
                f"“{jump.article}” jumps from page {jump.from_page} to page "
                f"{jump.to_page}, but the pages do not both say so",
                Place(article=jump.article, page=jump.from_page),
                hint="the layout's article template must print both page references",
            )


def _says(pages: Mapping[int, PageFacts], number: int, words: str) -> bool:
    """Whether a line of a page says so; a longer number is another one."""
    page = pages.get(number)
    if page is None:
        return False
    wanted = re.compile(re.escape(squeeze(words).casefold()) + r"(?!\d)")
    return any(wanted.search(squeeze(line.text).casefold()) for line in page.lines)
