"""Read one article: front matter, text, pictures, and whether they fit together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from press.manifest.article_file import Access, ArticleFile
from press.manifest.body import read_body
from press.manifest.character import is_blank
from press.manifest.doubt import find_doubts
from press.manifest.folder import (
    ARTICLE,
    articles_of,
    edition_folder,
    is_inside,
)
from press.manifest.front_matter import split
from press.manifest.nearest import did_you_mean
from press.manifest.picture import PictureDesk
from press.manifest.schema import check, names_of
from press.manifest.source import ARTICLE_LIMIT, Source, read_source
from press.manifest.tree import Mapping, Spot, Tree
from press.manifest.wrong import cited
from press.manifest.yaml import IN_ARTICLES, read_tree
from press.model.article import Article, Picture, Slug, usual_direction
from press.model.finding import NOWHERE, Checked, Finding, Place, error


def read_one(
    root: Path, edition_id: str, slug: str, *, lang: str, named: Place = NOWHERE
) -> Checked[Article]:
    """Read an article.

    Args:
        root: The newspaper's folder.
        edition_id: The edition in whose folder it lies.
        slug: Its name.
        lang: The language of articles that name none.
        named: Where the edition names it, for a finding that there is none.
    """
    folder = f"{edition_folder(edition_id)}/articles/{slug}"
    file = f"{folder}/{ARTICLE}"
    if not is_inside(root, root / file):
        message = f"{cited(slug)} leads outside this newspaper's folder"
        hint = "copy the article into the edition's folder"
        return _nothing(error("article.outside", message, named, hint))
    if not (root / file).exists():
        message = f"there is no article {cited(slug)} (looked for {file})"
        near = did_you_mean(slug, articles_of(root, edition_id))
        return _nothing(error("article.missing", message, named, near))
    read = read_source(root / file, file=file, limit=ARTICLE_LIMIT)
    source = read.value
    if source is None:
        return Checked(value=None, findings=read.findings)
    if is_blank("".join(source.lines)):
        empty = error("article.file", f"{file} is empty", Place(file=file))
        return _nothing(*read.findings, empty)
    desk = PictureDesk(root=root, folder=folder)
    made = _read(source, Slug(slug), lang, desk)
    return Checked(value=made.value, findings=(*read.findings, *made.findings))


def _read(source: Source, slug: Slug, lang: str, desk: PictureDesk) -> Checked[Article]:
    parts = split(source)
    if parts.value is None:
        return Checked(value=None, findings=parts.findings)
    at = parts.value
    text = "\n".join(source.lines[at.text :])
    body = read_body(text, file=source.file, first_line=at.text + 1)
    read = read_tree(source, first=at.first, last=at.last, codes=IN_ARTICLES)
    findings = [*parts.findings, *read.findings]
    tree = read.value
    if tree is None and not findings:
        nothing = Mapping(entries=(), spot=Spot(line=0, column=0))
        tree = Tree(root=nothing, source=source)
    if tree is None:
        return Checked(value=None, findings=(*findings, *body.findings))
    front = check(tree, ArticleFile)
    findings += front.findings
    if front.value is None:
        return Checked(value=None, findings=(*findings, *body.findings))
    article = replace(
        _article(front.value, tree, slug=slug, lang=lang),
        body=body.copy,
        paywall=body.paywall,
        pictures=desk.collect(
            front.value, tuple(_pointed(each, source) for each in body.pictures)
        ),
    )
    findings += find_doubts(front.value, tree, article)
    findings += [*desk.findings, *body.findings]
    return Checked(value=article, findings=tuple(findings))


def _pointed(picture: Picture, source: Source) -> Picture:
    """Let a picture of the text point at its name, where only its line is known."""
    line = picture.place.line
    if line is None or picture.place.column is not None:
        return picture
    column = source.lines[line - 1].find(picture.file)
    place = source.whole(line - 1)
    if column >= 0:
        place = source.place(line - 1, column, len(picture.file))
    return replace(picture, place=place)


def _article(front: ArticleFile, tree: Tree, *, slug: Slug, lang: str) -> Article:
    """Make the article of its front matter alone."""
    language = front.lang or lang
    whole = tree.source.place(0)
    given = (name for name in names_of(ArticleFile) if front.gives(name))
    return Article(
        slug=slug,
        title=front.title or front.headline,
        headline=front.headline,
        short_headline=front.short_headline,
        standfirst=front.standfirst,
        kicker=front.kicker,
        byline=tuple(name for name in front.byline if name),
        date=front.date,
        lang=language,
        direction=front.dir or usual_direction(language),
        section=front.section,
        tags=tuple(tag for tag in front.tags if tag),
        url=front.url,
        pull_quotes=tuple(quote for quote in front.pull_quotes if quote),
        contributor=front.contributor,
        web=front.web,
        members_only=front.access is Access.MEMBERS,
        legal=front.legal,
        place=replace(whole, article=slug),
        places=tuple((name, front.place_of(name)) for name in given),
    )


def _nothing(*findings: Finding) -> Checked[Article]:
    return Checked(value=None, findings=findings)
