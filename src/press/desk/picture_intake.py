"""Pictures of imported copy: fetched, looked at, named, put into the article's folder."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeAlias

from press.adapters.pictures.whereabouts import without_place
from press.intake.name import file_stem
from press.model.article import Picture
from press.model.finding import Checked, Finding, Place, warning
from press.model.manuscript import Fetched, FrontPicture, ImportRecord
from press.model.picture import PictureFacts, PictureFormat
from press.model.story import Sought, Story
from press.ports import PictureLab, PictureSource

_SUFFIX: Final = {
    PictureFormat.JPEG: "jpg",
    PictureFormat.PNG: "png",
    PictureFormat.GIF: "gif",
    PictureFormat.WEBP: "webp",
    PictureFormat.TIFF: "tif",
    PictureFormat.AVIF: "avif",
    PictureFormat.HEIC: "heic",
    PictureFormat.SVG: "svg",
}
#: Looks at the pictures of a folder.
Lab: TypeAlias = Callable[[Path], PictureLab]

#: What is said of a picture that only counts who looks.
_DOT: Final = "picture.tracking"
_EMBARGO: Final = re.compile(r"(?i)\bembargo|not for (?:print|publication)|no print")
_FOLDER: Final = "images"
#: So many pictures that never came for one reason are told as one.
_MANY: Final = 3


@dataclass(slots=True, kw_only=True)
class PictureIntake:
    """Brings the pictures of one story in.

    Attributes:
        source: Where they are had.
        lab: Looks at those that lie in a folder.
        folder: The article's folder.
        before: What was brought in by earlier imports.
        fetched: All that the article has now.
        new: The bytes of those that are new, by their path from the folder.
        findings: What was wrong.
        refused: What never came, by its name, and why.
    """

    source: PictureSource
    lab: Lab
    folder: Path
    before: tuple[Fetched, ...] = ()
    fetched: list[Fetched] = field(default_factory=list)
    new: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    refused: list[tuple[str, Finding]] = field(default_factory=list)

    @classmethod
    def begin(
        cls,
        source: PictureSource,
        lab: Lab,
        folder: Path,
        record: ImportRecord | None,
    ) -> PictureIntake:
        """Begin with what is there already."""
        before = record.pictures if record else ()
        return cls(source=source, lab=lab, folder=folder, before=before)

    def bring(self, story: Story) -> Mapping[Sought, FrontPicture | None]:
        """Bring in all pictures that a story seeks; None for those that never came."""
        placed: dict[Sought, FrontPicture | None] = {}
        shown = [one for piece in story.pieces for one in piece.pictures]
        stills = [
            piece.embed.still
            for piece in story.pieces
            if piece.embed is not None and piece.embed.still is not None
        ]
        for one in [*([story.lead] if story.lead else []), *shown, *stills]:
            if one not in placed:
                placed[one] = self._place(one)
        self._tell_refused()
        return placed

    def _tell_refused(self) -> None:
        """Tell what never came; many for like reasons are told as one."""
        by_kind: dict[tuple[str, str | None], list[tuple[str, Finding]]] = {}
        # What has a place is said of a whole host, and of all its pictures in one.
        hosts = [finding for _, finding in self.refused if finding.place.file]
        self.findings += dict.fromkeys(hosts)
        for name, finding in self.refused:
            if finding.place.file:
                continue
            by_kind.setdefault((finding.code, finding.hint), []).append((name, finding))
        for told in by_kind.values():
            if len(told) < _MANY:
                self.findings += [finding for _, finding in told]
                continue
            names = ", ".join(name for name, _ in told[1:])
            first = told[0][1]
            message = f"{first.message}; nor did {len(told) - 1} others: {names}"
            self.findings.append(replace(first, message=message))

    def _place(self, sought: Sought) -> FrontPicture | None:
        known = self._known(sought)
        if known is not None:
            self.fetched.append(known)
            return _told(sought, known)
        refused: list[Finding] = []
        for address in sought.addresses:
            got = self._take(sought, address)
            if got.value is None:
                refused = [*got.findings]
                continue
            looked = self._look(got.value, sought)
            if looked.value is None:
                if any(one.code == _DOT for one in looked.findings):
                    return FrontPicture(file="")
                refused = [*looked.findings]
                continue
            self.findings += [one for one in looked.findings if _is_news(one)]
            return self._keep(sought, address, got.value, looked.value)
        name = sought.name or "".join(sought.addresses[:1])
        self.refused += [(name, one) for one in refused or [_nowhere(sought)]]
        return None

    def _take(self, sought: Sought, address: str) -> Checked[bytes]:
        if sought.data:
            return Checked(value=sought.data)
        return self.source.take(address)

    def _known(self, sought: Sought) -> Fetched | None:
        """Return the picture that came from the same address before, if it is still there."""
        for one in self.before:
            if one.address in sought.addresses and (self.folder / one.file).is_file():
                return one
        for one in self.fetched:
            if one.address in sought.addresses:
                return one
        return None

    def _look(self, data: bytes, sought: Sought) -> Checked[PictureFacts]:
        """Look at a picture before it is let in: whole, and of a kind that press reads."""
        with tempfile.TemporaryDirectory(prefix="press-picture-") as folder:
            name = file_stem(sought.name) or "picture"
            Path(folder, name).write_bytes(data)
            lab, picture = self.lab(Path(folder)), Picture(file=name)
            looked = lab.inspect(picture)
            damaged = tuple(lab.find_damaged([picture])) if looked.value else ()
        found = dict.fromkeys((*looked.findings, *damaged))
        shown = sought.name or "".join(sought.addresses[:1]) or "without a name"
        findings = tuple(
            replace(one, message=f"the picture {shown}: {one.message}", place=Place())
            for one in found
        )
        broken = looked.value is None or any(
            one.code in {"picture.truncated", "picture.damaged"} for one in findings
        )
        return Checked(value=None if broken else looked.value, findings=findings)

    def _keep(
        self, sought: Sought, address: str, data: bytes, facts: PictureFacts
    ) -> FrontPicture:
        for one in self.fetched:
            if one.sha256 == facts.sha256:
                self.fetched.append(replace(one, address=address))
                return _told(sought, one)
        clean = without_place(data)
        name = self._free_name(sought, facts, clean)
        self.new[name] = clean
        fetched = Fetched(
            file=name,
            address=address,
            sha256=sha256(data).hexdigest(),
            caption=facts.caption,
            credit=facts.credit,
        )
        self.fetched.append(fetched)
        if _EMBARGO.search(facts.rights):
            self.findings.append(
                warning(
                    "intake.picture-terms",
                    f"{name} says of itself: “{facts.rights}”",
                    hint="clear it for print, or use another",
                )
            )
        return _told(sought, fetched)

    def _free_name(self, sought: Sought, facts: PictureFacts, data: bytes) -> str:
        """Return a name that no other picture has, be it of an import or a person."""
        stem = file_stem(Path(sought.name).stem) or "picture"
        suffix = _SUFFIX[facts.format]
        taken = {one.file for one in self.fetched}
        taken |= {one.file for one in self.before if (self.folder / one.file).exists()}
        number = 1
        name = f"{_FOLDER}/{stem}.{suffix}"
        while name in taken or self._is_another(name, data):
            number += 1
            name = f"{_FOLDER}/{stem}-{number}.{suffix}"
        return name

    def _is_another(self, name: str, data: bytes) -> bool:
        """Whether somebody put another file here; one with these bytes is cut-off work."""
        file = self.folder / name
        return file.exists() and not (file.is_file() and file.read_bytes() == data)


def _told(sought: Sought, fetched: Fetched) -> FrontPicture:
    """Return what is said of a picture: by the story, or else by its own file."""
    return FrontPicture(
        file=fetched.file,
        alt=sought.alt,
        caption=sought.caption or fetched.caption,
        credit=sought.credit or fetched.credit,
    )


def _is_news(finding: Finding) -> bool:
    """Whether a finding of a picture is worth telling when it comes in."""
    return finding.code not in {"picture.kind", "picture.rotated"}


def _nowhere(sought: Sought) -> Finding:
    name = sought.name or "".join(sought.addresses[:1])
    return warning(
        "intake.picture",
        f"the picture {name} never came",
        hint="bring it, and take its name out of `images_missing`",
    )
