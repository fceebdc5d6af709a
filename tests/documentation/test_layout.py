"""The reference of layouts names all that a designer may use, and nothing else."""

from __future__ import annotations

import dataclasses
import re
import typing
from enum import Enum
from pathlib import Path

import press.compose.view
from press.compose.view import PageView
from press.manifest.layout import COLOURS, STYLES
from press.manifest.layout_file import LayoutFile
from press.manifest.schema import field_of, names_of, walk
from press.model.ink import Ink

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "layout.md").read_text(encoding="utf-8")
LAYOUTS = ROOT / "layouts"
#: What the page calls the values that templates get, by their class.
VALUES = {
    "page": "PageView",
    "article": "ArticleView",
    "headline": "HeadlineView",
    "text": "TextView",
    "figure": "PictureView",
    "ad": "AdView",
    "space": "SpaceView",
    "teaser": "Teaser",
    "contents": "ContentsView",
    "imprint": "ImprintView",
    "barcode": "BarcodeView",
    "rule": "RuleView",
    "rect": "Rect",
}
#: Classes that carry the name of something a layout names itself.
NAMED = re.compile(r"t-.*|strip|banner|poster|sheet|p[1-5]|p|t")


def chapter(title: str) -> str:
    found = re.search(
        rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
    assert found, title
    return found[1]


def parts(text: str) -> dict[str, str]:
    """Return the parts of a chapter by their headings."""
    _, *found = re.split(r"^### (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(found[::2], found[1::2], strict=True))


def first_cells(text: str) -> list[str]:
    """Return what stands in backticks in the first cells of a text's tables."""
    rows = re.findall(r"^\| (`[^|]+`) \|", text, flags=re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def written(value: object) -> str:
    """Return a default as the page writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Ink):
        return " ".join(f"{part * 100:g}" for part in value.parts)
    if isinstance(value, Enum):
        return str(value.value)
    if value in {0.015, 0.8, (0, 0)}:
        return "0" if value == (0, 0) else f"{value:.1%}".replace(".0%", "%")
    if isinstance(value, tuple):
        return ", ".join(map(written, value)) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value) or "none"


def test_defaults_are_those_of_the_schema() -> None:
    told = parts(chapter("layout.yaml"))

    for path, model in walk(LayoutFile):
        rows = re.findall(
            r"^\| `(\w+)` \|.*\| ([^|]+) \|$",
            told.get(".".join(path), ""),
            flags=re.MULTILINE,
        )
        for name, cell in rows:
            field = field_of(model, name)
            assert field is not None
            if not field.is_required() and cell != "as below":
                assert cell == written(field.default), (path, name)
        assert not path or [name for name, _ in rows] == list(names_of(model))


def test_the_colours_and_styles_that_press_asks_for_are_named() -> None:
    told = first_cells(chapter("What every layout has"))

    assert sorted(told) == sorted((*COLOURS, *STYLES))


def test_every_value_that_page_templates_get_is_named() -> None:
    told = {
        name: first_cells(text)
        for name, text in parts(chapter("Page templates")).items()
    }

    fields = {
        name: [
            one.name for one in dataclasses.fields(getattr(press.compose.view, kind))
        ]
        for name, kind in VALUES.items()
    }
    assert told == fields


def test_no_kind_of_value_is_left_out() -> None:
    seen: set[type] = set()
    ahead: list[object] = [PageView]
    while ahead:
        kind = ahead.pop()
        ahead += typing.get_args(kind)
        ours = getattr(kind, "__module__", "") == PageView.__module__
        if ours and isinstance(kind, type) and kind not in seen:
            seen.add(kind)
            ahead += typing.get_type_hints(kind).values()

    assert {kind.__name__ for kind in seen} == set(VALUES.values())


def shipped_classes() -> set[str]:
    """Return the classes in the page templates and style sheets that are shipped."""
    found: set[str] = set()
    for sheet in LAYOUTS.glob("*/*.css"):
        text = re.sub(
            r"/\*.*?\*/|\{[^}]*\}", "", sheet.read_text("utf-8"), flags=re.DOTALL
        )
        found |= set(re.findall(r"\.([a-z][a-z0-9-]*)", text))
    for template in (*LAYOUTS.glob("*/page.html.j2"), *LAYOUTS.glob("*/parts/*.j2")):
        for words in re.findall(r'class="([^"]*)"', template.read_text("utf-8")):
            found |= set(re.sub(r"\{\{.*?\}\}", " ", words).split())
            for choice in re.findall(r"'([a-z ]+)'", words):
                found |= set(choice.split())
    return {name for name in found if not NAMED.fullmatch(name)} - {"t-"}


def own_classes() -> set[str]:
    """Return the words of press's own code that may be classes."""
    rooms = ("measure", "model", "compose")
    files = [f for room in rooms for f in (ROOT / "src/press" / room).glob("*.py")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    strings = re.findall(r'"([^"\n]*)"', text) + re.findall(r"'([^'\n]*)'", text)
    return {word for string in strings for word in re.findall(r"[a-z-]+", string)}


def test_every_class_of_the_shipped_layouts_is_named() -> None:
    told = set(first_cells(chapter("CSS classes")))

    assert shipped_classes() <= told


def test_no_class_is_named_that_nothing_has() -> None:
    told = set(first_cells(chapter("CSS classes"))) - {"t-<style>"}

    assert told <= shipped_classes() | own_classes()
