"""What an edition's manifest lists, and what its folder holds besides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from press.manifest.article import read_one
from press.manifest.digest import items_of
from press.manifest.edition_file import EditionFile
from press.manifest.folder import EDITION, articles_of, edition_folder
from press.manifest.load import load
from press.manifest.schema import check
from press.manifest.source import ARTICLE_LIMIT
from press.manifest.tree import Tree
from press.model.article import Slug
from press.model.errors import ManifestError
from press.model.finding import Severity, ready
from press.model.record import decode
from press.model.selection import Candidate, Listed, ListedSection
from press.model.story import Origin

#: How an imported article came about stands in this file beside it.
RECORD = "import.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A manifest that can be read.

    Attributes:
        file: Its path from the newspaper's folder.
        tree: What it says.
        settings: The same, typed.
    """

    file: str
    tree: Tree
    settings: EditionFile

    @property
    def sections(self) -> tuple[ListedSection, ...]:
        """Its sections with what they list."""
        return tuple(
            ListedSection(
                name=section.section,
                articles=tuple(
                    Listed(
                        slug=Slug(each.article),
                        priority=each.priority,
                        place=each.place_of("article"),
                    )
                    for each in section.articles
                ),
            )
            for section in self.settings.print.sections
        )

    def names(self) -> Iterator[str]:
        """Yield every article that print or digest names."""
        for section in self.sections:
            yield from (each.slug for each in section.articles)
        if self.settings.digest:
            yield from (item.article for item, _ in items_of(self.settings.digest))


def read_roster(root: Path, edition_id: str) -> Roster:
    """Read what an edition's manifest lists.

    Raises:
        ManifestError: There is none, or it has mistakes.
    """
    file = f"{edition_folder(edition_id)}/{EDITION}"
    hint = f"write one with `press new {edition_id}`"
    loaded = load(root, file, missing=f"there is no {file}", hint=hint)
    checked = check(loaded.value, EditionFile) if loaded.value else None
    if loaded.value is None or checked is None or checked.value is None:
        raise _unreadable(file, edition_id)
    if not ready((*loaded.findings, *checked.findings)):
        raise _unreadable(file, edition_id)
    return Roster(file=file, tree=loaded.value, settings=checked.value)


def _unreadable(file: str, edition_id: str) -> ManifestError:
    hint = f"see `press check {edition_id}`"
    return ManifestError(f"{file} has mistakes, or is not there", hint=hint)


def read_candidates(
    root: Path, edition_id: str, roster: Roster, *, lang: str
) -> tuple[Candidate, ...]:
    """Return the articles in an edition's folder that nothing names.

    Those whose site sets them above others come first; then those of the first sections;
    the newest first.
    """
    named = set(roster.names())
    found = [
        candidate
        for slug in articles_of(root, edition_id)
        if slug not in named
        and (candidate := _candidate(root, edition_id, slug, lang=lang))
    ]
    order = {
        section.name.casefold(): number
        for number, section in enumerate(roster.sections)
    }

    def rank(one: Candidate) -> tuple[bool, int, int, str]:
        article = one.article
        section = order.get(article.section.casefold(), len(order))
        day = article.date.toordinal() if article.date else 0
        return (not one.featured, section, -day, article.slug)

    return tuple(sorted(found, key=rank))


def _candidate(
    root: Path, edition_id: str, slug: str, *, lang: str
) -> Candidate | None:
    read = read_one(root, edition_id, slug, lang=lang)
    if read.value is None:
        return None
    errors = sum(one.severity is Severity.ERROR for one in read.findings)
    folder = root / edition_folder(edition_id) / "articles" / slug
    origin = _origin(folder / RECORD)
    return Candidate(
        article=read.value,
        errors=errors,
        featured=origin.featured if origin else False,
        form=origin.form if origin else "",
    )


def _origin(file: Path) -> Origin | None:
    """Return where an article came from; None where no record tells."""
    try:
        if file.stat().st_size > ARTICLE_LIMIT:
            return None
        told = json.loads(file.read_bytes())["article"]["origin"]
        known = ("form", "featured")
        return decode(Origin, {name: told[name] for name in known if name in told})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # What is wrong with the record is said when it is imported again.
