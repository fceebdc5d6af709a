"""WordPress's comments that say where a block begins and ends.

The grammar is that of the block editor: `<!-- wp:name {"json": 1} -->`, closed by
`<!-- /wp:name -->`, or `/-->` for a block that is nothing but its comment. A name without
a namespace is of `core`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from press.intake.markup.line import plain_line
from press.intake.markup.parse import Element

_COMMENT: Final = re.compile(
    r"\s*(?P<close>/)?wp:(?P<name>(?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*)"
    r"\s*(?P<json>\{.*\})?\s*(?P<whole>/)?\s*",
    re.DOTALL,
)
#: Blocks of the editor itself, before they were all one.
_EMBEDS: Final = "core-embed/"
#: Settings that say how a block looks, or that the editor keeps for itself.
_NO_TEXT: Final = re.compile(
    r"_.*|.*(?:class(?:name)?|style|css|font(?:family)?|gradient|shadow|id|url|href|src)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockComment:
    """A comment that begins or ends a block.

    Attributes:
        name: The block's name, without `core/`: "paragraph", "group", "yoast/faq".
        settings: What it is set to, as JSON says it.
        closes: Whether it ends a block.
        whole: Whether it is all of the block.
    """

    name: str
    settings: tuple[tuple[str, Any], ...] = ()
    closes: bool = False
    whole: bool = False

    def setting(self, name: str) -> Any:
        """Return a setting; None where it is not given."""
        return dict(self.settings).get(name)

    @property
    def is_shown_by_plugin(self) -> bool:
        """Whether a plugin makes what the site shows for it, of its settings alone."""
        return self.whole and "/" in self.name and not self.name.startswith(_EMBEDS)

    @property
    def texts(self) -> tuple[str, ...]:
        """The settings that read as text: several words, under a name that is no style's."""
        return tuple(_texts(self.settings))

    @property
    def marks(self) -> tuple[str, ...]:
        """What the comment calls its block, as marks of a piece."""
        made = [f".{name}" for name in str(self.setting("className") or "").split()]
        if isinstance(self.setting("ref"), int):
            made.append(f"ref:{self.setting('ref')}")
        return (*made, f"wp:{self.name}")


def read_comment(node: Element) -> BlockComment | None:
    """Return what a comment says of a block; None where it is about none."""
    if not isinstance(node, etree._Comment):  # noqa: SLF001 - lxml's one name for it
        return None
    match = _COMMENT.fullmatch(node.text or "")
    if match is None:
        return None
    try:
        settings = json.loads(match["json"] or "{}")
    except (ValueError, RecursionError):  # no JSON, or nested without an end
        settings = {}
    return BlockComment(
        name=match["name"].removeprefix("core/"),
        settings=tuple(settings.items()) if isinstance(settings, dict) else (),
        closes=bool(match["close"]),
        whole=bool(match["whole"]),
    )


def blocks_of_plugins(root: Element) -> tuple[BlockComment, ...]:
    """Return the blocks of a text of which it has nothing but their settings."""
    read = (read_comment(node) for node in root.iter(etree.Comment))
    return tuple(one for one in read if one is not None and one.is_shown_by_plugin)


def _texts(settings: tuple[tuple[str, Any], ...]) -> Iterator[str]:
    """Yield what reads as text in settings, and in settings within them, in their order."""
    waiting = [*reversed(settings)]
    while waiting:
        name, value = waiting.pop()
        if _NO_TEXT.fullmatch(name):
            continue
        if isinstance(value, dict):
            waiting += reversed(value.items())
        elif isinstance(value, list):
            waiting += [(name, one) for one in reversed(value)]
        elif isinstance(value, str) and " " in (words := plain_line(value)):
            yield words
