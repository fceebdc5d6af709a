"""What a file says of itself as a whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from press.adapters.press_reader.space import entry
from press.model.press_facts import FileFacts, IntentFacts

#: What pikepdf calls a file that is read from memory; it differs every time.
_STREAM = re.compile(r"stream <_io\.BytesIO object at \w+>:? ?")
_STANDARD = "GTS_PDFXVersion"
_IN_XMP = re.compile(rb"GTS_PDFXVersion\s*(?:>|=\s*[\"'])\s*([^<\"']*)")
#: Entries of the catalogue that have no place in a press file, in words.
_ROOT = (
    ("/AcroForm", "form fields"),
    ("/OpenAction", "an action when it is opened"),
    ("/AA", "actions"),
    ("/OCProperties", "layers"),
    ("/Outlines", "an outline"),
    ("/Collection", "a portfolio"),
    ("/AF", "attachments"),
    ("/Threads", "article threads"),
)
_NAMES = (("/JavaScript", "JavaScript"), ("/EmbeddedFiles", "attachments"))
_HEADER = 128
_LONGEST = 400
_REPAIRS = 20


def unreadable(pdf: bytes, name: str, why: str, *, encrypted: bool) -> FileFacts:
    """Return all that can be said of a file that cannot be read."""
    return FileFacts(
        name=name,
        sha256=hashlib.sha256(pdf).hexdigest(),
        unreadable=why,
        encrypted=encrypted,
    )


def read_file(
    document: pikepdf.Pdf, pdf: bytes, name: str, repairs: tuple[str, ...]
) -> FileFacts:
    """Return what a file says of itself."""
    info = _info(document)
    metadata = entry(document.Root, "/Metadata")
    packet = metadata.read_bytes() if isinstance(metadata, pikepdf.Stream) else b""
    found = _IN_XMP.search(packet)
    in_xmp = found[1].decode("utf-8", "replace").strip() if found else ""
    entries = dict(info)
    trapped = entries.get("Trapped", "")
    return FileFacts(
        name=name,
        sha256=hashlib.sha256(pdf).hexdigest(),
        encrypted=document.is_encrypted,
        repairs=repairs,
        version=document.pdf_version,
        ids=len(document.trailer.get("/ID", ())) == 2,  # noqa: PLR2004
        info=info,
        trapped=trapped if trapped in {"True", "False"} else "",
        standard=entries.get(_STANDARD, "") or in_xmp,
        xmp=bool(packet),
        intents=tuple(_intents(document)),
        extras=tuple(dict.fromkeys(_extras(document))),
    )


def plainly(said: str) -> str:
    """Return what qpdf says of a file without what Python calls the file."""
    return _STREAM.sub("", said)[:_LONGEST]


def structure_faults(document: pikepdf.Pdf) -> tuple[str, ...]:
    """Return what was repaired so far when a file was opened and read."""
    said = dict.fromkeys(plainly(str(warning)) for warning in document.get_warnings())
    return tuple(said)[:_REPAIRS]


def _info(document: pikepdf.Pdf) -> tuple[tuple[str, str], ...]:
    info = entry(document.trailer, "/Info")
    if not isinstance(info, pikepdf.Dictionary):
        return ()
    return tuple(
        (str(key)[1:], str(value).removeprefix("/")[:_LONGEST])
        for key, value in info.items()
        if isinstance(value, pikepdf.String | pikepdf.Name)
    )


def _intents(document: pikepdf.Pdf) -> Iterator[IntentFacts]:
    intents = entry(document.Root, "/OutputIntents")
    if not isinstance(intents, pikepdf.Array):
        return
    for intent in intents:
        kind = str(entry(intent, "/S") or "/")[1:]
        condition = str(entry(intent, "/OutputConditionIdentifier") or "")
        profile = entry(intent, "/DestOutputProfile")
        head = b""
        if isinstance(profile, pikepdf.Stream):
            head = profile.read_bytes()[:_HEADER]
        if len(head) < _HEADER:
            yield IntentFacts(kind=kind, condition=condition)
            continue
        yield IntentFacts(
            kind=kind,
            condition=condition,
            profile_class=head[12:16].decode("latin-1").strip(),
            profile_space=head[16:20].decode("latin-1").strip(),
            profile_version=head[8] + (head[9] >> 4) / 10,
        )


def _extras(document: pikepdf.Pdf) -> Iterator[str]:
    root: Any = document.Root
    for key, words in _ROOT:
        if key in root:
            yield words
    names = entry(root, "/Names")
    for key, words in _NAMES:
        if entry(names, key) is not None:
            yield words
    if entry(entry(root, "/AcroForm"), "/XFA") is not None:
        yield "XFA"
