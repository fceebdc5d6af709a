"""A reader who asked for the paper and is to confirm it by a link in a mail."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from press.model.subscriber import PublicId, SubscriberId


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedConfirmation:
    """A mail that is to be written, with a link by which a reader confirms.

    Attributes:
        reader: Number in the database.
        public_id: What the link is signed for.
        email: Where it goes.
        name: As it was typed; may be empty.
        lang: Language of the page on which they asked.
        asked_at: When they asked last, in UTC.
    """

    reader: SubscriberId
    public_id: PublicId
    email: str
    name: str
    lang: str
    asked_at: dt.datetime
