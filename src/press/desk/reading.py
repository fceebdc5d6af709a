"""Reading: everything about an edition that needs no page to be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from press.adapters.cache import FolderCache
from press.adapters.harfbuzz import HarfBuzzShaper
from press.adapters.icc import IccShelf
from press.adapters.pictures import PillowPictureLab
from press.desk.advertisement import ReadAd, read_advertisements
from press.desk.barcode import with_barcode_room
from press.desk.copy import CopyDesk, set_digest, set_house
from press.desk.fingerprint import fingerprint, of_press
from press.desk.naming import name_pages
from press.desk.subbing import sub_articles
from press.intake.unexplained import find_unexplained
from press.manifest.layout import known_layouts
from press.manifest.read import read_edition, read_house
from press.measure.glyph import find_missing
from press.model.article import Article, Picture
from press.model.edition import Edition
from press.model.finding import Checked, Finding, ready
from press.model.house import House
from press.model.layout import Layout
from press.model.picture import PictureFormat
from press.model.press import Profile
from press.model.printer import Printer
from press.ports import Cache, PictureLab
from press.prepress.barcode import find_no_room

CACHE = ".press/cache"
#: What is told of the printed edition comes from these files of its last build.
FROM_PRINT = ("flatplan.json", "replica.pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An edition on the desk, with all that belongs to it.

    Attributes:
        root: The newspaper's folder.
        house: The paper.
        edition: The edition; its pictures were looked at.
        layout: Its layout.
        copy: Its articles, typography done.
        sources: Pictures used, with the hash of their file.
        profile: The ICC profile of press and paper.
        advertisements: Those that were bought, in the edition's order.
    """

    root: Path
    house: House
    edition: Edition
    layout: Layout
    copy: CopyDesk
    sources: tuple[tuple[str, str], ...]
    profile: Profile
    advertisements: tuple[ReadAd, ...] = ()


def read_desk(root: Path, edition_id: str, *, decode: bool = False) -> Checked[Desk]:
    """Read an edition and all that belongs to it, and look at it closely.

    Args:
        root: The newspaper's folder.
        edition_id: Which edition.
        decode: Whether to decode its pictures to their end, as a build does anyway.

    Raises:
        ManifestError: No edition can have that name.
        MissingToolError: A font of the layout is not there.
    """
    findings: list[Finding] = []
    paper = read_house(root)
    findings += paper.findings
    if paper.value is None:
        return Checked(value=None, findings=tuple(findings))
    layouts = known_layouts(root)
    edition = read_edition(root, edition_id, paper.value, layouts)
    findings += edition.findings
    if edition.value is None:
        return Checked(value=None, findings=tuple(findings))
    layout = layouts.read(edition.value.print.layout)
    findings += layout.findings
    lab = PillowPictureLab(root=root, cache=root / CACHE / "pictures")
    looked, sources, faults = _look(edition.value, lab)
    findings += faults
    if decode:
        findings += lab.find_damaged([p for a in looked.articles for p in a.pictures])
    if layout.value is None:
        return Checked(value=None, findings=tuple(findings))
    printer = layout.value.printer
    shelf = IccShelf(root, cache=FolderCache(root / CACHE))
    profile = shelf.find(printer.profile, printer)
    findings += profile.findings
    cache = FolderCache(root / CACHE)
    bought, faults = read_advertisements(root, edition.value, layout.value, cache)
    findings += faults
    findings += _find_names(edition.value, paper.value, printer)
    house = set_house(paper.value)
    looked = set_digest(looked, house.lang)
    copy = CopyDesk(looked, house)
    findings += copy.find_dropped()
    findings += _check_templates(layout.value, cache)
    findings += find_unexplained(looked)
    if house.issn:
        findings += find_no_room(layout.value)
    shaper = HarfBuzzShaper(layout.value.faces)
    polished = [copy.polished(article.slug) for article in looked.articles]
    for article in polished:
        findings += find_missing(article, layout.value, shaper)
    findings += sub_articles(root, polished, cache, lang=house.lang)
    findings = list(dict.fromkeys(findings))
    if profile.value is None or not ready(findings):
        return Checked(value=None, findings=tuple(findings))
    desk = Desk(
        root=root,
        house=house,
        edition=looked,
        layout=with_barcode_room(layout.value, house),
        copy=copy,
        sources=sources,
        profile=profile.value,
        advertisements=bought,
    )
    return Checked(value=desk, findings=tuple(findings))


def _find_names(
    edition: Edition, house: House, printer: Printer
) -> tuple[Finding, ...]:
    """Find what is wrong with the names that the pages' files get."""
    pages = edition.print.pages or printer.count.least
    return name_pages(edition, house, printer, pages).findings


def last_build(desk: Desk) -> dict[str, bytes]:
    """Return what the digest tells of the printed edition, from its last build."""
    folder = desk.root / "build" / desk.edition.id
    return {
        name: path.read_bytes()
        for name in FROM_PRINT
        if (path := folder / name).is_file()
    }


def _check_templates(layout: Layout, cache: Cache) -> tuple[Finding, ...]:
    """Check templates and style sheets; flawless ones only when a file has changed."""
    key = fingerprint(of_press(), version("jinja2"), layout.fingerprint)
    if cache.get("flawless", key) is not None:
        return ()
    from press.adapters.css import check_style_sheets  # noqa: PLC0415  (loads slowly)
    from press.adapters.jinja import check_templates  # noqa: PLC0415  (loads Jinja)

    folder = Path(layout.folder)
    colours = [colour.name for colour in layout.palette]
    findings = (*check_templates(folder), *check_style_sheets(folder, colours))
    if not findings:
        cache.put("flawless", key, b"")
    return findings


def _look(
    edition: Edition, lab: PictureLab
) -> tuple[Edition, tuple[tuple[str, str], ...], list[Finding]]:
    """Look at every picture: its size becomes known, its faults are found."""
    findings: list[Finding] = []
    hashes: dict[str, str] = {}

    def pictures(article: Article) -> Iterator[Picture]:
        for picture in article.pictures:
            facts = lab.inspect(picture)
            findings.extend(facts.findings)
            if facts.value is not None:
                hashes[picture.file] = facts.value.sha256
                yield replace(
                    picture,
                    pixels=facts.value.pixels,
                    drawn=facts.value.format is PictureFormat.SVG,
                    made_for=facts.value.made_for,
                    filed_credit=facts.value.credit,
                    filed_rights=facts.value.rights,
                )

    articles = tuple(
        replace(article, pictures=tuple(pictures(article)))
        for article in edition.articles
    )
    return replace(edition, articles=articles), tuple(sorted(hashes.items())), findings
