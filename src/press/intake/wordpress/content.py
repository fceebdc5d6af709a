"""The text of a post: blocks, or the older editor's, with what it only refers to put in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from press.intake.credit import with_credits
from press.intake.furniture.usual import usual_kind
from press.intake.markup import read_markup
from press.intake.wordpress.library import Library
from press.intake.wordpress.paragraph import paragraphs
from press.intake.wordpress.shortcode import expand
from press.model.finding import NOWHERE, Finding, Place, note, warning
from press.model.story import Left, Piece

_REUSED: Final = re.compile(
    r"<!--\s*wp:(?:core/)?block\s+(\{[^{}]*\})\s*/-->", re.IGNORECASE
)
_NOTES: Final = re.compile(r"<!--\s*wp:(?:core/)?footnotes\s*(?:\{[^{}]*\}\s*)?/-->")
_BLOCKS: Final = "<!-- wp:"
#: How deep reusable blocks may hold one another, and how many letters they may add.
_DEEPEST: Final = 5
_LONGEST: Final = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote that the block editor keeps beside the text."""

    id: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What the posts of a site refer to.

    Attributes:
        site: The address of the site; relative links are seen from there.
        library: Its pictures.
        blocks: Its reusable blocks, by their numbers.
    """

    site: str = ""
    library: Library = field(default_factory=Library)
    blocks: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The text of a post, in pieces.

    Attributes:
        pieces: In reading order.
        left: What was left out.
        words: How many words there are, counted apart from the pieces.
        findings: What was odd.
    """

    pieces: tuple[Piece, ...] = ()
    left: tuple[Left, ...] = ()
    words: int = 0
    findings: tuple[Finding, ...] = ()


def read_content(
    html: str,
    shelf: Shelf,
    *,
    notes: tuple[Note, ...] = (),
    rendered: bool = False,
    post: int = 0,
    place: Place = NOWHERE,
) -> Text:
    """Read the text of a post.

    Args:
        html: The text, as the database has it, or as the site shows it.
        shelf: What it refers to.
        notes: Its footnotes, where it does not hold them itself.
        rendered: Whether the site has made its paragraphs and shortcodes already.
        post: The number of the post, to which pictures may be attached; 0 for none.
        place: Where it stands, for findings.
    """
    lost: list[int] = []
    html = _with_blocks(html, shelf.blocks, lost)
    html = _with_notes(html, notes)
    in_blocks = _BLOCKS in html
    expanded = expand(html, shelf.library, post=post)
    whole = rendered or in_blocks
    text = expanded.html if whole else paragraphs(expanded.html)
    harvest = read_markup(text, base=shelf.site)
    left = (*harvest.left, *expanded.left)
    return Text(
        pieces=tuple(map(shelf.library.complete, with_credits(harvest.pieces))),
        left=left,
        words=harvest.words + sum(one.words for one in expanded.left),
        findings=(
            *_about_blocks(lost, place),
            *_about_codes(expanded.unknown, place),
            *_about_plugins(harvest.unknown, place),
            *_about_pictures(expanded.missing, place),
            *_about_galleries(expanded.empty, place),
        ),
    )


def blocks_named(html: str) -> tuple[int, ...]:
    """Return the numbers of the reusable blocks that a text refers to."""
    return tuple(dict.fromkeys(_number(match[1]) for match in _REUSED.finditer(html)))


def notes_of(text: str) -> tuple[Note, ...]:
    """Return the footnotes that the block editor keeps as JSON beside a text."""
    try:
        told = json.loads(text) if text.strip() else []
    except (ValueError, RecursionError):
        return ()
    return tuple(
        Note(id=one["id"], html=one["content"])
        for one in (told if isinstance(told, list) else ())
        if isinstance(one, dict)
        and isinstance(one.get("id"), str)
        and isinstance(one.get("content"), str)
    )


def _with_blocks(html: str, blocks: Mapping[int, str], lost: list[int]) -> str:
    """Put reusable blocks in, between comments that say which they are."""
    for _ in range(_DEEPEST):
        if not _REUSED.search(html) or len(html) > _LONGEST:
            break
        html = _REUSED.sub(lambda match: _block(match, blocks, lost), html)
    return html


def _block(match: re.Match[str], blocks: Mapping[int, str], lost: list[int]) -> str:
    number = _number(match[1])
    if number not in blocks:
        lost.append(number)
        return match[0]
    opening = json.dumps({"ref": number})
    return f"<!-- wp:block {opening} -->{blocks[number]}<!-- /wp:block -->"


def _number(settings: str) -> int:
    try:
        told: Any = json.loads(settings)
    except ValueError:
        return 0
    ref = told.get("ref") if isinstance(told, dict) else None
    return ref if isinstance(ref, int) else 0


def _with_notes(html: str, notes: tuple[Note, ...]) -> str:
    """Put footnotes where the block for them stands, or at the end."""
    if not notes:
        return html
    items = "".join(f'<li id="{one.id}">{one.html}</li>' for one in notes)
    made = f'<ol class="wp-block-footnotes">{items}</ol>'
    if not _NOTES.search(html):
        return html + made
    return _NOTES.sub(lambda _: made, html, count=1)


def _about_blocks(lost: list[int], place: Place) -> list[Finding]:
    return [
        warning(
            "intake.reusable-block",
            f"the reusable block {number} is not there: what it says is missing",
            place,
            "where it is copy, write it into the article; where it is a call, nothing is lost",
        )
        for number in dict.fromkeys(lost)
    ]


def _about_codes(names: tuple[str, ...], place: Place) -> list[Finding]:
    if not names:
        return []
    shown = ", ".join(f"[{name}]" for name in names)
    return [
        note(
            "intake.shortcode",
            f"taken out, as press does not know what the site shows for them: {shown}",
            place,
            "look at the page on the web where one may have held copy",
        )
    ]


def _about_plugins(names: tuple[str, ...], place: Place) -> list[Finding]:
    """Tell the blocks that only their plugin shows, but none that is furniture by its name."""
    odd = [name for name in names if usual_kind(f"wp:{name}") is None]
    if not odd:
        return []
    return [
        note(
            "intake.shortcode",
            f"press does not know what the site shows for: {', '.join(odd)}",
            place,
            "look at the page on the web where one may have held copy; words of their"
            " settings are listed as dropped",
        )
    ]


def _about_pictures(missing: tuple[int, ...], place: Place) -> list[Finding]:
    return (
        [
            warning(
                "intake.gallery-picture",
                f"a gallery shows {len(missing)} pictures that are not in the library:"
                f" {', '.join(map(str, missing))}",
                place,
                "fetch them from the page on the web",
            )
        ]
        if missing
        else []
    )


def _about_galleries(empty: int, place: Place) -> list[Finding]:
    shown = "a gallery shows" if empty == 1 else f"{empty} galleries show"
    return (
        [
            warning(
                "intake.gallery-picture",
                f"{shown} the pictures attached to the post, and none is known to be",
                place,
                "export all content, with media; or fetch them from the page on the web",
            )
        ]
        if empty
        else []
    )
