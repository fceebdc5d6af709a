"""XML of others, read without entities, without the network, and piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, Final

from lxml import etree

from press.intake.markup.parse import Element

#: Control characters, which no XML may hold and exports often do.
_ODD: Final = bytes(n for n in range(32) if n not in b"\t\n\r")
_MENDED: Final = bytes.maketrans(_ODD, b" " * len(_ODD))
_NO_XML: Final = "it is no XML"
_CUT_OFF: Final = "it breaks off: its end is missing"
_BOMB: Final = (
    "it is made to use up memory, by entities that fill in one another, by tags nested"
    " hundreds deep, or by a single text of more than 10 megabytes"
)
_CODED: Final = "its letters are not in the encoding that it says they are in"
_SIGN: Final = "an “&” in it is not written as XML has it"
_KINDS: Final = etree.ErrorTypes
#: Why XML cannot be read, by the numbers of libxml2.
_WHYS: Final[Mapping[int, str]] = {
    _KINDS.ERR_INTERNAL_ERROR: _NO_XML,
    _KINDS.ERR_DOCUMENT_EMPTY: _NO_XML,
    _KINDS.ERR_DOCUMENT_END: "something stands after its end",
    _KINDS.ERR_TAG_NOT_FINISHED: _CUT_OFF,
    _KINDS.ERR_CDATA_NOT_FINISHED: _CUT_OFF,
    _KINDS.ERR_COMMENT_NOT_FINISHED: _CUT_OFF,
    _KINDS.ERR_GT_REQUIRED: _CUT_OFF,
    _KINDS.ERR_LTSLASH_REQUIRED: _CUT_OFF,
    _KINDS.ERR_TAG_NAME_MISMATCH: "a tag in it is closed by another",
    _KINDS.ERR_INVALID_CHAR: _CODED,
    _KINDS.ERR_INVALID_ENCODING: _CODED,
    _KINDS.ERR_UNKNOWN_ENCODING: _CODED,
    _KINDS.ERR_UNSUPPORTED_ENCODING: _CODED,
    _KINDS.ERR_UNDECLARED_ENTITY: _SIGN,
    _KINDS.ERR_NAME_REQUIRED: _SIGN,
    _KINDS.ERR_ENTITYREF_SEMICOL_MISSING: _SIGN,
    _KINDS.ERR_ENTITY_LOOP: _BOMB,
    _KINDS.ERR_RESOURCE_LIMIT: _BOMB,
}
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


class XmlError(Exception):
    """XML that cannot be read, or not to its end.

    Attributes:
        line: Where; 0 where unknown.
    """

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class _Mended:
    """A file in which control characters are spaces."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._begin = source.read(2)
        self._wide = self._begin in _WIDE

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        data, self._begin = self._begin + self._source.read(size), b""
        return data if self._wide else data.translate(_MENDED)


def elements(source: BinaryIO, tags: Sequence[str]) -> Iterator[Element]:
    """Return the elements of some tags one after the other, each forgotten after use.

    One that lies in another of them comes with that one only.

    Raises:
        XmlError: It is no XML, breaks off, or declares entities; what came before was good.
    """
    try:
        steps = etree.iterparse(
            _Mended(source),
            events=("end",),
            tag=list(tags),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for number, (_, element) in enumerate(steps):
            if not number:
                _refuse_entities(element)
            parent = element.getparent()
            if parent is not None and parent.tag in tags:
                continue
            yield element
            element.clear(keep_tail=False)
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as error:
        raise _told(error) from error


def root_of(data: bytes) -> Element:
    """Return the whole of a short document.

    Raises:
        XmlError: It is no XML, or declares entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    wide = data[:2] in _WIDE
    try:
        root = etree.fromstring(data if wide else data.translate(_MENDED), parser)
    except etree.XMLSyntaxError as error:
        raise _told(error) from error
    except ValueError as error:
        raise XmlError(_NO_XML) from error
    _refuse_entities(root)
    return root


def _told(error: etree.XMLSyntaxError) -> XmlError:
    """Say in plain words why XML cannot be read, and where."""
    why = _WHYS.get(error.code or 0, "it is no XML that can be read to its end")
    line = error.lineno or 0
    return XmlError(why, line)


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def space_of(element: Element) -> str:
    """Return the namespace of an element; empty for none."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag[0] == "{" else ""


def _refuse_entities(element: Element) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise XmlError("it declares entities, which press does not read")
