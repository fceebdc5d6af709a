"""How long it takes to tell furniture from copy in a large month.

Run it with `python -m benchmarks.furniture`: 200 stories of 40 pieces, and the records of
earlier imports with 2,000 pieces; the least processor time
of several rounds is printed.
"""

from __future__ import annotations

import datetime as dt
import random
from time import process_time

from press.intake.furniture import judge
from press.model.house_rules import HouseRules
from press.model.manuscript import ImportRecord
from press.model.story import Origin, Piece, PieceKind, Story

STORIES, PIECES, RECORDS, TEXTS, ROUNDS = 200, 40, 50, 40, 5
CALLS = (
    "Receive The Lamp every month and help to support fearless, independent journalism.",
    "We rely on our readers to fund our journalism. If you like what we do, subscribe.",
)


def a_text(chance: random.Random, words: list[str]) -> str:
    return " ".join(chance.choices(words, k=chance.randint(15, 70))).capitalize() + "."


def texts_of(chance: random.Random, words: list[str], count: int) -> list[str]:
    texts = [a_text(chance, words) for _ in range(count)]
    texts[count // 2 : count // 2 + len(CALLS)] = CALLS
    return texts


def main() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    letters = "etaoinshrdlucmfwypvbgk"
    words = [
        "".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(4000)
    ]
    marks = ("<p>", "wp:paragraph", ".entry-content", "<div>", "<article>")
    stories = [
        Story(
            origin=Origin(
                form="wordpress", site="https://lamp.example", id=str(number)
            ),
            pieces=tuple(
                Piece(kind=PieceKind.PARAGRAPH, text=text, markdown=text, marks=marks)
                for text in texts_of(chance, words, PIECES)
            ),
        )
        for number in range(STORIES)
    ]
    earlier = [
        ImportRecord(
            origin=Origin(form="wordpress", id=f"old {number}"),
            imported=dt.datetime(2024, 8, 1, tzinfo=dt.UTC),
            front=(),
            blocks=(),
            source=tuple(texts_of(chance, words, TEXTS)),
        )
        for number in range(RECORDS)
    ]
    rules = HouseRules(names=("The Lamp",), domains=("lamp.example",))
    taken = []
    for _ in range(ROUNDS):
        began = process_time()
        verdicts = judge(stories, rules, earlier)
        taken.append(process_time() - began)
    found = sum(verdict is not None for each in verdicts for verdict in each)
    assert found == STORIES * len(CALLS), found
    print(
        f"{STORIES} stories, {STORIES * PIECES} pieces: {min(taken):.2f} s of a processor"
    )


if __name__ == "__main__":
    main()
