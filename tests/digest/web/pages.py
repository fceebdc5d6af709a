"""An edition's web pages, for tests that look at them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from press.adapters.jinja import JinjaTemplates
from press.digest.web import WebTools, make_web
from press.model.article import Article, Direction, Picture, Slug, WebUse
from press.model.copy import Copy, Crosshead, Note, Paragraph, Run
from press.model.digest import InPrint, MailPalette
from press.model.edition import Edition, EditionId
from press.model.finding import Checked
from press.model.house import House
from press.model.web import Issue, WebPages
from tests.digest.builders import (
    LAYOUTS,
    SmallLab,
    a_house,
    a_picture,
    an_article,
    an_edition,
)

WEB = "https://quoin.example/editions/"
ZONE = ZoneInfo("Europe/London")
PAGES = InPrint(pages=((Slug("taxes"), 4),))


def a_text(*words: str, note: str = "") -> Copy:
    blocks = tuple(Paragraph(runs=(Run(text=text),)) for text in words)
    if not note:
        return Copy(blocks=blocks)
    marked = Paragraph(runs=(Run(text="Told"), Run(text="1", note=1)))
    notes = (Note(number=1, blocks=(Paragraph(runs=(Run(text=note),)),)),)
    return Copy(blocks=(*blocks, marked), notes=notes)


def articles() -> tuple[Article, ...]:
    """An article in full, one for members, one in Arabic as a teaser, one elsewhere."""
    inside = Picture(file="images/duty.png", alt="Duty", block=0, pixels=(800, 400))
    paid = replace(inside, file="images/paid.png", alt="For members", block=2)
    body = a_text("Open one.", "Open two.", "Paid three.")
    return (
        an_article(
            "taxes",
            web=WebUse.FULL,
            pictures=(a_picture(caption="At night", credit="Ada Marsh"), inside),
            body=a_text("First.", "Second.", note="See there."),
            tags=("tax", "history"),
            url="",
        ),
        an_article(
            "post",
            web=WebUse.FULL,
            members_only=True,
            paywall=2,
            body=body,
            url="",
            pictures=(inside, paid),
        ),
        an_article(
            "deposit",
            title="الإيداع القانوني",
            standfirst="",
            lang="ar",
            direction=Direction.RTL,
            web=WebUse.TEASER,
            body=replace(
                a_text("الأول.", "الثاني."),
                blocks=(
                    Crosshead(runs=(Run(text="عنوان"),)),
                    *a_text("الأول.", "الثاني.").blocks,
                ),
            ),
        ),
        an_article("elsewhere"),
    )


def an_issue(name: str, **changes: Any) -> Issue:
    year, month = (int(part) for part in name.split("-")[:2])
    return Issue(
        **{
            "id": EditionId(name),
            "title": f"The edition of {name}",
            "number": year * 12 + month - 24224,
            "published": dt.datetime(year, month, 1, tzinfo=ZONE),
            "subject": f"What {name} was about",
            "preheader": "And what else",
            **changes,
        }
    )


@cache
def _templates(layout: str) -> JinjaTemplates:
    return JinjaTemplates(LAYOUTS / layout)


def made(
    edition: Edition | None = None,
    house: House | None = None,
    *,
    layout: str = "tabloid",
    earlier: tuple[Issue, ...] = (),
) -> Checked[WebPages]:
    tools = WebTools(
        palette=MailPalette(),
        templates=_templates(layout),
        lab=SmallLab(),
    )
    return make_web(
        edition or an_edition(articles()),
        house or a_house(web=WEB),
        tools,
        zone=ZONE,
        in_print=PAGES,
        earlier=earlier,
    )


def files(*args: Any, **settings: Any) -> dict[str, bytes]:
    pages = made(*args, **settings)
    assert pages.value is not None, pages.findings
    return dict(pages.value.files)


def tree(page: bytes) -> ET.Element:
    """Read a page as XML: so every tag is closed, and every value quoted."""
    text = page.decode().removeprefix("<!DOCTYPE html>")
    return ET.fromstring(text)  # noqa: S314 - our own


def words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def meta(page: ET.Element, name: str) -> list[str]:
    return [
        one.get("content", "")
        for one in page.iter("meta")
        if name in (one.get("property"), one.get("name"))
    ]
