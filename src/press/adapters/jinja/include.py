"""MJML's own include, turned into Jinja's before a template is compiled.

So there is one way for a file into a mail: the loader, which reads the layout's folder
and nothing else. The file that comes in is a template like any other, and what is wrong
in it is told with its own name and line.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension

_TAG = re.compile(
    r"""<mj-include\b(?P<attributes>(?:"[^"]*"|'[^']*'|[^"'<>])*?)
        (?:/\s*>|>\s*</mj-include\s*>)""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""\s*([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REMARK = re.compile(r"<!--.*?-->|\{#.*?#\}", re.DOTALL)
_KINDS = ("mjml", "css", "html")
_OUTSIDE = re.compile(r"/|\\|[A-Za-z]:|[A-Za-z][\w+.-]*://")


class Change(NamedTuple):
    """A stretch of a template that is compiled as something else.

    Attributes:
        end: Where it ends, in the text that is compiled.
        longer: By how many characters it has become longer, on its last line.
    """

    end: int
    longer: int


class Includes(Extension):
    """Turns `<mj-include path="part.mjml" />` into an include of Jinja's."""

    def preprocess(
        self, source: str, name: str | None, filename: str | None = None
    ) -> str:
        """Return a template's source with its includes turned.

        Raises:
            TemplateSyntaxError: An include cannot be read, or leads out of the layout.
        """
        return included(source, name, filename)[0]


def included(
    source: str, name: str | None, filename: str | None = None
) -> tuple[str, tuple[Change, ...]]:
    """Return a template's source with its includes turned, and where that was.

    Raises:
        TemplateSyntaxError: An include cannot be read, or leads out of the layout.
    """
    if "<mj-include" not in source:
        return source, ()
    pieces: list[str] = []
    changes: list[Change] = []
    length = end = 0
    for tag in _tags(source):
        try:
            turned = _turned(tag["attributes"], name or "")
        except ValueError as fault:
            line = source.count("\n", 0, tag.start()) + 1
            raise TemplateSyntaxError(str(fault), line, name, filename) from fault
        # Line breaks inside the tag stay, so that all lines keep their numbers.
        turned += "\n" * tag[0].count("\n")
        last = len(tag[0]) - tag[0].rfind("\n") - 1
        pieces += [source[end : tag.start()], turned]
        length += tag.start() - end + len(turned)
        end = tag.end()
        changes.append(Change(length, len(turned) - turned.rfind("\n") - 1 - last))
    return "".join([*pieces, source[end:]]), tuple(changes)


def named(source: str, name: str) -> Iterator[str]:
    """Yield the files that a template includes so, by their names in the layout."""
    for tag in _tags(source):
        try:
            path = _attributes(tag["attributes"]).get("path", "")
            yield _inside(path, name)
        except ValueError:
            continue


def _tags(source: str) -> Iterator[re.Match[str]]:
    remarks = [remark.span() for remark in _REMARK.finditer(source)]
    for tag in _TAG.finditer(source):
        if not any(start <= tag.start() < end for start, end in remarks):
            yield tag


def _turned(written: str, name: str) -> str:
    attributes = _attributes(written)
    for key in attributes:
        if key not in {"path", "type", "css-inline"}:
            message = f"<mj-include> has no attribute {key}"
            raise ValueError(message)
    kind = attributes.get("type", "mjml")
    if kind not in _KINDS:
        message = f'<mj-include> knows no type="{kind}", only {", ".join(_KINDS)}'
        raise ValueError(message)
    include = f'{{% include "{_inside(attributes.get("path", ""), name)}" %}}'
    if kind == "html":
        return f"<mj-raw>{include}</mj-raw>"
    if kind == "mjml":
        return include
    inline = attributes.get("css-inline") == "inline"
    tag = '<mj-style inline="inline">' if inline else "<mj-style>"
    return f"{tag}{include}</mj-style>"


def _attributes(written: str) -> dict[str, str]:
    found = list(_ATTRIBUTE.finditer(written))
    if _ATTRIBUTE.sub("", written).strip() or len({one[1] for one in found}) < len(
        found
    ):
        message = '<mj-include> cannot be read; write <mj-include path="part.mjml" />'
        raise ValueError(message)
    return {one[1]: one[2] or one[3] or "" for one in found}


def _inside(path: str, name: str) -> str:
    """Return the file's name in the layout; a path counts from the template it is in."""
    if not path.strip():
        message = '<mj-include> needs a path="part.mjml"'
        raise ValueError(message)
    if re.search(r"[{}%\"'\x00-\x1f]", path):
        message = f'the path of <mj-include> is "{path}"; it must be written out'
        raise ValueError(message)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    if _OUTSIDE.match(path) or joined.startswith(".."):
        message = (
            f'<mj-include path="{path}"> leads out of the layout, which holds '
            "all that its templates read"
        )
        raise ValueError(message)
    return joined
