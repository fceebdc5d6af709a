"""Drawings are shown as they are drawn, and can neither act nor reach out."""

from __future__ import annotations

import base64
import io
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from press.model.article import Focus, Picture, PictureKind
from press.model.errors import EngineError
from press.model.finding import Severity
from press.model.picture import PictureFormat, PictureJob
from tests.adapters.pictures import a_job

SVG = "{http://www.w3.org/2000/svg}"
OPEN = (
    '<svg xmlns="http://www.w3.org/2000/svg"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 200">'
)


def a_chart_job(mm=(60, 40), **picture) -> PictureJob:
    return a_job("chart.svg", mm, **picture)


def written(lab, cache, job=None) -> Any:
    [prepared] = lab.prepare([job or a_chart_job()])
    assert [found.message for found in prepared.findings] == []
    return (cache / prepared.value.name).read_text("utf-8")


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="300" height="200"', (300, 200)),
        ('width="300px" height="200px" viewBox="0 0 3 2"', (300, 200)),
        ('viewBox="0 0 394.89 211"', (395, 211)),
        ('viewBox="-50,-20,300,100"', (300, 100)),
        ('width="100%" height="100%" viewBox="0 0 640 480"', (640, 480)),
        ('width="400" viewBox="0 0 2 1"', (400, 200)),
        ('height="4in" viewBox="0 0 2 1"', (768, 384)),
        ('width="10cm" height="50mm"', (378, 189)),
        ('viewBox="0 0 3 2"', (1000, 667)),
    ],
)
def test_a_drawings_size_is_what_it_says(lab, root, attributes, size):
    (root / "chart.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect/></svg>'
    )

    seen = lab.inspect(Picture(file="chart.svg"))

    assert seen.findings == ()
    assert seen.value.format is PictureFormat.SVG
    assert seen.value.pixels == size


@pytest.mark.parametrize(
    "attributes", ["", 'width="100%"', 'viewBox="0 0 0 0"', 'width="1e999" height="-4"']
)
def test_a_drawing_without_a_size_is_taken_as_three_to_two_and_told(
    lab, root, attributes
):
    (root / "chart.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect/></svg>'
    )

    seen = lab.inspect(Picture(file="chart.svg"))

    [found] = seen.findings
    assert seen.value.pixels == (300, 200)
    assert (found.code, found.severity) == ("picture.svg", Severity.WARNING)


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<g><a><script href='x.js'/></a></g>", "<script>"),
        ("<foreignObject><p>x</p></foreignObject>", "<foreignObject>"),
        ('<image href="https://example.org/x.png"/>', "https://example.org/x.png"),
        ('<image xlink:href="photo.jpg"/>', "photo.jpg"),
        ('<image href="file:///etc/passwd"/>', "file:///etc/passwd"),
        ('<use href="other.svg#a"/>', "other.svg#a"),
        ('<use href="data:image/svg+xml;base64,PHN2Zy8+"/>', "data:image/svg+xml"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "data:image/svg+xml"),
        ('<image href="data:text/html;base64,AAAA"/>', "data:text/html"),
        ('<rect fill="url(https://example.org/#a)"/>', "https://example.org/#a"),
        ("<rect style=\"fill:url( '//example.org' )\"/>", "//example.org"),
        ("<style>@import 'x.css';</style>", "another file"),
        ("<style>@\\69mport 'x.css';</style>", "another file"),
        ("<style>a{fill:u\\72l(http://example.org)}</style>", "http://example.org"),
        ("<style>a{fill:ur/**/l(x)} b{fill:url/* */(y)}</style>", '"x"'),
        ("<style>@font-face{src:url(data:font/woff;base64,AA)}</style>", "data:font"),
        ('<image href="data:image/png;base64,AAAA"/>', "holds a picture that"),
        ('<image href="data:image/png;base64,AAA"/>', "cannot be decoded"),
        ('<image href="data:image/png;base64,PHN2Zy8+"/>', "that is a drawing"),
        ("<g>" * 101 + "</g>" * 101, "100 deep"),
        ("<g/>" * 10_001, "more than 10,000 elements"),
        ('<g id="a"><use href="#a"/></g>', "refers to itself"),
        ('<pattern id="p"><rect fill="url(#p)"/></pattern>', "refers to itself"),
        ("<g>", "not well-formed"),
        ("<text>&nbsp;</text>", "not well-formed"),
    ],
)
def test_what_acts_or_reaches_out_of_a_drawing_is_refused(lab, root, inside, words):
    (root / "chart.svg").write_text(f"{OPEN}{inside}</svg>")

    seen = lab.inspect(Picture(file="chart.svg"))
    [prepared] = lab.prepare([a_chart_job()])

    for checked in (seen, prepared):
        [found] = checked.findings
        assert checked.value is None
        assert (found.code, found.severity) == ("picture.svg", Severity.ERROR)
        assert words in found.message
        assert found.place.line == 1


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<?xml-stylesheet href="x.css"?>',
    ],
)
def test_what_stands_before_a_drawing_can_refuse_it(lab, root, before):
    (root / "chart.svg").write_text(f"<?xml version='1.0'?>\n{before}{OPEN}</svg>")

    [found] = lab.inspect(Picture(file="chart.svg")).findings

    assert (found.code, found.place.line) == ("picture.svg", 2)


def test_the_document_type_that_chart_programs_write_does_no_harm(lab, root, cache):
    dtd = (root / "svg11.dtd").absolute().as_uri()
    (root / "svg11.dtd").write_text('<!ENTITY secret "read">')
    (root / "chart.svg").write_text(
        f'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "{dtd}">'
        f"{OPEN}<text>&secret;</text></svg>"
    )

    [prepared] = lab.prepare([a_chart_job()])

    assert prepared.value is not None
    [drawn] = cache.rglob(prepared.value.name)
    assert b"read" not in drawn.read_bytes()


@pytest.mark.parametrize(
    "reference",
    [
        '<use href="#{}"/>',
        '<rect fill="url(#{})"/>',
        "<rect style=\"mask:url('#{}')\"/>",
        '<rect class="c{}"/>',
    ],
)
def test_references_that_multiply_are_refused(lab, root, reference):
    style = "".join(f".ca{level}{{fill:url(#a{level})}}" for level in range(9))
    levels = "".join(
        f'<pattern id="a{level}">{reference.format(f"a{level - 1}") * 10}</pattern>'
        for level in range(1, 9)
    )
    (root / "chart.svg").write_text(
        f'{OPEN}<style>{style}</style><pattern id="a0"><rect/></pattern>{levels}'
        '<use href="#a8"/></svg>'
    )

    [found] = lab.inspect(Picture(file="chart.svg")).findings

    assert found.code == "picture.svg"
    assert "references" in found.message


def test_a_long_chain_of_references_is_refused(lab, root):
    chain = "".join(
        f'<g id="a{level}"><use href="#a{level + 1}"/></g>' for level in range(4_000)
    )
    (root / "chart.svg").write_text(f"{OPEN}{chain}</svg>")

    [found] = lab.inspect(Picture(file="chart.svg")).findings

    assert "nested too deep" in found.message


def test_a_drawing_with_many_gradients_and_symbols_is_taken(lab, root):
    gradient = f'<linearGradient id="b">{"<stop/>" * 20}</linearGradient>'
    dots = '<use class="a" href="#dot"/>' * 3000
    (root / "chart.svg").write_text(
        f"{OPEN}<style>.a{{fill:url(#b)}}</style>{gradient}"
        f'<path id="dot" d="M0 0h1v1z"/>{dots}</svg>'
    )

    assert lab.inspect(Picture(file="chart.svg")).findings == ()


def test_only_what_draws_is_written(lab, root, cache):
    (root / "chart.svg").write_text(
        f"""<?xml version="1.0"?><!-- by J. Source -->
        {OPEN.replace("viewBox", "xmlns:i='http://www.inkscape.org/' i:by='me' viewBox")}
        <metadata>J. Source</metadata><title>secret</title><i:view x="1"/>
        <style>.bar{{fill:#c8102e}} .odd{{fill:url(data:image/png;base64,AAAA)}}</style>
        <a href="https://example.org/" onclick="alert(1)"><rect class="bar" width="9"
          ONLOAD="x()" data-source="secret" height="50%" fill="#c8102e"/></a>
        <use xlink:href="#dot"/><circle id="dot" r="2"/>
        <rect><animate attributeName="href" to="javascript:x"/></rect>
        <text xml:space="preserve">5 &lt; 6 &amp; “so”</text></svg>"""
    )

    text = written(lab, cache)

    tree = ET.fromstring(text)  # noqa: S314 -- our own output
    names = {element.tag.removeprefix(SVG) for element in tree.iter()}
    assert names == {"svg", "style", "a", "rect", "use", "circle", "text"}
    assert tree.findtext(f".//{SVG}text") == "5 < 6 & “so”"
    [use] = tree.iter(f"{SVG}use")
    assert use.get("{http://www.w3.org/1999/xlink}href") == "#dot"
    assert next(tree.iter(f"{SVG}rect")).get("class") == "bar"
    for gone in (
        "Source",
        "secret",
        "onclick",
        "ONLOAD",
        "example",
        "inkscape",
        "data:",
    ):
        assert gone not in text


def test_a_drawing_is_as_large_as_its_place(lab, root, cache):
    (root / "chart.svg").write_text(f"{OPEN}<rect/></svg>")

    tree = ET.fromstring(written(lab, cache))  # noqa: S314 -- our own output

    assert (tree.get("width"), tree.get("height")) == ("60.000mm", "40.000mm")
    assert tree.get("viewBox") == "0 0 300 200"
    assert tree[0].get("viewBox") == "0 0 300 200"


def test_a_drawing_that_may_be_cropped_is_cropped_around_its_focus(lab, root, cache):
    (root / "chart.svg").write_text(f"{OPEN}<rect/></svg>")
    job = a_chart_job((40, 40), focus=Focus(x=1, y=0.5))

    tree = ET.fromstring(written(lab, cache, job))  # noqa: S314 -- our own output

    assert lab.prepare([job])[0].value.pixels == (200, 200)
    assert tree.get("viewBox") == "0 0 200 200"
    assert tree[0].get("viewBox") == "100 0 200 200"
    assert tree[0][0].get("width") == "300"


def test_a_drawn_chart_is_never_cropped(lab, root):
    (root / "chart.svg").write_text(f"{OPEN}<rect/></svg>")

    with pytest.raises(EngineError, match="never cropped"):
        lab.prepare([a_chart_job((40, 40), kind=PictureKind.CHART)])


def test_a_drawing_has_no_resolution(lab, root):
    (root / "chart.svg").write_text(f"{OPEN}<rect/></svg>")

    [prepared] = lab.prepare([a_chart_job((300, 200))])

    assert prepared.value.ppi is None
    assert prepared.value.name.endswith(".svg")
    assert prepared.findings == ()


def test_a_picture_inside_a_drawing_loses_its_metadata_too(lab, root, cache):
    exif = Image.Exif()
    exif[0x010E] = "J. Source"
    file = io.BytesIO()
    Image.effect_noise((60, 40), 50).save(file, "JPEG", exif=exif)
    inside = base64.b64encode(file.getvalue()).decode()
    (root / "chart.svg").write_text(
        f'{OPEN}<image href="data:image/jpeg;base64,\n{inside}" width="60"/></svg>'
    )

    text = written(lab, cache)

    [embedded] = map(base64.b64decode, re.findall(r"base64,([^\"]+)", text))
    assert b"J. Source" in file.getvalue()
    assert b"J. Source" not in embedded
    with Image.open(io.BytesIO(embedded)) as image:
        assert image.size == (60, 40)


def test_a_transparent_picture_inside_a_drawing_stays_transparent(lab, root, cache):
    file = io.BytesIO()
    Image.new("RGBA", (60, 40), (255, 0, 0, 100)).save(file, "PNG")
    inside = base64.b64encode(file.getvalue()).decode()
    (root / "chart.svg").write_text(
        f'{OPEN}<image href="data:image/png;base64,{inside}"/></svg>'
    )

    text = written(lab, cache)

    [embedded] = map(base64.b64decode, re.findall(r"base64,([^\"]+)", text))
    with Image.open(io.BytesIO(embedded)) as image:
        assert image.convert("RGBA").getpixel((9, 9)) == (255, 0, 0, 100)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_drawing_may_come_in_any_common_encoding(lab, root, cache, encoding):
    name = encoding.removesuffix("-sig")
    (root / "chart.svg").write_text(
        f'<?xml version="1.0" encoding="{name}"?>{OPEN}<text>Café</text></svg>',
        encoding,
    )

    assert "Café" in written(lab, cache)


@pytest.mark.parametrize("encoding", ["klingon", "shift_jis", "hex"])
def test_a_drawing_in_an_encoding_that_cannot_be_read_is_refused(lab, root, encoding):
    (root / "chart.svg").write_text(
        f'<?xml version="1.0" encoding="{encoding}"?>{OPEN}'
    )

    [found] = lab.inspect(Picture(file="chart.svg")).findings

    assert (found.code, found.place.line) == ("picture.svg", 1)
    assert "encoding" in found.message


def test_a_drawing_may_begin_with_a_long_licence(lab, root):
    (root / "chart.svg").write_text(f"<!-- {'All rights. ' * 1500} -->{OPEN}</svg>")

    assert lab.inspect(Picture(file="chart.svg")).findings == ()


def test_a_drawing_of_many_megabytes_is_refused(lab, root):
    (root / "chart.svg").write_text(f"{OPEN}<path d='{'M0 0' * 5_100_000}'/></svg>")

    [found] = lab.inspect(Picture(file="chart.svg")).findings

    assert found.code == "picture.too-large"
    assert "20 MB" in found.message
