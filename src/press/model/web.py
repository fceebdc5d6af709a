"""The web pages of an edition."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from press.model.edition import EditionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An edition as the list of editions names it.

    Attributes:
        id: Its name, and that of the folder with its pages.
        title: Such as "September 2024".
        number: Issue number.
        published: When it is on sale, in the paper's zone.
        subject: The subject line of its digest.
        preheader: What inboxes showed after it.
    """

    id: EditionId
    title: str
    number: int
    published: dt.datetime
    subject: str
    preheader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPages:
    """The web pages of an edition, for any host that serves files.

    Attributes:
        files: Path from the folder that is served, and what the file holds.
    """

    files: tuple[tuple[str, bytes], ...] = ()
