"""Stories to be judged."""

from __future__ import annotations

from press.model.story import Origin, Piece, PieceKind, Story


def paragraph(text: str, markdown: str = "", *marks: str) -> Piece:
    return Piece(
        kind=PieceKind.PARAGRAPH, text=text, markdown=markdown or text, marks=marks
    )


def heading(text: str, *marks: str) -> Piece:
    return Piece(kind=PieceKind.HEADING, text=text, markdown=f"## {text}", marks=marks)


def button(text: str, url: str = "https://lamp.example/join") -> Piece:
    return Piece(kind=PieceKind.BUTTON, text=text, markdown=f"[{text}]({url})")


def a_story(*pieces: Piece, name: str = "", byline: tuple[str, ...] = ()) -> Story:
    return Story(
        origin=Origin(form="text", site="https://lamp.example", id=name),
        byline=byline,
        pieces=pieces,
    )


def plain(*texts: str) -> Story:
    return a_story(*map(paragraph, texts))
