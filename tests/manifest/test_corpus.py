"""Real and awkward articles read without an unexpected finding."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from press.manifest.read import read_article
from press.model.article import Article
from press.model.finding import Finding

#: What front matter of the awkward texts must give.
AWKWARD = {
    "bad-yaml-colon": {"manifest.syntax"},
    "bad-yaml-tab": {"manifest.syntax"},
    "yaml-norway": {"manifest.unknown-key", "article.slug"},
    "crlf-bom": {"manifest.bom"},
    "no-front-matter": {"article.front-matter"},
    "empty-body": {"article.no-text"},
    "windows-1252": {"manifest.encoding"},
    "hostile": {"article.slug", "article.braces"},
    "very-long-headline": set(),
    "mojibake": {"article.suspicious"},
    "invisible-chars": {"article.invisible-character"},
}
#: Some pictures of these articles never came.
KNOWN_GAPS = {"article.images-missing", "picture.missing"}


@pytest.fixture(scope="module")
def edition(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newspaper's folder whose edition holds the whole corpus."""
    root = tmp_path_factory.mktemp("corpus")
    articles = root / "editions/2024-09/articles"
    shutil.copytree(corpus / "articles", articles)
    for name in AWKWARD:
        suffix = ".txt" if name == "windows-1252" else ".md"
        (articles / name).mkdir()
        text = corpus / "awkward/text" / (name + suffix)
        shutil.copy(text, articles / name / "index.md")
    for name in ("1", "2"):
        shutil.copytree(corpus / "awkward/text/duplicate-slug" / name, articles / name)
    return root


def test_real_front_matter_gives_no_findings_but_of_known_gaps(
    edition: Path, corpus: Path
) -> None:
    slugs = sorted(path.name for path in (corpus / "articles").iterdir())
    read = {slug: read_article(edition, "2024-09", slug) for slug in slugs}

    found = Counter(
        each.code
        for slug in slugs
        for each in read[slug].findings
        if each.code not in KNOWN_GAPS and _in_front_matter(each, read[slug].value)
    )

    assert len(slugs) > 50
    assert found == Counter()


def _in_front_matter(finding: Finding, article: Article | None) -> bool:
    line = finding.place.line
    first = article.body.blocks[0].place.line if article else None
    return line is None or first is None or line < first


def test_real_articles_keep_their_pictures_titles_and_text(
    edition: Path, corpus: Path
) -> None:
    for path in sorted((corpus / "articles").iterdir()):
        article = read_article(edition, "2024-09", path.name).value

        assert article is not None, path.name
        assert article.title
        assert article.body.words > 100
        assert all((edition / picture.file).is_file() for picture in article.pictures)


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_front_matter_gives_what_it_must(edition: Path, name: str) -> None:
    file = edition / "editions/2024-09/articles" / name / "index.md"
    fences = [
        number
        for number, line in enumerate(file.read_bytes().splitlines(), start=1)
        if line.lstrip(b"\xef\xbb\xbf").strip() == b"---"
    ]

    read = read_article(edition, "2024-09", name)

    last = fences[1] if fences else 1
    codes = {each.code for each in read.findings if (each.place.line or 1) <= last}
    assert codes == AWKWARD[name]


@pytest.mark.parametrize("name", ["1", "2"])
def test_a_slug_that_two_articles_claim_is_refused(edition: Path, name: str) -> None:
    read = read_article(edition, "2024-09", name)

    assert [(each.code, each.place.line) for each in read.findings] == [
        ("article.slug", 3)
    ]


def test_words_that_other_readers_change_stay_as_they_are(edition: Path) -> None:
    article = read_article(edition, "2024-09", "yaml-norway").value

    assert article is not None
    assert (article.title, article.lang, article.section) == ("NO", "no", "off")
    assert article.byline == ("Yes", "No")
    assert str(article.date) == "2024-08-31"
