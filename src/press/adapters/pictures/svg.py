"""SVG read with suspicion: what acts, moves, describes or points elsewhere stays out."""

from __future__ import annotations

import base64
import binascii
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.parsers import expat

from press.adapters.pictures.fault import RefusedError

MOST_ELEMENTS = 10_000
MOST_DEEP = 100

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_REFUSED = {"script", "foreignObject", "handler", "listener"}
#: What moves, names or describes, and draws nothing on paper.
_DROPPED = {
    "animate",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "desc",
    "metadata",
    "mpath",
    "set",
    "title",
}

#: Decodes a picture inside a drawing and returns it without its metadata, as PNG or JPEG.
Launder: TypeAlias = Callable[[bytes], bytes]


@dataclass(slots=True, kw_only=True)
class Node:
    """An element of a drawing; `xlink:href` is called `href`."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    line: int = 0
    children: list[Node | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute; empty where there is none."""
        return next((value for key, value in self.attributes if key == name), "")

    def walk(self) -> Iterator[Node]:
        """Yield this element and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [kid for kid in reversed(node.children) if isinstance(kid, Node)]


def read_svg(data: bytes, launder: Launder) -> Node:
    """Return the tree of a drawing, without anything that does not draw.

    Raises:
        RefusedError: It is not well formed, or holds what might act or reach out.
    """
    reader = _Reader(launder)
    try:
        reader.parser.Parse(data, True)  # noqa: FBT003 -- expat's own signature
    except expat.ExpatError as error:
        raise RefusedError(
            "picture.svg",
            f"is not well-formed XML ({expat.ErrorString(error.code)})",
            hint="export it again",
            line=error.lineno,
        ) from error
    except (LookupError, ValueError) as error:
        raise RefusedError(
            "picture.svg",
            "is written in an encoding that cannot be read",
            hint="export it as UTF-8",
            line=1,
        ) from error
    if reader.root is None or reader.root.name != "svg":
        raise RefusedError("picture.svg", "holds no drawing", hint="export it again")
    return reader.root


class _Reader:
    """Builds the tree from the events of expat."""

    def __init__(self, launder: Launder) -> None:
        self.root: Node | None = None
        self._launder = launder
        self._open: list[Node] = []
        self._dropping = 0
        self._elements = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, text: str, hint: str | None = None) -> RefusedError:
        return RefusedError(
            "picture.svg", text, hint=hint, line=self.parser.CurrentLineNumber
        )

    def _doctype(
        self, _name: str, _system: str | None, _public: str | None, subset: int
    ) -> None:
        """Refuse declarations; the plain line that many programs write does no harm.

        The reader never opens what a document type names.
        """
        if subset:
            raise self._refuse(
                "declares entities in its document type, which is refused",
                "delete the <!DOCTYPE …> from the file, or export it without",
            )

    def _instruction(self, target: str, _data: str) -> None:
        if target == "xml-stylesheet":
            raise self._refuse("takes its style from another file, which is refused")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise self._refuse(
                f"holds more than {MOST_ELEMENTS:,} elements",
                "export it as PNG, 300 pixels an inch",
            )
        if local in _REFUSED:
            raise self._refuse(
                f"holds <{local}>, which is refused", "export it as a plain drawing"
            )
        if self._dropping or space not in {"", _SVG} or local in _DROPPED:
            self._dropping += 1
            return
        if len(self._open) >= MOST_DEEP:
            raise self._refuse(f"is nested more than {MOST_DEEP} deep")
        node = Node(
            name=local,
            attributes=tuple(self._clean(local, attributes.items())),
            line=self.parser.CurrentLineNumber,
        )
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def _end(self, _name: str) -> None:
        if self._dropping:
            self._dropping -= 1
        else:
            self._open.pop()

    def _text(self, text: str) -> None:
        if self._dropping or not self._open:
            return
        node = self._open[-1]
        node.children.append(self._styled(text) if node.name == "style" else text)

    def _clean(
        self, element: str, attributes: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, str]]:
        """Yield the attributes that draw."""
        for name, value in attributes:
            space, _, local = name.rpartition(" ")
            if local == "href" and space in {"", _XLINK}:
                if element != "a" and value.strip():
                    yield local, self._reference(element, value.strip())
            elif space == _XML and local in {"lang", "space"}:
                yield f"xml:{local}", value
            elif not space and not local.lower().startswith(("on", "data-")):
                styled = "(" in value or local == "style"
                yield local, _paint(local, self._styled(value) if styled else value)

    def _reference(self, element: str, target: str) -> str:
        """Return an address that points into the drawing, or holds a picture itself."""
        if target.startswith("#"):
            return target
        embedded = _EMBEDDED.fullmatch(target)
        if embedded is None or element not in {"image", "feImage"}:
            raise self._refuse(
                f'points to "{target[:40]}", which is refused',
                "embed the picture in the drawing",
            )
        try:
            picture = base64.b64decode(re.sub(r"\s", "", embedded[1]))
        except binascii.Error as error:
            raise self._refuse("holds a picture that cannot be decoded") from error
        try:
            clean = self._launder(picture)
        except RefusedError as refused:
            raise self._refuse(
                f"holds a picture that {refused.fault.text}",
                "put the picture into the drawing again",
            ) from refused
        kind = "png" if clean.startswith(b"\x89PNG") else "jpeg"
        return f"data:image/{kind};base64,{base64.b64encode(clean).decode()}"

    def _styled(self, css: str) -> str:
        """Return style that reaches for nothing outside the drawing."""
        plain = _COMMENT.sub("", css)
        plain = _HEX_ESCAPE.sub(_unescape, plain)
        plain = _ESCAPE.sub(r"\1", plain)
        if "@import" in plain.lower():
            raise self._refuse("takes its style from another file, which is refused")
        for target in _ADDRESS.findall(plain):
            if not target.startswith(("#", "data:image/")):
                raise self._refuse(
                    f'points to "{target[:40]}", which is refused',
                    "embed the picture; turn text with fonts of its own into outlines",
                )
        return _CLEAR_PAINT.sub(r"\1none", _DATA_ADDRESS.sub("none", css))


def _paint(name: str, value: str) -> str:
    """Return paint that is not there as "none", which nothing has to blend."""
    clear = name in {"fill", "stroke"} and value.strip().lower() == "transparent"
    return "none" if clear else value


_CLEAR_PAINT = re.compile(
    r"((?:^|[;{\s])(?:fill|stroke)\s*:\s*)transparent(?![\w-])", re.IGNORECASE
)
_EMBEDDED = re.compile(r"data:image/(?!svg)[\w.+-]+;base64,([\s\w+/=]*)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_HEX_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ADDRESS = re.compile(r"url\(\s*['\"]?\s*([^'\")]*)", re.IGNORECASE)
_DATA_ADDRESS = re.compile(r"url\(\s*['\"]?\s*data:[^)]*\)", re.IGNORECASE)


def _unescape(match: re.Match[str]) -> str:
    """Return the character a CSS escape means (CSS Syntax 3, 4.3.7)."""
    point = int(match[1], 16)
    return chr(point) if 0 < point <= sys.maxunicode else "\ufffd"
