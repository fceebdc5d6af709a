"""Bytes become lines, or a finding that names the encoding."""

from __future__ import annotations

import pytest

from press.manifest.source import decode
from tests.manifest.builders import Paper

E = "editions/2024-09/edition.yaml"


@pytest.mark.parametrize(
    ("data", "kind", "byte", "at"),
    [
        ("press: 1\ntitle: “x”".encode("cp1252"), "Windows-1252", 16, (2, 8)),
        ("press: 1\ntitle: £3".encode("latin-1"), "Latin-1", 16, (2, 8)),
        ("press: 1".encode("utf-16"), "UTF-16", 0, (1, 1)),
        ("press: 1".encode("utf-16-be"), "UTF-16", 0, (1, 1)),
        ("press: 1".encode("utf-32"), "UTF-32", 0, (1, 1)),
    ],
)
def test_another_encoding_is_named_with_its_first_odd_byte(
    data: bytes, kind: str, byte: int, at: tuple[int, int]
) -> None:
    read = decode(data, file="edition.yaml")

    assert read.value is None
    assert [each.code for each in read.findings] == ["manifest.encoding"]
    found = read.findings[0]
    message = f"the file is not UTF-8 at byte {byte} (it looks like {kind})"
    assert found.message == message
    assert (found.place.line, found.place.column) == at
    assert found.hint == "save the file as UTF-8"


def test_a_byte_order_mark_is_skipped_with_a_note(paper: Paper) -> None:
    content = (paper.root / E).read_bytes()
    paper.write(E, b"\xef\xbb\xbf" + content)

    findings = paper.findings()

    assert [(each.code, each.severity) for each in findings] == [
        ("manifest.bom", "note")
    ]


@pytest.mark.parametrize("line_break", ["\r\n", "\r"], ids=["Windows", "Macintosh"])
def test_line_breaks_of_other_systems_are_as_good(
    paper: Paper, line_break: str
) -> None:
    content = (paper.root / E).read_text(encoding="utf-8")
    wrong = content.replace("number: 67", "number: 010")
    paper.write(E, wrong.replace("\n", line_break))

    findings = paper.findings()

    assert [(each.code, each.place.line) for each in findings] == [("manifest.type", 4)]
    assert findings[0].place.source == "  number: 010"


def test_a_line_with_control_characters_is_safe_to_show(paper: Paper) -> None:
    paper.change(E, "title: September 2024", "title: \x1b[31mSep\u202etember")

    place = paper.findings()[0].place

    assert place.source == "  title: \ufffd[31mSep\ufffdtember"
    assert place.column == 10
