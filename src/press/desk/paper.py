"""Start a newspaper; keep the schemas that help in writing its files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from press.adapters.clock import SystemClock
from press.manifest.json_schema import (
    article_schema,
    edition_schema,
    furniture_schema,
    paper_schema,
    style_schema,
)
from press.manifest.layout import known_layouts
from press.manifest.read import read_edition, read_house
from press.manifest.starter import new_paper as begin
from press.model.finding import Finding, Place, warning
from press.model.house import House

SCHEMAS = ".press/schema"


def new_paper(folder: Path, *, title: str) -> tuple[Path, ...]:
    """Start a newspaper in a new folder; return the files written.

    Raises:
        CannotWriteError: The folder cannot be written, or is not empty.
    """
    today = SystemClock().now()
    month = (today.year * 12 + today.month) % 12 + 1
    year = today.year + (1 if month == 1 else 0)
    return begin(folder, title, edition_id=f"{year}-{month:02}")


def write_schemas(paper: Path) -> tuple[Path, ...]:
    """Write the schemas of a paper's files; return them."""
    written = []
    for name, text in _schemas(paper):
        file = paper / SCHEMAS / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        written.append(file)
    return tuple(written)


def check_schemas(paper: Path) -> tuple[Finding, ...]:
    """Return a warning for every schema that is not current."""
    return tuple(
        warning(
            "schema.old",
            f"{SCHEMAS}/{name} does not know the paper as it is now",
            Place(file=f"{SCHEMAS}/{name}"),
            "run press schema",
        )
        for name, text in _schemas(paper)
        if _read(paper / SCHEMAS / name) != text
    )


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _schemas(paper: Path) -> Iterator[tuple[str, str]]:
    house = read_house(paper).value
    articles = sorted(
        {p.parent.name for p in paper.glob("editions/*/articles/*/index.md")}
    )
    yield (
        "edition.schema.json",
        edition_schema(
            known_layouts(paper),
            articles=articles,
            sections=_sections(paper, house) if house else [],
            house_ads=[ad.id for ad in house.house_ads] if house else [],
        ),
    )
    yield "press.schema.json", paper_schema()
    yield "article.schema.json", article_schema()
    yield "furniture.schema.json", furniture_schema()
    yield "style.schema.json", style_schema()


def _sections(paper: Path, house: House) -> list[str]:
    """Return the names of sections that editions have used."""
    known = known_layouts(paper)
    names: set[str] = set()
    for folder in sorted(paper.glob("editions/*/edition.yaml")):
        edition = read_edition(paper, folder.parent.name, house, known).value
        if edition is not None:
            names |= {section.name for section in edition.print.sections}
    return sorted(names)
