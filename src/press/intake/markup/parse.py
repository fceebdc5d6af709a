"""HTML made safe, and parsed as browsers parse it."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

import nh3
from lxml import etree, html
from lxml.html import HtmlElement

#: Tags that are read, with what stands within; the words of others stay, the tags go.
_TAGS: Final = frozenset(
    """a abbr address article aside audio b blockquote body br button caption center cite code
    col colgroup dd del details dfn div dl dt em embed fieldset figcaption figure font footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr i iframe img input ins kbd label legend li main mark
    menu nav noscript object ol option p picture pre q rp rt ruby s samp search section select
    small source span strike strong sub summary sup table tbody td textarea tfoot th thead time
    tr tt u ul var video wbr""".split()  # noqa: SIM905 - a column of tags is read more easily
)
#: Tags that go with all that stands within them: none of it is for reading.
_GONE: Final = frozenset(
    {"script", "style", "template", "svg", "math", "head", "title"}
)
_EVERYWHERE: Final = frozenset(
    "class id style hidden lang dir title data-src data-lazy-src data-original data-srcset".split()  # noqa: SIM905 - a column of tags is read more easily
)
_OWN: Final = {
    "a": {"href", "name", "rel"},
    "img": {"src", "srcset", "alt", "width", "height"},
    "source": {"src", "srcset", "type"},
    "iframe": {"src"},
    "embed": {"src"},
    "object": {"data"},
    "audio": {"src"},
    "video": {"src", "poster"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "time": {"datetime"},
    "blockquote": {"cite"},
    "input": {"type"},
    "div": {"data-url", "data-href"},
    "figure": {"data-kg-thumbnail", "data-kg-custom-thumbnail"},
}
#: Characters that no document may hold.
_UNREAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffe\uffff]")
Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml's one name for it

#: Deeper nesting is no text of a newspaper's; it is read as plain paragraphs.
_DEEPEST: Final = 150
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)")
_ANY_TAG: Final = re.compile(r"<(?:!--.*?--|[^>]*)>", re.DOTALL)
_VOID: Final = frozenset({"br", "col", "embed", "hr", "img", "input", "source", "wbr"})
_PARSER: Final = html.HTMLParser(
    encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False
)
_ATTRIBUTES: Final = {"*": set(_EVERYWHERE)} | {
    tag: names | _EVERYWHERE for tag, names in _OWN.items()
}
_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_GONE),
    attributes=_ATTRIBUTES,
    strip_comments=False,
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel"},
)


def parse(text: str) -> HtmlElement:
    """Return a `div` that holds what HTML says, without all that acts.

    Markup is mended as browsers mend it, and scripts, styles, handlers of events and
    addresses that are none of the web's are gone. Comments stay: the blocks of WordPress
    are told by them.
    """
    clean = _CLEANER.clean(_UNREAL.sub("", text))
    if _depth(clean) > _DEEPEST:
        clean = _flat(clean)
    root = html.document_fromstring(f"<div>{clean}</div>".encode(), parser=_PARSER)
    return next(root.iter("div"))


def _depth(clean: str) -> int:
    """Return how deep the tags of well-formed HTML are nested."""
    depth = deepest = 0
    for match in _TAG.finditer(clean):
        if match[1]:
            depth -= 1
        elif match[2] not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _flat(clean: str) -> str:
    """Return the words of HTML as paragraphs: deeper nesting no parser reads whole."""
    parts = (part.strip() for part in _ANY_TAG.split(clean))
    return "".join(f"<p>{part}</p>" for part in parts if part)


def classes(element: etree._Element) -> frozenset[str]:
    """Return the class names of an element."""
    return frozenset((element.get("class") or "").split())


def is_tag(node: etree._Element) -> bool:
    """Whether a node is an element, and no comment."""
    return isinstance(node.tag, str)


def drop(node: etree._Element) -> None:
    """Take an element out of its tree; what follows it stays."""
    parent = node.getparent()
    if parent is None:
        return
    tail, before = node.tail or "", node.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    node.tail = None
    parent.remove(node)
