"""What mail programs know of CSS and HTML: the table in clients.json.

`tools/make_client_table.py` makes it from the data of caniemail.com, which are facts
that people found by sending mails; the table names their date and licence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from press.model.mail_client import MailClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """That a mail program does not know a feature, or knows it in part.

    Attributes:
        ignores: Whether it ignores the feature; else it knows it in part.
        only_in: Where it ignores it, such as "iOS"; empty for everywhere.
        notes: What it does with it, as far as that was written down.
    """

    ignores: bool
    only_in: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature of CSS or HTML.

    Attributes:
        name: As in the data, such as "css-border-radius".
        gaps: The mail programs that do not know it well.
    """

    name: str
    gaps: tuple[tuple[MailClient, Gap], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientTable:
    """The table.

    Attributes:
        source: Where the data came from.
        date: The day of the data, such as "2026-06-29".
        licence: Theirs.
        names: What each mail program is called.
        features: By what stands for them in CSS or HTML, such as "property:float".
    """

    source: str
    date: str
    licence: str
    names: dict[MailClient, str]
    features: dict[str, Feature]


@cache
def client_table() -> ClientTable:
    """Return the table that comes with press, read once."""
    file = files("press.digest.checks") / "clients.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    features: dict[str, Feature] = {}
    for row in told["features"]:
        feature = _feature(row)
        features.update(dict.fromkeys(row["tokens"], feature))
    return ClientTable(
        source=told["source"],
        date=told["date"],
        licence=told["licence"],
        names={MailClient(client): name for client, name in told["clients"].items()},
        features=features,
    )


def _feature(row: dict[str, Any]) -> Feature:
    notes = row["notes"]
    gaps = (
        (
            MailClient(client),
            Gap(
                ignores=answer[0] == "n",
                only_in=tuple(part for part in answer[1:] if not part.isdigit()),
                notes=tuple(notes[part] for part in answer[1:] if part in notes),
            ),
        )
        for client, answer in row["not"].items()
    )
    return Feature(name=row["name"], gaps=tuple(gaps))
