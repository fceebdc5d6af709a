"""A credit is told from its caption where it is called one, and only there."""

from __future__ import annotations

import pytest

from press.intake.credit import credit_line, credited, split_credit, with_credits
from press.model.story import Piece, PieceKind, Sought
from tests.intake.stories import paragraph


@pytest.mark.parametrize(
    ("caption", "rest", "credit"),
    [
        (
            "A house in Leeds. Photo: Ada Marsh/Quoin",
            "A house in Leeds.",
            "Ada Marsh/Quoin",
        ),
        ("A map. Graphic: Quoin", "A map.", "Quoin"),
        ("Photograph by Ada Marsh", "", "Ada Marsh"),
        ("Salt (AP Photo/Ada Marsh)", "Salt", "Ada Marsh/AP"),
        ("Salt (Ada Marsh/Getty Images)", "Salt", "Ada Marsh/Getty Images"),
        ("Salt. © Quoin", "Salt.", "© Quoin"),
        ("Salt. Credit: Ada Marsh.", "Salt.", "Ada Marsh"),
        ("*Salt* (Photo: Ada Marsh)", "*Salt*", "Ada Marsh"),
        ("*Salt. Photo: Ada Marsh*", "*Salt.*", "Ada Marsh"),
        ("Salt. *Photo: Ada Marsh*", "Salt.", "Ada Marsh"),
        ("Salt. **Photo:** Ada Marsh", "Salt.", "Ada Marsh"),
        ("Le sel. Crédit photo : AFP", "Le sel.", "AFP"),
        ("Salz. Foto: Ada Marsh/dpa", "Salz.", "Ada Marsh/dpa"),
        ("Соль. Фото: Ада Марш", "Соль.", "Ада Марш"),
    ],
)
def test_a_credit_is_told_from_its_caption(
    caption: str, rest: str, credit: str
) -> None:
    assert split_credit(caption) == (rest, credit)


@pytest.mark.parametrize(
    "caption",
    [
        "He said: photos are good.",
        "Ada Marsh",
        "Image: blocking of messengers in Togo",
        "Chart: Blocking of Instant Messaging Apps in Togo",
        "The photo of the year",
        "Salt (left) and pepper",
        "",
    ],
)
def test_a_caption_that_names_nobody_stays_whole(caption: str) -> None:
    assert split_credit(caption) == (caption, "")


def test_a_credit_that_was_given_is_not_looked_for_again() -> None:
    picture = Sought(addresses=("a.png",), caption="Salt. Photo: Quoin", credit="Marsh")

    assert credited(picture) == picture


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Photo: Jameson Dempesy", "Jameson Dempesy"),
        ("Picture: Ada Marsh/Quoin", "Ada Marsh/Quoin"),
        ("Foto: Otto von Salz", "Otto von Salz"),
        ("Image: OONI, from explorer.ooni.org", "OONI, from explorer.ooni.org"),
        ("© Ada Marsh 2024", "© Ada Marsh 2024"),
        ("Credit: Quoin Press.", "Quoin Press"),
        ("Photograph by Ada Marsh", "Ada Marsh"),
        ("(Photo: Ada Marsh)", "Ada Marsh"),
        ("写真:山田太郎", "山田太郎"),
    ],
)
def test_a_line_under_a_picture_that_is_only_a_credit_is_its_credit(
    line: str, credit: str
) -> None:
    picture = Piece(
        kind=PieceKind.PICTURE, text="Salt.", pictures=(Sought(addresses=("a.png",)),)
    )

    (made,) = with_credits([picture, paragraph(line)])

    assert made.pictures[0].credit == credit
    assert made.text == f"Salt. {line}"


@pytest.mark.parametrize(
    "line",
    [
        "Photo: the mill after the fire, seen from the bridge.",
        "Image: Catalan Independence Referendum site seized",
        "Photos were taken by everybody.",
        "Picture the scene: Ada Marsh in the mill.",
        "Foto: so sah die Mühle aus",
        "Ada Marsh",
        "Source: OONI measurements collected from Nigeria",
        "Photo: Ada Marsh stood on the bridge and counted ships and Otto wrote it down",
    ],
)
def test_a_sentence_under_a_picture_is_copy(line: str) -> None:
    shown = Sought(addresses=("a.png",))
    picture = Piece(kind=PieceKind.PICTURE, pictures=(shown,))

    assert credit_line(line) == ""
    assert len(with_credits([picture, paragraph(line)])) == 2


def test_a_credit_is_taken_once_and_only_right_under_its_picture() -> None:
    shown = Sought(addresses=("a.png",))
    picture = Piece(kind=PieceKind.PICTURE, pictures=(shown,))
    line = paragraph("Photo: Ada Marsh")

    assert len(with_credits([picture, line, line])) == 2
    assert len(with_credits([line, picture, paragraph("Salt."), line])) == 4
