"""A zip file is looked at before anything in it is unpacked."""

from __future__ import annotations

import io
import zipfile

import pytest

from press.intake import package
from press.intake.package import Package, is_inside, member_path, read_xml
from press.model.incoming import CopyFile
from tests.intake.documents import zipped


def file(data: bytes) -> CopyFile:
    return CopyFile(name="a.docx", data=data)


def test_a_bomb_is_not_unpacked() -> None:
    opened = Package.open(file(zipped({"a.xml": "\0" * 20_000_000})))

    assert opened.value is None
    assert [one.code for one in opened.findings] == ["intake.too-large"]


def test_more_files_than_any_document_has_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(package, "MOST_MEMBERS", 3)

    opened = Package.open(file(zipped({f"{n}.xml": "" for n in range(4)})))

    assert [one.code for one in opened.findings] == ["intake.too-large"]


def test_a_size_that_is_a_lie_gives_no_more_than_was_declared() -> None:
    data = bytearray(zipped({"a.xml": "<a>" + "x" * 1000 + "</a>"}))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")

    opened = Package.open(file(bytes(data)))

    assert opened.value is not None
    assert opened.value.read("a.xml") is None


@pytest.mark.parametrize("name", ["../evil.png", "/etc/passwd", "a/../../b", "C:/x"])
def test_a_member_that_leads_out_is_told_and_not_read(name: str) -> None:
    opened = Package.open(file(zipped({name: "x", "a.xml": "<a/>"})))

    assert opened.value is not None
    assert opened.value.names == ("a.xml",)
    assert opened.value.read(name) is None
    assert [one.code for one in opened.findings] == ["intake.path"]


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", zipped({"a": "b"})[:40]],
    ids=["nothing", "words", "half of one"],
)
def test_what_is_no_zip_is_a_finding(data: bytes) -> None:
    opened = Package.open(file(data))

    assert opened.value is None
    assert [one.code for one in opened.findings] == ["intake.unreadable"]


def test_a_damaged_member_is_none() -> None:
    data = bytearray(zipped({"a.xml": "<a>" + "salt " * 200 + "</a>"}))
    data[45:55] = b"\xff" * 10

    opened = Package.open(file(bytes(data)))

    assert opened.value is not None
    assert opened.value.read("a.xml") is None


def test_a_link_to_elsewhere_is_no_member() -> None:
    link = zipfile.ZipInfo("a.png")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO(zipped({}))
    with zipfile.ZipFile(out, "a") as made:
        made.writestr(link, "/etc/passwd")

    opened = Package.open(file(out.getvalue()))

    assert opened.value is not None
    assert opened.value.names == ()


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "<a><b></a>",
        "",
        "<a>" * 1000 + "</a>" * 1000,
    ],
)
def test_xml_with_entities_or_faults_is_none(text: str) -> None:
    assert read_xml(text.encode()) is None


def test_paths_are_judged_as_written_and_as_meant() -> None:
    assert is_inside("images/a.png")
    assert not is_inside("..\\a.png")
    assert member_path("media/a%20b.png", "word") == "word/media/a b.png"
    assert member_path("%2e%2e/%2e%2e/etc/passwd", "word") == ""
    assert member_path("file:///etc/passwd") == ""
    assert member_path("https://quoin.example/a.png") == ""
