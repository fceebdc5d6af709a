"""Rows of cells as readers, as people who must not be written to, or as mistakes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import available_timezones

from press.audience.address import AddressError, check, key
from press.audience.importing.columns import Columns, field_name
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
#: Columns that say since when somebody must not be written to, and why.
_DATES = {Target.BOUNCED: Cause.BOUNCED, Target.LEFT: Cause.UNSUBSCRIBED}
#: Columns that say whether somebody wants mail, and what they say of those who do.
_ANSWERS = {Target.WANTS: True, Target.REFUSES: False}
_GROUNDS = {basis.value: basis for basis in Basis}
_ZONES = frozenset(available_timezones())
_NO_FIELDS: Mapping[str, str] = MappingProxyType({})
#: Dates that are kept: readers joined on the same days.
_DAYS = 4096
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


#: By so much may a date lie ahead: clocks and time zones differ.
APART = dt.timedelta(days=1)


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


class _RowReader:
    """Reads rows of one list. Where a column is stands in it as a bare number.

    A million rows are read while somebody waits: nothing is looked up twice.
    """

    def __init__(self, columns: Columns, terms: Terms) -> None:
        at = columns.at
        self.remarks: list[Remark] = []
        self._terms = terms
        self._email = at[Target.EMAIL]
        self._name_at = at.get(Target.NAME)
        self._first = at.get(Target.FIRST_NAME)
        self._last = at.get(Target.LAST_NAME)
        self._lang_at = at.get(Target.LANG)
        self._zone = at.get(Target.TIMEZONE)
        self._joined = at.get(Target.JOINED)
        self._given = at.get(Target.GIVEN)
        self._basis = at.get(Target.BASIS)
        self._source = at.get(Target.SOURCE)
        self._tags_at = at.get(Target.TAGS)
        self._statuses = tuple(
            number for target, number in columns.gone if target is Target.STATUS
        )
        self._more = at.get(Target.ATTRIBUTES)
        self._dates = tuple(
            (number, _DATES[target])
            for target, number in columns.gone
            if target in _DATES
        )
        self._answers = tuple(
            (number, _ANSWERS[target])
            for target, number in columns.gone
            if target in _ANSWERS
        )
        self._further = tuple(columns.fields.items())
        self._has_fields = bool(self._further) or self._more is not None
        self._dated = lru_cache(_DAYS)(self._date)
        self._may_be_gone = bool(columns.gone)
        self._latest = terms.now + APART
        self._origin = f"{columns.kind} list {terms.file}"
        self._ground = str(terms.basis or "")
        self._consent: tuple[str, str, dt.datetime, Consent] | None = None

    def read(self, row: Cells) -> Row:
        """Return what a row says.

        Raises:
            RowError: It cannot be taken.
        """
        cells = row.cells
        try:
            email = check(unprotected(cells[self._email]))
        except AddressError as error:
            raise RowError("list.address", f"no address: {error}") from error
        email_key = key(email)
        if self._may_be_gone and (gone := self._gone(cells)):
            return Departure(row.line, email_key, *gone, self._origin)
        if email_key.partition("@")[0] in _ROLES:
            self._warn(row.line, "list.role", "nobody reads mail at such an address")
        terms = self._terms
        joined = self._when(cells, self._joined)
        given = self._when(cells, self._given) or terms.given or joined
        return Arrival(
            row.line,
            NewSubscriber(
                email=email,
                email_key=email_key,
                joined_at=joined or terms.now,
                consent=self._agreed(cells, given),
                confirmed=terms.confirmed and not self._asked(cells),
                name=self._name(cells),
                lang="" if self._lang_at is None else self._lang(row),
                timezone="" if self._zone is None else self._timezone(row),
                lists=terms.lists,
                tags=terms.tags if self._tags_at is None else self._tags(cells),
                attributes=self._fields(row) if self._has_fields else _NO_FIELDS,
            ),
        )

    def _gone(self, cells: list[str]) -> tuple[Cause, dt.datetime] | None:
        """Return why a row's reader must not be written to, and since when."""
        for number, cause in self._dates:
            if since := self._when(cells, number):
                return cause, since
        for number in self._statuses:
            word = _cell(cells, number).lower()
            if word in _GONE:
                return _GONE[word], self._terms.now
            if word not in _HERE and word not in _ASKED:
                message = f"press does not know the status “{word}”"
                raise RowError("list.status", message)
        if any(
            _answer(_cell(cells, number)) is not here for number, here in self._answers
        ):
            return Cause.UNSUBSCRIBED, self._terms.now
        return None

    def _asked(self, cells: list[str]) -> bool:
        return any(_cell(cells, one).lower() in _ASKED for one in self._statuses)

    def _when(self, cells: list[str], number: int | None) -> dt.datetime | None:
        if number is None or not cells[number]:
            return None
        return self._dated(cells[number])

    def _date(self, cell: str) -> dt.datetime:
        text = unprotected(cell)
        when = moment_of(text)
        if when is None:
            raise RowError("list.date", f"“{text[:40]}” is no date such as 2024-05-03")
        if when > self._latest:
            raise RowError("list.date", f"{text[:40]} lies in the future")
        return when

    def _agreed(self, cells: list[str], given: dt.datetime | None) -> Consent:
        """Return the consent of a row; the last one again, where it is the same."""
        basis, source = self._ground, self._terms.source
        if self._basis is not None:
            basis = _cell(cells, self._basis) or basis
        if self._source is not None:
            source = _cell(cells, self._source) or source
        last = self._consent
        if last and last[0] == basis and last[1] == source and last[2] == given:
            return last[3]
        ground = _GROUNDS.get(basis)
        if not basis or not source or given is None:
            parts = (("basis", basis), ("source", source), ("date", given))
            missing = ", ".join(name for name, there in parts if not there)
            raise RowError("list.consent", f"the consent has no {missing}")
        if ground is None:
            message = f"“{basis}” is no ground to write to somebody"
            raise RowError("list.consent", message)
        made = Consent(basis=ground, source=clean(source), given_at=given)
        self._consent = (basis, source, given, made)
        return made

    def _name(self, cells: list[str]) -> str:
        name = "" if self._name_at is None else _cell(cells, self._name_at)
        if not name and self._first is not None:
            name = _cell(cells, self._first)
        if self._last is not None and self._name_at is None:
            name = f"{name} {_cell(cells, self._last)}".strip()
        return clean(name)[:LONGEST_NAME]

    def _lang(self, row: Cells) -> str:
        lang = _cell(row.cells, self._lang_at).replace("_", "-")
        if lang and not LANGUAGE.fullmatch(lang):
            self._warn(row.line, "list.value", "the language is none; taken without it")
            return ""
        return lang

    def _timezone(self, row: Cells) -> str:
        zone = _cell(row.cells, self._zone)
        if zone and zone not in _ZONES:
            self._warn(
                row.line, "list.value", "the time zone is none; taken without it"
            )
            return ""
        return zone

    def _tags(self, cells: list[str]) -> frozenset[str]:
        text = _cell(cells, self._tags_at)
        return self._terms.tags | tags_of(text) if text else self._terms.tags

    def _fields(self, row: Cells) -> Mapping[str, str]:
        cells = row.cells
        found = {
            name: clean(text)
            for name, number in self._further
            if (text := unprotected(cells[number]).strip())
        }
        if self._more is not None:
            found |= self._from_json(row.line, _cell(cells, self._more))
        return found

    def _from_json(self, line: int, text: str) -> Mapping[str, str]:
        if not text or text == "{}":
            return {}
        try:
            given = json.loads(text)
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            message = "its further fields are no JSON; taken without them"
            self._warn(line, "list.value", message)
            return {}
        return {
            field_name(name): clean(
                value if isinstance(value, str) else json.dumps(value)
            )
            for name, value in given.items()
        }

    def _warn(self, line: int, code: str, message: str) -> None:
        self.remarks.append(Remark(line, code, Severity.WARNING, message))


def _cell(cells: list[str], number: int | None) -> str:
    return "" if number is None else unprotected(cells[number]).strip()


def _answer(word: str) -> bool:
    said = decided(word)
    if said is None:
        raise RowError("list.status", f"“{word}” is neither true nor false")
    return said
