"""How an edition stands: the flat plan made, copy and pictures counted, dates compared."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from zoneinfo import ZoneInfo

from press.adapters.weasy import WeasyTypesetter
from press.desk.laying import lay_out
from press.desk.reading import Desk, read_desk
from press.desk.tools import make_tools, workers
from press.manifest.read import read_article, read_house
from press.manifest.roster import Roster, read_roster
from press.manifest.schedule import schedule_of
from press.model.article import Article, LegalRead, Slug
from press.model.edition import EditionId
from press.model.errors import ManifestError
from press.model.finding import Checked, Finding, Severity
from press.model.flatplan import Box, Flatplan, PagePlan
from press.model.house import House
from press.model.layout import Layout
from press.model.overview import (
    ArticleStand,
    CopyState,
    DueStand,
    Overview,
    PagePart,
    PageStand,
    Progress,
)
from press.model.package import Package
from press.model.schedule import Deadline, Due
from press.ports import Clock

#: What is found of pictures that an article names and that are not there.
NOT_THERE = frozenset({"picture.missing", "article.images-missing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """A flat plan with all that tells what stands in it."""

    desk: Desk
    flatplan: Flatplan
    packages: Mapping[str, Package]


def overview(paper: Path, edition: EditionId, clock: Clock) -> Checked[Overview]:
    """Return how an edition stands.

    Where no flat plan can be made, there are no pages in it and the findings say why.

    Args:
        paper: The newspaper's folder.
        edition: The edition.
        clock: Tells what is overdue.

    Raises:
        ManifestError: press.yaml or edition.yaml has mistakes.
        MissingToolError: A font of the layout is not there.
    """
    house = read_house(paper)
    if house.value is None:
        raise ManifestError("press.yaml cannot be read", findings=house.findings)
    roster = read_roster(paper, edition)
    read = read_desk(paper, edition)
    planned = _plan(read.value) if read.value else None
    found = (*read.findings, *(planned.findings if planned else ()))
    made = planned.value if planned else None
    copy = dict(_copy(paper, edition, house.value, read.value))
    articles = tuple(_stands(roster, copy, found, _held(made)))
    facts = roster.settings.edition
    zone = ZoneInfo(house.value.timezone)
    today = clock.now().astimezone(zone).date()
    dues = schedule_of(
        roster.settings.schedule,
        house.value.schedule,
        facts.on_sale,
        house.value.timezone,
    )
    value = Overview(
        edition=edition,
        title=facts.title,
        on_sale=facts.on_sale,
        days_left=(facts.on_sale - today).days,
        articles=articles,
        pages=tuple(_page(page, made) for page in made.flatplan.pages) if made else (),
        sections=tuple(dict.fromkeys(each.name for each in roster.sections)),
        schedule=tuple(_dues(dues, articles, zone, clock.now())),
    )
    return Checked(value=value, findings=found)


def _plan(desk: Desk) -> Checked[_Planned]:
    """Make the flat plan; what earlier builds have measured is not measured again."""
    typesetter = WeasyTypesetter(workers=workers())  # never started: nothing is drawn
    tools = make_tools(desk, typesetter)
    laid = lay_out(desk, tools, to_draw=False)
    plan = laid.planned
    if plan.value is None:
        return Checked(value=None, findings=plan.findings)
    by_id = {package.id: package for package in laid.packages}
    planned = _Planned(desk=desk, flatplan=plan.value, packages=by_id)
    return Checked(value=planned, findings=plan.findings)


def _held(planned: _Planned | None) -> frozenset[Slug]:
    if planned is None:
        return frozenset()
    return frozenset(
        article.slug
        for name in planned.flatplan.held_over
        for article in planned.packages[name].articles
    )


# ---------------------------------------------------------------- articles


def _copy(
    paper: Path, edition: EditionId, house: House, desk: Desk | None
) -> Iterator[tuple[Slug, Article]]:
    """Yield the articles that there are, as this edition prints them if it can be read."""
    for section in desk.edition.print.sections if desk else ():
        for assignment in section.articles:
            yield assignment.slug, desk.copy.ready(assignment)  # type: ignore[union-attr]
    if desk is not None:
        return
    roster = read_roster(paper, edition)
    lang = roster.settings.edition.lang or house.lang
    for listed in (each for section in roster.sections for each in section.articles):
        read = read_article(paper, edition, listed.slug, lang=lang)
        if read.value is not None:
            yield listed.slug, read.value


def _stands(
    roster: Roster,
    copy: Mapping[Slug, Article],
    findings: Sequence[Finding],
    held: frozenset[Slug],
) -> Iterator[ArticleStand]:
    counts = Counter(
        (slug, found.severity) for found in findings if (slug := _article_of(found))
    )
    missing = Counter(_article_of(one) for one in findings if one.code in NOT_THERE)
    for section in roster.sections:
        for listed in section.articles:
            slug, article = listed.slug, copy.get(listed.slug)
            errors = counts[slug, Severity.ERROR]
            yield ArticleStand(
                slug=slug,
                section=section.name,
                priority=listed.priority,
                headline=article.printed_headline if article else "",
                copy=_state(article, errors),
                words=article.body.words if article else 0,
                errors=errors,
                warnings=counts[slug, Severity.WARNING],
                pictures=len(article.pictures) if article else 0,
                pictures_missing=missing[slug],
                legal=article.legal if article else None,
                held_over=slug in held,
            )


def _state(article: Article | None, errors: int) -> CopyState:
    if article is None or not article.body.words:
        return CopyState.EMPTY
    return CopyState.COPY_IN if errors else CopyState.CHECKED


def _article_of(finding: Finding) -> str:
    """Return the article that a finding is about, by its file where it does not say."""
    if finding.place.article:
        return finding.place.article
    parts = (finding.place.file or "").split("/")
    return parts[parts.index("articles") + 1] if "articles" in parts[:-2] else ""


# ---------------------------------------------------------------- pages


def _page(page: PagePlan, planned: _Planned) -> PageStand:
    bought = planned.desk.edition.print.advertisements
    return PageStand(
        number=page.number,
        section=page.section,
        parts=tuple(_part(box, page, planned) for box in page.boxes),
        house_ads=tuple(ad.ad for ad in page.ads),
        advertiser=bought[page.space.advertisement].advertiser if page.space else "",
        imprint=page.imprint,
    )


def _part(box: Box, page: PagePlan, planned: _Planned) -> PagePart:
    package, layout = planned.packages[box.package], planned.desk.layout
    jumps = [one for one in planned.flatplan.jumps if one.package == box.package]
    later = [one.to_page for one in jumps if one.part == box.part + 1]
    before = [one.from_page for one in jumps if one.part == box.part and box.part]
    pixels = [f.shape.ppi for f in box.setting.figures if not f.shape.html]
    least = min(pixels, default=inf)
    return PagePart(
        articles=tuple(article.slug for article in package.articles),
        group=_flag(package, layout),
        part=box.part,
        goes_on=later[0] if later else None,
        comes_from=before[0] if before else None,
        lines=box.lines * box.columns,
        under=0 if later else sum(box.setting.slack),
        pictures=len(pixels),
        ppi=None if least == inf else int(least),
        coarse=least < layout.resolution.wanted,
    )


def _flag(package: Package, layout: Layout) -> str:
    template = layout.template(package.template)
    return (template.flag or package.section) if template.group else ""


# ---------------------------------------------------------------- deadlines


def _dues(
    dues: Sequence[Due],
    articles: Sequence[ArticleStand],
    zone: ZoneInfo,
    now: dt.datetime,
) -> Iterator[DueStand]:
    for due in dues:
        at = due.at.replace(tzinfo=zone).astimezone(dt.UTC)
        left = _left(due.deadline, articles)
        done = left == 0 and bool(articles)  # Without articles, no copy is in.
        yield DueStand(
            deadline=due.deadline,
            at=at,
            local=due.at,
            progress=_progress(left, done=done, late=at < now),
            left=left or 0,
        )


def _left(deadline: Deadline, articles: Sequence[ArticleStand]) -> int | None:
    """Return how many articles are not done; None where press cannot know."""
    run = [one for one in articles if not one.held_over]
    if deadline is Deadline.COPY:
        return sum(one.copy is CopyState.EMPTY for one in run)
    if deadline is Deadline.PICTURES:
        return sum(bool(one.pictures_missing) for one in run)
    if deadline is Deadline.LEGAL:
        return sum(one.legal is LegalRead.NEEDED for one in run)
    return None


def _progress(left: int | None, *, done: bool, late: bool) -> Progress:
    if done:
        return Progress.DONE
    if not late:
        return Progress.OPEN
    return Progress.PASSED if left is None else Progress.OVERDUE
