"""Editions that cannot be made are told apart, with numbers and a way out."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from press.cli import run
from press.cli.app import app
from press.model.errors import ExitCode
from tests.newspaper import ID, Newspaper, a_newspaper, a_picture, an_article

pytestmark = pytest.mark.rendered

Told = tuple[int, list[str], str]
ONE = "    - section: News\n      articles:\n        - {article: tallow, priority: 2}\n"


@pytest.fixture
def newspaper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newspaper:
    made = a_newspaper(tmp_path / "paper")
    monkeypatch.chdir(made.root)
    return made


def build(capfd: pytest.CaptureFixture[str], command: str = "build-edition") -> Told:
    """Return the exit code, the codes of all errors and warnings, and all that is said."""
    code = run(app, [command, ID])
    said = capfd.readouterr().err
    assert "Traceback" not in said
    kinds = re.findall(r"(?:error|warning): .*\[([a-z.-]+)\]$", said, re.MULTILINE)
    return code, [kind for kind in kinds if kind != "digest.preheader"], said


def only(newspaper: Newspaper, slug: str, words: int) -> None:
    for folder in (newspaper.edition / "articles").iterdir():
        if folder.name != slug:
            shutil.rmtree(folder)
    newspaper.article(slug, an_article(slug, words))


def test_too_much_copy_is_told_in_lines_and_words_with_the_cut_that_helps(
    newspaper: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    only(newspaper, "tallow", 4600)
    newspaper.plan(ONE)

    code, kinds, said = build(capfd)

    assert code == ExitCode.NOT_READY
    assert set(kinds) == {"plan.overset"}
    told = re.search(r"cut about (\d+) column lines \((\d+) words\)", said)
    cut = re.search(r"write cut: (\d+) at “([a-z-]+)”", said)
    assert told
    assert cut
    assert 0 < int(told[1]) < int(told[2])
    assert not newspaper.built.exists()


def test_an_article_longer_than_the_paper_is_told_what_would_fit(
    newspaper: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    only(newspaper, "tallow", 9000)
    newspaper.plan(ONE)

    code, kinds, said = build(capfd)

    assert (code, kinds) == (ExitCode.NOT_READY, ["plan.overset"])
    told = re.search(r"\((\d+) words\)", said)
    cut = re.search(r"write cut: (\d+) at “tallow”", said)
    assert told
    assert cut
    assert 8500 < int(told[1]) + int(cut[1]) < 9500


def test_too_little_copy_is_told_in_lines_and_words(
    newspaper: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    only(newspaper, "tallow", 190)
    newspaper.plan(ONE)

    code, kinds, said = build(capfd)

    assert (code, kinds) == (ExitCode.NOT_READY, ["plan.underset"])
    assert re.search(r"about \d+ column lines \(\d+ words\) are missing", said)


def test_a_section_without_articles_takes_no_room(
    newspaper: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, before in (("First", "News"), ("World", "Comment")):
        newspaper.change(
            f"editions/{ID}/edition.yaml",
            f"    - section: {before}\n",
            f"    - section: {name}\n      articles: []\n    - section: {before}\n",
        )

    code, kinds, _ = build(capfd)

    assert (code, kinds) == (ExitCode.OK, ["plan.no-articles"] * 2)
    pages = newspaper.read("flatplan.json")["pages"]
    assert {page["section"] for page in pages} == {"News", "Comment"}


def test_an_edition_without_any_article_has_nothing_to_print(
    newspaper: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    newspaper.plan("    - section: News\n      articles: []\n")

    code, kinds, said = build(capfd)

    assert code == ExitCode.NOT_READY
    assert "plan.sections" in kinds
    assert "there is nothing to print" in said


def test_pages_that_cannot_be_folded_are_told_with_the_numbers_that_can(
    newspaper: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    newspaper.change(f"editions/{ID}/edition.yaml", "pages: 4", "pages: 5")

    code, kinds, said = build(capfd, "check")

    assert (code, kinds) == (ExitCode.NOT_READY, ["manifest.page-count"])
    assert "edition.yaml:9:10:" in said
    assert "use 4 or 6" in said


def test_a_broken_picture_is_one_finding_at_its_line(
    newspaper: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    data = a_picture(1200, 900)
    newspaper.picture("leader", data[: len(data) // 2])

    code, kinds, said = build(capfd)

    assert (code, kinds) == (ExitCode.NOT_READY, ["picture.truncated"])
    assert "articles/leader/index.md:" in said


@pytest.mark.parametrize(
    ("data", "kind"), [(None, "picture.missing"), (b"<html>No</html>", "picture.kind")]
)
def test_a_picture_that_is_none_is_found_before_anything_is_drawn(
    data: bytes | None,
    kind: str,
    newspaper: Newspaper,
    capfd: pytest.CaptureFixture[str],
) -> None:
    if data is None:
        (newspaper.edition / "articles/leader/images/one.jpg").unlink()
    else:
        newspaper.picture("leader", data)

    code, kinds, said = build(capfd, "check")

    assert (code, kinds) == (ExitCode.NOT_READY, [kind])
    assert "articles/leader/index.md:" in said


def test_a_picture_with_too_few_pixels_is_never_left_out_in_silence(
    newspaper: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    newspaper.picture("leader", a_picture(120, 90))

    code, kinds, said = build(capfd)

    assert code in {ExitCode.OK, ExitCode.NOT_READY}
    assert "plan.picture-left-out" in said or "picture.resolution" in kinds


TONGUES = {
    "salt-tax": ("de", "Die Straßenbahnhaltestellenverordnung ärgert „alle“."),
    "penny-post": ("fr", "« Où est l’œuvre ? » demanda-t-il ; le cœur n’y était pas."),
    "mills": ("es", "¿Quién pagó la sal? ¡Nadie lo preguntó mañana!"),
    "tallow": ("it", "Perché la città è così? L’università lo saprà."),
    "leader": ("pl", "Zażółć gęślą jaźń, źdźbło."),
    "candle-ends": ("ru", "Газета выходит каждый месяц."),
    "wicks": ("cs", "Příliš žluťoučký kůň úpěl ďábelské ódy."),
    "snuffers": ("tr", "İstanbul’da ışık, şiir ve ğ vardı."),
}


def test_other_tongues_of_these_letters_are_set(
    newspaper: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    for slug, (lang, words) in TONGUES.items():
        file = newspaper.edition / "articles" / slug / "index.md"
        text = file.read_text(encoding="utf-8").rstrip()
        text = text.replace("byline:", f"lang: {lang}\nbyline:")
        newspaper.article(slug, f"{text} {words}\n")

    code, kinds, said = build(capfd)

    assert (code, kinds) == (ExitCode.OK, []), said


@pytest.mark.parametrize(
    ("script", "lang", "words", "first"),
    [
        ("Arabic", "ar\ndir: rtl", "تصدر الجريدة كل شهر", "U+062A"),
        ("Hebrew", "he\ndir: rtl", "העיתון יוצא כל חודש", "U+05D4"),
        ("Chinese", "zh", "报纸每月出版一次", "U+62A5"),
        ("Thai", "th", "หนังสือพิมพ์", "U+0E2B"),
        ("Devanagari", "hi", "अख़बार हर महीने", "U+0905"),
    ],
)
def test_letters_that_no_font_has_are_one_error_that_names_them_and_their_script(
    script: str,
    lang: str,
    words: str,
    first: str,
    newspaper: Newspaper,
    capfd: pytest.CaptureFixture[str],
) -> None:
    layout = newspaper.root / "layouts" / "a4" / "layout.yaml"
    text = layout.read_text(encoding="utf-8")
    without = re.sub(r"^scripts:\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
    assert without != text
    layout.write_text(without, encoding="utf-8")
    newspaper.article("mills", f"---\ntitle: The mills\nlang: {lang}\n---\n\n{words}\n")

    code, kinds, said = build(capfd, "check")

    assert (code, kinds) == (ExitCode.NOT_READY, ["font.glyphs"])
    assert "“mills” has" in said
    assert f"{script}" in said
    assert f"({first}" in said


def test_names_that_files_cannot_have_are_told_by_a_check(
    newspaper: Newspaper, capfd: pytest.CaptureFixture[str]
) -> None:
    printer = newspaper.root / "layouts/a4/printer.yaml"
    printer.write_text(
        printer.read_text(encoding="utf-8") + 'file_name: "{edition}.pdf"\n',
        encoding="utf-8",
    )

    status, codes, said = build(capfd, "check")

    assert (status, codes) == (ExitCode.NOT_READY, ["printer.file-name"])
    assert "printer.yaml:4" in said
    assert "same for every page" in said
