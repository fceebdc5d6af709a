"""What is held over goes on, what is chosen is listed; nothing is overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from press.manifest.read import read_edition
from press.manifest.roster import read_candidates, read_roster
from press.manifest.selecting import amend
from press.manifest.starter import new_edition
from press.model.edition import EditionId
from press.model.errors import CannotWriteError, ManifestError
from press.model.finding import Finding
from press.model.selection import Choice
from tests.manifest.builders import FOLDER, KNOWN, Paper

E = f"{FOLDER}/edition.yaml"
NUMBER = EditionId("2024-09")


def a_choice(
    *slugs: str, section: str = "", priority: int | None = None, remove: str = ""
) -> Choice:
    return Choice(
        edition=NUMBER,
        slugs=slugs,
        section=section,
        priority=priority,
        remove=tuple(remove.split()),
    )


def chosen(paper: Paper, choice: Choice) -> tuple[Finding, ...]:
    return amend(paper.root, choice, lang="en-GB").findings


def lines(paper: Paper) -> list[str]:
    return (paper.root / E).read_text(encoding="utf-8").splitlines()


def new(paper: Paper, slug: str, *more: str) -> None:
    front = "\n".join(
        ["---", f"title: {slug.title()}", *more, "---", "", "Words here."]
    )
    paper.article(slug, front + "\n")


def test_an_article_goes_where_the_web_filed_it(paper: Paper) -> None:
    new(paper, "tallow", "section: news")
    before = lines(paper)

    assert chosen(paper, a_choice("tallow", priority=2)) == ()

    added = "        - {article: tallow, priority: 2}"
    at = before.index("        - mills") + 1
    assert lines(paper) == [*before[:at], added, *before[at:]]
    assert paper.findings() == ()


def test_everything_wrong_with_a_choice_is_told_and_nothing_is_written(
    paper: Paper,
) -> None:
    new(paper, "tallow")
    before = (paper.root / E).read_bytes()

    found = chosen(paper, a_choice("tallow", "talow", "mills", remove="wicks"))

    told = [(one.code, one.hint) for one in found]
    assert told == [
        ("select.section", "name a section with --section: News, Comment"),
        ("select.unknown", "did you mean “tallow”?"),
        ("select.there", "take it out first with --remove, to move it"),
        ("select.unknown", "allowed: salt-tax, penny-post, mills, leader"),
    ]
    assert found[2].place.line == 18
    assert (paper.root / E).read_bytes() == before


def test_a_section_that_is_misspelt_is_told_once(paper: Paper) -> None:
    new(paper, "tallow")
    new(paper, "wicks")

    [found] = chosen(paper, a_choice("tallow", "wicks", section="Coment"))

    assert found.hint is not None
    assert found.hint.startswith("did you mean “Comment”?")
    assert "“- section: Coment”" in found.hint


def test_an_article_is_moved_by_one_command(paper: Paper) -> None:
    choice = a_choice("mills", section="Comment", remove="mills")

    assert chosen(paper, choice) == ()

    assert "      articles: [leader, mills]" in lines(paper)
    assert "        - mills" not in lines(paper)


def test_a_manifest_with_mistakes_is_not_changed(paper: Paper) -> None:
    paper.change(E, "  number: 67\n", "")

    with pytest.raises(ManifestError, match="has mistakes"):
        chosen(paper, a_choice("mills"))


def test_a_manifest_that_is_a_link_stays_one(paper: Paper) -> None:
    new(paper, "tallow", "section: News")
    true = paper.root / "shared.yaml"
    (paper.root / E).rename(true)
    (paper.root / E).symlink_to(true)

    chosen(paper, a_choice("tallow"))

    assert (paper.root / E).is_symlink()
    assert "        - tallow" in true.read_text(encoding="utf-8").splitlines()


def test_what_nothing_names_is_listed_the_featured_first_then_by_section(
    paper: Paper,
) -> None:
    new(paper, "old", "section: News", "date: 2024-08-01")
    new(paper, "fresh", "section: News", "date: 2024-08-20")
    new(paper, "view", "section: Comment", "date: 2024-08-21")
    new(paper, "sticky", "section: Elsewhere", "date: 2024-07-01")
    origin = {"form": "wordpress", "id": "7", "featured": True, "unheard-of": []}
    record = json.dumps({"press": 1, "article": {"origin": origin}})
    paper.write(f"{FOLDER}/articles/sticky/import.json", record)
    paper.write(f"{FOLDER}/articles/view/import.json", "{broken")

    found = read_candidates(
        paper.root, "2024-09", read_roster(paper.root, "2024-09"), lang="en-GB"
    )

    assert [one.article.slug for one in found] == ["sticky", "fresh", "old", "view"]
    assert [one.featured for one in found] == [True, False, False, False]
    assert found[0].form == "wordpress"


# ---------------------------------------------------------------- held over


def test_what_was_held_over_is_copied_with_its_pictures_and_listed(
    paper: Paper,
) -> None:
    before = {p: p.read_bytes() for p in paper.root.rglob("*") if p.is_file()}

    written = new_edition(paper.root, "2024-10", held=("salt-tax", "leader"))

    made = paper.root / "editions/2024-10"
    assert written == (
        made / "edition.yaml",
        made / "articles/salt-tax",
        made / "articles/leader",
    )
    assert (made / "articles/salt-tax/images/pan.jpg").read_bytes() == b"picture"
    assert all(path.read_bytes() == data for path, data in before.items())
    house = paper.read_house().value
    assert house is not None
    edition = read_edition(paper.root, "2024-10", house, KNOWN).value
    assert edition is not None
    [lead] = edition.print.sections[0].articles
    assert (lead.slug, lead.priority, lead.jump) == ("salt-tax", 1, None)
    assert [a.slug for a in edition.print.sections[1].articles] == ["leader"]


def test_another_edition_than_the_last_can_be_continued(paper: Paper) -> None:
    new_edition(paper.root, "2024-10")
    paper.change("editions/2024-10/edition.yaml", "number: 68", "number: 99")

    written, *_ = new_edition(paper.root, "2024-11", last_id="2024-09")

    assert "  number: 68\n" in written.read_text(encoding="utf-8")


def test_an_edition_that_cannot_be_copied_leaves_no_half_of_it(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("press.manifest.next_edition.shutil.copytree", full)

    with pytest.raises(CannotWriteError, match="No space left"):
        new_edition(paper.root, "2024-10", held=("leader",))
    assert not (paper.root / "editions/2024-10").exists()

    monkeypatch.undo()
    assert new_edition(paper.root, "2024-10", held=("leader",))
    assert names(paper.root / "editions") == ["2024-09", "2024-10"]


def test_settings_of_what_was_held_over_go_along_but_for_its_pages(
    paper: Paper,
) -> None:
    line = "- {article: penny-post, priority: 2, columns: 3}"
    odd = (
        '- {article: penny-post, priority: 4, headline: "Paid: twice", page: 2,'
        ' picture: {crop: "3:2"}, cut: 90}'
    )
    paper.change(E, line, odd)

    written, *_ = new_edition(paper.root, "2024-10", held=("penny-post",))

    kept = (
        '        - {article: penny-post, priority: 4, headline: "Paid: twice",'
        ' picture: {crop: "3:2"}, cut: 90}'
    )
    assert kept in written.read_text(encoding="utf-8").splitlines()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
