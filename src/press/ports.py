"""Everything press asks of the outside world, on one page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from press.model.article import Picture
from press.model.digest import MailPicture
from press.model.finding import Checked
from press.model.picture import PictureFacts, PictureJob, PreparedPicture


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> dt.datetime:
        """Return the time now, in UTC, aware."""
        ...


class Progress(Protocol):
    """Is told how far a long job is."""

    def step(self, what: str, done: int, of: int) -> None:
        """Say that `done` of `of` things are ready; `what` names them: "pages"."""
        ...


class PictureLab(Protocol):
    """Looks at pictures and makes them ready.

    Every fault of a picture is a finding (codes `picture.*`), never an exception.
    """

    def inspect(self, picture: Picture) -> Checked[PictureFacts]:
        """Look at a picture without decoding all of it: milliseconds, small memory."""
        ...

    def prepare(self, jobs: Sequence[PictureJob]) -> Sequence[Checked[PreparedPicture]]:
        """Make pictures ready for print, on all cores; results in the jobs' order."""
        ...

    def for_mail(
        self, picture: Picture, *, width: int, base: str
    ) -> Checked[MailPicture]:
        """Make a picture ready for mail, `width` CSS pixels wide (two pixels each).

        `base` is the address of the folder it will be served from; its `url` is
        below that.
        """
        ...


class Hyphenator(Protocol):
    """Knows where words may be divided."""

    def points(self, word: str, lang: str) -> Sequence[int]:
        """Return the offsets in `word` before which a hyphen may stand."""
        ...


class Templates(Protocol):
    """Fills the templates of one layout."""

    def fill(self, name: str, values: Mapping[str, object]) -> str:
        """Fill the template of that name.

        Values are data: what they hold is never read as template or as markup.

        Raises:
            ManifestError: The template cannot be read or filled; with file and line.
        """
        ...


class MailRenderer(Protocol):
    """Turns MJML into the HTML that mail programs understand."""

    def render(self, mjml: str, styles: str) -> str:
        """Return HTML; `styles` are inlined into it.

        Raises:
            EngineError: The engine refuses the MJML.
        """
        ...


class Folder(Protocol):
    """A build's output folder: written whole or not at all."""

    def write(self, name: str, data: bytes) -> Path:
        """Write a file into the new folder, not yet visible; subfolders are made."""
        ...

    def publish(self) -> Path:
        """Put the new folder in the old one's place in one step; return it."""
        ...
