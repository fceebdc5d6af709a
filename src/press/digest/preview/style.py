"""What is changed in a mail's styles so that another kind of reader can be shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from press.model.look import Scheme

_SHEET = re.compile(r"(<style\b[^>]*>)(.*?)(</style\s*>)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z](?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>")
_MEDIA = re.compile(r"""\smedia\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_INLINE = re.compile(r"""(\sstyle\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_META = re.compile(
    r"""(<meta\b(?=[^>]*\bname\s*=\s*["']?color-scheme["']?[\s/>])[^>]*?"""
    r"""\bcontent\s*=\s*)("[^"]*"|'[^']*')""",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\(\s*prefers-color-scheme\s*(?::\s*([\w-]+)\s*)?\)", re.IGNORECASE
)
_OFFERED = re.compile(r"(?<![\w-])(color-scheme\s*:)([^;}\"']*)", re.IGNORECASE)
_TRUE, _FALSE = "(min-width:0px)", "(max-width:0px)"


def in_scheme(html: str, scheme: Scheme) -> str:
    """Return a page whose styles are those of light or dark surroundings.

    Queries for that scheme hold wherever it is opened, those for the other do not.
    """

    def ask(query: re.Match[str]) -> str:
        return _TRUE if (query[1] or scheme).lower() == scheme else _FALSE

    def offer(found: re.Match[str]) -> str:
        return f"{found[1]}{_chosen(found[2], scheme)}"

    def sheet(css: str) -> str:
        return _OFFERED.sub(offer, _ASKED.sub(ask, css))

    def tag(found: re.Match[str]) -> str:
        opened = _MEDIA.sub(lambda media: _ASKED.sub(ask, media[0]), found[0])
        return _INLINE.sub(lambda style: f"{style[1]}{sheet(style[2])}", opened)

    def meta(found: re.Match[str]) -> str:
        quote = found[2][0]
        return f"{found[1]}{quote}{_chosen(found[2][1:-1], scheme)}{quote}"

    html = each_sheet(html, sheet)
    return _META.sub(meta, _TAG.sub(tag, html))


def _chosen(offered: str, scheme: Scheme) -> str:
    """Return a scheme if it is offered, else what is offered."""
    return str(scheme) if scheme in offered.lower().split() else offered


def each_sheet(html: str, change: Callable[[str], str]) -> str:
    """Return a page with its style sheets changed."""
    return _SHEET.sub(lambda found: f"{found[1]}{change(found[2])}{found[3]}", html)


def each_inline(html: str, change: Callable[[str], str]) -> str:
    """Return a page with the styles inside its elements changed."""

    def inline(style: re.Match[str]) -> str:
        quote = style[2][0]
        return f"{style[1]}{quote}{change(style[2][1:-1])}{quote}"

    return each_tag(html, lambda tag: _INLINE.sub(inline, tag))


def each_tag(html: str, change: Callable[[str], str]) -> str:
    """Return a page with its opening tags changed."""
    return _TAG.sub(lambda found: change(found[0]), html)


# ---------------------------------------------------------------- what Word reads

#: Word knows elements, classes and ids, one within the other; not these.
_UNKNOWN_SELECTOR = re.compile(r"[>+~:\[*]")
_NOTE = re.compile(r"/\*.*?\*/", re.DOTALL)
#: Properties that a reader would see the difference of.
_IGNORED = frozenset(
    {
        *("animation", "background-image", "background-position", "background-size"),
        *("border-radius", "box-shadow", "clip-path", "filter", "flex", "float"),
        *("max-height", "max-width", "min-height", "min-width", "object-fit"),
        *("opacity", "position", "text-shadow", "transform", "transition"),
    }
)
_DECLARATION = re.compile(r"[^;()]*(?:\([^)]*\)[^;()]*)*")
_URL = re.compile(r"url\([^)]*\)", re.IGNORECASE)


def word_sheet(css: str) -> str:
    """Return the rules of a style sheet that Word knows."""
    return "\n".join(
        f"{selector} {{ {word_style(body)} }}"
        for selector, body in _rules(_NOTE.sub("", css))
        if not selector.startswith("@") and not _UNKNOWN_SELECTOR.search(selector)
    )


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield (selector, what stands in its braces); at-rules without braces are out."""
    start = depth = 0
    head = ""
    for at, character in enumerate(css):
        if character == "{":
            depth += 1
            if depth == 1:
                head, start = css[start:at], at + 1
        elif character == "}" and depth:
            depth -= 1
            if depth == 0:
                yield head.rpartition(";")[2].strip(), css[start:at]
                start = at + 1


def word_style(style: str) -> str:
    """Return the declarations that Word knows."""
    kept = (
        declaration.strip()
        for declaration in _DECLARATION.findall(style)
        if declaration.partition(":")[0].strip().lower() not in _IGNORED
    )
    return ";".join(without_urls(one) for one in kept if one)


def without_urls(style: str) -> str:
    """Return a style without its pictures."""
    return _URL.sub("none", style)
