"""Where a story belongs: in the folder that it was imported to before, or in a new one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from press.desk.article_folder import ArticleFolder
from press.model.errors import NotReadyError
from press.model.finding import Place, warning
from press.model.manuscript import ImportRecord
from press.model.story import Origin, Story

#: A story of whose paragraphs fewer are the same is another one.
_LITTLE: Final = 0.2
_SITE: Final = "markdown"
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a story belongs.

    Attributes:
        folder: The article's folder.
        record: How it came about; None where it is new.
    """

    folder: ArticleFolder
    record: ImportRecord | None


def find_homes(
    stories: Sequence[Story], known: Sequence[Home]
) -> tuple[Home | None, ...]:
    """Return where each story was imported to; None for a new one. No two share one."""
    free = [home for home in known if home.record]
    found: list[Home | None] = [None] * len(stories)
    for here in (True, False):  # whose file lies where it lay comes first
        for number, story in enumerate(stories):
            if found[number] is not None:
                continue
            home = next((one for one in free if _fits(story, one, here=here)), None)
            if home is not None:
                found[number] = home
                free = [one for one in free if one is not home]
    return tuple(found)


def _fits(story: Story, home: Home, *, here: bool) -> bool:
    record = home.record
    if record is None or _key(record.origin) != _key(story.origin):
        return False
    if here:
        return record.origin.file == story.origin.file
    return not _is_another(story, record)


def refuse_twins(stories: Sequence[Story]) -> None:
    """Refuse two documents of one name: nobody could say which is which next time.

    A site of Markdown has them in its folders, where they stay.

    Raises:
        NotReadyError: There are two.
    """
    files: dict[_Key, str] = {}
    for story in stories:
        if story.origin.form == _SITE:
            continue
        file = story.origin.file
        other = files.setdefault(_key(story.origin), file)
        if other != file:
            raise NotReadyError(
                f"{other} and {file} have one name, by which press knows a story again",
                hint="give one of them another name",
            )


def told_apart(stories: Sequence[Story]) -> tuple[Story, ...]:
    """Return stories of which no two of one source have one id.

    Those that have are known again by address and title as well; else a second import
    would write one over the other.
    """
    ids = Counter((_key(one.origin), one.origin.file) for one in stories)
    met: Counter[str] = Counter()
    found = []
    for one in stories:
        if ids[_key(one.origin), one.origin.file] == 1:
            found.append(one)
            continue
        own = "\n".join((one.origin.id, one.origin.url, one.title))
        found.append(_with_own_id(one, f"{own}\n{met[own]}"))
        met[own] += 1
    return tuple(found)


def _with_own_id(story: Story, own: str) -> Story:
    origin = story.origin
    told = warning(
        "intake.same-id",
        f"{origin.file or origin.site} has several stories of the id"
        f" “{origin.id or 'none'}”; “{story.title}” is known again by its title",
        Place(file=origin.file),
        "where a title changes, a second folder is made: delete the older one",
    )
    return replace(
        story,
        origin=replace(origin, id=hashlib.sha256(own.encode()).hexdigest()[:16]),
        findings=(*story.findings, told),
    )


def _is_another(story: Story, record: ImportRecord | None) -> bool:
    """Whether a file has the name of one imported before, and is another story.

    It lies elsewhere, and hardly a paragraph is the same.
    """
    if record is None or story.origin.site or not record.source:
        return False
    if story.origin.file == record.origin.file:
        return False
    before = set(record.source)
    same = sum(piece.text in before for piece in story.pieces if piece.text)
    return same < _LITTLE * len(before)


def _key(origin: Origin) -> _Key:
    """Return what tells whether two stories are the same again."""
    return origin.form, origin.site, origin.id or origin.file
