"""What style sheets and style attributes come to on each element of a mail.

It follows selectors of tags, classes and ids, with descendants and children between
them; rules with others are passed over, as mail programs of that kind would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from press.digest.checks.css import Declaration, Rule, read_sheet, read_style

_COMPOUND = re.compile(r"([a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)")
_PART = re.compile(r"\s*(>)\s*|\s+")
_DARK = re.compile(r"@media[^{]*\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*$")
_LIGHT = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element with those around it.

    Attributes:
        tag: In small letters.
        names: Its classes as ".class", and its id as "#id".
        parent: What it stands in; None for the first.
    """

    tag: str
    names: frozenset[str]
    parent: Element | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compound:
    """Part of a selector: a tag, if any, and names; `child` of the part before."""

    tag: str
    names: frozenset[str]
    child: bool

    def fits(self, element: Element) -> bool:
        return (not self.tag or self.tag == element.tag) and (
            self.names <= element.names
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Styled:
    """A selector and what it says, for dark surroundings only or for all."""

    parts: tuple[_Compound, ...]
    said: tuple[Declaration, ...]
    dark: bool
    weight: tuple[int, int, int]

    def fits(self, element: Element) -> bool:
        return self.parts[-1].fits(element) and _fits(self.parts[:-1], self, element)


def _fits(parts: tuple[_Compound, ...], styled: _Styled, element: Element) -> bool:
    """Whether what stands around an element fits the parts before the last."""
    if not parts:
        return True
    only_parent = styled.parts[len(parts)].child
    around = element.parent
    while around is not None:
        if parts[-1].fits(around) and _fits(parts[:-1], styled, around):
            return True
        around = None if only_parent else around.parent
    return False


@dataclass(slots=True, kw_only=True)
class Cascade:
    """The style sheets of a mail, found by what their selectors end with."""

    _by_end: dict[str, list[_Styled]] = field(default_factory=dict)
    _count: int = 0

    def add(self, css: str) -> None:
        """Take a style sheet in, after those before it."""
        for rule in read_sheet(css):
            if (dark := _surroundings(rule)) is None or not rule.declarations:
                continue
            for selector in rule.selectors:
                self._add(selector, rule, dark=dark)

    def _add(self, selector: str, rule: Rule, *, dark: bool) -> None:
        parts = _parts(selector)
        if not parts:
            return
        self._count += 1
        names = sum(len(part.names) for part in parts)
        tags = sum(bool(part.tag) for part in parts)
        styled = _Styled(
            parts=parts,
            said=rule.declarations,
            dark=dark,
            weight=(names, tags, self._count),
        )
        last = parts[-1]
        end = min(last.names) if last.names else last.tag
        self._by_end.setdefault(end, []).append(styled)

    def style(self, element: Element, inline: str, *, dark: bool) -> dict[str, str]:
        """Return what is said of an element: the values that win, by property."""
        said: list[tuple[bool, bool, tuple[int, int, int], int, Declaration]] = []
        for styled in self._fitting(element):
            if dark or not styled.dark:
                said += [
                    (one.important, False, styled.weight, at, one)
                    for at, one in enumerate(styled.said)
                ]
        said += [
            (one.important, True, (0, 0, 0), at, one)
            for at, one in enumerate(read_style(inline) if inline else ())
        ]
        said.sort(key=lambda one: one[:4])
        return _values(one[4] for one in said)

    def _fitting(self, element: Element) -> Iterator[_Styled]:
        for end in (element.tag, *element.names):
            for styled in self._by_end.get(end, ()):
                if styled.fits(element):
                    yield styled


def _values(said: Iterator[Declaration]) -> dict[str, str]:
    values: dict[str, str] = {}
    for one in said:
        name = "background-color" if one.name == "background" else one.name
        values[name] = one.value
    return values


def _surroundings(rule: Rule) -> bool | None:
    """Whether a rule is for dark surroundings only; None where it is for neither."""
    dark = False
    for around in rule.within:
        if _DARK.match(around.lower()):
            dark = True
        elif not _LIGHT.match(around.lower()):
            return None
    return dark


def _parts(selector: str) -> tuple[_Compound, ...]:
    """Return the parts of a selector; none where it asks for more than names."""
    parts: list[_Compound] = []
    position, child = 0, False
    while position < len(selector):
        found = _COMPOUND.match(selector, position)
        if found is None or not found[0]:
            return ()
        names = re.findall(r"[.#][\w-]+", found[2])
        parts.append(
            _Compound(tag=(found[1] or "").lower(), names=frozenset(names), child=child)
        )
        position = found.end()
        between = _PART.match(selector, position)
        if between is None and position < len(selector):
            return ()
        if between:
            child = bool(between[1])
            position = between.end()
    return tuple(parts)
