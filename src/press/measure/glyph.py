"""Letters that no face of the layout has: said before a page shows an empty box."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from press.model.article import Article
from press.model.copy import plain, runs_of
from press.model.finding import Finding, Place, error
from press.model.layout import Layout
from press.ports import Shaper

#: What a script is called in Unicode's character names, in English, and which Debian
#: package brings a face for it.
SCRIPTS = (
    ("ARABIC", "Arabic", "fonts-noto-core"),
    ("HEBREW", "Hebrew", "fonts-noto-core"),
    ("DEVANAGARI", "Devanagari", "fonts-noto-core"),
    ("BENGALI", "Bengali", "fonts-noto-core"),
    ("TAMIL", "Tamil", "fonts-noto-core"),
    ("TELUGU", "Telugu", "fonts-noto-core"),
    ("GURMUKHI", "Gurmukhi", "fonts-noto-core"),
    ("GUJARATI", "Gujarati", "fonts-noto-core"),
    ("KANNADA", "Kannada", "fonts-noto-core"),
    ("MALAYALAM", "Malayalam", "fonts-noto-core"),
    ("SINHALA", "Sinhala", "fonts-noto-core"),
    ("THAI", "Thai", "fonts-noto-core"),
    ("LAO", "Lao", "fonts-noto-core"),
    ("KHMER", "Khmer", "fonts-noto-core"),
    ("SYRIAC", "Syriac", "fonts-noto-core"),
    ("GEORGIAN", "Georgian", "fonts-noto-core"),
    ("ARMENIAN", "Armenian", "fonts-noto-core"),
    ("ETHIOPIC", "Ethiopic", "fonts-noto-core"),
    ("CJK", "Chinese and Japanese", "fonts-noto-cjk"),
    ("HIRAGANA", "Japanese", "fonts-noto-cjk"),
    ("KATAKANA", "Japanese", "fonts-noto-cjk"),
    ("HANGUL", "Korean", "fonts-noto-cjk"),
    ("CYRILLIC", "Cyrillic", "fonts-noto-core"),
    ("GREEK", "Greek", "fonts-noto-core"),
    ("LATIN", "Latin", "fonts-noto-core"),
)
SHOWN = 12
#: Letters and signs of no script of their own begin with these.
NO_SCRIPT = ("COMBINING", "MODIFIER", "VARIATION")
#: Settings of the front matter that are printed.
PRINTED = (
    *("title", "headline", "short_headline", "standfirst", "kicker", "byline"),
    *("pull_quotes", "contributor"),
)


def find_missing(article: Article, layout: Layout, shaper: Shaper) -> Iterator[Finding]:
    """Yield one error for each script of an article that its faces do not have."""
    missing: dict[str, None] = {}
    for style, text in _texts(article, layout):
        family = layout.style(style).family
        missing |= dict.fromkeys(shaper.missing(text, [family]))
    by_script: dict[tuple[str, str], list[str]] = {}
    for character in missing:
        by_script.setdefault(_script(character), []).append(character)
    for (script, package), characters in by_script.items():
        yield _finding(article, script, package, characters)


def _texts(article: Article, layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield what an article prints, with the type style it is set in."""
    body = _body(article)
    for style in dict.fromkeys(grid.body for grid in layout.grids):
        yield style, body
    yield "headline", article.printed_headline + article.short_headline
    yield "standfirst", article.standfirst
    yield "kicker", article.kicker
    yield "byline", "".join(article.byline)
    yield "quote", "".join(article.pull_quotes)
    for picture in article.pictures:
        yield "caption", picture.caption + picture.credit


def _body(article: Article) -> str:
    copy = article.body
    parts = [plain(runs) for runs in runs_of(copy.blocks)]
    parts += [plain(r) for note in copy.notes for r in runs_of(note.blocks)]
    return "".join((*parts, article.contributor))


def _script(character: str) -> tuple[str, str]:
    name = unicodedata.name(character, "")
    words = re.split("[ -]", name)
    for word, script, package in SCRIPTS:
        if word in words:
            return script, package
    is_letter = unicodedata.category(character)[0] in "LM"
    if is_letter and words[0] not in NO_SCRIPT and words[0]:
        return words[0].capitalize(), ""
    return "other", ""


def _place(article: Article, characters: list[str]) -> Place:
    """Return where one of these characters stands first, as far as it is known."""

    def holds(text: str) -> bool:
        return any(character in text for character in characters)

    for name in PRINTED:
        if holds("".join(getattr(article, name))):
            place = article.place_of(name)
            return article.place if place.line is None else place
    for block in article.body.blocks:
        if block.place.line and any(holds(plain(runs)) for runs in block.texts()):
            return block.place
    return article.place


def _finding(
    article: Article, script: str, package: str, characters: list[str]
) -> Finding:
    shown = " ".join(characters[:SHOWN])
    more = len(characters) - SHOWN
    codes = ", ".join(f"U+{ord(c):04X}" for c in characters[:3])
    rest = f" and {more} more" if more > 0 else ""
    kind = f"{script} characters" if script != "other" else "characters"
    hint = "take them out, or give layout.yaml a font that has them, under scripts"
    if package:
        hint = f"install the font package {package}, or name a font under scripts"
    return error(
        "font.glyphs",
        f"“{article.slug}” has {len(characters)} {kind} that no font of the layout has: "
        f"{shown}{rest} ({codes})",
        _place(article, characters),
        hint,
    )
