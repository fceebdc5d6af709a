"""Files of copy: which form each has, and the reader for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

from press.adapters.encodings import Encodings
from press.adapters.extractor import Readability
from press.adapters.mammoth import MammothReader
from press.adapters.pandoc import Pandoc
from press.intake.feed import read_feed
from press.intake.ghost import read_ghost
from press.intake.google_docs import is_google_doc, read_google_doc
from press.intake.markdown import read_markdown
from press.intake.office import read_icml, read_odt, read_rtf
from press.intake.page import read_page
from press.intake.plain import read_plain
from press.intake.word import read_word
from press.intake.wordpress import read_posts
from press.intake.wxr import read_wxr
from press.manifest.foreign import read_foreign
from press.model.finding import Checked, Place, error
from press.model.incoming import CopyFile
from press.model.story import Story
from press.model.wanted import Wanted

#: Files of more than this are no copy.
LARGEST: Final = 400_000_000
_MOST_BESIDE: Final = 5_000
_HEAD: Final = 4_000


class Form(StrEnum):
    """A form in which copy arrives as a file."""

    WORD = "docx"
    GOOGLE = "google-docs"
    ODT = "odt"
    RTF = "rtf"
    ICML = "icml"
    MARKDOWN = "markdown"
    PLAIN = "text"
    PAGE = "page"
    WXR = "wxr"
    FEED = "feed"
    GHOST = "ghost"
    POSTS = "wordpress"


_BY_SUFFIX: Final = {
    ".docx": Form.WORD,
    ".zip": Form.GOOGLE,
    ".odt": Form.ODT,
    ".rtf": Form.RTF,
    ".icml": Form.ICML,
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".mdx": Form.MARKDOWN,
    ".txt": Form.PLAIN,
    ".text": Form.PLAIN,
    ".html": Form.PAGE,
    ".htm": Form.PAGE,
    ".xhtml": Form.PAGE,
}


def open_copy(path: Path) -> Checked[CopyFile]:
    """Open a file of copy; one that is none is an error."""
    place = Place(file=path.as_posix())
    if not path.is_file():
        found = error(
            "intake.missing", f"there is no file {path}", place, "correct its name"
        )
        return Checked(value=None, findings=(found,))
    if path.stat().st_size > LARGEST:
        found = error(
            "intake.too-large",
            f"{path} is larger than 400 MB",
            place,
            "is it the file?",
        )
        return Checked(value=None, findings=(found,))
    file = CopyFile(
        name=path.as_posix(),
        data=path.read_bytes(),
        beside=tuple(_beside(path.parent)),
    )
    return Checked(value=file)


def form_of(file: CopyFile) -> Form | None:
    """Return the form of a file: by its name, or by what it holds; None for none."""
    suffix = Path(file.name).suffix.lower()
    head = file.data[:_HEAD].lstrip()
    if suffix in {".xml", ".rss", ".atom"} or head.startswith(b"<?xml"):
        if b"wordpress.org/export" in head:
            return Form.WXR
        if suffix != ".icml" and (
            b"<rss" in head or b"<feed" in head or b"RDF" in head
        ):
            return Form.FEED
    if suffix == ".json":
        return Form.GHOST if b'"db"' in head else Form.POSTS
    form = _BY_SUFFIX.get(suffix)
    if form is Form.PAGE and is_google_doc(file.data):
        return Form.GOOGLE
    return form


def read_copy(
    file: CopyFile, form: Form, wanted: Wanted, *, site: str = "", address: str = ""
) -> Checked[tuple[Story, ...]]:
    """Read a file of copy.

    Args:
        file: The file.
        form: Its form.
        wanted: Which of its stories are taken, where it holds several.
        site: The website it is an export of, where it does not say so itself.
        address: Where it was fetched from; empty for a file.

    Raises:
        MissingToolError: What reads this form is not installed.
    """
    read = _DOCUMENTS.get(form)
    if read is not None:
        return read(file)
    match form:
        case Form.PAGE:
            return read_page(file, Readability(), address=address)
        case Form.WXR:
            return read_wxr(file.data, name=file.name, wanted=wanted)
        case Form.GHOST:
            return read_ghost(file.data, name=file.name, wanted=wanted, site=site)
        case Form.FEED:
            return read_feed(file.data, name=file.name, wanted=wanted, url=address)
        case _:
            return read_posts(file.data, name=file.name, wanted=wanted)


def _read_markdown(file: CopyFile) -> Checked[tuple[Story, ...]]:
    read = read_foreign(file.data, file=file.name)
    if read.value is None:
        return Checked(value=None, findings=read.findings)
    made = read_markdown(file, read.value)
    return Checked(value=made.value, findings=(*read.findings, *made.findings))


def _beside(folder: Path) -> Iterator[str]:
    """Yield the files beside a file and one folder below, as paths from it."""
    found = sorted([*folder.glob("*.*"), *folder.glob("*/*.*")])[:_MOST_BESIDE]
    for path in found:
        if path.is_file():
            yield path.relative_to(folder).as_posix()


_DOCUMENTS: Final[dict[Form, Callable[[CopyFile], Checked[tuple[Story, ...]]]]] = {
    Form.WORD: lambda file: read_word(file, MammothReader()),
    Form.GOOGLE: read_google_doc,
    Form.ODT: lambda file: read_odt(file, Pandoc()),
    Form.RTF: lambda file: read_rtf(file, Pandoc()),
    Form.ICML: read_icml,
    Form.MARKDOWN: _read_markdown,
    Form.PLAIN: lambda file: read_plain(file, Encodings()),
}
