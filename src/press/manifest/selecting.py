"""Take articles into an edition's manifest or out of it; her comments and layout stay."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from press.manifest.amend import Unclear, put_in, take_out
from press.manifest.article import read_one
from press.manifest.folder import articles_of
from press.manifest.nearest import did_you_mean
from press.manifest.next_edition import cannot_write
from press.manifest.plain import text as as_yaml
from press.manifest.roster import Roster, read_roster
from press.manifest.source import decode
from press.manifest.tree import Settings
from press.manifest.yaml import read_tree
from press.model.errors import ManifestError
from press.model.finding import Checked, Finding, Place, error, ready
from press.model.selection import Choice


def amend(root: Path, choice: Choice, *, lang: str) -> Checked[Path]:
    """Take articles into an edition and out of it, all of them or none.

    Args:
        root: The newspaper's folder.
        choice: Which.
        lang: The language of articles that name none.

    Returns:
        The manifest as it was written; None where something is wrong with the choice.

    Raises:
        ManifestError: The manifest has mistakes, or is laid out in a way that cannot be
            changed without touching more than what is chosen.
        CannotWriteError: It cannot be written.
    """
    roster = read_roster(root, choice.edition)
    desk = _Desk(root, choice, roster, lang)
    findings = tuple(desk.find_faults())
    if not ready(findings):
        return Checked(value=None, findings=findings)
    path = root / roster.file
    before = path.read_bytes()
    after = desk.amended(before.decode("utf-8")).encode("utf-8")
    try:
        _replace(path, after)
    except OSError as problem:
        raise cannot_write(path.parent, problem) from problem
    return Checked(value=path, findings=findings)


class _Desk:
    """One choice, held against the manifest."""

    def __init__(self, root: Path, choice: Choice, roster: Roster, lang: str) -> None:
        self._choice, self._roster = choice, roster
        self._there = articles_of(root, choice.edition)
        self._filed = {
            slug: read.value.section
            for slug in choice.slugs
            if slug in self._there
            and (read := read_one(root, choice.edition, slug, lang=lang)).value
        }

    def find_faults(self) -> Iterator[Finding]:
        """Yield everything wrong with the choice."""
        yield from self._wanted_section()
        printed = {
            str(each.slug): (section.name, each.place)
            for section in self._roster.sections
            for each in section.articles
        }
        for slug in dict.fromkeys(self._choice.slugs):
            if slug in printed and slug not in self._choice.remove:
                section, place = printed[slug]
                yield error(
                    "select.there",
                    f"“{slug}” is in “{section}” already",
                    place,
                    "take it out first with --remove, to move it",
                )
            elif slug not in self._there:
                free = [name for name in self._there if name not in printed]
                yield error(
                    "select.unknown",
                    f"there is no article “{slug}” in edition {self._choice.edition}",
                    hint=did_you_mean(slug, free) or "import it first",
                )
            else:
                yield from self._section_fault(slug)
        for slug in dict.fromkeys(self._choice.remove):
            if slug not in printed:
                yield error(
                    "select.unknown",
                    f"no section has “{slug}”",
                    hint=did_you_mean(slug, printed),
                )

    def _wanted_section(self) -> Iterator[Finding]:
        wanted = self._choice.section
        if wanted and self._number(wanted) is None:
            yield error(
                "select.section",
                f"the edition has no section “{wanted}”",
                Place(file=self._roster.file),
                f"{did_you_mean(wanted, self._sections())}; a new one is a line of its own"
                f" under sections: “- section: {wanted}”",
            )

    def _section_fault(self, slug: str) -> Iterator[Finding]:
        filed = self._filed.get(slug, "")
        if self._choice.section or self._number(filed) is not None:
            return
        told = f"in “{filed}”, which the edition has not" if filed else "nowhere"
        yield error(
            "select.section",
            f"“{slug}” cannot be placed: the web filed it {told}",
            Place(file=self._roster.file),
            f"name a section with --section: {', '.join(self._sections())}",
        )

    def _sections(self) -> list[str]:
        return [section.name for section in self._roster.sections]

    def _number(self, wanted: str) -> int | None:
        """Return which section is meant, counted from 0."""
        for number, section in enumerate(self._roster.sections):
            if section.name.casefold() == wanted.casefold():
                return number
        return None

    def amended(self, text: str) -> str:
        """Return the manifest with the choice in it.

        Raises:
            ManifestError: There is no clear way to change it.
        """
        try:
            for slug in dict.fromkeys(self._choice.remove):
                text = self._without(text, slug)
            for slug in dict.fromkeys(self._choice.slugs):
                number = self._number(self._choice.section or self._filed.get(slug, ""))
                text = _with(text, number or 0, self._item(slug))
        except Unclear as problem:
            slugs = ", ".join((*self._choice.remove, *self._choice.slugs))
            raise ManifestError(
                f"{self._roster.file} is laid out in a way that press does not change by"
                " itself",
                hint=f"change its articles: by hand ({slugs})",
            ) from problem
        return text

    def _item(self, slug: str) -> str:
        if self._choice.priority is None:
            return as_yaml(slug)
        return f"{{article: {as_yaml(slug)}, priority: {self._choice.priority}}}"

    def _without(self, text: str, slug: str) -> str:
        plain = _plain(text)
        for number, section in enumerate(plain["print"]["sections"]):
            for place, item in enumerate(section.get("articles") or ()):
                if _slug_of(item) == slug:
                    meant = _articles(plain, number)
                    del meant[place]
                    return _proved(
                        take_out(text, number, place), plain, number, tuple(meant)
                    )
        return text


def _with(text: str, number: int, item: str) -> str:
    plain = _plain(text)
    tree = read_tree(_source(f"item: {item}")).value
    if tree is None:
        raise Unclear
    given: Any = tree.plain()
    meant = (*_articles(plain, number), given["item"])
    return _proved(put_in(text, number, item), plain, number, meant)


def _proved(text: str, plain: Any, number: int, meant: tuple[object, ...]) -> str:
    """Return a manifest, if it says what it said but for a section's articles.

    Raises:
        Unclear: It does not.
    """
    now = _plain(text)
    if tuple(_articles(now, number)) != meant:
        raise Unclear
    for each in (now, plain):
        each["print"]["sections"][number]["articles"] = None
    if now != plain:
        raise Unclear
    return text


def _articles(plain: Any, number: int) -> list[object]:
    return list(plain["print"]["sections"][number].get("articles") or ())


def _plain(text: str) -> Any:
    """Return what a manifest says, each time anew: it may be changed."""
    tree = read_tree(_source(text)).value
    plain = tree.plain() if tree else None
    if not isinstance(plain, Settings):
        raise Unclear
    return plain


def _source(text: str) -> Any:
    source = decode(text.encode("utf-8"), file="edition.yaml").value
    if source is None:
        raise Unclear
    return source


def _slug_of(item: object) -> object:
    return item.get("article") if isinstance(item, dict) else item


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; a link stays one, its rights stay."""
    true = Path(os.path.realpath(path))
    beside = true.with_name(f".{true.name}.new")
    try:
        beside.write_bytes(content)
        beside.chmod(true.stat().st_mode & 0o7777)
        beside.replace(true)
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()
