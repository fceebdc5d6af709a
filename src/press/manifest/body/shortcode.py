"""Shortcodes of Hugo, Jekyll and their kin: what a web site's machine would fill in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Use(StrEnum):
    """What a shortcode means for the page."""

    QUOTE = "quote"  #: Its own text is a block quote.
    PICTURE = "picture"  #: It names a picture file.
    BOX = "box"  #: It stands around a box of text.
    LINK = "link"  #: It makes an address within the web site.
    SILENT = "silent"  #: It changes nothing that is printed.
    UNKNOWN = "unknown"  #: Nobody here knows; the editor must look.


USES: Final = {
    "quote-block": Use.QUOTE,
    "blockquote": Use.QUOTE,
    "quote": Use.QUOTE,
    "pullquote": Use.QUOTE,
    "figure": Use.PICTURE,
    "img": Use.PICTURE,
    "image": Use.PICTURE,
    "ring": Use.BOX,
    "box": Use.BOX,
    "note": Use.BOX,
    "notice": Use.BOX,
    "callout": Use.BOX,
    "card": Use.BOX,
    "card-policy": Use.BOX,
    "alert": Use.BOX,
    "admonition": Use.BOX,
    "details": Use.BOX,
    "ref": Use.LINK,
    "relref": Use.LINK,
    "link": Use.LINK,
    "post_url": Use.LINK,
    "raw": Use.SILENT,
    "endraw": Use.SILENT,
    "toc": Use.SILENT,
}

#: `{{< name … >}}`, `{{% name … %}}` and `{% name … %}`, also over several lines.
SHORTCODE: Final = re.compile(
    r"\{\{<\s*+(?P<close>/?)\s*+(?P<name>[\w][\w./-]*+)(?P<rest>(?:(?!\{\{|\{%).)*?)>\}\}"
    r"|\{\{%\s*+(?P<close2>/?)\s*+(?P<name2>[\w][\w./-]*+)(?P<rest2>(?:(?!\{\{|\{%).)*?)%\}\}"
    r"|\{%-?\s*+(?P<name3>[a-zA-Z_][\w./-]*+)(?P<rest3>(?:(?!\{\{|\{%).)*?)-?%\}",
    re.DOTALL,
)

_ARGUMENT: Final = re.compile(
    r"""(?:(?P<key>[\w-]+)\s*+=\s*+)?
        (?:"(?P<double>(?:[^"\\]|\\.)*+)"|`(?P<tick>[^`]*+)`|'(?P<single>[^']*+)'
           |(?P<bare>[^\s"'`]++))""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcode:
    """One shortcode.

    Attributes:
        name: Its name, in lower case.
        closes: Whether it is the closing half of a pair.
        named: Its settings with a name.
        bare: Its settings without one.
    """

    name: str
    closes: bool
    named: tuple[tuple[str, str], ...]
    bare: tuple[str, ...]

    @property
    def use(self) -> Use:
        """What it means for the page."""
        return USES.get(self.name, Use.UNKNOWN)

    def setting(self, *names: str) -> str:
        """Return the first of these settings that is given; empty if none is."""
        return next((value for key, value in self.named if key in names), "")


def _value(match: re.Match[str]) -> str:
    double = match["double"]
    if double is not None:
        double = _ESCAPED.sub(r"\1", double)
    value = double or match["tick"] or match["single"] or match["bare"] or ""
    return _SPACE.sub(" ", value).strip()


def understand(match: re.Match[str]) -> Shortcode:
    """Take a match of `SHORTCODE` apart."""
    name = (match["name"] or match["name2"] or match["name3"]).lower()
    rest = match["rest"] or match["rest2"] or match["rest3"] or ""
    arguments = [(item["key"], _value(item)) for item in _ARGUMENT.finditer(rest)]
    return Shortcode(
        name=name,
        closes=bool(match["close"] or match["close2"]) or name.startswith("end"),
        named=tuple((key.lower(), value) for key, value in arguments if key),
        bare=tuple(value for key, value in arguments if not key),
    )
