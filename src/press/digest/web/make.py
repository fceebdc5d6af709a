"""The web version of an edition, from its articles to files that any host serves."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from press.digest.address import ATOM, INDEX, RSS, Addresses
from press.digest.compose import Composer
from press.digest.link import clean
from press.digest.view import DigestView, Offer
from press.digest.web.article import ArticleDesk, MadeArticle
from press.digest.web.digest import DigestDesk
from press.digest.web.feed import Entry, Feed, tag, write_atom, write_rss
from press.digest.web.meta import locale
from press.digest.web.pictures import PictureDesk
from press.digest.web.view import Head, IndexPage, IssueEntry, Site
from press.digest.xhtml import legal
from press.model.article import Article, Slug, WebUse
from press.model.digest import NOT_PRINTED, InPrint, MailPalette
from press.model.edition import DigestPlan, Edition
from press.model.finding import Checked, Finding, warning
from press.model.house import AdChannel, House
from press.model.web import Issue, WebPages
from press.ports import MailPictures, Templates

DIGEST_TEMPLATE = "web/digest.html.j2"
ARTICLE_TEMPLATE = "web/article.html.j2"
INDEX_TEMPLATE = "web/index.html.j2"
STYLE_TEMPLATE = "web/web.css.j2"
_HASH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class WebTools:
    """What web pages are made with."""

    palette: MailPalette
    templates: Templates
    lab: MailPictures


def make_web(
    edition: Edition,
    house: House,
    tools: WebTools,
    *,
    zone: dt.tzinfo,
    in_print: InPrint = NOT_PRINTED,
    earlier: Sequence[Issue] = (),
) -> Checked[WebPages]:
    """Make an edition's web pages; none where the paper or the edition wants none.

    Args:
        edition: The edition, its articles' typography done.
        house: The paper.
        tools: What pages are made with.
        zone: The paper's time zone.
        in_print: What is known of the printed edition.
        earlier: The editions before this one, in any order.

    Raises:
        ManifestError: A template of the layout cannot be read or filled.
    """
    plan = edition.digest
    if not house.web:
        return Checked(value=WebPages(), findings=tuple(_homeless(edition)))
    if plan is None:
        return Checked(value=WebPages())
    composed = Composer(edition=edition, plan=plan, house=house, in_print=in_print)
    view = composed.compose()
    if view.value is None:
        return Checked(value=None, findings=view.findings)
    addresses = Addresses(web=house.web, edition=edition.id)
    making = _Making(
        edition=edition,
        plan=plan,
        house=house,
        tools=tools,
        addresses=addresses,
        pictures=PictureDesk(lab=tools.lab, addresses=addresses),
        in_print=in_print,
        published=dt.datetime.combine(edition.on_sale, dt.time(), zone),
    )
    files = tuple(sorted(making.files(view.value, earlier)))
    findings = dict.fromkeys((*view.findings, *making.pictures.findings))
    return Checked(value=WebPages(files=files), findings=tuple(findings))


def _homeless(edition: Edition) -> Iterator[Finding]:
    """Yield the articles that want a page of a paper that has none."""
    for article in edition.articles:
        if article.web is not WebUse.NONE:
            yield warning(
                "web.address",
                f"{article.slug} asks for a web page, but press.yaml does not say where"
                " pages are served",
                article.place_of("web"),
                "write web: https://… into press.yaml, or web: none here",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Making:
    """The pages of one edition in the making."""

    edition: Edition
    plan: DigestPlan
    house: House
    tools: WebTools
    addresses: Addresses
    pictures: PictureDesk
    in_print: InPrint
    published: dt.datetime

    def files(
        self, view: DigestView, earlier: Sequence[Issue]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield all files; the pictures last, when all pages have asked for theirs."""
        css = self._fill(STYLE_TEMPLATE, {"palette": self.tools.palette})
        name = f"web-{hashlib.sha256(css).hexdigest()[:_HASH]}.css"
        sheet = f"{self.edition.id}/{name}"  # each edition keeps its look
        yield sheet, css
        articles = {one.slug: self._articles.make(one) for one in self._paged()}
        near, far = self._site(view, name, "../"), self._site(view, sheet, "")
        for slug, made in articles.items():
            values = {"site": near, "head": made.head, "page": made.page}
            yield self.addresses.article(slug), self._fill(ARTICLE_TEMPLATE, values)
        yield self.addresses.digest, self._digest(view, near, articles)
        issues = self._issues(view, earlier)
        yield INDEX, self._index(far, issues)
        feed = self._feed(issues, tuple(made.entry for made in articles.values()))
        yield ATOM, write_atom(feed)
        yield RSS, write_rss(feed)
        for name, picture in self.pictures.made.items():
            yield self.addresses.picture(name), picture.data

    @property
    def _articles(self) -> ArticleDesk:
        return ArticleDesk(
            edition=self.edition,
            house=self.house,
            addresses=self.addresses,
            pictures=self.pictures,
            in_print=self.in_print,
            published=self.published,
        )

    def _fill(self, template: str, values: dict[str, object]) -> bytes:
        return legal(self.tools.templates.fill(template, values)).encode()

    def _paged(self) -> Iterator[Article]:
        """Yield the articles that have pages, in the order of the digest and of print."""
        first = (self.plan.lead.slug, *(item.slug for item in self.plan.items))
        sections = self.edition.print.sections
        printed = (one.slug for section in sections for one in section.articles)
        rest = (article.slug for article in self.edition.articles)
        for slug in dict.fromkeys((*first, *printed, *rest)):
            article = self.edition.article(slug)
            if article.web is not WebUse.NONE:
                yield article

    def _digest(
        self, view: DigestView, site: Site, articles: dict[Slug, MadeArticle]
    ) -> bytes:
        desk = DigestDesk(
            edition=self.edition,
            house=self.house,
            addresses=self.addresses,
            pictures=self.pictures,
            in_print=self.in_print,
            paged=frozenset(articles),
        )
        values = {
            "site": site,
            "head": desk.head(view, self.published),
            "page": desk.make(view),
        }
        return self._fill(DIGEST_TEMPLATE, values)

    def _site(self, view: DigestView, css: str, root: str) -> Site:
        return Site(
            title=self.house.title,
            strapline=self.house.strapline,
            website=clean(self.house.website),
            lang=view.lang,
            direction=view.direction,
            root=root,
            css=css,
            digest=self.addresses.digest,
            publisher=view.publisher,
            address=view.address,
            contact=view.contact,
            notices=view.notices,
            offer=self._offer(),
        )

    def _offer(self) -> Offer | None:
        """Return the first house ad of the digest that is for the public."""
        ads = {
            ad.id: ad for ad in self.house.house_ads if AdChannel.DIGEST in ad.channels
        }
        for wanted in self.plan.house_ads:
            ad = ads.get(wanted.ad)
            if ad is not None and wanted.show_to.admits(()):
                return Offer(
                    headline=ad.headline,
                    text=ad.text,
                    button=ad.button,
                    link=clean(ad.url),
                )
        return None

    def _issues(self, view: DigestView, earlier: Sequence[Issue]) -> tuple[Issue, ...]:
        """Return this edition and those before it, the newest first."""
        this = Issue(
            id=self.edition.id,
            title=view.edition,
            number=view.number,
            published=self.published,
            subject=view.subject,
            preheader=view.preheader,
        )
        before = (
            one
            for one in earlier
            if one.id != this.id and one.published <= this.published
        )
        ordered = sorted(before, key=lambda one: (one.published, one.id), reverse=True)
        return this, *ordered

    def _index(self, site: Site, issues: tuple[Issue, ...]) -> bytes:
        entries = tuple(
            IssueEntry(
                link=Addresses(web=self.house.web, edition=one.id).digest,
                title=one.title,
                number=one.number,
                published=one.published.date(),
                subject=one.subject,
                preheader=one.preheader,
            )
            for one in issues
        )
        head = Head(
            title=self.house.title,
            description=self.house.strapline,
            address=self.addresses.absolute(INDEX),
            locale=locale(self.house.lang),
        )
        values = {"site": site, "head": head, "page": IndexPage(issues=entries)}
        return self._fill(INDEX_TEMPLATE, values)

    def _feed(self, issues: tuple[Issue, ...], articles: tuple[Entry, ...]) -> Feed:
        this, *before = (self._issue_entry(one) for one in issues)
        return Feed(
            title=self.house.title,
            subtitle=self.house.strapline,
            address=self.addresses.absolute(INDEX),
            atom=self.addresses.absolute(ATOM),
            rss=self.addresses.absolute(RSS),
            publisher=self.house.imprint.publisher,
            lang=self.house.lang,
            updated=self.published,
            entries=(this, *articles, *before),
        )

    def _issue_entry(self, issue: Issue) -> Entry:
        addresses = Addresses(web=self.house.web, edition=issue.id)
        return Entry(
            id=tag(addresses.host, issue.published, issue.id),
            title=issue.subject or issue.title,
            address=addresses.absolute(addresses.digest),
            published=issue.published,
            summary=issue.preheader,
        )
