"""The reference says what the formats say, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from press.manifest.article_file import ArticleFile
from press.manifest.edition_file import EditionFile
from press.manifest.furniture_file import FurnitureFile
from press.manifest.house_file import HouseFile
from press.manifest.layout_file import LayoutFile
from press.manifest.schema import Strict, check, field_of, names_of, walk
from press.manifest.source import decode
from press.manifest.style_file import StyleFile
from press.manifest.yaml import read_tree

ROOT = Path(__file__).parents[2]
MANIFEST = ROOT / "docs/reference/manifest.md"
LAYOUT = ROOT / "docs/reference/layout.md"
FORMATS: list[tuple[Path, str, type[Strict]]] = [
    (MANIFEST, "press.yaml", HouseFile),
    (MANIFEST, "style.yaml", StyleFile),
    (MANIFEST, "edition.yaml", EditionFile),
    (MANIFEST, "Front matter of an article", ArticleFile),
    (MANIFEST, "furniture.yaml", FurnitureFile),
    (LAYOUT, "layout.yaml", LayoutFile),
]


def chapter(path: Path, title: str) -> str:
    text = path.read_text(encoding="utf-8")
    found = re.search(
        rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert found, f"{path.name} has no chapter {title}"
    return found[1]


def tables(text: str) -> dict[str, list[list[str]]]:
    """Return the rows of the settings' tables, by the heading they stand under."""
    found: dict[str, list[list[str]]] = {}
    headings = [""]
    for line in text.splitlines():
        if line.startswith("### "):
            headings = line.removeprefix("### ").split(", ")
        if line.startswith("| `"):
            row = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for heading in headings:
                found.setdefault(heading, []).append(row)
    return found


@pytest.mark.parametrize(("page", "title", "schema"), FORMATS)
def test_every_setting_is_in_the_reference_with_meaning_and_example(
    page: Path, title: str, schema: type[Strict]
) -> None:
    documented = tables(chapter(page, title))

    told = {
        heading: [tuple(row[:3]) for row in rows]
        for heading, rows in documented.items()
    }
    meant = {
        ".".join(path): [
            (f"`{name}`", field.description, f"`{(field.examples or [''])[0]}`")
            for name in names_of(model)
            if (field := field_of(model, name))
        ]
        for path, model in walk(schema)
    }
    assert told == meant


@pytest.mark.parametrize(("page", "title", "schema"), FORMATS)
def test_the_reference_says_what_must_be_given(
    page: Path, title: str, schema: type[Strict]
) -> None:
    documented = tables(chapter(page, title))

    for path, model in walk(schema):
        for name, row in zip(names_of(model), documented[".".join(path)], strict=True):
            field = field_of(model, name)
            assert field is not None
            assert (row[3] == "must be given") == field.is_required(), name


@pytest.mark.parametrize(("page", "title", "schema"), FORMATS)
def test_every_example_is_accepted(
    page: Path, title: str, schema: type[Strict]
) -> None:
    del page, title
    for _, model in walk(schema):
        for name in names_of(model):
            field = field_of(model, name)
            example = str((field.examples or [""])[0]) if field else ""
            if "…" in example and example.startswith(("{", "[")):
                continue
            source = decode(f"{name}: {example}\n".encode(), file="example").value
            assert source is not None
            tree = read_tree(source)
            assert tree.findings == (), (name, tree.findings)
            assert tree.value is not None

            findings = check(tree.value, model).findings

            wrong = [each for each in findings if each.code != "manifest.missing-key"]
            assert wrong == [], name


@pytest.mark.parametrize(
    "title", ["edition.yaml", "Front matter of an article", "furniture.yaml"]
)
def test_the_longer_examples_are_accepted(title: str) -> None:
    found = re.search(r"```(?:yaml)?\n(.*?)```", chapter(MANIFEST, title), re.DOTALL)
    assert found
    example = found[1].replace("---\n", "").partition("\nThe text follows")[0]
    schema = {name: schema for _, name, schema in FORMATS}[title]
    source = decode(example.encode(), file="example").value
    assert source is not None

    tree = read_tree(source)

    assert tree.findings == ()
    assert tree.value is not None
    assert check(tree.value, schema).findings == ()
