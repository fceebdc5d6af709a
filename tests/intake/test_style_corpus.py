"""Real copy: what subs would mark is found, and little else."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from press.intake.style import Submitted, find_style
from press.intake.typography import set_article
from press.manifest.read import read_article
from press.model.article import Article, Slug
from press.model.copy import Copy, Paragraph, Run
from press.model.finding import Finding, Place
from press.model.style import HouseStyle

#: What of all English articles taken as one edition may be told: faults of the sources.
TRUE_FAULTS = {
    "style.name-twice": 7,  # YouTube (2), JavaScript, ProtonVPN, MyTel, Bolívar, …
    "style.unpaired": 3,
    "style.doubled": 2,  # “still still”, “have have”
}


def test_the_first_article_s_faults_are_found_at_their_lines(corpus: Path) -> None:
    (file,) = (corpus / "seed").glob("*.txt")
    lines = tuple(file.read_text(encoding="utf-8").split("\n"))
    blocks = (
        Paragraph(runs=(Run(text=text),), place=Place(file="seed.txt", line=number))
        for number, text in enumerate(lines, 1)
    )
    article = Article(slug=Slug("seed"), title="", body=Copy(blocks=tuple(blocks)))
    copy = [Submitted(article=set_article(article), lines=lines)]

    found = list(find_style(copy, HouseStyle(languages=("en-GB",))))

    assert {(one.code, pointed(one)) for one in found} == {
        ("style.name-twice", "Zaporizhzhia"),
        ("style.slip", "Pyong Yang"),
        ("style.slip", "denasification"),
        ("style.slip", "prison-of-war"),
        ("style.slip", "to dares"),
        ("style.stop", "valid.”"),
    }
    (twice,) = (one for one in found if one.code == "style.name-twice")
    assert "“Zaporizhzhya” on line 5" in twice.message


def pointed(finding: Finding) -> str:
    place = finding.place
    assert place.source is not None
    assert place.column is not None
    return place.source[place.column - 1 :][: place.width]


@pytest.fixture(scope="module")
def english(
    corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Submitted, ...]:
    """All English articles of the corpus, typography done."""
    root = tmp_path_factory.mktemp("subs")
    articles = root / "editions/2024-09/articles"
    shutil.copytree(
        corpus / "articles",
        articles,
        ignore=lambda _, names: [n for n in names if n == "images"],
    )
    out = []
    for folder in sorted(articles.iterdir()):
        article = read_article(root, "2024-09", folder.name).value
        if article is not None and article.lang.startswith("en"):
            text = (folder / "index.md").read_text(encoding="utf-8")
            lines = tuple(text.split("\n"))
            out.append(Submitted(article=set_article(article), lines=lines))
    return tuple(out)


def test_real_copy_is_not_flooded(english: tuple[Submitted, ...]) -> None:
    style = HouseStyle(languages=("en", "en-GB", "en-US"))

    found = list(find_style(english, style))

    assert len(english) > 30
    sure = Counter(
        one.code
        for one in found
        if one.code not in {"style.overlong", "style.endings", "style.stop"}
    )
    assert sure == TRUE_FAULTS
    pointed_at = [one for one in found if one.place.column is not None]
    assert len(pointed_at) >= 0.95 * len(found)


def test_a_planted_second_spelling_is_found_in_real_copy(
    english: tuple[Submitted, ...],
) -> None:
    planted = {"Telecommunications": "Telecomunications", "Ethiopia": "Ethopia"}
    planted |= {"Venezuela": "Venezuala", "Facebook": "Facebok", "Museveni": "Musevini"}
    style = HouseStyle(languages=("en",))
    text = "In the end they met " + " and saw ".join(planted.values()) + " there."
    last = Article(
        slug=Slug("zz-last"),
        title="",
        lang="en",
        body=Copy(blocks=(Paragraph(runs=(Run(text=text),)),)),
    )

    found = find_style((*english, Submitted(article=last)), style)

    told = " ".join(one.message for one in found if one.code == "style.name-twice")
    assert [odd for odd in planted.values() if f"“{odd}”" in told] == [
        *planted.values()
    ]
