"""What pages may reach, what WeasyPrint says, and which fonts get in."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from press.adapters.weasy.fetcher import BASE, Shelf
from press.model.finding import Finding, Severity
from tests.adapters.sheets import Pressroom, a_line, a_sheet, set_text, stationery

pytestmark = pytest.mark.rendered


def a_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "#b3121d").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "good.png").write_bytes(a_png())
    (tmp_path / "secret.png").write_bytes(a_png())
    (folder / "out.png").symlink_to(tmp_path / "secret.png")
    (folder / "inner.png").symlink_to(folder / "good.png")
    (folder / "sub").mkdir()
    (folder / "sub" / "deep.png").write_bytes(a_png())
    return folder


@pytest.fixture
def shelf(prepared: Path) -> Shelf:
    face = stationery().faces[0]
    return Shelf([face.file], str(prepared))


def test_prepared_pictures_and_fonts_are_served(shelf: Shelf) -> None:
    picture = shelf.fetch(f"{BASE}pictures/good.png")
    font = shelf.fetch(f"{BASE}fonts/0")

    assert picture.read() == a_png()
    assert picture.content_type == "image/png"
    assert font.read()[:4] in {b"\0\1\0\0", b"OTTO"}


REFUSED = (
    "http://127.0.0.1:1/x.png",
    "https://example.org/x.png",
    "https://press.invalid.example.org/pictures/good.png",
    "https://user@press.invalid/pictures/good.png",
    "http://press.invalid/pictures/good.png",
    "https://press.invalid:8443/pictures/good.png",
    "file:///etc/passwd",
    "ftp://press.invalid/pictures/good.png",
    "data:text/css,p{color:red}",
    "data:image/png;base64,iVBORw0KGgo=",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
    f"{BASE}pictures/../secret.png",
    f"{BASE}pictures/%2e%2e/secret.png",
    f"{BASE}pictures/..%2fsecret.png",
    f"{BASE}pictures/..",
    f"{BASE}pictures/.",
    f"{BASE}pictures/",
    f"{BASE}pictures/sub/deep.png",
    f"{BASE}pictures//etc/passwd",
    f"{BASE}pictures/%2fetc%2fpasswd",
    f"{BASE}pictures/good.png%00",
    f"{BASE}pictures/out.png",
    f"{BASE}fonts/1",
    f"{BASE}fonts/-1",
    f"{BASE}fonts/²",
    f"{BASE}fonts/0/../0",
    f"{BASE}other/0",
    BASE,
)


@pytest.mark.parametrize("url", REFUSED)
def test_nothing_else_is_served(shelf: Shelf, url: str) -> None:
    with pytest.raises(ValueError, match=r"may not fetch|among the prepared files"):
        shelf.fetch(url)


def findings_of(pressroom: Pressroom, body: str, **more: str) -> tuple[Finding, ...]:
    (drawn,) = pressroom.draw(a_sheet(body), **more)
    return drawn.findings


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(a_png())

        def log_message(self, *_: object) -> None: ...

    web = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=web.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{web.server_port}", asked
    web.shutdown()
    thread.join()
    web.server_close()


@pytest.mark.parametrize(
    "body",
    [
        '<img src="{url}/a.png" alt="">',
        '<p style="background: url({url}/b.png)">x</p>',
        '<svg viewBox="0 0 9 9"><image href="{url}/c.png" width="9" height="9"/></svg>',
        '<object data="{url}/d.png">x</object>',
        '<link rel="stylesheet" href="{url}/e.css"><p>x</p>',
        '<style>@import "{url}/f.css";</style><p>x</p>',
        "<style>@font-face {{ font-family: g; src: url({url}/g.ttf) }}</style><p>x</p>",
    ],
)
def test_a_page_reaches_no_network_and_says_what_it_wanted(
    pressroom: Pressroom, server: tuple[str, list[str]], body: str
) -> None:
    url, asked = server

    findings = findings_of(pressroom, body.format(url=url))

    assert asked == []
    assert findings
    assert {finding.code for finding in findings} == {"page.engine"}
    assert findings[0].place.page == 1


def test_a_page_reaches_no_file(pressroom: Pressroom, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(a_png())

    findings = findings_of(
        pressroom, f'<img src="file://{tmp_path}/secret.png" alt="">'
    )

    assert [finding.code for finding in findings] == ["page.engine"]
    assert "may not fetch" in findings[0].message


def test_a_missing_picture_is_a_finding(pressroom: Pressroom, prepared: Path) -> None:
    (drawn,) = pressroom.draw(
        a_sheet('<img src="pictures/gone.png" alt="">'), pictures=prepared
    )

    (finding,) = drawn.findings
    assert finding.severity is Severity.ERROR
    assert "pictures/gone.png" in finding.message


def test_a_prepared_picture_is_drawn_in_silence(
    pressroom: Pressroom, prepared: Path
) -> None:
    (drawn,) = pressroom.draw(
        a_sheet('<img src="pictures/good.png" alt="red">'), pictures=prepared
    )

    assert drawn.findings == ()
    assert drawn.value is not None
    with pikepdf.open(io.BytesIO(drawn.value.pdf)) as pdf:
        assert len(pdf.pages[0].Resources.XObject) == 1


def test_what_weasyprint_does_not_understand_in_a_style_is_a_finding(
    pressroom: Pressroom,
) -> None:
    findings = findings_of(pressroom, '<p style="colour: red">x</p>')

    assert [(one.code, one.severity) for one in findings] == [
        ("page.engine", Severity.WARNING)
    ]
    assert "colour" in findings[0].message


def test_what_it_does_not_understand_in_the_style_sheets_is_said_once(
    pressroom: Pressroom,
) -> None:
    one, two = pressroom.draw(
        a_sheet("<p>x</p>"), a_sheet("<p>y</p>", 2), css="p { colour: red }"
    )

    assert [finding.code for finding in one.findings] == ["page.engine"]
    assert "colour" in one.findings[0].message
    assert two.findings == ()


# ---------------------------------------------------------------- fonts


def embedded(pdf: bytes) -> list[str]:
    """Return the names of the font programs in a file."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        return sorted(
            str(one.FontName).split("+")[1]
            for one in book.objects
            if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one
        )


@pytest.mark.parametrize(
    "family", ["DejaVu Sans", "Liberation Serif", "serif", "sans-serif", "monospace"]
)
def test_a_family_that_the_stationery_does_not_have_never_gets_in(
    pressroom: Pressroom, family: str
) -> None:
    (drawn,) = pressroom.draw(
        a_sheet(f'<p style="font-family: {family}">which face is this</p>')
    )

    assert drawn.value is not None
    if not drawn.findings:
        assert all("Press" in name for name in embedded(pressroom.bind([drawn.value])))
        assert {use.face for use in drawn.value.fonts} <= set(
            range(len(stationery().faces))
        )
    else:
        assert {finding.code for finding in drawn.findings} <= {"page.font"}


@pytest.mark.parametrize(
    ("text", "code"),
    [("سلام", "U+0627"), ("日本語", "U+65E5"), ("नमस्ते", "U+0924"), ("😀", "U+1F600")],
)
@pytest.mark.parametrize("justified", [False, True])
def test_letters_that_no_face_has_are_an_error_and_never_boxes_in_silence(
    pressroom: Pressroom, text: str, code: str, justified: bool
) -> None:
    line = a_line(f"so {text} says", justified=justified)

    (drawn,) = pressroom.draw(a_sheet(set_text(line)))

    (finding,) = drawn.findings
    assert (finding.code, finding.severity) == ("page.glyphs", Severity.ERROR)
    assert code in finding.message
    assert "layout.yaml" in str(finding.hint)


def test_cyrillic_and_greek_are_set_in_the_papers_own_faces(
    pressroom: Pressroom,
) -> None:
    facts = pressroom.facts(a_sheet(set_text("Правда и ложь", "ἀλήθεια και ψεύδος")))

    assert [line.text for line in facts[0].lines] == [
        "Правда и ложь",
        "ἀλήθεια και ψεύδος",
    ]


def test_only_the_stationerys_faces_are_embedded(pressroom: Pressroom) -> None:
    body = set_text("roman <em>italic</em> <strong>bold</strong> <code>sans</code>")

    names = embedded(pressroom.print(a_sheet(body)))

    assert len(names) == 4
    assert all(name.startswith("Press-") for name in names), names
