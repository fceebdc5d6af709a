"""A new newspaper and a new edition are sound from the first moment."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from press.manifest import json_schema
from press.manifest.read import find_paper, read_edition, read_house
from press.manifest.starter import new_edition, new_paper, shipped_layouts
from press.model.errors import CannotWriteError, ManifestError
from tests.manifest.builders import FOLDER, KNOWN, Paper

E = f"{FOLDER}/edition.yaml"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def layouts(tmp_path: Path) -> Path:
    """A folder of layouts to ship."""
    folder = tmp_path / "shipped"
    (folder / "tabloid/__pycache__").mkdir(parents=True)
    (folder / "tabloid/layout.yaml").write_text("press: 1\n")
    (folder / "tabloid/__pycache__/x.pyc").write_text("")
    return folder


@pytest.mark.parametrize(
    "title", ["The Lamp", "The “Lamp”: news # 1", "No", "Žurnāls", '"Quoted" \\ title']
)
def test_a_new_paper_has_no_fault(tmp_path: Path, layouts: Path, title: str) -> None:
    root = tmp_path / "new"

    written = new_paper(root, title, edition_id="2024-09", layouts=layouts)

    house = read_house(root)
    assert house.findings == ()
    assert house.value is not None
    assert house.value.title == title
    edition = read_edition(root, "2024-09", house.value, KNOWN)
    assert edition.findings == ()
    assert edition.value is not None
    assert len(edition.value.articles) == 5
    assert set(written) == {path for path in root.rglob("*") if path.is_file()}


def test_a_new_paper_has_its_own_copy_of_the_layouts(
    tmp_path: Path, layouts: Path
) -> None:
    root = tmp_path / "new"

    new_paper(root, "The Lamp", edition_id="2024-09", layouts=layouts)

    assert (root / "layouts/tabloid/layout.yaml").read_text() == "press: 1\n"
    assert not (root / "layouts/tabloid/__pycache__").exists()
    assert (root / ".gitignore").read_text().split() == ["/build/", "/.press/"]
    assert len((root / "README.md").read_text().splitlines()) <= 12


@pytest.mark.skipif(
    not (ROOT / "layouts/tabloid").is_dir(), reason="this checkout has no layouts"
)
def test_the_layouts_of_press_are_found() -> None:
    folder = shipped_layouts()

    assert (folder / "tabloid").is_dir()


def test_a_paper_is_not_written_over_another(paper: Paper, layouts: Path) -> None:
    with pytest.raises(ManifestError, match="is a newspaper already"):
        new_paper(paper.root, "Other", edition_id="2024-09", layouts=layouts)


def test_a_folder_that_is_in_use_is_left_alone(tmp_path: Path, layouts: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used/letter.txt").write_text("Dear")

    with pytest.raises(ManifestError, match="is not empty"):
        new_paper(tmp_path / "used", "Lamp", edition_id="2024-09", layouts=layouts)


@pytest.mark.parametrize("title", ["", "  ", "\u200b", "The\x07Lamp"])
def test_a_paper_needs_a_title(tmp_path: Path, layouts: Path, title: str) -> None:
    with pytest.raises(ManifestError, match="is not a title"):
        new_paper(tmp_path / "new", title, edition_id="2024-09", layouts=layouts)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, layouts: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(CannotWriteError, match="cannot write"):
        new_paper(tmp_path / "file/new", "Lamp", edition_id="2024-09", layouts=layouts)


def test_a_new_edition_continues_the_last_one(paper: Paper) -> None:
    (written,) = new_edition(paper.root, "2024-10")

    house = paper.read_house().value
    assert house is not None
    read = read_edition(paper.root, "2024-10", house, KNOWN)
    assert {each.code for each in read.findings} == {"plan.no-articles"}
    edition = read.value
    assert edition is not None
    assert (edition.number, edition.title) == (68, "October 2024")
    assert (str(edition.on_sale), edition.price) == ("2024-09-30", "£3.95")
    assert [part.name for part in edition.print.sections] == ["News", "Comment"]
    assert edition.print.sections[1].pages == (10, 11)
    assert written == paper.root / "editions/2024-10/edition.yaml"
    assert (written.parent / "articles").is_dir()


def test_a_new_edition_keeps_the_send_plan_as_far_from_the_day_of_sale(
    paper: Paper,
) -> None:
    (written,) = new_edition(paper.root, "2024-10")

    lines = written.read_text(encoding="utf-8").splitlines()
    desk = "#     - {name: desk, to: [desk@lamp.example], at: 2024-09-29 16:00}"
    assert desk in lines


def test_the_commented_parts_of_a_new_edition_can_be_used(paper: Paper) -> None:
    (written,) = new_edition(paper.root, "2024-10")
    content = written.read_text(encoding="utf-8")
    head, _, tail = content.partition("# digest:")
    used = head + "digest:" + tail.replace("\n# ", "\n").replace("\n#\n", "\n\n")

    written.write_text(used.replace("name-of-an-article", "mills"), encoding="utf-8")

    house = paper.read_house().value
    assert house is not None
    read = read_edition(paper.root, "2024-10", house, KNOWN)
    assert {each.code for each in read.findings} == {
        "plan.no-articles",
        "plan.not-printed",
        "article.missing",
    }


def test_the_first_edition_of_a_paper_needs_no_other(paper: Paper) -> None:
    (paper.root / E).unlink()

    new_edition(paper.root, "2025-01")

    house = paper.read_house().value
    assert house is not None
    read = read_edition(paper.root, "2025-01", house, KNOWN)
    assert {each.code for each in read.findings} == {"plan.no-articles"}
    assert read.value is not None
    assert read.value.number == 1


@pytest.mark.parametrize(
    ("edition_id", "on_sale"),
    [("2024-11", "2024-10-30"), ("2025-03", "2025-02-28"), ("2024-12", "2024-11-30")],
)
def test_the_day_of_sale_moves_by_months(
    paper: Paper, edition_id: str, on_sale: str
) -> None:
    (written,) = new_edition(paper.root, edition_id)

    assert f"  on_sale: {on_sale}\n" in written.read_text(encoding="utf-8")


def test_a_paper_in_another_language_names_its_months_itself(paper: Paper) -> None:
    paper.change(E, "  price: £3.95", "  lang: cy")

    (written,) = new_edition(paper.root, "2024-10")

    assert "  title: 2024-10\n" in written.read_text(encoding="utf-8")


def test_an_edition_is_not_written_over_another(paper: Paper) -> None:
    with pytest.raises(ManifestError, match="there is an edition 2024-09 already"):
        new_edition(paper.root, "2024-09")


@pytest.mark.parametrize("name", ["october", "2024-13", "../2024-10", "2024-1", ""])
def test_an_edition_is_named_by_year_and_month(paper: Paper, name: str) -> None:
    with pytest.raises(ManifestError, match="is not an edition's name"):
        new_edition(paper.root, name)


def test_an_edition_does_not_continue_one_that_cannot_be_read(paper: Paper) -> None:
    paper.change(E, "  number: 67\n", "")

    with pytest.raises(ManifestError, match="cannot be read") as raised:
        new_edition(paper.root, "2024-10")

    assert raised.value.hint == "see `press check 2024-09`"


def test_the_schema_named_in_new_files_is_the_one_the_desk_writes(
    tmp_path: Path, layouts: Path
) -> None:
    root = tmp_path / "new"
    new_paper(root, "The Lamp", edition_id="2024-09", layouts=layouts)

    for file, name in (
        ("press.yaml", json_schema.PAPER_NAME),
        ("style.yaml", json_schema.STYLE_NAME),
        ("furniture.yaml", json_schema.FURNITURE_NAME),
        (E, json_schema.EDITION_NAME),
    ):
        line = (root / file).read_text(encoding="utf-8").splitlines()[0]
        told = line.partition("$schema=")[2]
        named = (root / file).parent / told
        assert named.resolve() == (root / json_schema.FOLDER / name).resolve()
    assert json.loads(json_schema.paper_schema())


def test_the_newspaper_is_the_nearest_folder_with_its_file(paper: Paper) -> None:
    inside = paper.root / FOLDER / "articles/mills"

    assert find_paper(inside) == paper.root.resolve()


def test_outside_of_a_newspaper_the_way_to_one_is_shown(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="no newspaper here") as raised:
        find_paper(tmp_path)

    assert "press new-paper" in (raised.value.hint or "")
