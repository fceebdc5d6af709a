"""Rows of cells as readers, as people who must not be written to, or as mistakes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import available_timezones

from press.audience.address import AddressError, check, key
from press.audience.importing.columns import Columns
from press.audience.importing.names import Target
from press.audience.importing.table import Cells
from press.audience.importing.values import (
    LANGUAGE,
    clean,
    decided,
    moment_of,
    tags_of,
    unprotected,
)
from press.model.finding import Severity
from press.model.importing import Arrival, Departure, Remark, Row
from press.model.subscriber import (
    Basis,
    Cause,
    Consent,
    ListName,
    NewSubscriber,
)

LONGEST_NAME = 200
_HERE = frozenset({"active", "enabled", "subscribed", "confirmed", ""})
_ASKED = frozenset({"pending", "unconfirmed", "nonsubscribed", "non subscribed"})
_GONE = {
    **dict.fromkeys(
        ("unsubscribed", "disabled", "inactive", "left"), Cause.UNSUBSCRIBED
    ),
    **dict.fromkeys(("bounced", "cleaned", "hard bounced"), Cause.BOUNCED),
    **dict.fromkeys(("complained", "spam", "spam report"), Cause.COMPLAINED),
    **dict.fromkeys(
        ("blocklisted", "blacklisted", "suppressed", "by-hand"), Cause.BY_HAND
    ),
    "erased": Cause.ERASED,
}
#: Nobody reads what is sent there, or it is where complaints are sent to.
_ROLES = frozenset(
    {"abuse", "postmaster", "mailer-daemon", "noreply", "no-reply", "root", "spam"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for all rows of a list.

    Attributes:
        file: The list's name, by which its rows are known later.
        confirmed: Whether its readers need no confirming link any more.
        now: The time of the import.
        lists: Lists to put them on.
        tags: Words to attach to them.
        basis: The ground on which they are written to, where a row has none.
        source: Where they agreed, where a row does not say.
        given: When they agreed, where a row does not say.
    """

    file: str
    confirmed: bool
    now: dt.datetime
    lists: tuple[ListName, ...] = ()
    tags: frozenset[str] = frozenset()
    basis: Basis | None = None
    source: str = ""
    given: dt.datetime | None = None


class RowError(ValueError):
    """A row cannot be taken; has the finding's code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_readers(
    rows: Iterable[Cells | Remark], columns: Columns, terms: Terms
) -> Iterator[Row]:
    """Yield what every row says, in their order; a row may have remarks besides."""
    reader = _RowReader(columns, terms)
    for row in rows:
        if isinstance(row, Remark):
            yield row
            continue
        try:
            yield reader.read(row)
        except RowError as mistake:
            yield Remark(row.line, mistake.code, Severity.ERROR, str(mistake))
        if reader.remarks:
            yield from reader.remarks
            reader.remarks = []


@dataclass(slots=True)
class _RowReader:
    columns: Columns
    terms: Terms
    remarks: list[Remark] = field(default_factory=list)
    _consent: Consent | None = None

    def read(self, row: Cells) -> Row:
        """Return what a row says.

        Raises:
            RowError: It cannot be taken.
        """
        cells = row.cells
        try:
            email = check(unprotected(cells[self.columns.at[Target.EMAIL]]))
        except AddressError as error:
            raise RowError("list.address", f"no address: {error}") from error
        email_key = key(email)
        cause, since = self._gone(cells)
        if cause is not None:
            source = f"{self.columns.kind} list {self.terms.file}"
            return Departure(row.line, email_key, cause, since, source)
        if email_key.partition("@")[0] in _ROLES:
            self._warn(row.line, "list.role", "nobody reads mail at such an address")
        joined = self._when(cells, Target.JOINED)
        given = self._when(cells, Target.GIVEN) or self.terms.given or joined
        return Arrival(
            row.line,
            NewSubscriber(
                email=email,
                email_key=email_key,
                joined_at=joined or self.terms.now,
                consent=self._agreed(cells, given),
                confirmed=self.terms.confirmed and not self._asked(cells),
                name=self._name(cells),
                lang=self._lang(row),
                timezone=self._timezone(row),
                lists=self.terms.lists,
                tags=self._tags(cells),
                attributes=self._fields(row),
            ),
        )

    def _cell(self, cells: list[str], target: Target) -> str:
        number = self.columns.at.get(target)
        return "" if number is None else unprotected(cells[number]).strip()

    def _gone(self, cells: list[str]) -> tuple[Cause | None, dt.datetime]:
        """Return why a row's reader must not be written to, and since when."""
        now = self.terms.now
        at = self.columns.at
        if Target.BOUNCED in at and (since := self._when(cells, Target.BOUNCED)):
            return Cause.BOUNCED, since
        if Target.LEFT in at and (since := self._when(cells, Target.LEFT)):
            return Cause.UNSUBSCRIBED, since
        if Target.STATUS in at:
            word = self._cell(cells, Target.STATUS).lower()
            if word in _GONE:
                return _GONE[word], now
            if word not in _HERE and word not in _ASKED:
                raise RowError(
                    "list.status", f"press does not know the status “{word}”"
                )
        if Target.WANTS in at and not self._decided(cells, Target.WANTS):
            return Cause.UNSUBSCRIBED, now
        if Target.REFUSES in at and self._decided(cells, Target.REFUSES):
            return Cause.UNSUBSCRIBED, now
        return None, now

    def _decided(self, cells: list[str], target: Target) -> bool:
        word = self._cell(cells, target)
        said = decided(word)
        if said is None:
            raise RowError("list.status", f"“{word}” is neither true nor false")
        return said

    def _asked(self, cells: list[str]) -> bool:
        return self._cell(cells, Target.STATUS).lower() in _ASKED

    def _when(self, cells: list[str], target: Target) -> dt.datetime | None:
        number = self.columns.at.get(target)
        if number is None or not cells[number]:
            return None
        text = unprotected(cells[number])
        when = moment_of(text)
        if when is None:
            raise RowError("list.date", f"“{text[:40]}” is no date such as 2024-05-03")
        if when > self.terms.now + dt.timedelta(days=1):
            raise RowError("list.date", f"{text[:40]} lies in the future")
        return when

    def _agreed(self, cells: list[str], given: dt.datetime | None) -> Consent:
        word = self._cell(cells, Target.BASIS)
        source = self._cell(cells, Target.SOURCE) or self.terms.source
        if word and word not in set(Basis):
            raise RowError(
                "list.consent", f"“{word}” is no ground to write to somebody"
            )
        basis = Basis(word) if word else self.terms.basis
        if basis is None or not source or given is None:
            missing = [
                name
                for name, there in (
                    ("basis", basis),
                    ("source", source),
                    ("date", given),
                )
                if not there
            ]
            raise RowError("list.consent", f"the consent has no {', '.join(missing)}")
        last = self._consent
        if last is None or (last.basis, last.source, last.given_at) != (
            basis,
            source,
            given,
        ):
            last = Consent(basis=basis, source=clean(source), given_at=given)
            self._consent = last
        return last

    def _name(self, cells: list[str]) -> str:
        name = self._cell(cells, Target.NAME)
        if not name:
            first = self._cell(cells, Target.FIRST_NAME)
            name = f"{first} {self._cell(cells, Target.LAST_NAME)}".strip()
        return clean(name)[:LONGEST_NAME]

    def _lang(self, row: Cells) -> str:
        lang = self._cell(row.cells, Target.LANG).replace("_", "-")
        if lang and not LANGUAGE.fullmatch(lang):
            self._warn(row.line, "list.value", "the language is none; taken without it")
            return ""
        return lang

    def _timezone(self, row: Cells) -> str:
        zone = self._cell(row.cells, Target.TIMEZONE)
        if zone and zone not in available_timezones():
            self._warn(
                row.line, "list.value", "the time zone is none; taken without it"
            )
            return ""
        return zone

    def _tags(self, cells: list[str]) -> frozenset[str]:
        text = self._cell(cells, Target.TAGS)
        return self.terms.tags | tags_of(text) if text else self.terms.tags

    def _fields(self, row: Cells) -> Mapping[str, str]:
        found = {
            name: clean(text)
            for name, number in self.columns.fields.items()
            if (text := unprotected(row.cells[number]).strip())
        }
        given = self._cell(row.cells, Target.ATTRIBUTES)
        if not given or given == "{}":
            return found
        try:
            more = json.loads(given)
        except (ValueError, RecursionError):
            more = None
        if not isinstance(more, dict):
            message = "its further fields are no JSON; taken without them"
            self._warn(row.line, "list.value", message)
            return found
        return found | {
            str(name): clean(value if isinstance(value, str) else json.dumps(value))
            for name, value in more.items()
        }

    def _warn(self, line: int, code: str, message: str) -> None:
        self.remarks.append(Remark(line, code, Severity.WARNING, message))
