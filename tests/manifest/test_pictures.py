"""Front matter and text say different things about one picture."""

from __future__ import annotations

import pytest

from press.manifest.article_file import ArticleFile
from press.manifest.picture import PictureDesk
from press.manifest.schema import check
from press.manifest.source import decode
from press.manifest.yaml import read_tree
from press.model.article import Picture, PictureKind
from tests.manifest.builders import FOLDER, Paper

ARTICLE = f"{FOLDER}/articles/salt-tax"


def front_matter(text: str) -> ArticleFile:
    source = decode(text.encode(), file="index.md").value
    assert source is not None
    tree = read_tree(source).value
    assert tree is not None
    front = check(tree, ArticleFile)
    assert front.findings == ()
    assert front.value is not None
    return front.value


@pytest.fixture
def desk(paper: Paper) -> PictureDesk:
    for name in ("a.jpg", "b.jpg", "c.jpg", "map.svg", "Screenshot 1.png"):
        paper.write(f"{ARTICLE}/images/{name}", b"picture")
    return PictureDesk(root=paper.root, folder=ARTICLE)


def test_the_lead_comes_first_then_the_text_then_the_others(desk: PictureDesk) -> None:
    front = front_matter(
        "lead_image: images/c.jpg\nimages: [images/map.svg, images/b.jpg]\n"
    )
    shown = (Picture(file="images/b.jpg"), Picture(file="images/a.jpg"))

    pictures = desk.collect(front, shown)

    names = [picture.file.rpartition("/")[2] for picture in pictures]
    assert names == ["c.jpg", "b.jpg", "a.jpg", "map.svg"]
    assert [picture.lead for picture in pictures] == [True, False, False, False]
    assert pictures[0].file == f"{ARTICLE}/images/c.jpg"


def test_facts_of_the_front_matter_go_before_those_of_the_text(
    desk: PictureDesk,
) -> None:
    front = front_matter(
        "images: [{file: ./images/a.jpg, alt: A mill, focus: [0, 1], crop: 2:1}]\n"
    )
    shown = (Picture(file="images/a.jpg", alt="mill", caption="At work"),)

    (picture,) = desk.collect(front, shown)

    assert (picture.alt, picture.caption, picture.crop) == ("A mill", "At work", 2)
    assert (picture.focus.x, picture.focus.y) == (0, 1)


def test_the_lead_that_the_text_shows_as_well_is_one_picture(
    desk: PictureDesk,
) -> None:
    front = front_matter("lead_image: {file: images/a.jpg, credit: Ada}\n")
    shown = (Picture(file="images/a.jpg", alt="A mill"), Picture(file="images/a.jpg"))

    pictures = desk.collect(front, shown)

    assert [(each.alt, each.credit, each.lead) for each in pictures] == [
        ("A mill", "Ada", True)
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jpg", PictureKind.PHOTO),
        ("map.svg", PictureKind.CHART),
        ("traffic.PNG", PictureKind.CHART),
        ("Screenshot 1.jpg", PictureKind.CHART),
    ],
)
def test_drawings_and_screenshots_are_charts_by_themselves(
    desk: PictureDesk, paper: Paper, name: str, kind: PictureKind
) -> None:
    paper.write(f"{ARTICLE}/images/{name}", b"picture")
    shown = (Picture(file=f"images/{name}"),)

    (picture,) = desk.collect(front_matter("title: x\n"), shown)

    assert picture.kind is kind


def test_a_drawing_may_be_called_a_photo(desk: PictureDesk) -> None:
    front = front_matter("images: [{file: images/map.svg, kind: photo}]\n")

    (picture,) = desk.collect(front, ())

    assert picture.kind is PictureKind.PHOTO


@pytest.mark.parametrize(
    "written", ["images/Screenshot%201.png", "images/Screenshot 1.png"]
)
def test_a_name_may_be_written_as_an_address(desk: PictureDesk, written: str) -> None:
    (picture,) = desk.collect(front_matter("title: x\n"), (Picture(file=written),))

    assert picture.file == f"{ARTICLE}/images/Screenshot 1.png"


def test_accents_may_be_composed_or_not(paper: Paper, desk: PictureDesk) -> None:
    paper.write(f"{ARTICLE}/images/cafe\u0301.jpg", b"picture")

    shown = (Picture(file="images/caf\u00e9.jpg"),)
    (picture,) = desk.collect(front_matter("title: x\n"), shown)

    assert picture.file == f"{ARTICLE}/images/cafe\u0301.jpg"
    assert (paper.root / picture.file).is_file()


def test_a_picture_of_another_article_may_be_shown(
    paper: Paper, desk: PictureDesk
) -> None:
    paper.write(f"{FOLDER}/articles/mills/images/wheel.jpg", b"picture")

    shown = (Picture(file="../mills/images/wheel.jpg"),)
    (picture,) = desk.collect(front_matter("title: x\n"), shown)

    assert picture.file == f"{FOLDER}/articles/mills/images/wheel.jpg"
    assert desk.findings == []


def test_a_missing_picture_is_told_once_however_often_it_is_shown(
    desk: PictureDesk,
) -> None:
    shown = tuple(Picture(file="images/none.jpg") for _ in range(3))

    pictures = desk.collect(front_matter("title: x\n"), shown)

    assert pictures == ()
    assert [each.code for each in desk.findings] == ["picture.missing"]


@pytest.mark.parametrize("written", ["off", "no", "{off: yes}"])
def test_an_edition_may_run_an_article_without_its_pictures(
    paper: Paper, written: str
) -> None:
    paper.change(f"{FOLDER}/edition.yaml", "jump: 3", f"picture: {written}")

    read = paper.read_edition()

    assert read.findings == ()
    assert read.value is not None
    assignment = read.value.print.sections[0].articles[0]
    assert assignment.picture.off
    assert assignment.apply(read.value.articles[0]).pictures == ()


@pytest.mark.parametrize("written", ["yes", "none"])
def test_another_word_does_not_take_pictures_away(paper: Paper, written: str) -> None:
    paper.change(f"{FOLDER}/edition.yaml", "jump: 3", f"picture: {written}")

    (found,) = paper.findings()

    assert (found.code, found.place.line) == ("manifest.type", 16)
