"""Read an edition: its manifest, its articles, and whether they fit together."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from press.manifest.advertisement import find_advertisement_faults
from press.manifest.article import read_one
from press.manifest.digest import (
    find_digest_faults,
    find_unprinted,
    items_of,
    make_plan,
)
from press.manifest.digest_file import DigestPart
from press.manifest.doubt import find_wrong_decodings
from press.manifest.edition_file import (
    ArticlePart,
    EditionFile,
    EditionPart,
    Fold,
    PrintPart,
    SectionPart,
    SendPart,
)
from press.manifest.folder import EDITION, articles_of, edition_folder
from press.manifest.known import Known
from press.manifest.load import load
from press.manifest.plan import PlanCheck, find_empty, find_twice
from press.manifest.schedule import find_schedule_faults, schedule_of
from press.manifest.schedule_file import SchedulePart
from press.manifest.schema import Strict, check
from press.manifest.send import find_send_faults
from press.manifest.tree import Tree
from press.model.article import Article, Slug
from press.model.edition import (
    Advertisement,
    Assignment,
    Edition,
    EditionId,
    PictureOrder,
    PrintPlan,
    Section,
    SendPlan,
    SendStep,
)
from press.model.finding import (
    Checked,
    Finding,
    Place,
    error,
    note,
    ready,
    warning,
)
from press.model.house import AdId, House

P = TypeVar("P", bound=Strict)

JANUARY = 1
DECEMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The parts of a manifest, each as far as it can be read."""

    edition: EditionPart | None
    print: PrintPart | None
    digest: DigestPart | None
    send: SendPart | None
    schedule: SchedulePart | None


def read_manifest(
    root: Path, edition_id: str, house: House, known: Known
) -> Checked[Edition]:
    """Read an edition and every article it names."""
    folder = edition_folder(edition_id)
    loaded = load(
        root,
        f"{folder}/{EDITION}",
        missing=f"{folder}/: this edition has no manifest",
        hint=f"write one with `press new {edition_id}`",
    )
    tree = loaded.value
    if tree is None:
        return Checked(value=None, findings=loaded.findings)
    checked = check(tree, EditionFile)
    parts = _parts(tree, checked.value)
    findings = [*loaded.findings, *checked.findings]
    findings += find_wrong_decodings(tree, "manifest.suspicious")
    findings += _find_faults(parts, edition_id, house, known)
    if parts.print:
        findings += find_advertisement_faults(
            root, edition_folder(edition_id), parts.print, known
        )
    if ready(checked.findings):
        # What seems to be left out may stand where a mistake hides it.
        findings += _find_gaps(parts)
    lang = (parts.edition.lang if parts.edition else "") or house.lang
    shelf = _Shelf(root=root, edition_id=edition_id, lang=lang)
    shelf.read(parts)
    findings += shelf.findings
    if ready(checked.findings) and shelf.is_complete:
        findings += shelf.unused()
    if parts.edition is None or parts.print is None:
        return Checked(value=None, findings=tuple(findings))
    made = _Maker(articles=shelf.articles, folder=edition_folder(edition_id))
    edition = replace(
        made.edition(parts.edition, parts.print, parts, lang=lang),
        schedule=schedule_of(
            parts.schedule, house.schedule, parts.edition.on_sale, house.timezone
        ),
    )
    return Checked(value=edition, findings=tuple(findings))


def _parts(tree: Tree, file: EditionFile | None) -> _Parts:
    """Return the parts; where one is beyond repair, the others can still be read."""
    if file:
        return _Parts(
            edition=file.edition,
            print=file.print,
            digest=file.digest,
            send=file.send,
            schedule=file.schedule,
        )
    return _Parts(
        edition=_part(tree, "edition", EditionPart),
        print=_part(tree, "print", PrintPart),
        digest=_part(tree, "digest", DigestPart),
        send=_part(tree, "send", SendPart),
        schedule=_part(tree, "schedule", SchedulePart),
    )


def _part(tree: Tree, name: str, schema: type[P]) -> P | None:
    part = tree.at(name)
    return check(part, schema).value if part else None


def _find_faults(
    parts: _Parts, edition_id: str, house: House, known: Known
) -> Iterator[Finding]:
    if parts.edition:
        yield from _identity(parts.edition, edition_id)
        on_sale, zone = parts.edition.on_sale, house.timezone
        dues = schedule_of(parts.schedule, house.schedule, on_sale, zone)
        yield from find_schedule_faults(parts.schedule, dues, on_sale, zone)
    if parts.print:
        yield from PlanCheck(plan=parts.print, house=house, known=known).findings()
        yield from find_twice(parts.print.sections)
    if parts.digest:
        yield from find_digest_faults(parts.digest, house)
    if parts.send:
        yield from find_send_faults(parts.send, house.timezone)


def _find_gaps(parts: _Parts) -> Iterator[Finding]:
    if parts.print:
        yield from find_empty(parts.print.sections)
    if parts.digest:
        printed = frozenset(article.article for article in _printed(parts))
        yield from find_unprinted(parts.digest, printed)
    elif parts.send:
        yield warning(
            "plan.send-digest",
            "there is a plan to send, but no digest to be sent",
            parts.send.place,
            "write the digest: its subject, preheader and lead",
        )


def _identity(part: EditionPart, edition_id: str) -> Iterator[Finding]:
    if part.id != edition_id:
        yield error(
            "manifest.id",
            f"this is edition {edition_id} by its folder, but {part.id} by its id",
            part.place_of("id"),
            f"write id: {edition_id}, or rename the folder",
        )
        return
    year, month = int(part.id[:4]), int(part.id[5:7])
    before = (year - 1, DECEMBER) if month == JANUARY else (year, month - 1)
    if (part.on_sale.year, part.on_sale.month) not in ((year, month), before):
        yield warning(
            "manifest.date",
            f"on sale on {_day(part.on_sale)}: that day does not belong to edition"
            f" {part.id}",
            part.place_of("on_sale"),
            "an edition goes on sale in its month or in the month before",
        )


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _printed(parts: _Parts) -> Iterator[ArticlePart]:
    for section in parts.print.sections if parts.print else ():
        yield from section.articles


@dataclass(slots=True, kw_only=True)
class _Shelf:
    """Takes each article out of its folder once."""

    root: Path
    edition_id: str
    lang: str
    articles: dict[str, Article] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _lines: dict[str, int | None] = field(default_factory=dict)
    _folders: dict[str, str] = field(default_factory=dict)

    def read(self, parts: _Parts) -> None:
        """Read what the manifest names."""
        for article in _printed(parts):
            self._take(article.article, article.place_of("article"))
        if digest := parts.digest:
            for item, _ in items_of(digest):
                self._take(item.article, item.place_of("article"))

    def _take(self, slug: str, place: Place) -> None:
        if slug in self._lines:
            return
        self._lines[slug] = place.line
        folder = self.root / edition_folder(self.edition_id) / "articles" / slug
        true_folder = os.path.realpath(folder)
        if twin := self._folders.get(true_folder):
            self.findings.append(
                error(
                    "article.twice",
                    f"“{slug}” is the same folder as “{twin}”"
                    f" (line {self._lines[twin]})",
                    place,
                    "delete one of them",
                )
            )
            return
        self._folders[true_folder] = slug
        read = read_one(self.root, self.edition_id, slug, lang=self.lang, named=place)
        self.findings += read.findings
        if read.value:
            self.articles[slug] = read.value

    @property
    def is_complete(self) -> bool:
        """Whether every article that the manifest names was found."""
        return len(self.articles) == len(self._lines)

    def unused(self) -> Iterator[Finding]:
        """Yield the articles in the folder that the manifest does not name."""
        for slug in articles_of(self.root, self.edition_id):
            if slug not in self._lines:
                file = f"{edition_folder(self.edition_id)}/articles/{slug}/index.md"
                yield note(
                    "article.unused",
                    f"“{slug}” is neither in a section nor in the digest",
                    Place(file=file, article=slug),
                    "list it in edition.yaml, or leave it for another month",
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Makes the edition of what was read; articles that could not be read stay out."""

    articles: dict[str, Article]
    folder: str

    def edition(
        self, facts: EditionPart, plan: PrintPart, parts: _Parts, *, lang: str
    ) -> Edition:
        return Edition(
            id=EditionId(facts.id),
            number=facts.number,
            title=facts.title,
            on_sale=facts.on_sale,
            price=facts.price,
            lang=lang,
            print=self._print(plan),
            digest=make_plan(parts.digest, self.articles) if parts.digest else None,
            send=_send(parts.send) if parts.send else None,
            articles=tuple(self.articles.values()),
            place=facts.place,
        )

    def _print(self, plan: PrintPart) -> PrintPlan:
        placed: set[str] = set()
        return PrintPlan(
            layout=plan.layout,
            pages=plan.pages,
            house_ads=tuple(AdId(name) for name in plan.house_ads),
            advertisements=tuple(
                Advertisement(
                    file=f"{self.folder}/{one.file}",
                    size=one.size,
                    advertiser=one.advertiser,
                    page=one.page,
                    not_beside=one.not_beside,
                    place=one.place_of("file"),
                )
                for one in plan.advertisements
            ),
            sections=tuple(self._section(each, placed) for each in plan.sections),
            place=plan.place,
        )

    def _section(self, section: SectionPart, placed: set[str]) -> Section:
        assignments = []
        for article in section.articles:
            if article.article in self.articles and article.article not in placed:
                placed.add(article.article)
                assignments.append(_assignment(article))
        return Section(
            name=section.section,
            articles=tuple(assignments),
            pages=section.pages,
            template=section.template,
            place=section.place_of("section"),
        )


def _assignment(part: ArticlePart) -> Assignment:
    return Assignment(
        slug=Slug(part.article),
        priority=part.priority,
        headline=part.headline,
        standfirst=part.standfirst,
        cut=part.cut,
        page=part.page,
        columns=part.columns,
        picture=PictureOrder(
            crop=part.picture.crop, focus=part.picture.focus, off=part.picture.off
        ),
        jump=part.jump,
        template=part.template,
        place=part.place_of("article"),
    )


def _send(part: SendPart) -> SendPlan:
    return SendPlan(
        audience=part.audience.list_name,
        exclude=part.audience.exclude,
        window=part.window,
        steps=tuple(
            SendStep(
                name=step.name,
                at=step.at,
                fold=None if step.fold is None else int(step.fold is Fold.SECOND),
                to=step.to,
                list_name=step.list_name,
                share=step.share,
                needs=step.needs,
                rate=step.rate,
                stop_bounce=step.stop_if.bounce_rate,
                stop_complaint=step.stop_if.complaint_rate,
                place=step.place_of("name"),
            )
            for step in part.steps
        ),
        place=part.place,
    )
