"""What a second pair of eyes sees in an article that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from press.manifest.article_file import ArticleFile
from press.manifest.character import BLANK, is_blank, name_of, wrong_decodings
from press.manifest.tree import Scalar, Tree
from press.manifest.wrong import cited
from press.model.article import Article, LegalRead
from press.model.copy import plain, runs_of
from press.model.finding import Finding, Place, error, note, warning

HEADLINES = ("title", "headline", "short_headline", "kicker", "standfirst")
BRACES = re.compile(r"\{\{|\{%")
NOT_A_LETTER = re.compile(r"[\W_]+")

Found: TypeAlias = Iterator[Finding]


def find_doubts(front: ArticleFile, tree: Tree, article: Article) -> list[Finding]:
    """Return what is odd about an article's front matter and text."""
    return [
        *_headline(front, tree),
        *_name(front, article),
        *find_wrong_decodings(tree, "article.suspicious"),
        *_braces(front),
        *_pull_quotes(front, article),
        *_missing_images(front),
        *_no_text(article),
        *_paywall(article),
        *_legal(article),
    ]


def _legal(article: Article) -> Found:
    if article.legal is LegalRead.NEEDED:
        yield warning(
            "article.legal",
            f"“{article.slug}” must still be read by a lawyer",
            article.place_of("legal"),
            "write legal: read once that is done",
        )


def _headline(front: ArticleFile, tree: Tree) -> Found:
    """A headline must show something."""
    if not (is_blank(front.title) and is_blank(front.headline)):
        return
    place, hidden = tree.source.place(0), ""
    if given := tree.at("title") or tree.at("headline"):
        place = given.place
        hidden = given.root.text if isinstance(given.root, Scalar) else ""
    odd = sorted({char for char in hidden.strip(" \t\n") if BLANK.match(char)})
    holds = ", ".join(f"U+{ord(char):04X}" for char in odd)
    yield error(
        "article.no-headline",
        "this article has no headline" + (f" (it holds only {holds})" if odd else ""),
        place,
        "write title: … into the front matter",
    )


def _name(front: ArticleFile, article: Article) -> Found:
    if front.slug and front.slug != article.slug:
        yield error(
            "article.slug",
            f"{cited(front.slug)} is not the name of this article's folder",
            front.place_of("slug"),
            f"write {article.slug}, or delete the line",
        )


def find_wrong_decodings(tree: Tree, code: str) -> Found:
    """Yield what looks like UTF-8 that was once read as Windows-1252."""
    for _, scalar in tree.scalars():
        for _, odd, meant in wrong_decodings(scalar.text):
            spot = scalar.spot
            line = tree.source.lines[spot.line]
            column = line.find(odd, spot.column)
            place = tree.source.place(spot.line, spot.column, spot.width)
            if column >= 0:
                place = tree.source.place(spot.line, column, len(odd))
            message = f"“{odd}” looks like a wrongly decoded “{_named(meant)}”"
            hint = "write it anew, or open the original as UTF-8 and copy it again"
            yield warning(code, message, place, hint)
            break


def _named(text: str) -> str:
    return name_of(text) if is_blank(text) and len(text) == 1 else text


def _braces(front: ArticleFile) -> Found:
    for name in HEADLINES:
        if found := BRACES.search(getattr(front, name)):
            message = f"“{found[0]}” is printed as it stands"
            yield note("article.braces", message, front.place_of(name))


def _pull_quotes(front: ArticleFile, article: Article) -> Found:
    text = _letters(" ".join(plain(runs) for runs in runs_of(article.body.blocks)))
    for number, quote in enumerate(front.pull_quotes):
        if quote and _letters(quote) not in text:
            yield warning(
                "article.pull-quote",
                "these words do not stand in the text",
                front.place_of("pull_quotes", number),
                "copy them from the text, word by word",
            )


def _letters(text: str) -> str:
    """Return only what is said, without marks that typography may change."""
    return NOT_A_LETTER.sub("", text).casefold()


def _missing_images(front: ArticleFile) -> Found:
    for number, file in enumerate(front.images_missing):
        if file.lower() in ("", "no", "false"):
            continue
        known = "some pictures" if file.lower() in ("yes", "true") else cited(file)
        yield warning(
            "article.images-missing",
            f"{known} of the web article never came",
            front.place_of("images_missing", number),
            "ask for it, and delete this line when it has come",
        )


def _no_text(article: Article) -> Found:
    if not article.body.blocks:
        place: Place = article.place
        hint = "write it below the front matter"
        yield warning("article.no-text", "this article has no text", place, hint)


def _paywall(article: Article) -> Found:
    if article.paywall is not None and not article.members_only:
        yield warning(
            "article.paywall",
            "the paywall line means nothing: everybody may read this article",
            article.place,
            "write access: members into the front matter, or delete the line",
        )
