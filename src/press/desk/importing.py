"""Import: stories become articles' folders, and stay in step with their sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypeAlias

from press.desk.article_folder import ArticleFolder, imported
from press.desk.language import in_its_language
from press.desk.picture_intake import Lab, PictureIntake
from press.desk.placing import Home, find_homes, refuse_twins, told_apart
from press.intake import manuscript as manuscripts
from press.intake.merge import Clash, Merged, changed, merge, parts_of
from press.intake.name import free, slug_of
from press.manifest.folder import articles_of
from press.manifest.front_writer import front_lines, parted, whole
from press.model.errors import NotReadyError
from press.model.finding import Finding, Place, ready, warning
from press.model.house_rules import Decided
from press.model.imported import Fate, Imported, Wishes
from press.model.manuscript import Dropped, ImportRecord, Manuscript
from press.model.story import Story, Verdict
from press.ports import Clock, LanguageGuesser, PictureSource

Verdicts: TypeAlias = Sequence[Verdict | None]
#: Of each story's pieces, why they do not reach copy; None for those that do. It is told
#: what somebody decided about each of them.
Judge: TypeAlias = Callable[[Sequence[Story], Sequence[Decided]], Sequence[Verdicts]]

NONE: Final = Wishes()
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A story that was handed in.

    Attributes:
        story: As it came.
        pictures: Where its pictures are had.
    """

    story: Story
    pictures: PictureSource


@dataclass(slots=True, kw_only=True)
class Importer:
    """Brings stories into an edition.

    Attributes:
        root: The newspaper's folder.
        edition: The edition's name.
        judge: Tells furniture from copy, over all stories together.
        lab: Looks at pictures of a folder.
        clock: Tells when.
        tongue: Tells the language of stories.
        lang: The paper's language: what is in it says nothing of it.
    """

    root: Path
    edition: str
    judge: Judge
    lab: Lab
    clock: Clock
    tongue: LanguageGuesser
    lang: str

    def take(
        self, arrivals: Sequence[Arrival], wishes: Wishes = NONE
    ) -> tuple[Imported, ...]:
        """Import stories, each into a folder of its own.

        Raises:
            NotReadyError: The record of an earlier import cannot be read, there is no
                story of a name, or a number means pieces of several stories.
            CannotWriteError: A folder cannot be written; those before it are whole.
        """
        told = told_apart([one.story for one in arrivals])
        refuse_twins(told)
        arrivals = [
            replace(one, story=in_its_language(story, self.tongue, self.lang))
            for one, story in zip(arrivals, told, strict=True)
        ]
        places = self._places([arrival.story for arrival in arrivals])
        arrivals, places = _only(arrivals, places, wishes)
        stories = [arrival.story for arrival in arrivals]
        decided = [_decided(place.record) for place in places]
        verdicts = self.judge(stories, decided)
        if wishes.keep or wishes.drop:
            _refuse_idle(wishes, stories)
            decided = [
                _wished(story, own, place.record, hand, wishes)
                for story, own, place, hand in zip(
                    stories, verdicts, places, decided, strict=True
                )
            ]
            verdicts = self.judge(stories, decided)
        return tuple(
            self._one(_Case(arrival=a, place=p, decided=d, verdicts=v), dry=wishes.dry)
            for a, p, d, v in zip(arrivals, places, decided, verdicts, strict=True)
        )

    def _places(self, stories: Sequence[Story]) -> list[Home]:
        """Return where each story belongs: where it was imported to, or a new folder."""
        taken = set(articles_of(self.root, self.edition))
        here = imported(self.root, self.edition)
        if not ready(here.findings) or here.value is None:
            message = "what was imported before cannot be told"
            raise NotReadyError(message, findings=here.findings)
        known = [
            Home(folder=folder, record=record) for folder, record in here.value.items()
        ]
        places = []
        for story, home in zip(stories, find_homes(stories, known), strict=True):
            if home is not None:
                places.append(home)
                continue
            stem = Path(story.origin.file).stem
            slug = free(slug_of(story.slug, story.title, stem), taken)
            taken.add(slug)
            folder = ArticleFolder(root=self.root, edition=self.edition, slug=slug)
            places.append(Home(folder=folder, record=None))
        return places

    def _one(self, case: _Case, *, dry: bool) -> Imported:
        story, folder = case.arrival.story, case.place.folder
        pictures = PictureIntake.begin(
            case.arrival.pictures, self.lab, folder.path, case.place.record
        )
        placed = pictures.bring(story)
        written = manuscripts.write(story, case.verdicts, placed)
        made = self._merged(folder, case.place.record, written.manuscript)
        now = self._record(case, written.manuscript, pictures, made)
        fate = _fate(case.place.record, now, made)
        if not dry and fate is not Fate.UNCHANGED:
            folder.write(made.text, now, pictures.new)
        place = Place(file=f"{folder.name}/index.md", article=folder.slug)
        findings = (
            *story.findings,
            *pictures.findings,
            *written.findings,
            *made.findings,
        )
        return Imported(
            slug=folder.slug,
            fate=fate,
            manuscript=written.manuscript,
            came=made.came,
            gone=made.gone,
            changed=made.changed,
            pictures=len(pictures.new),
            findings=tuple(_at(one, place) for one in findings),
        )

    def _record(
        self,
        case: _Case,
        manuscript: Manuscript,
        pictures: PictureIntake,
        made: _Made,
    ) -> ImportRecord:
        story = case.arrival.story
        return ImportRecord(
            origin=story.origin,
            imported=self.clock.now(),
            front=front_lines(manuscript.front),
            blocks=manuscript.blocks,
            source=tuple(piece.text for piece in story.pieces if piece.text),
            dropped=manuscript.dropped,
            kept=case.decided.keep,
            gone=case.decided.drop,
            pictures=tuple(dict.fromkeys(pictures.fetched)),
            words=manuscript.words,
            changed=made.changed,
        )

    def _merged(
        self, folder: ArticleFolder, record: ImportRecord | None, new: Manuscript
    ) -> _Made:
        """Bring what came into what a sub-editor has made of the last import."""
        front = front_lines(new.front)
        blocks = parts_of("\n\n".join(new.blocks))
        here = folder.text()
        if record is None or not here:
            return _Made(text=whole(front, new.blocks))
        ours = parted(here)
        body = merge(parts_of("\n\n".join(record.blocks)), parts_of(ours.body), blocks)
        settings = _merged_front(record.front, ours.front, front)
        mine = changed(parts_of("\n\n".join(record.blocks)), parts_of(ours.body))
        own = [
            name
            for name, lines in ours.front
            if dict(record.front).get(name, "").strip() != lines.strip()
        ]
        same = settings.parts == tuple(lines for _, lines in ours.front)
        untouched = same and body.parts == parts_of(ours.body)
        names = _names(ours.front, front)
        return _Made(
            text=here
            if untouched
            else whole([(names(part), part) for part in settings.parts], body.parts),
            came=(*settings.came, *body.came),
            gone=(*settings.gone, *body.gone),
            changed=(*own, *(_short(part) for part in mine)),
            findings=(*_clashes(settings), *_clashes(body)),
            touched=not untouched,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """An article's file as it is to be, and how it came about."""

    text: str
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    touched: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A story with all that is decided about it."""

    arrival: Arrival
    place: Home
    decided: Decided
    verdicts: Verdicts


def _only(
    arrivals: Sequence[Arrival], places: Sequence[Home], wishes: Wishes
) -> tuple[list[Arrival], list[Home]]:
    """Return the stories that are taken, and where they belong."""
    pairs = list(zip(arrivals, places, strict=True))
    names = {name for a, p in pairs for name in (a.story.slug, p.folder.slug)}
    for unknown in [name for name in wishes.only if name not in names]:
        near = get_close_matches(unknown, sorted(names), n=1)
        raise NotReadyError(
            f"no story here is called “{unknown}”",
            hint=f"did you mean “{near[0]}”?" if near else None,
        )
    if wishes.only:
        wanted = set(wishes.only)
        pairs = [
            one for one in pairs if wanted & {one[0].story.slug, one[1].folder.slug}
        ]
    if wishes.keep and len(pairs) > 1:
        raise NotReadyError(
            f"--keep means pieces of one article, and {len(pairs)} are imported",
            hint="name the article: --only NAME",
        )
    return [one for one, _ in pairs], [one for _, one in pairs]


def _decided(record: ImportRecord | None) -> Decided:
    """Return what somebody decided in earlier imports."""
    return Decided(keep=record.kept, drop=record.gone) if record else Decided()


def _wished(
    story: Story,
    verdicts: Verdicts,
    record: ImportRecord | None,
    hand: Decided,
    wishes: Wishes,
) -> Decided:
    """Return the same with what is wished now; a later wish overrules an earlier one."""
    numbered = record.dropped if record else _numbered(story, verdicts)
    for number in sorted(wishes.keep - {one.number for one in numbered}):
        raise NotReadyError(
            f"nothing that was dropped has the number {number}",
            hint=f"there are {len(numbered)}: look into import.json"
            if numbered
            else "nothing was dropped",
        )
    keep = [one.text for one in numbered if one.number in wishes.keep]
    drop = [
        piece.text
        for piece in story.pieces
        if piece.text and piece.text.startswith(wishes.drop)
    ]
    return Decided(
        keep=tuple(dict.fromkeys([*(t for t in hand.keep if t not in drop), *keep])),
        drop=tuple(dict.fromkeys([*(t for t in hand.drop if t not in keep), *drop])),
    )


def _refuse_idle(wishes: Wishes, stories: Sequence[Story]) -> None:
    """Refuse to drop what no story has, and what would be all of it."""
    texts = [piece.text for story in stories for piece in story.pieces if piece.text]
    for words in wishes.drop:
        if not words.strip():
            raise NotReadyError(
                "--drop has no words: that would drop every paragraph",
                hint="give the first words of the one that you mean",
            )
        if not any(text.startswith(words) for text in texts):
            raise NotReadyError(
                f"no paragraph begins with “{_short(words)}”",
                hint="give its first words as they stand in import.json, under source",
            )


def _numbered(story: Story, verdicts: Sequence[Verdict | None]) -> tuple[Dropped, ...]:
    return manuscripts.write(story, verdicts, {}).manuscript.dropped


def _merged_front(
    base: Sequence[tuple[str, str]],
    ours: Sequence[tuple[str, str]],
    theirs: Sequence[tuple[str, str]],
) -> Merged:
    """Merge settings by their names, in the order in which they stand."""
    was, mine, new = dict(base), dict(ours), dict(theirs)
    parts: list[str] = []
    came: list[str] = []
    gone: list[str] = []
    clashes: list[Clash] = []
    for name in [*mine, *(name for name in new if name not in mine)]:
        made = merge(
            [was[name]] if name in was else [],
            [mine[name]] if name in mine else [],
            [new[name]] if name in new else [],
        )
        parts += made.parts
        came += made.came
        gone += made.gone
        clashes += made.clashes
    return Merged(
        parts=tuple(parts), came=tuple(came), gone=tuple(gone), clashes=tuple(clashes)
    )


def _names(*fronts: Sequence[tuple[str, str]]) -> Callable[[str], str]:
    known = {lines: name for front in fronts for name, lines in front}
    return lambda lines: known.get(lines, "")


def _clashes(merged: Merged) -> tuple[Finding, ...]:
    return tuple(
        warning(
            "intake.changed-twice",
            f"both here and at the source this was changed: {_told(one.ours or one.base)};"
            f" the source now says {_all_told(one.theirs)}",
            hint="the words here stand; compare them with import.json",
        )
        for one in merged.clashes
    )


def _told(parts: Sequence[str]) -> str:
    """Return how paragraphs begin: the first one, and how many there are more."""
    if not parts:
        return "nothing"
    more = f" and {len(parts) - 1} more" if len(parts) > 1 else ""
    return f"“{_short(parts[0])}”{more}"


def _all_told(parts: Sequence[str]) -> str:
    """Return how each paragraph begins: what is not told here is told nowhere else."""
    return ", ".join(f"“{_short(part)}”" for part in parts) or "nothing"


def _fate(before: ImportRecord | None, now: ImportRecord, made: _Made) -> Fate:
    if before is None:
        return Fate.NEW
    same = replace(now, imported=before.imported) == before
    return Fate.UNCHANGED if same and not made.touched else Fate.UPDATED


def _at(finding: Finding, place: Place) -> Finding:
    return finding if finding.place.file else replace(finding, place=place)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return (
        words if len(words) <= _SHOWN else words[: _SHOWN - 1].rpartition(" ")[0] + "…"
    )
