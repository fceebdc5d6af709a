"""The digest on the desk: what it is made of, and the files it is written as."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path
from zoneinfo import ZoneInfo

from press.adapters.cache import FolderCache
from press.adapters.jinja import JinjaTemplates
from press.adapters.mrml import MrmlRenderer
from press.adapters.pdfium import PdfiumReader
from press.adapters.pictures import PillowPictureLab
from press.desk.reading import CACHE, Desk
from press.digest.address import web_address
from press.digest.checks.message import check_headers, verdicts
from press.digest.link import clean
from press.digest.make import MailTools, make_digest, picture_base
from press.digest.message import Post
from press.digest.palette import mail_palette
from press.digest.personal import (
    Personal,
    personalise,
    sample_reader,
    substitutions,
)
from press.mailing.mime import Form
from press.model.article import Picture, PictureKind, Slug
from press.model.digest import Digest, InPrint, MailPicture, Variant
from press.model.edition import Edition, Greeting
from press.model.finding import Checked
from press.model.letter import Letter, Parcel
from press.packing.digest_report import write_digest
from press.ports import PdfReader

#: The front page as the digest shows it, in CSS pixels; two pixels are drawn for each.
FRONT_WIDTH = 204
FRONT_PPI = 100
#: When the sample of a mail says that it was posted.
_MORNING = dt.time(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDesk:
    """Makes the digest of an edition that lies on the desk."""

    desk: Desk
    tools: MailTools
    reader: PdfReader

    def make(self, paper: Mapping[str, bytes]) -> Checked[Digest]:
        """Make the digest.

        Args:
            paper: What is known of the printed edition: `flatplan.json` and
                `replica.pdf`, or nothing.
        """
        house = self.desk.house
        made = make_digest(self.edition, house, self.tools, self.in_print(paper))
        if made.value is None:
            return made
        headers = check_headers(as_read(self.sample(made.value)), house)
        return replace(made, findings=(*made.findings, *headers))

    @property
    def edition(self) -> Edition:
        """The edition with its articles' typography done."""
        desk = self.desk
        articles = (desk.copy.polished(one.slug) for one in desk.edition.articles)
        return replace(desk.edition, articles=tuple(articles))

    def sample(self, digest: Digest) -> bytes:
        """Return the public's mail as it is posted, to a reader who is made up."""
        desk = self.desk
        post = Post(digest=digest, edition=self.edition, house=desk.house)
        letter = post.letter(digest.public)
        day = dt.datetime.combine(
            desk.edition.on_sale, _MORNING, ZoneInfo(desk.house.timezone)
        )
        sender = desk.house.sender.email
        greeting = Greeting(
            named=letter.greeting_named, unnamed=letter.greeting_unnamed
        )
        parcel = Parcel(
            delivery=0,
            email=sender,
            values=substitutions(self._sample_reader, greeting),
            message_id=f"digest-{desk.edition.id}-sample@{sender.rpartition('@')[2]}",
        )
        return Form(letter).write(parcel, day)

    def letters(self, digest: Digest) -> tuple[Letter, ...]:
        """Return the digest's variants as they are frozen for sending."""
        house = self.desk.house
        post = Post(digest=digest, edition=self.edition, house=house)
        return tuple(
            replace(
                post.letter(variant),
                web=web_address(house, self.desk.edition.id) or clean(house.website),
                pages=house.mail_pages,
            )
            for variant in digest.variants
        )

    def filled(self, digest: Digest) -> tuple[Variant, ...]:
        """Return the mails as a reader who is made up gets them."""
        plan = self.edition.digest
        greeting = plan.greeting if plan else Greeting()
        values = substitutions(self._sample_reader, greeting)
        return tuple(
            replace(
                variant,
                html=personalise(variant.html, values),
                text=personalise(variant.text, values),
            )
            for variant in digest.variants
        )

    @property
    def _sample_reader(self) -> Personal:
        house = self.desk.house
        return sample_reader(house, web_address(house, self.desk.edition.id))

    def in_print(self, paper: Mapping[str, bytes]) -> InPrint:
        """Return what the digest tells of the printed edition."""
        pages = (
            tuple(_pages(paper["flatplan.json"])) if "flatplan.json" in paper else ()
        )
        front = self._front(paper["replica.pdf"]) if "replica.pdf" in paper else None
        return InPrint(pages=pages, front=front)

    def _front(self, replica: bytes) -> MailPicture | None:
        """Return a picture of the front page, kept by the hash of the replica.

        A paper that serves no pictures has none.
        """
        desk = self.desk
        if not desk.house.media:
            return None
        key = hashlib.sha256(replica).hexdigest()
        cache = FolderCache(desk.root / CACHE)
        drawn = cache.get("front-page", key)
        if drawn is None:
            drawn = self.reader.picture(replica, 1, FRONT_PPI)
            cache.put("front-page", key, drawn)
        file = f"{CACHE}/front/{key[:32]}.png"
        path = desk.root / file
        if not path.is_file() or path.read_bytes() != drawn:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_bytes(drawn)
            part.replace(path)
        picture = Picture(
            file=file,
            alt=f"The front page of {desk.house.title}, {desk.edition.title}",
            kind=PictureKind.CHART,
        )
        base = picture_base(desk.house, desk.edition)
        return self.tools.lab.for_mail(picture, width=FRONT_WIDTH, base=base).value


def as_read(message: bytes) -> EmailMessage:
    """Return a message as mail programs read it."""
    return BytesParser(policy=SMTP).parsebytes(message)


def mail_desk(desk: Desk) -> MailDesk:
    """Lay out what a digest is made with."""
    folder = Path(desk.layout.folder)
    palette = mail_palette((one.name, one.screen) for one in desk.layout.palette)
    tools = MailTools(
        palette=palette,
        templates=JinjaTemplates(folder),
        renderer=MrmlRenderer(),
        lab=PillowPictureLab(
            root=desk.root,
            cache=desk.root / CACHE / "pictures",
        ).letter_with(desk.layout.faces),
    )
    return MailDesk(desk=desk, tools=tools, reader=PdfiumReader())


def _pages(flatplan: bytes) -> Iterator[tuple[Slug, int]]:
    """Yield the articles of a flatplan with the page each begins on."""
    for page in json.loads(flatplan)["pages"]:
        for box in page["articles"]:
            if box["part"] == 0:
                for slug in box["articles"]:
                    yield Slug(slug), int(page["page"])


def mail_files(mail: MailDesk, digest: Digest) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a digest.

    They are both parts of every variant, the pictures, a report, and the public's mail
    as one message, filled for a reader who is made up.
    """
    for variant in digest.variants:
        yield f"{variant.stem}.html", variant.html.encode()
        yield f"{variant.stem}.txt", variant.text.encode()
    for picture in digest.pictures:
        yield f"pictures/{picture.name}", picture.data
    sample = mail.sample(digest)
    rules = (
        (each.rule.id, each.rule.asks, each.state.value)
        for each in verdicts(as_read(sample), mail.desk.house)
    )
    yield "digest.json", write_digest(digest, rules)
    yield "digest.eml", sample
