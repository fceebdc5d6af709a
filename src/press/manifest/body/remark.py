"""What writers and editors say to one another in Markdown, and a website never shows.

Templates have comments of their own: Nunjucks, Jinja and Twig, Liquid, kramdown, Hugo,
Handlebars and MDX. Each begins and ends as its program's manual says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_BEGINNINGS: Final = {
    # `{#name}` and `{#name .class}` are lists of attributes.
    "jinja": r"\{\#(?!\}|[^\s}][^{}\n]*+(?<!\#)\})",
    "kramdown": r"\{::comment\b[^{}\n]*+(?<!/)\}",
    "liquid": r"\{%-?\s*+comment\b[^{}%\n]*+%\}",
    "liquid_line": r"\{%-?\s*+\#",
    "hugo": r"\{\{[<%]\s*+comment\s*+[>%]\}\}",
    "hugo_line": r"\{\{-?\s*+/\*",
    "handlebars": r"\{\{!--",
    "mdx": r"(?<!\{)\{\s*+/\*",
}
_ENDS: Final = {
    "jinja": re.compile(r"\#\}"),
    "kramdown": re.compile(r"\{:/(?:comment)?\}", re.IGNORECASE),
    "liquid": re.compile(r"\{%-?\s*+endcomment\s*+-?%\}", re.IGNORECASE),
    "liquid_line": re.compile(r"%\}"),
    "hugo": re.compile(r"\{\{[<%]\s*+/\s*+comment\s*+[>%]\}\}", re.IGNORECASE),
    "hugo_line": re.compile(r"\*/\s*+-?\}\}"),
    "handlebars": re.compile(r"--\}\}"),
    "mdx": re.compile(r"\*/\s*+\}"),
    "html": re.compile("-->"),
}
#: How remarks begin; its groups are for `remark_at`.
OPENER: Final = "|".join(f"(?P<{name}>{text})" for name, text in _BEGINNINGS.items())
#: A comment of HTML of one word is a mark for a machine, as are blocks of WordPress.
_HTML: Final = r"(?P<html><!--(?!\s*+(?:/?wp:|\[|[\w/:-]+\s*+-->)))"
_ANY: Final = re.compile(rf"(?<!\\)(?:{OPENER}|{_HTML})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A remark in a text.

    Attributes:
        start: Where it begins.
        end: Where the text goes on.
        words: What it says.
    """

    start: int
    end: int
    words: str


def remark_at(match: re.Match[str], endless: set[str]) -> Remark | None:
    """Return the remark that begins here; None where it has no end.

    Args:
        match: Of a pattern with `OPENER` in it.
        endless: The kinds known to have no end further on; one that has none is added.
    """
    groups = match.groupdict()
    kind = next(name for name in _ENDS if groups.get(name))
    end = None if kind in endless else _ENDS[kind].search(match.string, match.end())
    if end is None:
        endless.add(kind)
        return None
    inside = match.string[match.end() : end.start()]
    return Remark(start=match.start(), end=end.end(), words=" ".join(inside.split()))


def remarks_in(text: str, code: Sequence[tuple[int, int]]) -> Iterator[Remark]:
    """Yield the remarks of a text, those in HTML's way too.

    Args:
        text: The text.
        code: Where code stands in it, in order: what begins there is no remark.
    """
    endless: set[str] = set()
    later = iter(code)
    start, stop = next(later, (len(text), len(text)))
    done = 0
    for match in _ANY.finditer(text):
        at = match.start()
        while at >= stop and stop < len(text):
            start, stop = next(later, (len(text), len(text)))
        if at < done or start <= at < stop:
            continue
        remark = remark_at(match, endless)
        if remark is not None:
            yield remark
            done = remark.end
