"""What a writer can get wrong in an article, and what press says."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from press.model.article import Direction, PictureKind
from tests.manifest.builders import Paper

SLUG = "salt-tax"
A = f"editions/2024-09/articles/{SLUG}/index.md"
FOLDER = f"editions/2024-09/articles/{SLUG}"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake, and the one finding it must give."""

    name: str
    old: str
    new: str
    at: str
    code: str
    says: str
    hint: str
    file: str = A


ARTICLES = [
    Mistake("second colon", "title: The salt tax", "title: Salt: a tax", "2:12",
            "manifest.syntax", "a second colon", 'title: "Salt: a tax"'),
    Mistake("tab", "date: 2024", "\tdate: 2024", "6:1", "manifest.syntax",
            "a tab is used to indent", "spaces"),
    Mistake("unclosed quote", "title: The salt tax", 'title: "The salt tax', "2:8",
            "manifest.syntax", "never closed", 'the closing "'),
    Mistake("apostrophe at the beginning", "title: The salt tax", "title: 'Twas salt",
            "2:8", "manifest.syntax", "never closed", "the closing '"),
    Mistake("never closed front matter", "---\n\nIt was", "\n\nIt was", "1:1",
            "article.front-matter", "the front matter is never closed", "a line ---"),
    Mistake("no front matter", "---\ntitle: The", "title: The", "1:1",
            "article.front-matter", "this article has no front matter",
            "begin the file with: ---"),
    Mistake("front matter in TOML", "---\ntitle: The", "+++\ntitle: The", "1:1",
            "article.front-matter", "this front matter is TOML", "as YAML"),
    Mistake("unknown setting", "standfirst:", "standfrist:", "4:1",
            "manifest.unknown-key", "“standfrist” is not a setting here",
            "did you mean “standfirst”?"),
    Mistake("setting twice", "date: 2024-08-12", "title: Again", "6:1",
            "manifest.duplicate-key", "“title” is given twice (first on line 2)",
            "delete"),
    Mistake("date that does not exist", "2024-08-12", "2024-06-31", "6:7",
            "manifest.date", "2024-06-31 does not exist", "June 2024 has 30 days"),
    Mistake("odd language", "date: 2024-08-12", "lang: en-UK", "6:7", "manifest.type",
            "“en-UK” is not a language tag", "write en-GB"),
    Mistake("odd direction", "date: 2024-08-12", "dir: right", "6:6", "manifest.choice",
            "“right” is not one of: ltr, rtl", ""),
    Mistake("odd kind", "caption: Duty by year", "kind: graph", "9:35",
            "manifest.choice", "“graph” is not one of: photo, chart, portrait", ""),
    Mistake("script for an address", "date: 2024-08-12", "url: 'javascript:x()'", "6:6",
            "manifest.type", "is not a web address", "https://quoin.example"),
    Mistake("number of the crop", 'crop: "3:2"', "crop: 1.5", "7:78", "manifest.type",
            "“1.5” is not a ratio", "3:2"),
    Mistake("no headline", "title: The salt tax\nheadline: A tax on every table\n", "",
            "1:1", "article.no-headline", "this article has no headline", "title: …"),
    Mistake("invisible headline", "title: The salt tax\nheadline: A tax on every table",
            "title: \u200b", "2:8", "article.no-headline",
            "this article has no headline (it holds only U+200B)", "title: …"),
    Mistake("spaces for a headline",
            "title: The salt tax\nheadline: A tax on every table", 'title: "  "', "2:8",
            "article.no-headline", "this article has no headline", "title: …"),
    Mistake("override in the headline", "headline: A tax on", "headline: A \u202etax on",
            "3:13", "article.control-character",
            "the headline holds U+202E (right-to-left override), which cannot be",
            "delete it"),
    Mistake("control character in the headline", "title: The salt", "title: The\u0007salt",
            "2:11", "article.control-character", "the headline holds U+0007", "delete it"),
    Mistake("half of a broken character", "title: The salt tax", 'title: "Salt\\udc9d"',
            "2:8", "article.control-character", "the headline holds U+DC9D", "delete it"),
    Mistake("control character in the standfirst", "standfirst: Every",
            "standfirst: \u0001Every", "4:13", "article.control-character",
            "“standfirst” holds U+0001", "delete it"),
    Mistake("soft hyphen in the headline", "title: The salt tax",
            "title: The sa\u00adlt tax", "2:14", "article.invisible-character",
            "the headline holds U+00AD (soft hyphen), which does not show",
            "write the words anew"),
    Mistake("wrongly decoded headline", "title: The salt tax", "title: Ministerâ€™s salt",
            "2:16", "article.suspicious", "“â€™” looks like a wrongly decoded “’”",
            "UTF-8"),
    Mistake("wrongly decoded name", "[Ada Marsh]", "[Zoë Brontë, FranÃ§ois]", "5:26",
            "article.suspicious", "“Ã§” looks like a wrongly decoded “ç”", "UTF-8"),
    Mistake("braces", "title: The salt tax", 'title: "{{ salt }} tax"', "2:8",
            "article.braces", "“{{” is printed as it stands", ""),
    Mistake("name of another folder", "date: 2024-08-12", "slug: ../../etc/passwd", "6:7",
            "article.slug", "is not the name of this article's folder",
            "write salt-tax"),
    Mistake("pull quote that nobody said", "paid by the bushel]", "paid by the barrel]",
            "10:15", "article.pull-quote", "these words do not stand in the text",
            "word by word"),
    Mistake("pictures that never came", "date: 2024-08-12",
            "images_missing: [images/mill.jpg]", "6:18", "article.images-missing",
            "“images/mill.jpg” of the web article never came", "ask for it"),
    Mistake("no text", "\nIt was paid by the bushel, and it was paid by everybody.\n"
            "\nThe tax was dropped in 1825.\n", "", "1:1", "article.no-text",
            "this article has no text", "below the front matter"),
    Mistake("picture that is not there", "images/pan.jpg", "images/pans.jpg", "7:20",
            "picture.missing", "there is no picture images/pans.jpg",
            "nearest: images/pan.jpg"),
    Mistake("picture in other letters", "images/pan.jpg", "images/Pan.JPG", "7:20",
            "picture.missing", "there is no picture images/Pan.JPG",
            "nearest: images/pan.jpg"),
    Mistake("folder for a picture", "images/pan.jpg", "images", "7:20",
            "picture.missing", "“images” is a folder, not a picture", ""),
    Mistake("picture described twice", "{file: images/duty.svg, caption: Duty by year}",
            "images/duty.svg\n  - images/duty.svg", "10:5", "picture.twice",
            "images/duty.svg is described twice (first on line 9)", "delete one"),
]  # fmt: skip

ALSO = {"no text": {"article.pull-quote"}}


@pytest.mark.parametrize("mistake", ARTICLES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_named_at_its_place_with_the_way_out(
    paper: Paper, mistake: Mistake
) -> None:
    paper.change(A, mistake.old, mistake.new)

    findings = paper.read_article().findings

    found = next(each for each in findings if each.code == mistake.code)
    place = found.place
    assert f"{place.file}:{place.line}:{place.column}" == f"{A}:{mistake.at}"
    assert mistake.says in found.message
    assert mistake.hint in (found.hint or "")
    others = {each.code for each in findings if each.code != mistake.code}
    assert others == ALSO.get(mistake.name, set())


ESCAPES = {
    "up": "../../../../../../etc/passwd",
    "up by detours": "images/../../../../../../etc/passwd",
    "absolute": "/etc/passwd",
    "home": "~/secret.jpg",
    "file address": "file:///etc/passwd",
    "web address": "https://example.org/x.jpg",
    "data address": "data:image/png;base64,AAAA",
    "drive": "C:/windows/x.jpg",
    "backslashes": "..\\..\\..\\..\\x.jpg",
    "server": "\\\\server\\share\\x.jpg",
    "server with slashes": "//server/share/x.jpg",
    "encoded": "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "NUL": "images/pan.jpg%00.png",
    "link to a file": "images/link.jpg",
    "link to a folder": "images/away/x.jpg",
}


@pytest.mark.parametrize("escape", ESCAPES.values(), ids=ESCAPES.keys())
def test_a_picture_outside_the_newspaper_is_refused(
    paper: Paper, tmp_path: Path, escape: str
) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x.jpg").write_bytes(b"secret")
    images = paper.root / FOLDER / "images"
    (images / "link.jpg").symlink_to(tmp_path / "outside/x.jpg")
    (images / "away").symlink_to(tmp_path / "outside")
    paper.change(A, "{file: images/pan.jpg", f"{{file: '{escape}'")

    read = paper.read_article()

    assert [each.code for each in read.findings] == ["picture.outside"]
    assert (read.findings[0].place.line, read.findings[0].place.column) == (7, 20)
    assert read.value is not None
    assert [picture.file for picture in read.value.pictures] == [
        f"{FOLDER}/images/duty.svg"
    ]


def test_a_link_that_leads_in_circles_is_a_missing_picture(paper: Paper) -> None:
    loop = paper.root / FOLDER / "images/loop.jpg"
    loop.symlink_to(loop)
    paper.change(A, "images/pan.jpg", "images/loop.jpg")

    findings = paper.read_article().findings

    assert [each.code for each in findings] == ["picture.missing"]


def test_an_article_that_links_out_of_the_newspaper_is_refused(
    paper: Paper, tmp_path: Path
) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "index.md").write_text("---\ntitle: Secret\n---\n\nWords.\n")
    folder = paper.root / "editions/2024-09/articles/mills"
    (folder / "index.md").unlink()
    folder.rmdir()
    folder.symlink_to(outside)

    findings = paper.findings()

    assert [(each.code, each.place.line) for each in findings] == [
        ("article.outside", 18)
    ]


def test_a_pipe_is_not_read(paper: Paper) -> None:
    path = paper.root / A
    path.unlink()
    os.mkfifo(path)

    findings = paper.read_article().findings

    assert [each.code for each in findings] == ["article.file"]
    assert "is a pipe, not a file" in findings[0].message


@pytest.mark.parametrize("content", [b"", b"\n \n\n", "\ufeff".encode()])
def test_an_empty_article_is_said_to_be_empty(paper: Paper, content: bytes) -> None:
    paper.article(SLUG, content)

    findings = paper.read_article().findings

    assert findings[-1].code == "article.file"
    assert findings[-1].message == f"{A} is empty"


def test_an_article_above_the_limit_is_refused(paper: Paper) -> None:
    with (paper.root / A).open("r+b") as file:
        file.truncate(24_000_000)

    findings = paper.read_article().findings

    assert [each.code for each in findings] == ["article.file"]
    assert "is 24.0 MB; 20 MB is the limit" in findings[0].message


def test_lines_of_the_text_keep_their_numbers(paper: Paper) -> None:
    article = paper.read_article().value

    assert article is not None
    assert [block.place.line for block in article.body.blocks] == [13, 15]


def test_an_article_is_read_whole(paper: Paper) -> None:
    read = paper.read_article()

    assert read.findings == ()
    article = read.value
    assert article is not None
    assert article.printed_headline == "A tax on every table"
    assert article.byline == ("Ada Marsh",)
    assert str(article.date) == "2024-08-12"
    assert article.pull_quotes == ("It was paid by the bushel",)
    assert article.place_of("byline").line == 5
    lead, chart = article.pictures
    assert (lead.file, lead.lead) == (f"{FOLDER}/images/pan.jpg", True)
    assert (lead.focus.x, lead.focus.y, lead.crop) == (0.5, 0.3, 1.5)
    assert (chart.kind, chart.caption) == (PictureKind.CHART, "Duty by year")


def test_empty_settings_are_as_good_as_none(paper: Paper) -> None:
    paper.change(A, "standfirst: Everybody ate it. Everybody paid.", "standfirst: null")
    paper.change(A, "byline: [Ada Marsh]", "byline:")

    read = paper.read_article()

    assert read.findings == ()
    assert read.value is not None
    assert (read.value.standfirst, read.value.byline) == ("", ())


@pytest.mark.parametrize(
    ("settings", "direction"),
    [
        ("lang: ar", Direction.RTL),
        ("lang: fa-IR", Direction.RTL),
        ("lang: ar-Latn", Direction.LTR),
        ("lang: en-GB", Direction.LTR),
        ("lang: en-GB\ndir: rtl", Direction.RTL),
    ],
)
def test_the_direction_follows_the_language_unless_it_is_given(
    paper: Paper, settings: str, direction: Direction
) -> None:
    paper.change(A, "date: 2024-08-12", settings)

    article = paper.read_article().value

    assert article is not None
    assert article.direction is direction


def test_what_the_web_keeps_for_itself_is_accepted(paper: Paper) -> None:
    paper.change(
        A,
        "date: 2024-08-12",
        "date: 2024-08-31T23:30:00+01:00\nword_count: 900\nweb: teaser\n"
        "source: {name: Archive, licence: CC BY 4.0}\ntags: tax\nimages_missing: no",
    )

    read = paper.read_article()

    assert read.findings == ()
    assert read.value is not None
    assert str(read.value.date) == "2024-08-31"
    assert read.value.tags == ("tax",)
