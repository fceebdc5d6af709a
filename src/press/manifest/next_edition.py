"""Begin next month's edition from the last one's plan."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from press.manifest.digest_file import DigestPart
from press.manifest.edition_file import EditionFile
from press.manifest.folder import EDITION, edition_folder, editions_of, names_in
from press.manifest.held_over import HeldOver, articles_to_hold
from press.manifest.house import read_paper
from press.manifest.load import load
from press.manifest.plain import text
from press.manifest.schedule import STAMP, computed, times_of
from press.manifest.schema import check
from press.manifest.tree import Mapping, Tree
from press.manifest.wall import shown
from press.model.errors import CannotWriteError, ManifestError
from press.model.house import House
from press.model.schedule import Deadline, Due

FIRST_LAYOUT = "a4"  # a few short articles fill it
FIRST_SECTION = "News"
HELD_OVER = "held over from the edition before"
MONTHS_A_YEAR = 12
ISO_DATE = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


def new_edition(
    root: Path, edition_id: str, *, last_id: str = "", held: Collection[str] = ()
) -> tuple[Path, ...]:
    """Begin an edition: another one's plan without its articles, but those held over.

    It appears whole or not at all; nothing of the other edition is changed.

    Args:
        root: The newspaper's folder.
        edition_id: The new edition's name: 2024-10.
        last_id: The edition that it continues; empty for the one before it.
        held: Articles of that edition that were held over: their folders are copied.

    Returns:
        The manifest written, and the folders of the articles copied.

    Raises:
        ManifestError: There is such an edition, its name is none, or the last one
            cannot be read.
        CannotWriteError: The folder cannot be written.
    """
    folder = root / edition_folder(edition_id)
    if folder.exists():
        message = f"there is an edition {edition_id} already"
        raise ManifestError(message, hint=f"see {edition_folder(edition_id)}")
    last = _last_edition(root, last_id or edition_before(root, edition_id))
    house = read_paper(root).value
    lang = (last.file.edition.lang if last else "") or (house.lang if house else "en")
    page = _Page(
        edition_id=edition_id,
        lang=lang,
        layout=last.file.print.layout if last else first_layout(root / "layouts"),
        last=last,
        house=house,
        held=tuple(each for each in last.held if each.slug in held) if last else (),
    )
    making = folder.with_name(f".{edition_id}.new")
    try:
        if making.exists():
            shutil.rmtree(making)  # left by a press that was interrupted
        write(making / EDITION, "\n".join(page.lines()) + "\n")
        articles = making / "articles"
        articles.mkdir()
        for each in page.held:
            shutil.copytree(each.folder, articles / each.slug, symlinks=True)
        making.rename(folder)
    except OSError as problem:
        raise cannot_write(folder, problem) from problem
    moved = (folder / "articles" / each.slug for each in page.held)
    return (folder / EDITION, *moved)


def edition_before(root: Path, edition_id: str) -> str:
    """Return the edition before a new one, or the latest there is; empty for none."""
    names = editions_of(root)
    before = [name for name in names if name < edition_id] or list(names)
    return before[-1] if before else ""


def first_layout(layouts: Path) -> str:
    """Return the layout to begin with."""
    names = [name for name in names_in(layouts) if (layouts / name).is_dir()]
    return FIRST_LAYOUT if FIRST_LAYOUT in names or not names else names[0]


def write(path: Path, content: str) -> Path:
    """Write a text file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="\n")
    return path


def cannot_write(folder: Path, problem: OSError) -> CannotWriteError:
    """Return what to raise when a folder refuses."""
    reason = problem.strerror or str(problem)
    hint = "choose a folder that you may write"
    return CannotWriteError(f"cannot write {folder}: {reason}", hint=hint)


def month_name(edition_id: str) -> str:
    """Return the month of an edition in English: "October 2024".

    Raises:
        ManifestError: No edition can have that name.
    """
    edition_folder(edition_id)
    return f"{calendar.month_name[int(edition_id[5:7])]} {edition_id[:4]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Last:
    """The edition that a new one continues.

    Attributes:
        file: Its settings.
        send: The lines of its send plan.
        held: Its articles, any of which may be held over.
    """

    file: EditionFile
    send: tuple[str, ...]
    held: tuple[HeldOver, ...] = ()


def _last_edition(root: Path, edition_id: str) -> _Last | None:
    """Return the edition that a new one continues; None where there is none."""
    if not edition_id:
        return None
    file = f"{edition_folder(edition_id)}/{EDITION}"
    tree = load(root, file, missing=f"there is no {file}", hint="").value
    read = check(tree, EditionFile).value if tree else None
    if tree is None or read is None:
        message = f"{file} cannot be read, and the new edition continues it"
        raise ManifestError(message, hint=f"see `press check {edition_id}`")
    return _Last(
        file=read,
        send=tuple(_lines_of(tree, "send")),
        held=articles_to_hold(root, edition_id, tree),
    )


def _lines_of(tree: Tree, name: str) -> list[str]:
    """Return the lines of a part of the file, as they stand there."""
    if not isinstance(tree.root, Mapping) or not (part := tree.root.entry(name)):
        return []
    starts = sorted(entry.key.spot.line for entry in tree.root.entries)
    start = part.key.spot.line
    end = next((line for line in starts if line > start), None)
    lines = list(tree.source.lines[start:end])
    while lines and (not lines[-1].strip() or lines[-1].startswith("#")):
        lines.pop()
    return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """Writes the manifest of a new edition.

    Attributes:
        edition_id: The new edition's name.
        lang: Its language.
        layout: The layout it is set in.
        last: The edition it continues; None for the first.
        house: The paper; None where it cannot be read.
        held: Articles that were held over, which it prints.
    """

    edition_id: str
    lang: str
    layout: str
    last: _Last | None
    house: House | None = None
    held: tuple[HeldOver, ...] = ()

    def lines(self) -> list[str]:
        """Return the lines of edition.yaml."""
        name = self.edition_id
        return [
            "# yaml-language-server: $schema=../../.press/schema/edition.schema.json",
            f"# Check: press check {name}   Build: press build-edition {name}",
            "press: 1                    # version of this file's format",
            "",
            *self._edition(),
            "",
            *self._schedule(),
            *self._print(),
            "",
            "# The month's email: take the signs # away when its lead is chosen.",
            *_commented([*self._digest(), *self._send()]),
        ]

    def _edition(self) -> list[str]:
        facts = self.last.file.edition if self.last else None
        return [
            "edition:",
            f"  id: {self.edition_id}               # the name of this folder",
            f"  number: {facts.number + 1 if facts else 1}",
            f"  title: {text(self._title())}",
            f"  on_sale: {self._on_sale()}",
            *([f"  price: {text(facts.price)}"] if facts and facts.price else []),
            f"  lang: {self.lang}",
        ]

    def _title(self) -> str:
        english = self.lang.partition("-")[0] == "en"
        return month_name(self.edition_id) if english else self.edition_id

    def _on_sale(self) -> dt.date:
        """Return the day as many months after the last one's as the editions are."""
        year, month = int(self.edition_id[:4]), int(self.edition_id[5:7])
        if self.last is None:
            return dt.date(year, month, 1)
        old = self.last.file.edition
        apart = (year - int(old.id[:4])) * MONTHS_A_YEAR + month - int(old.id[5:7])
        count = old.on_sale.year * MONTHS_A_YEAR + old.on_sale.month - 1 + apart
        year, month = count // MONTHS_A_YEAR, count % MONTHS_A_YEAR + 1
        day = min(old.on_sale.day, calendar.monthrange(year, month)[1])
        return dt.date(year, month, day)

    def _print(self) -> list[str]:
        plan = self.last.file.print if self.last else None
        ads = ", ".join(plan.house_ads) if plan else ""
        pages = plan.pages if plan and plan.pages else "auto"
        lines = [
            "print:",
            f"  layout: {self.layout}",
            f"  pages: {pages}                 # a multiple of a signature, or auto",
            *([f"  house_ads: [{ads}]"] if ads else []),
            "  sections:                 # in the order of pages",
        ]
        empty = "      articles: []          # names of folders in articles/, in order"
        if plan is None:
            return [*lines, f"    - section: {FIRST_SECTION}", empty]
        for section in plan.sections:
            lines.append(f"    - section: {text(section.section)}")
            if section.pages:
                first, last = section.pages
                lines.append(f"      pages: {first}-{last}")
            if section.template:
                lines.append(f"      template: {section.template}")
            held = [each.line for each in self.held if each.section == section.section]
            if held:
                lines.append(f"      articles:             # {HELD_OVER}")
                lines += [f"        - {line}" for line in held]
            else:
                lines.append(empty)
                empty = "      articles: []"
        return lines

    def _schedule(self) -> list[str]:
        """Return the deadlines: by the paper's offsets, or as far from the day of sale."""
        dues = {due.deadline: due.at for due in self._moved()}
        if self.house:
            offsets, zone = self.house.schedule, self.house.timezone
            made = computed(offsets, self._on_sale(), zone)
            dues |= {due.deadline: due.at for due in made}
        if not dues:
            return []
        own = [
            f"  {deadline}: {dues[deadline]:{STAMP}}"
            for deadline in Deadline
            if deadline in dues
        ]
        return ["schedule:                   # in the paper's own time", *own, ""]

    def _moved(self) -> Iterator[Due]:
        """Yield the last edition's own deadlines, moved as many days as the day of sale."""
        if self.last is None or self.house is None:
            return
        zone = ZoneInfo(self.house.timezone)
        later = self._on_sale() - self.last.file.edition.on_sale
        for due in times_of(self.last.file.schedule):
            yield replace(due, at=shown(due.at + later, zone))

    def _digest(self) -> list[str]:
        digest = self.last.file.digest if self.last else None
        return [
            "digest:",
            f"  subject: {text(self._title())}",
            "  preheader: What is in it",
            "  lead: name-of-an-article",
            "  articles: []",
            *([f"  house_ad: {_ads(digest)}"] if digest and digest.house_ad else []),
        ]

    def _send(self) -> list[str]:
        """Return the last send plan, moved as many days as the day of sale."""
        if self.last is None or not self.last.send:
            return []
        later = self._on_sale() - self.last.file.edition.on_sale

        def moved(found: re.Match[str]) -> str:
            try:
                return str(dt.date.fromisoformat(found[0]) + later)
            except (ValueError, OverflowError):
                return found[0]

        return ["", *(ISO_DATE.sub(moved, line) for line in self.last.send)]


def _ads(digest: DigestPart) -> str:
    """Return the last digest's house ads, as they are written on one line."""
    ads = [
        f"{{ad: {part.ad}, show_to: [{', '.join(part.show_to)}]}}"
        if part.show_to
        else part.ad
        for part in digest.house_ad
    ]
    return ads[0] if len(ads) == 1 else f"[{', '.join(ads)}]"


def _commented(lines: list[str]) -> list[str]:
    return [f"# {line}".rstrip() for line in lines]
