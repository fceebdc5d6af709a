"""Texts within feeds: how they are written there, and whether they are whole."""

from __future__ import annotations

import re
from copy import deepcopy
from html import escape
from typing import Final

from lxml import etree

from press.intake.markup import plain_line
from press.intake.markup.parse import Element, classes, parse
from press.intake.markup.words import words_of
from press.intake.xml import name_of
from press.model.address import join_address, split_address

#: A text of fewer words is no article by itself.
FEWEST: Final = 150
#: How the beginning of a text ends where the rest is not given.
_CUT: Final = re.compile(r"(?:\[?…\]?|\[?\.\.\.\]?|&hellip;)\s*(?:\S+\s+){0,5}\S*\s*$")
_BROKEN_OFF: Final = re.compile(r"\[(?:…|\.\.\.|&hellip;)\]\W*$")
#: What is written on the link to the rest of a text.
_ONWARD: Final = re.compile(
    r"\W*(?:(?:continue|keep)\s+reading|read\s+(?:more|on|the\s+(?:full|rest|whole))"
    r"|(?:hier\s+)?weiter\s*lesen|mehr\s+lesen|lire\s+(?:la\s+suite|plus)|en\s+savoir\s+plus"
    r"|(?:seguir|contin[uú]ar?)\s+leyendo|leer\s+más|continua\s+a\s+leggere|leggi\s+"
    r"|lees\s+(?:verder|meer)|verder\s+lezen|leia\s+mais|ler\s+mais|continuar?\s+(?:a\s+)?le"
    r"|läs\s+(?:mer|vidare)|les\s+(?:mer|videre)|læs\s+(?:mere|videre)|lue\s+lisää"
    r"|czytaj\s+(?:dalej|więcej)|číst\s+dále|читать\s+(?:далее|дальше)|devamını\s+oku"
    r"|अधिक\s+पढ़ें|आगे\s+पढ़ें|اقرأ\s+المزيد|המשך\s+לקרוא|続きを読む|阅读全文|閱讀全文|계속\s*읽기)",
    re.IGNORECASE,
)
#: A link of more words is a sentence of the article's.
_LONGEST: Final = 12
_SNIPPETS: Final = frozenset({"medium-feed-snippet", "medium-feed-link"})
_HTML: Final = frozenset({"html", "text/html"})
_BLANK: Final = re.compile(r"\n\s*\n")


def html_of(element: Element, kind: str) -> str:
    """Return the HTML of a text: escaped, as elements, or plain (RFC 4287, 3.1).

    Args:
        element: What holds it.
        kind: How it says that it is written: `html`, `xhtml`, `text`.
    """
    text = element.text or ""
    if len(element):
        return escape(text, quote=False) + "".join(_as_html(one) for one in element)
    return text if kind in _HTML else paragraphs_of(text)


def paragraphs_of(text: str) -> str:
    """Return a plain text as HTML; blank lines part its paragraphs."""
    parts = [escape(part, quote=False) for part in _BLANK.split(text) if part.strip()]
    return parts[0] if len(parts) == 1 else "".join(f"<p>{part}</p>" for part in parts)


def is_beginning(text: str) -> bool:
    """Whether a summary breaks off."""
    words = plain_line(text)
    return len(words.split()) < FEWEST or bool(_CUT.search(words))


def breaks_off(html: str, *, url: str, title: str, base: str) -> bool:
    """Whether a text that was given as whole sends its reader elsewhere for the rest.

    Args:
        html: The text.
        url: Its page.
        title: Its headline: a link of these words says where the text first stood.
        base: What its addresses are seen from.
    """
    root = parse(html)
    if any(classes(one) & _SNIPPETS for one in root.iter("p")):
        return True
    words = words_of(root)
    if _BROKEN_OFF.search(words):
        return True
    links = list(root.iter("a"))
    said = words_of(links[-1]) if links else ""
    if not said or not words.endswith(said) or len(said.split()) > _LONGEST:
        return False
    short = len(words.split()) < FEWEST
    onward = _ONWARD.match(said) is not None
    here = _page(join_address(base, links[-1].get("href") or "")) == _page(url)
    if here:
        return onward or (short and title not in said)
    return onward and short


def _page(url: str) -> tuple[str, str]:
    """Return what tells a page: links to the rest carry marks of where they stood."""
    parts = split_address(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")


def _as_html(element: Element) -> str:
    """Return an element of XHTML as HTML, whatever prefix its names have."""
    own = deepcopy(element)
    for one in own.iter(etree.Element):
        one.tag = name_of(one)
    etree.cleanup_namespaces(own)
    return str(etree.tostring(own, encoding="unicode", method="html"))
