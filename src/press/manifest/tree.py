"""A YAML file as a tree of texts, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from press.manifest.source import Source
from press.model.finding import Place

NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where something stands in a file, counted from 0."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A text.

    Attributes:
        text: What it says, quotation marks and escapes resolved.
        quoted: Whether it was written in quotation marks or as a block.
    """

    text: str
    spot: Spot
    quoted: bool = False

    @property
    def is_null(self) -> bool:
        """Whether nothing is given here."""
        return not self.quoted and self.text in NULLS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A setting: its name and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Settings.

    Attributes:
        entries: In the file's order; no name stands twice.
        flow: Whether they are written in braces.
    """

    entries: tuple[Entry, ...]
    spot: Spot
    flow: bool = False

    def entry(self, name: str | int) -> Entry | None:
        """Return the setting of that name."""
        return next((each for each in self.entries if each.key.text == name), None)


Node: TypeAlias = Scalar | Sequence | Mapping
Path: TypeAlias = tuple[str | int, ...]


class Settings(dict[str, object]):
    """A mapping as plain data that still knows where it stands."""

    def __init__(self, tree: Tree) -> None:
        super().__init__()
        self.tree = tree


class Text(str):
    """A text as plain data that still knows where it stands."""

    __slots__ = ("tree",)

    tree: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A file's settings, or a part of them.

    Attributes:
        root: The node on top.
        source: The file.
        above: The name or dash under which the root stands; None for the whole file.
    """

    root: Node
    source: Source
    above: Spot | None = None

    def at(self, *path: str | int) -> Tree | None:
        """Return the part of the tree under a path; None where there is none."""
        tree: Tree = self
        for step in path:
            found = tree.child(step)
            if found is None:
                return None
            tree = found
        return tree

    def child(self, step: str | int) -> Tree | None:
        """Return the part under one name or number."""
        match self.root:
            case Mapping() as mapping:
                if entry := mapping.entry(step):
                    return self._below(entry.value, entry.key.spot)
            case Sequence(items=items) if isinstance(step, int) and step < len(items):
                return self._below(items[step], None)
            case _:
                pass
        return None

    def nearest(self, path: Path) -> Tree:
        """Return the part under a path, or the last part on the way to it."""
        tree = self
        for step in path:
            found = tree.child(step)
            if found is None:
                break
            tree = found
        return tree

    @property
    def place(self) -> Place:
        """Where the value stands."""
        return self._place(self.root.spot)

    @property
    def name_place(self) -> Place:
        """Where the name of the value stands; the value's own place in a list."""
        return self._place(self.above or self.root.spot)

    def plain(self) -> object:
        """Return texts, tuples and mappings; None stands for what was left empty."""
        match self.root:
            case Scalar() as scalar:
                if scalar.is_null:
                    return None
                text = Text(scalar.text)
                text.tree = self
                return text
            case Sequence(items=items):
                return tuple(self._below(item, None).plain() for item in items)
            case Mapping(entries=entries):
                settings = Settings(self)
                for entry in entries:
                    below = self._below(entry.value, entry.key.spot)
                    settings[entry.key.text] = below.plain()
                return settings

    def scalars(self, name: str = "") -> Iterator[tuple[str, Scalar]]:
        """Yield every text with the name it stands under, and every name."""
        match self.root:
            case Scalar() as scalar:
                yield name, scalar
            case Sequence(items=items):
                for item in items:
                    yield from self._below(item, None).scalars(name)
            case Mapping(entries=entries):
                for entry in entries:
                    below = self._below(entry.value, entry.key.spot)
                    yield "", entry.key
                    yield from below.scalars(entry.key.text)

    def _below(self, node: Node, above: Spot | None) -> Tree:
        return Tree(root=node, source=self.source, above=above)

    def _place(self, spot: Spot) -> Place:
        return self.source.place(spot.line, spot.column, spot.width)
