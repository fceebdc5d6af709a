"""Documents that are zip files: what is in them, without trusting what they say of it."""

from __future__ import annotations

import io
import posixpath
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Final, Self, TypeAlias
from urllib.parse import unquote

from lxml import etree

from press.model.address import split_address
from press.model.finding import Checked, Finding, error
from press.model.incoming import CopyFile

Node: TypeAlias = etree._Element  # noqa: SLF001 - lxml's one name for it

_MEGABYTE: Final = 1_000_000
MOST_MEMBERS: Final = 5_000
LARGEST_MEMBER: Final = 100 * _MEGABYTE
LARGEST_TEXT: Final = 30 * _MEGABYTE
LARGEST_WHOLE: Final = 500 * _MEGABYTE
#: A text packs to a tenth, a table of nothing to a hundredth; a bomb to a thousandth.
_MOST_PACKED: Final = 250
_SMALL: Final = 2 * _MEGABYTE
_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A zip file whose members may be read.

    Attributes:
        file: The file.
        names: The members' paths; none leads out of it.
    """

    file: CopyFile
    names: tuple[str, ...]
    _zip: zipfile.ZipFile = field(repr=False)

    @classmethod
    def open(cls, file: CopyFile) -> Checked[Self]:
        """Look at a zip file; one that lies about its size, or holds too much, is refused."""
        try:
            found = zipfile.ZipFile(io.BytesIO(file.data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return Checked(value=None, findings=(_unreadable(file),))
        members = found.infolist()
        reason = _refused(members)
        if reason:
            finding = error(
                "intake.too-large",
                f"{file.name} {reason}; it is not unpacked",
                file.place,
                "ask its writer for the document itself; is it what it claims to be?",
            )
            return Checked(value=None, findings=(finding,))
        outside = [one.filename for one in members if not is_inside(one.filename)]
        findings = [_leaving(file, name) for name in outside[:3]]
        names = tuple(
            one.filename
            for one in members
            if is_inside(one.filename) and not one.is_dir() and not _is_link(one)
        )
        return Checked(
            value=cls(file=file, names=names, _zip=found), findings=tuple(findings)
        )

    def read(self, name: str, *, most: int = LARGEST_MEMBER) -> bytes | None:
        """Return what a member holds; None where there is none, or it is broken."""
        if name not in self.names:
            return None
        try:
            with self._zip.open(name) as stream:
                data = stream.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError):
            return (
                None  # Of RuntimeError's kind: locked; packed as Python cannot unpack.
            )
        return data if len(data) <= most else None

    def xml(self, name: str) -> Node | None:
        """Return the top of an XML member; None where there is none, or it is unsafe."""
        data = self.read(name, most=LARGEST_TEXT)
        return None if data is None else read_xml(data)


def read_xml(data: bytes) -> Node | None:
    """Return the top of an XML text; None for one that is broken or declares entities.

    Nothing is fetched, and entities are not filled in: documents of offices have none.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root.getroottree().docinfo.internalDTD is not None else root


def local(node: Node) -> str:
    """Return the name of an XML element without its namespace; empty for comments."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def given(node: Node, name: str) -> str:
    """Return an attribute by its name without namespace; empty where it is not given."""
    for key, value in node.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def is_inside(path: str) -> bool:
    """Whether a path stays in the folder that it is seen from."""
    path = path.replace("\\", "/")
    if not path or path.startswith("/") or ":" in path.partition("/")[0]:
        return False
    return not any(part == ".." for part in path.split("/"))


def member_path(address: str, within: str = "") -> str:
    """Return the path of a member that an address names; empty if it leads elsewhere.

    Args:
        address: As the document writes it.
        within: The folder of the member that holds the address.
    """
    parts = split_address(address)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    path = posixpath.normpath(posixpath.join(within, unquote(parts.path)))
    return path if is_inside(path) else ""


def _refused(members: list[zipfile.ZipInfo]) -> str:
    if len(members) > MOST_MEMBERS:
        return f"holds {len(members):,} files; {MOST_MEMBERS:,} is the limit"
    if any(one.flag_bits & _ENCRYPTED for one in members):
        return "is locked with a password"
    largest = max((one.file_size for one in members), default=0)
    if largest > LARGEST_MEMBER:
        size, most = largest // _MEGABYTE, LARGEST_MEMBER // _MEGABYTE
        return f"holds a file of {size:,} MB; {most} MB is the limit"
    whole = sum(one.file_size for one in members)
    if whole > LARGEST_WHOLE:
        size, most = whole // _MEGABYTE, LARGEST_WHOLE // _MEGABYTE
        return f"unpacks to {size:,} MB; {most} MB is the limit"
    for one in members:
        if one.file_size > max(_SMALL, _MOST_PACKED * one.compress_size):
            return (
                f"holds a file that grows from {one.compress_size:,} to"
                f" {one.file_size:,} bytes"
            )
    return ""


def _is_link(member: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(member.external_attr >> 16)


def _leaving(file: CopyFile, name: str) -> Finding:
    return error(
        "intake.path",
        f"{file.name} holds a file called “{name[:80]}”, which leads out of its folder;"
        " it is not read",
        file.place,
        "ask its writer for the document itself",
    )


def _unreadable(file: CopyFile) -> Finding:
    return error(
        "intake.unreadable",
        f"{file.name} is damaged, or is no document of the kind its name says",
        file.place,
        "open it in the program that wrote it, and save it anew",
    )
