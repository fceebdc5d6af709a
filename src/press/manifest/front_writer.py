"""Front matter written, and taken apart so that a sub-editor's changes can be kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from press.manifest.plain import text
from press.model.manuscript import Front, FrontPicture

FENCE: Final = "---"
_SETTING: Final = re.compile(r"([A-Za-z_][\w-]*)\s*:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """An article's file, taken apart.

    Attributes:
        front: Its settings: each with the lines that give it, comments above it too.
        body: The text below the front matter.
    """

    front: tuple[tuple[str, str], ...]
    body: str


def front_lines(front: Front) -> tuple[tuple[str, str], ...]:
    """Return the settings of front matter, each with its lines of YAML."""
    made = [("title", _line("title", front.title))]
    if not front.title:
        made = [("title", "title:  # none came with the text: write one")]
    plain = {
        "standfirst": front.standfirst,
        "date": front.date.isoformat() if front.date else "",
        "lang": front.lang,
        "section": front.section,
        "url": front.url,
        "contributor": front.contributor,
    }
    lists = {
        "byline": front.byline,
        "tags": front.tags,
        "pull_quotes": front.pull_quotes,
        "images_missing": front.images_missing,
    }
    made += [(key, _line(key, value)) for key, value in plain.items() if value]
    made += [(key, _items(key, value)) for key, value in lists.items() if value]
    if front.lead_image is not None:
        lines = "\n".join(f"  {line}" for line in _picture(front.lead_image))
        made.append(("lead_image", f"lead_image:\n{lines}"))
    if front.images:
        shown = "\n".join(
            "\n".join(
                f"{'  - ' if n == 0 else '    '}{line}"
                for n, line in enumerate(_picture(one))
            )
            for one in front.images
        )
        made.append(("images", f"images:\n{shown}"))
    return tuple(made)


def whole(front: Iterable[tuple[str, str]], blocks: Sequence[str]) -> str:
    """Return an article's file."""
    settings = "\n".join(lines for _, lines in front)
    body = "\n\n".join(blocks)
    return (
        f"{FENCE}\n{settings}\n{FENCE}\n\n{body}\n"
        if body
        else f"{FENCE}\n{settings}\n{FENCE}\n"
    )


def parted(article: str) -> Parted:
    """Take an article's file apart; one without front matter is all text."""
    lines = article.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != FENCE:
        return Parted(front=(), body="\n".join(lines))
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), 0)
    if not end:
        return Parted(front=(), body="\n".join(lines))
    settings: list[tuple[str, list[str]]] = []
    above: list[str] = []
    for line in lines[1:end]:
        match = _SETTING.match(line)
        if match:
            settings.append((match[1], [*above, line]))
            above = []
        elif line.startswith("#") or not line.strip():
            above.append(line)
        elif settings:
            settings[-1][1].extend([*above, line])
            above = []
    if settings:
        settings[-1][1].extend(above)
    front = tuple((name, "\n".join(own).rstrip()) for name, own in settings)
    return Parted(front=front, body="\n".join(lines[end + 1 :]).strip("\n"))


def _line(key: str, value: str) -> str:
    return f"{key}: {text(value)}"


def _items(key: str, values: Sequence[str]) -> str:
    shown = [text(value) for value in values]
    if sum(map(len, shown)) < 70 and not any("," in one for one in values):  # noqa: PLR2004
        return f"{key}: [{', '.join(shown)}]"
    return "\n".join([f"{key}:", *(f"  - {one}" for one in shown)])


def _picture(picture: FrontPicture) -> list[str]:
    told = {
        "file": picture.file,
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": picture.credit,
    }
    return [_line(key, value) for key, value in told.items() if value]
