"""What the columns of a list hold, by its header and by the program that wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from press.audience.importing.names import (
    BESIDE,
    GONE,
    KINDS,
    LEAVING,
    NEVER,
    SYNONYMS,
    Kind,
    KindOfList,
    Target,
)
from press.model.finding import Finding, error

FIELD = "field."
_SEPARATORS = re.compile(r"[\W_]+")


class Option(StrEnum):
    """Words of --mapping that are no targets."""

    SKIP = "skip"  #: The column is left out.


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column holds what.

    Attributes:
        kind: Which program wrote the list.
        at: Column of each target.
        gone: Columns that tell who left, all there are, and how each tells it.
        fields: Column of each further field, by the field's name.
        headed: Whether the first row is a header.
    """

    kind: Kind
    at: Mapping[Target, int]
    gone: tuple[tuple[Target, int], ...] = ()
    fields: Mapping[str, int] = field(default_factory=dict)
    headed: bool = True


def read_header(
    cells: Sequence[str], mapping: Mapping[str, str]
) -> tuple[Columns | None, tuple[Finding, ...]]:
    """Return what the columns of a list hold, and what is wrong with its header.

    Args:
        cells: The first row.
        mapping: What columns hold, by their headers, as the desk says it: a target,
            `field.x` for a field, or `skip`.
    """
    if not mapping and len(cells) == 1 and "@" in cells[0]:
        return Columns(kind=Kind.PLAIN, at={Target.EMAIL: 0}, headed=False), ()
    names = [plain(cell) for cell in cells]
    kind = kind_of(names)
    said, wrong = _said(cells, names, mapping)
    reading = _Reading(cells=cells, about=KINDS[kind], findings=wrong)
    for number, what in said.items():
        reading.place(number, what, named=True)
    rest = [
        (number, name)
        for number, name in enumerate(names)
        if name and number not in said and not reading.knows(number, name)
    ]
    for number, name in rest:
        reading.keep_or_ask(number, name)
    if Target.EMAIL not in reading.at:
        reading.findings.append(_no_address(cells))
    if reading.findings:
        return None, tuple(reading.findings)
    made = Columns(
        kind=kind, at=reading.at, gone=tuple(reading.gone), fields=reading.fields
    )
    return made, ()


@dataclass(slots=True, kw_only=True)
class _Reading:
    """Columns as they are placed, one after the other."""

    cells: Sequence[str]
    about: KindOfList
    findings: list[Finding]
    at: dict[Target, int] = field(default_factory=dict)
    gone: list[tuple[Target, int]] = field(default_factory=list)
    fields: dict[str, int] = field(default_factory=dict)
    named: set[Target] = field(default_factory=set)

    def knows(self, number: int, name: str) -> bool:
        """Whether a column is known by its name; then it is placed, or left out."""
        target = self.about.columns.get(name) or SYNONYMS.get(name)
        if target is not None:
            self.place(number, target)
        return target is not None or name in NEVER or name in self.about.never

    def keep_or_ask(self, number: int, name: str) -> None:
        """Take a column for a further field, unless it may tell who left."""
        when = any(target in {Target.LEFT, Target.BOUNCED} for target, _ in self.gone)
        if name in BESIDE and when:
            return
        if LEAVING.search(name):
            self.findings.append(_unclear(self.cells[number]))
        else:
            self.keep(number, field_name(self.cells[number]))

    def place(self, number: int, what: str, *, named: bool = False) -> None:
        """Take a column for what it holds; a second one of the same is not lost."""
        if what == Option.SKIP:
            return
        if what.startswith(FIELD):
            self.keep(number, field_name(what))
            return
        target = Target(what)
        if target in GONE:
            self.gone.append((target, number))
        elif target not in self.at:
            self.at[target] = number
            self.named |= {target} if named else set()
        elif named or (target is Target.EMAIL and target not in self.named):
            first, second = self.cells[self.at[target]], self.cells[number]
            self.findings.append(
                error(
                    "list.column",
                    f"two columns hold the {target}: “{first}” and “{second}”",
                    hint=f"say which: --mapping {target}=HEADER",
                )
            )
        elif target is not Target.EMAIL:
            self.keep(number, field_name(self.cells[number]))

    def keep(self, number: int, name: str) -> None:
        """Take a column for a further field, under a name that is free."""
        free, count = name, 1
        while free in self.fields:
            count += 1
            free = f"{name}_{count}"
        self.fields[free] = number


def _said(
    cells: Sequence[str], names: Sequence[str], mapping: Mapping[str, str]
) -> tuple[dict[int, str], list[Finding]]:
    """Return what the desk says that columns hold, and what is wrong with that."""
    said: dict[int, str] = {}
    findings = []
    for header, what in mapping.items():
        if plain(header) not in names:
            message = f"there is no column “{header}”"
            hint = f"there are: {', '.join(cells)}"
            findings.append(error("list.column", message, hint=hint))
        elif what.startswith(FIELD) or what in {*Target, *Option}:
            said[names.index(plain(header))] = what
        else:
            findings.append(
                error(
                    "list.column",
                    f"“{what}” is nothing that press knows of readers",
                    hint=f"write one of: {', '.join(Target)}, field.NAME, skip",
                )
            )
    return said, findings


def _unclear(header: str) -> Finding:
    return error(
        "list.column",
        f"“{header}” may say who left, and press does not know how",
        hint=f"--mapping 'left={header}' where it holds dates, 'refuses={header}' where it"
        f" says yes or no, 'status={header}' for words, 'skip={header}' for none of these",
    )


def _no_address(cells: Sequence[str]) -> Finding:
    shown = ", ".join(cell if "@" not in cell else "an address" for cell in cells[:12])
    if any("@" in cell for cell in cells):
        return error(
            "list.column",
            "the first row is no header",
            hint="write one above it: email, name, …",
        )
    return error(
        "list.column",
        f"no column holds addresses; there are: {shown}",
        hint="name it: --mapping email=HEADER",
    )


def kind_of(names: Sequence[str]) -> Kind:
    """Return the program that wrote a list, by what its columns are called."""
    there = set(names)
    for kind, about in KINDS.items():
        if about.signs and about.signs <= there:
            return kind
    return Kind.PLAIN


def plain(header: str) -> str:
    """Return a header in small letters, its words one space apart."""
    return _SEPARATORS.sub(" ", header.strip().casefold()).strip()


def field_name(header: str) -> str:
    """Return the name of a further field, as rules of segments write it."""
    bare = header.strip().removeprefix(FIELD)
    return _SEPARATORS.sub("_", bare.casefold()).strip("_") or "column"
