"""What the columns of a list hold, by its header and by the program that wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from press.audience.importing.names import KINDS, NEVER, SYNONYMS, Kind, Target
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
        fields: Column of each further field, by the field's name.
        headed: Whether the first row is a header.
    """

    kind: Kind
    at: Mapping[Target, int]
    fields: Mapping[str, int] = field(default_factory=dict)
    headed: bool = True


def read_header(
    cells: Sequence[str], mapping: Mapping[str, str]
) -> tuple[Columns | None, tuple[Finding, ...]]:
    """Return what the columns of a list hold, and what is wrong with its header.

    Args:
        cells: The first row.
        mapping: Header of each target, as the desk says it; `field.x` is a field.
    """
    if not mapping and len(cells) == 1 and "@" in cells[0]:
        return Columns(kind=Kind.PLAIN, at={Target.EMAIL: 0}, headed=False), ()
    names = [plain(cell) for cell in cells]
    kind = kind_of(names)
    at: dict[Target, int] = {}
    fields: dict[str, int] = {}
    taken, findings = _mapped(cells, mapping, at, fields)
    known = {**SYNONYMS, **KINDS[kind].columns}
    for number, name in enumerate(names):
        if number in taken or not name:
            continue
        target = known.get(name)
        if target is not None:
            at.setdefault(target, number)
        elif name not in NEVER and name not in KINDS[kind].never:
            fields.setdefault(field_name(cells[number]), number)
    if Target.EMAIL not in at:
        findings.append(_no_address(cells))
    if findings:
        return None, tuple(findings)
    return Columns(kind=kind, at=at, fields=fields), ()


def _mapped(
    cells: Sequence[str],
    mapping: Mapping[str, str],
    at: dict[Target, int],
    fields: dict[str, int],
) -> tuple[set[int], list[Finding]]:
    """Place the columns that the desk named; return them, and what is wrong."""
    names = [plain(cell) for cell in cells]
    taken: set[int] = set()
    findings = []
    for wanted, header in mapping.items():
        if plain(header) not in names:
            findings.append(
                error(
                    "list.column",
                    f"there is no column “{header}”",
                    hint=f"there are: {', '.join(cells)}",
                )
            )
            continue
        number = names.index(plain(header))
        taken.add(number)
        if wanted.startswith(FIELD):
            fields[field_name(wanted.removeprefix(FIELD))] = number
        elif wanted in set(Target):
            at[Target(wanted)] = number
        elif wanted != Option.SKIP:
            findings.append(
                error(
                    "list.column",
                    f"“{wanted}” is nothing that press knows of readers",
                    hint=f"write one of: {', '.join(Target)}, field.NAME, skip",
                )
            )
    return taken, findings


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
