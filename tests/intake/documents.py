"""Small documents of offices, and what is asked of every story."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from press.model.finding import Checked
from press.model.incoming import CopyFile
from press.model.story import Piece, PieceKind, Story

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Return a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def a_docx(body: str, members: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a Word document with this body, in WordprocessingML."""
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{kinds}"/>',
            "word/document.xml": (
                f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
            ),
            **(members or {}),
        }
    )


def said(words: str, style: str = "", look: str = "") -> str:
    """Return a paragraph of WordprocessingML."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    looks = f"<w:rPr><w:{look}/></w:rPr>" if look else ""
    return f"<w:p>{styled}<w:r>{looks}<w:t>{words}</w:t></w:r></w:p>"


def an_odt(body: str) -> bytes:
    """Return an OpenDocument text with this body."""
    return zipped(
        {
            "styles.xml": (
                f"<office:document-styles {_OPEN}><office:font-face-decls/>"
                "<office:styles/><office:automatic-styles/><office:master-styles/>"
                "</office:document-styles>"
            ),
            "META-INF/manifest.xml": (
                '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
            ),
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f"<office:document-content {_OPEN}>"
                "<office:font-face-decls/><office:automatic-styles/><office:body>"
                f"<office:text>{body}"
                "</office:text></office:body></office:document-content>"
            ),
        }
    )


def as_file(path: Path) -> CopyFile:
    """Return a file with the names of those that lie beside it."""
    beside = tuple(
        one.relative_to(path.parent).as_posix()
        for one in sorted(path.parent.rglob("*"))
        if one.is_file()
    )
    return CopyFile(name=path.name, data=path.read_bytes(), beside=beside)


def only(checked: Checked[tuple[Story, ...]]) -> Story:
    """Return the one story that a file holds; its words are all accounted for."""
    assert checked.value is not None, checked.findings
    (story,) = checked.value
    kept = sum(piece.words for piece in story.pieces)
    left = sum(one.words for one in story.left)
    assert story.words == kept + left
    return story


def codes(checked: Checked[tuple[Story, ...]]) -> list[str]:
    """Return the codes of what was found."""
    return [finding.code for finding in checked.findings]


def running(pieces: tuple[Piece, ...]) -> list[str]:
    """Return the words of a text, without those under its pictures."""
    shown = {PieceKind.PICTURE, PieceKind.GALLERY, PieceKind.EMBED}
    return " ".join(one.text for one in pieces if one.kind not in shown).split()
