"""What MJML knows: its tags, where each may stand, what it holds and its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from press.digest.mjml.table import TABLE

#: Attributes that every tag may have.
EVERYWHERE: Final = ("mj-class", "css-class")


class Content(StrEnum):
    """What stands between a tag and its end tag."""

    TAGS = "tags"  #: Other tags of MJML.
    HTML = "html"  #: Markup of HTML.
    TEXT = "text"  #: Text alone.
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A tag of MJML.

    Attributes:
        name: The tag.
        parents: In which tags it may stand.
        content: What it holds.
        attributes: The type of each attribute, in MJML's own notation.
        dropped: Attributes that the engine drops in silence.
    """

    name: str
    parents: tuple[str, ...]
    content: Content
    attributes: Mapping[str, str]
    dropped: frozenset[str]


_HEAD = re.compile(r"(\S+) in (.+) holds (\w+)")


def _read(table: str) -> Iterator[Component]:
    for entry in re.split(r"\n(?=mj)", table.replace("\n    ", " ").strip()):
        first, *lines = entry.split("\n")
        (tag, parents, content), *_ = _HEAD.findall(first)
        kinds = [line.strip().split(": ") for line in lines]
        names = [(name, kind) for kind, all_of in kinds for name in all_of.split()]
        yield Component(
            name=tag,
            parents=tuple(parent for parent in parents.split() if parent != "-"),
            content=Content(content),
            attributes={name.rstrip("~"): kind for name, kind in names},
            dropped=frozenset(name[:-1] for name, _ in names if name.endswith("~")),
        )


COMPONENTS: Final[Mapping[str, Component]] = {one.name: one for one in _read(TABLE)}

#: Tags that set an attribute for many others.
_FOR_ALL = ("mj-all", "mj-class")


@cache
def kinds_of(tag: str, attribute: str) -> tuple[str, ...]:
    """Return the types an attribute of a tag may have, none where it is unknown."""
    component = COMPONENTS[tag]
    if attribute in component.attributes:
        return (component.attributes[attribute],)
    if attribute in EVERYWHERE:
        return ("string",)
    if tag in _FOR_ALL:
        everything = COMPONENTS.values()
        found = [one.attributes.get(attribute) for one in everything]
        return tuple(dict.fromkeys(kind for kind in found if kind))
    return ()


@cache
def names_of(tag: str) -> tuple[str, ...]:
    """Return the attributes that a tag may have."""
    own = tuple(COMPONENTS[tag].attributes)
    if tag in _FOR_ALL:
        own += tuple({name for one in COMPONENTS.values() for name in one.attributes})
    return (*sorted(own), *EVERYWHERE)


#: Tags in which the engine refuses mj-raw, though MJML has it there.
NOT_RAW: Final = frozenset(
    {"mjml", "mj-social", "mj-navbar", "mj-accordion", "mj-accordion-element"}
)
#: Tags in whose HTML the engine cannot read a comment for Outlook.
_NO_COMMENT: Final = frozenset({"mj-button", "mj-table"})


class Holding(StrEnum):
    """How a comment for Outlook comes through the engine."""

    AS_IT_IS = "as it is"
    IN_RAW = "in mj-raw"
    NOT = "not at all"


@cache
def holding(tag: str) -> Holding:
    """Return how a tag of MJML holds a comment for Outlook."""
    if tag not in COMPONENTS or tag in _NO_COMMENT:
        return Holding.NOT
    if COMPONENTS[tag].content is Content.HTML:
        return Holding.AS_IT_IS
    raw = tag in COMPONENTS["mj-raw"].parents and tag not in NOT_RAW
    return Holding.IN_RAW if raw else Holding.NOT
