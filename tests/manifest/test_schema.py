"""A new format takes a few lines: classes of settings, and `check`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from press.manifest.scalar import Colour, LengthText, Line, Whole, YesNo
from press.manifest.schema import FormatVersion, Strict, check, setting
from press.manifest.source import decode
from press.manifest.tree import Tree
from press.manifest.yaml import read_tree
from press.model.finding import Checked


class StylePart(Strict):
    """A style of type."""

    style: Line = setting("Its name.", example="body")
    size: LengthText = setting("Size of type.", example="9 pt")
    italic: YesNo = setting("Whether it is italic.", example="yes", default=False)


class LookFile(Strict):
    """How the paper looks."""

    press: FormatVersion = setting("Version of this file's format.", example=1)
    columns: Annotated[Whole, Field(ge=1, le=12)] = setting("Columns.", example=5)
    ink: Colour = setting("Colour of text.", example='"#111111"', default="#000000")
    styles: tuple[StylePart, ...] = setting("Styles.", example="[…]", default=())


def tree_of(text: str) -> Tree:
    source = decode(text.encode(), file="look.yaml").value
    assert source is not None
    read = read_tree(source)
    assert read.value is not None, read.findings
    return read.value


def checked(text: str) -> Checked[LookFile]:
    return check(tree_of(text), LookFile)


def test_settings_are_typed_and_know_where_they_stand() -> None:
    read = checked(
        "press: 1\ncolumns: 5\nstyles:\n"
        "  - {style: body, size: 9 pt}\n  - {style: head, size: 34 pt, italic: yes}\n"
    )

    assert read.findings == ()
    look = read.value
    assert look is not None
    assert (look.columns, look.ink) == (5, "#000000")
    head = look.styles[1]
    assert (head.size.pt, head.italic) == (34, True)
    assert str(head.place) == "look.yaml:5:5"
    assert str(head.place_of("size")) == "look.yaml:5:25"
    assert str(look.place_of("ink")) == "look.yaml:1:1"


def test_the_rest_is_typed_when_something_is_wrong() -> None:
    read = checked(
        "press: 1\ncolumns: 5\nink: black\nstyles:\n"
        "  - {style: body, size: 9}\n  - {style: head, size: 34 pt}\n"
    )

    assert [(each.code, str(each.place)) for each in read.findings] == [
        ("manifest.type", "look.yaml:3:6"),
        ("manifest.type", "look.yaml:5:25"),
    ]
    assert read.value is not None
    assert [style.style for style in read.value.styles] == ["head"]
    assert str(read.value.styles[0].place_of("style")) == "look.yaml:6:13"


def test_nothing_is_typed_when_what_is_needed_is_wrong() -> None:
    read = checked("press: 1\ncolumns: 13\n")

    assert read.value is None
    assert [each.message for each in read.findings] == ["“13” is too large"]


def test_a_misspelt_setting_is_not_also_said_to_be_missing() -> None:
    read = checked("press: 1\ncolums: 5\n")

    assert [(each.code, each.hint) for each in read.findings] == [
        ("manifest.unknown-key", "did you mean “columns”?")
    ]


def test_an_unknown_setting_without_a_value_is_told() -> None:
    read = checked("press: 1\ncolumns: 5\nodd:\n")

    assert [each.message for each in read.findings] == ["“odd” is not a setting here"]


def test_settings_on_top_must_be_settings() -> None:
    read = checked("- press\n- columns\n")

    assert read.value is None
    assert [each.message for each in read.findings] == [
        "settings are needed here, not a list"
    ]
