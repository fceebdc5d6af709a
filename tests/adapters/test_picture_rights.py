"""What a picture file says of its maker and of its use is read, and nothing else."""

from __future__ import annotations

import struct

import pytest
from PIL import Image, PngImagePlugin, TiffImagePlugin

from press.model.article import Picture

HEAD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
    ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
    ' xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"><rdf:RDF>'
)
XMP = (
    HEAD + '<rdf:Description photoshop:Credit="Marsh / Agency">'
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2024 Ada Marsh</rdf:li>'
    '<rdf:li xml:lang="de">© Ada Marsh, alle Rechte</rdf:li></rdf:Alt></dc:rights>'
    "<xmpRights:UsageTerms><rdf:Alt><rdf:li>Web only\n</rdf:li></rdf:Alt>"
    "</xmpRights:UsageTerms></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def iptc(*sets: tuple[int, int, bytes]) -> bytes:
    return b"".join(
        struct.pack(">BBBH", 0x1C, record, number, len(value)) + value
        for record, number, value in sets
    )


def photoshop(data: bytes) -> bytes:
    """A JPEG segment with IPTC in it."""
    block = (
        b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data
    )
    block += b"\0" * (len(data) % 2)
    return b"\xff\xed" + struct.pack(">H", len(block) + 2) + block


def told(lab, root, name, kind, **options) -> tuple[str, str]:
    Image.new("RGB", (30, 20)).save(root / name, kind, **options)
    facts = lab.inspect(Picture(file=name))
    assert facts.findings == ()
    return facts.value.credit, facts.value.rights


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF", "TIFF", "PNG"])
def test_xmp_tells_credit_and_rights(lab, root, kind):
    options: dict[str, object] = {"xmp": XMP.encode()}
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_itxt("XML:com.adobe.xmp", XMP)
        options = {"pnginfo": notes}
    if kind == "TIFF":
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags[700] = XMP.encode()
        options = {"tiffinfo": tags}

    credit, rights = told(lab, root, f"mill.{kind.lower()}", kind, **options)

    assert credit == "Marsh / Agency"
    assert rights == "© 2024 Ada Marsh; Web only"


@pytest.mark.parametrize("coding", ["utf-8", "cp1252"])
def test_iptc_tells_credit_and_rights(lab, root, coding):
    data = iptc(
        (2, 110, "Zoë / Agency".encode(coding)),
        (2, 80, b"Somebody Else"),
        (2, 116, "© 2024 Zoë".encode(coding)),
        (2, 40, b"NOT FOR PRINT"),
    )

    credit, rights = told(lab, root, "mill.jpg", "JPEG", extra=photoshop(data))

    assert credit == "Zoë / Agency"
    assert rights == "© 2024 Zoë; NOT FOR PRINT"


@pytest.mark.parametrize(
    ("maker", "credit", "named"),
    [
        (b"Jo Roe", b"Reuters", "Jo Roe/Reuters"),
        (b"Jo Roe", b"", "Jo Roe"),
        (b"", b"Reuters", "Reuters"),
        (b"JO ROE", b"Jo Roe for Reuters", "Jo Roe for Reuters"),
        (b"Jo Roe/Reuters", b"Reuters", "Jo Roe/Reuters"),
        (b"Somebody Else", b"Jo Roe / Reuters", "Jo Roe / Reuters"),
    ],
)
def test_the_maker_is_named_before_the_agency(lab, root, maker, credit, named):
    data = iptc((2, 80, maker), (2, 110, credit))

    assert told(lab, root, "mill.jpg", "JPEG", extra=photoshop(data)) == (named, "")


def test_writers_are_named_where_no_credit_is_given(lab, root):
    data = iptc((2, 80, b"Ada Marsh"), (2, 80, b"J. Cole\0 "))

    assert told(lab, root, "mill.jpg", "JPEG", extra=photoshop(data)) == (
        "Ada Marsh, J. Cole",
        "",
    )


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"no XML at all",
        XMP.encode()[:400],
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + XMP.encode().replace(b"Marsh /", b"&a;"),
        b'<?xml version="1.0" encoding="klingon"?><a/>',
        XMP.encode("utf-16")[:-7],
        HEAD.encode() + b"<a>" * 100_000,
        b" " * 1_000_001 + XMP.encode(),
    ],
)
def test_broken_xmp_says_nothing_and_stops_nothing(lab, root, packet):
    options = {"xmp": packet} if len(packet) < 60_000 else {}
    if not options:
        Image.new("RGB", (30, 20)).save(root / "mill.webp", xmp=packet)
        assert lab.inspect(Picture(file="mill.webp")).value.credit == ""
        return

    credit, _ = told(lab, root, "mill.jpg", "JPEG", **options)

    assert credit in {"", "Marsh / Agency"}


@pytest.mark.parametrize(
    "data",
    [
        b"\x1c",
        b"\x1c\x02\x6e\xff\xff",
        b"\x1c\x02\x6e\x84\0\0\0\0\0",
        b"\x1c\x63\x6e\0\1a",
        b"garbage" * 9,
        iptc((2, 110, b"")),
        iptc((3, 60, b"")),
        iptc((3, 60, b"\1\0"), (3, 20, b"\0" * 9)),
    ],
)
def test_broken_iptc_says_nothing_and_stops_nothing(lab, root, data):
    assert told(lab, root, "mill.jpg", "JPEG", extra=photoshop(data)) == ("", "")


def test_what_is_told_comes_again_from_the_store_and_is_short(lab, root):
    data = iptc((2, 110, b"A" * 9000), (2, 116, b"B\n" * 4000))
    first = told(lab, root, "mill.jpg", "JPEG", extra=photoshop(data))

    facts = lab.inspect(Picture(file="mill.jpg")).value

    assert (facts.credit, facts.rights) == first
    assert max(map(len, first)) <= 500
