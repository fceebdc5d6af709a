"""A small paper, its edition and its pictures, for tests of the digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from press.digest.message import Post
from press.digest.personal import Personal, substitutions
from press.mailing.mime import Form
from press.model.article import Article, Picture, Slug
from press.model.copy import Copy, Mark, Paragraph, Run
from press.model.digest import MailPicture, Variant
from press.model.edition import (
    Assignment,
    DigestAd,
    DigestItem,
    DigestPlan,
    DigestSection,
    Edition,
    EditionId,
    Greeting,
    PrintPlan,
    Section,
)
from press.model.finding import Checked, Place
from press.model.house import AdId, House, HouseAd, Imprint, Sender
from press.model.letter import Parcel

ROOT = Path(__file__).parents[2]
LAYOUTS = ROOT / "layouts"

PLAN = Place(file="editions/2024-09/edition.yaml", line=30)

SENTENCE = "The presses ran through the night and the vans were late. "


def a_picture(**changes: Any) -> Picture:
    return Picture(
        **{
            "file": "images/press.jpg",
            "alt": "A press in a dark hall",
            "lead": True,
            "pixels": (1200, 800),
            **changes,
        }
    )


def an_article(slug: str = "taxes", *, words: int = 300, **changes: Any) -> Article:
    text = (SENTENCE * (words // 11 + 1)).split()[:words]
    return Article(
        **{
            "slug": Slug(slug),
            "title": f"The story of {slug}",
            "standfirst": f"What happened to {slug}, told from the start.",
            "byline": ("Ada Marsh",),
            "section": "News",
            "url": f"https://quoin.example/2024/08/{slug}",
            "body": Copy(blocks=(Paragraph(runs=(Run(text=" ".join(text)),)),)),
            "place": Place(file=f"editions/2024-09/articles/{slug}/index.md"),
            **changes,
        }
    )


def a_house(**changes: Any) -> House:
    return House(
        **{
            "title": "The Quoin",
            "strapline": "The monthly of print, post and press freedom",
            "lang": "en-GB",
            "timezone": "Europe/London",
            "website": "https://quoin.example",
            "imprint": Imprint(
                publisher="Quoin Press Ltd",
                address=("12 Forme Yard", "London E1 4XX"),
                printer="Stonehand Web Offset Ltd",
                printer_address=("Unit 3, Platen Way", "Peterborough PE2 9XX"),
                contact=("Letters: letters@quoin.example",),
                notices=("© Quoin Press Ltd 2024",),
            ),
            "sender": Sender(name="The Quoin", email="digest@quoin.example"),
            "house_ads": (
                HouseAd(
                    id=AdId("subscribe"),
                    headline="A paper with no owner but its readers",
                    text=(
                        "The Quoin carries no advertising and belongs to nobody "
                        "else. Four thousand subscriptions pay for every page."
                    ),
                    button="Subscribe for £39 a year",
                    url="https://quoin.example/subscribe",
                ),
            ),
            "media": "https://media.quoin.example",
            **changes,
        }
    )


def loose(*slugs: str) -> DigestSection:
    """Articles that stand in no section of the digest."""
    items = tuple(DigestItem(slug=Slug(slug)) for slug in slugs)
    return DigestSection(name="", items=items)


def a_plan(**changes: Any) -> DigestPlan:
    return DigestPlan(
        **{
            "subject": "The tax that made papers large",
            "preheader": "Also this month: the penny post, and six libraries",
            "lead": DigestItem(slug=Slug("taxes")),
            "sections": (loose("post", "deposit"),),
            "house_ads": (DigestAd(ad=AdId("subscribe")),),
            "note": "",
            "place": PLAN,
            **changes,
        }
    )


def an_edition(articles: Sequence[Article] | None = None, **changes: Any) -> Edition:
    if articles is None:
        articles = (
            an_article("taxes", pictures=(a_picture(),)),
            an_article("post"),
            an_article("deposit"),
        )
    sections = (
        Section(
            name="News",
            articles=tuple(Assignment(slug=article.slug) for article in articles),
        ),
    )
    return Edition(
        **{
            "id": EditionId("2024-09"),
            "number": 67,
            "title": "September 2024",
            "on_sale": dt.date(2024, 8, 30),
            "price": "£3.95",
            "print": PrintPlan(layout="tabloid", sections=sections),
            "digest": a_plan(
                lead=DigestItem(slug=articles[0].slug),
                sections=(loose(*(article.slug for article in articles[1:])),),
            ),
            "articles": tuple(articles),
            **changes,
        }
    )


#: What a test needs of a picture's data: that it comes along.
SMALL_JPEG = b"\xff\xd8\xff\xd9"


@dataclass(frozen=True)
class SmallLab:
    """A picture lab that gives every picture the same small file."""

    findings: tuple[Any, ...] = ()

    def for_mail(
        self, picture: Picture, *, width: int, base: str
    ) -> Checked[MailPicture]:
        height = round(width * picture.ratio)
        name = f"{Path(picture.file).stem}-{width}.jpg"
        return Checked(
            value=MailPicture(
                name=name,
                url=f"{base}/{name}",
                data=SMALL_JPEG,
                width=width,
                height=height,
                alt=picture.alt,
            ),
            findings=self.findings,
        )


def marked(text: str, *marks: Mark, link: str | None = None) -> Run:
    return Run(text=text, marks=frozenset(marks), link=link)


def written(post: Post, variant: Variant, personal: Personal) -> bytes:
    """Return one reader's mail as it is posted."""
    letter = post.letter(variant)
    greeting = Greeting(named=letter.greeting_named, unnamed=letter.greeting_unnamed)
    parcel = Parcel(
        delivery=1,
        email="reader@mill.example",
        values=substitutions(personal, greeting),
        message_id="1@quoin.example",
    )
    return Form(letter).write(parcel, dt.datetime(2024, 8, 30, 7, tzinfo=dt.UTC))
