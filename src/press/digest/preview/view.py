"""How readers see a mail: a page for each kind, made from the finished HTML.

None of these opens anything; each returns HTML that any browser shows likewise.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from press.digest.preview.condition import unwrap
from press.digest.preview.style import (
    each_inline,
    each_sheet,
    each_tag,
    in_scheme,
    without_urls,
    word_sheet,
    word_style,
)
from press.model.digest import MailPicture
from press.model.look import Scheme

#: Widths of windows, in CSS pixels: a desk's, a telephone's, a small telephone's.
DESK, PHONE, SMALL = 640, 375, 320

_IMAGE = re.compile(r"<(?:img|source|video|input)\b", re.IGNORECASE)
_SOURCE = re.compile(
    r"""\s(?:src|srcset|poster)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE
)
_BACKGROUND = re.compile(
    r"""\sbackground\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE
)
_QUERIED_SHEET = re.compile(
    r"""<style\b[^>]*\smedia\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))[^>]*>.*?</style\s*>""",
    re.DOTALL | re.IGNORECASE,
)
_SETTINGS = re.compile(
    r"<noscript>\s*<xml>.*?</xml>\s*</noscript>|<xml>.*?</xml>",
    re.DOTALL | re.IGNORECASE,
)


def light(html: str) -> str:
    """Return a mail as it is seen in light surroundings, wherever it is opened."""
    return in_scheme(html, Scheme.LIGHT)


def dark(html: str) -> str:
    """Return a mail as it is seen in dark surroundings, wherever it is opened.

    Queries for dark surroundings hold, those for light ones do not. What mail
    programs do that turn colours round by themselves cannot be shown.
    """
    return in_scheme(html, Scheme.DARK)


def without_images(html: str) -> str:
    """Return a mail as it is seen before its pictures are asked for.

    Pictures have lost their addresses and show their alternative texts; backgrounds
    have lost their pictures and keep their colours.
    """

    def tag(opened: str) -> str:
        if _IMAGE.match(opened):
            opened = _SOURCE.sub("", opened)
        return _BACKGROUND.sub("", opened)

    return each_inline(each_tag(each_sheet(html, without_urls), tag), without_urls)


def outlook(html: str) -> str:
    """Return what Outlook for Windows reads of a mail.

    Conditional comments are decided as Word decides them; media queries, selectors
    and properties that Word does not know are gone, and pictures behind text, which
    only its own drawing language (VML) shows. It is not what Outlook draws: that can
    be seen in Outlook only.
    """
    html = _SETTINGS.sub("", _QUERIED_SHEET.sub(_unqueried, unwrap(html)))
    html = each_inline(each_sheet(html, word_sheet), word_style)
    return each_tag(html, lambda tag: _BACKGROUND.sub("", tag))


def _unqueried(sheet: re.Match[str]) -> str:
    """Return a style sheet if it is for every screen, else nothing."""
    media = (sheet[1] or sheet[2] or sheet[3] or "").strip().lower()
    return sheet[0] if media in {"", "all", "screen"} else ""


def with_pictures(html: str, pictures: Iterable[MailPicture]) -> str:
    """Return a mail that holds its pictures, so that it needs no address to be seen."""
    for picture in sorted(pictures, key=lambda one: -len(one.url)):
        html = html.replace(escape(picture.url), picture_data(picture))
    return html


def picture_data(picture: MailPicture) -> str:
    """Return a picture as an address that holds it."""
    kind = picture.name.rpartition(".")[2].lower().replace("jpg", "jpeg")
    return f"data:image/{kind};base64,{b64encode(picture.data).decode()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A mail as one kind of reader sees it.

    Attributes:
        name: A name for files: "phone-dark".
        title: A name to be read: "Phone, 375 px".
        group: What it shows: "In dark surroundings".
        width: Width of its window, in CSS pixels.
        html: The page; it is the same in light and in dark surroundings.
    """

    name: str
    title: str
    group: str
    width: int
    html: str


def views(html: str) -> tuple[View, ...]:
    """Return a mail as its readers see it, one view after the other."""
    day, night = light(html), dark(html)
    unseen, word = without_images(day), outlook(day)
    shown = (
        ("desk", f"Desktop, {DESK} px", "Light", DESK, day),
        ("phone", f"Phone, {PHONE} px", "Light", PHONE, day),
        ("small", f"Small phone, {SMALL} px", "Light", SMALL, day),
        ("desk-dark", f"Desktop, {DESK} px", "Dark", DESK, night),
        ("phone-dark", f"Phone, {PHONE} px", "Dark", PHONE, night),
        ("small-dark", f"Small phone, {SMALL} px", "Dark", SMALL, night),
        ("no-images", f"Pictures off, {DESK} px", "With less", DESK, unseen),
        ("outlook", f"What Outlook reads, {DESK} px", "With less", DESK, word),
    )
    return tuple(
        View(name=name, title=title, group=group, width=width, html=page)
        for name, title, group, width, page in shown
    )
