"""Put together what front matter and text say about an article's pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from press.manifest.article_file import ArticleFile, PictureFacts
from press.manifest.folder import find_picture
from press.model.article import Focus, Picture, PictureKind
from press.model.finding import Finding, Place, warning

T = TypeVar("T")

#: Files that are usually charts, maps or pictures of a screen: cropped, they lie.
GRAPHICS = (".svg", ".png", ".gif")
SCREENS = ("screenshot", "screen-shot", "screen_shot", "screen shot", "screengrab")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What one place says about a picture; empty and None where it says nothing."""

    place: Place
    alt: str
    caption: str
    credit: str
    kind: PictureKind | None = None
    focus: Focus | None = None
    crop: float | None = None
    block: int | None = None


@dataclass(slots=True, kw_only=True)
class PictureDesk:
    """Collects an article's pictures.

    Attributes:
        root: The newspaper's folder.
        folder: The article's folder, as a path from there.
        findings: What is wrong with them.
    """

    root: Path
    folder: str
    findings: list[Finding] = field(default_factory=list)
    _found: dict[str, str | None] = field(default_factory=dict)

    def collect(
        self, front: ArticleFile, shown: tuple[Picture, ...]
    ) -> tuple[Picture, ...]:
        """Return the pictures: the lead first, then as the text shows them.

        What the lead picture's own facts say goes before what `images:` says, and
        that before what the text says.

        Args:
            front: The front matter.
            shown: The pictures of the text, their files named as there.
        """
        lead = self._facts([front.lead_image] if front.lead_image else [])
        facts = self._facts(front.images)
        text = self._shown(shown)
        layers = (lead, facts, text)
        return tuple(
            replace(
                _picture(file, [layer[file] for layer in layers if file in layer]),
                lead=file in lead,
            )
            for file in dict.fromkeys([*lead, *text, *facts])
        )

    def _facts(self, given: Iterable[PictureFacts]) -> dict[str, _Said]:
        found: dict[str, _Said] = {}
        for facts in given:
            place = facts.place_of("file")
            file = self._find(facts.file, place)
            if file in found:
                line = found[file].place.line
                message = f"{facts.file} is described twice (first on line {line})"
                hint = "delete one of them"
                self.findings.append(warning("picture.twice", message, place, hint))
            elif file:
                found[file] = _Said(
                    place=place,
                    alt=facts.alt,
                    caption=facts.caption,
                    credit=facts.credit,
                    kind=facts.kind,
                    focus=facts.focus,
                    crop=facts.crop,
                )
        return found

    def _shown(self, pictures: Iterable[Picture]) -> dict[str, _Said]:
        found: dict[str, _Said] = {}
        for picture in pictures:
            file = self._find(picture.file, picture.place)
            if file and file not in found:
                found[file] = _Said(
                    place=picture.place,
                    alt=picture.alt,
                    caption=picture.caption,
                    credit=picture.credit,
                    block=picture.block,
                )
        return found

    def _find(self, name: str, place: Place) -> str | None:
        """Return the file of a picture; one that is not there is told once."""
        if name not in self._found:
            found = find_picture(self.root, self.folder, name, place)
            self.findings += found.findings
            self._found[name] = found.value
        return self._found[name]


def _picture(file: str, said: list[_Said]) -> Picture:
    """Make a picture of what several places say; the first that says it counts."""
    return Picture(
        file=file,
        alt=_first((each.alt for each in said), ""),
        caption=_first((each.caption for each in said), ""),
        credit=_first((each.credit for each in said), ""),
        kind=_first((each.kind for each in said), _usual_kind(file)),
        focus=_first((each.focus for each in said), Focus()),
        crop=next((each.crop for each in said if each.crop), None),
        block=next((each.block for each in said if each.block is not None), None),
        place=said[0].place,
    )


def _first(values: Iterable[T | None], otherwise: T) -> T:
    return next((value for value in values if value), otherwise)


def _usual_kind(file: str) -> PictureKind:
    name = file.rpartition("/")[2].lower()
    if name.endswith(GRAPHICS) or any(word in name for word in SCREENS):
        return PictureKind.CHART
    return PictureKind.PHOTO
