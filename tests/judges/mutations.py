"""Mistakes planted in MJML that is right."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_TAG = re.compile(r"<(mj-[\w-]+|mjml)((?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"<>]*)"')
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LEAVES = "mj-image|mj-text|mj-button|mj-divider|mj-spacer|mj-social|mj-table"

Mutation = Callable[[str, Random], str]


def misspell_attribute(text: str, random: Random) -> str:
    """Write one letter of an attribute's name twice."""
    name = _chosen(_attributes(text), random)
    return text if name is None else _put(text, name.end(1), name[1][-1])


def spoil_value(text: str, random: Random) -> str:
    """Give an attribute a value that no measure or colour has."""
    value = _chosen(_attributes(text), random)
    return text if value is None else _put(text, value.end(2), " apples")


def drop_unit(text: str, random: Random) -> str:
    """Take the unit off a measure."""
    measures = [one for one in _attributes(text) if re.fullmatch(r"\d+px", one[2])]
    measure = _chosen(measures, random)
    if measure is None:
        return text
    return text[: measure.end(2) - 2] + text[measure.end(2) :]


def add_attribute(text: str, random: Random) -> str:
    """Add an attribute that MJML does not know."""
    tag = _chosen(_tags(text, "mj-[a-z-]+"), random)
    return text if tag is None else _put(text, tag.end(1), ' colour="red"')


def rename_tag(text: str, random: Random) -> str:
    """Give a tag that holds no other a name that MJML does not know."""
    tag = _chosen(_tags(text, _LEAVES), random)
    if tag is None:
        return text
    end = text.find(f"</{tag[1]}>", tag.end())
    if not tag[2].rstrip().endswith("/") and end >= 0:
        text = _put(text, end + 2 + len(tag[1]), "s")
    return _put(text, tag.end(1), "s")


def misplace(text: str, random: Random) -> str:
    """Put a tag where MJML does not have it."""
    parent = _chosen(_tags(text, "mj-(?:body|section|column|wrapper)"), random)
    if parent is None:
        return text
    children = {
        "mj-body": ("text", "column", "button", "body"),
        "mj-section": ("text", "section", "image", "wrapper"),
        "mj-column": ("column", "section", "wrapper", "font"),
        "mj-wrapper": ("column", "text", "body", "wrapper"),
    }
    child = f"mj-{random.choice(children[parent[1]])}"
    return _put(text, parent.end(), f"<{child}></{child}>")


def add_html(text: str, random: Random) -> str:
    """Put HTML where only tags of MJML may stand."""
    parent = _chosen(_tags(text, "mj-(?:body|section|column|wrapper)"), random)
    return text if parent is None else _put(text, parent.end(), "<p>x</p>")


def take_body(text: str, random: Random) -> str:
    """Take out the body, with all it holds."""
    del random
    return re.sub(r"<mj-body.*</mj-body>", "", text, flags=re.DOTALL)


MUTATIONS: tuple[Mutation, ...] = (
    misspell_attribute,
    spoil_value,
    drop_unit,
    add_attribute,
    rename_tag,
    misplace,
    add_html,
    take_body,
)


def _tags(text: str, names: str) -> list[re.Match[str]]:
    remarks = [found.span() for found in _COMMENT.finditer(text)]
    return [
        tag
        for tag in _TAG.finditer(text)
        if re.fullmatch(names, tag[1])
        and not tag[2].rstrip().endswith("/") | (tag[1] == "mj-raw")
        and not any(start <= tag.start() < end for start, end in remarks)
    ]


def _attributes(text: str) -> list[re.Match[str]]:
    return [
        one
        for tag in _tags(text, "mj-[a-z-]+")
        for one in _ATTRIBUTE.finditer(text, tag.end(1), tag.end())
    ]


def _chosen(found: list[re.Match[str]], random: Random) -> re.Match[str] | None:
    return random.choice(found) if found else None


def _put(text: str, offset: int, more: str) -> str:
    return text[:offset] + more + text[offset:]
