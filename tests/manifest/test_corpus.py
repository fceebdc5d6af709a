"""Real and awkward articles read without an unexpected finding."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from press.manifest.read import read_article

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
}
FRONT_MATTER = {code for codes in AWKWARD.values() for code in codes} | {
    "manifest.type",
    "article.control-character",
    "article.no-headline",
}
#: Some pictures of these articles never came, or lie on the web.
KNOWN_GAPS = {"article.images-missing", "picture.missing", "picture.outside"}


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


def test_real_articles_give_no_findings_about_front_matter(
    edition: Path, corpus: Path
) -> None:
    slugs = sorted(path.name for path in (corpus / "articles").iterdir())

    found = Counter(
        each.code
        for slug in slugs
        for each in read_article(edition, "2024-09", slug).findings
        if each.code in FRONT_MATTER or each.code.startswith("manifest.")
    )

    assert len(slugs) > 50
    assert found == Counter()


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
    read = read_article(edition, "2024-09", name)

    codes = {each.code for each in read.findings}
    assert codes & FRONT_MATTER == AWKWARD[name]


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
