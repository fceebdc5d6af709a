"""The month's email as a whole."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from press.adapters.jinja import JinjaTemplates, check_templates
from press.adapters.mrml import MrmlRenderer
from press.digest.checks.facts import read_mail
from press.digest.inert import WORD_JOINER
from press.digest.make import MailTools, make_digest
from press.digest.token import TOKENS
from press.model.article import Direction, Slug
from press.model.copy import Copy, Paragraph, Run
from press.model.digest import NOT_PRINTED, Digest, InPrint, MailPalette
from press.model.edition import Assignment, DigestItem, Edition, Section
from press.model.errors import EngineError, ManifestError
from press.model.finding import Checked, Finding, Severity, error
from press.model.house import House
from press.ports import MailRenderer
from tests.digest.builders import (
    LAYOUTS,
    ROOT,
    SmallLab,
    a_house,
    a_picture,
    a_plan,
    an_article,
    an_edition,
    loose,
)

EXPECTED = ROOT / "tests" / "digest" / "expected"

BOTH = pytest.mark.parametrize("layout", ["tabloid", "a4"])


def made(
    edition: Edition | None = None,
    house: House | None = None,
    layout: Path | str = "tabloid",
    lab: SmallLab | None = None,
    in_print: InPrint = NOT_PRINTED,
    renderer: MailRenderer | None = None,
) -> Checked[Digest]:
    folder = LAYOUTS / layout if isinstance(layout, str) else layout
    return make_digest(
        edition or an_edition(),
        house or a_house(),
        MailTools(
            palette=MailPalette(),
            templates=JinjaTemplates(folder),
            renderer=renderer or MrmlRenderer(),
            lab=lab or SmallLab(),
        ),
        in_print,
    )


def digest_of(edition: Edition | None = None, layout: Path | str = "tabloid") -> Digest:
    checked = made(edition, layout=layout)
    assert checked.findings == ()
    assert checked.value is not None
    return checked.value


@BOTH
def test_a_layouts_templates_are_in_order(layout: str) -> None:
    findings = [
        finding
        for finding in check_templates(LAYOUTS / layout)
        if "digest" in (finding.place.file or "")
    ]

    assert findings == []


@BOTH
def test_a_digest_of_any_number_of_articles_is_sound(layout: str) -> None:
    for number in range(1, 9):
        articles = [
            an_article(
                f"story-{n}",
                pictures=(a_picture(),) if n % 3 == 0 else (),
                byline=("Ada Marsh", "Tom Reed", "Nell Carver")[: n % 4],
            )
            for n in range(number)
        ]

        digest = digest_of(an_edition(articles), layout=layout)

        headings = read_mail(digest.public.html).headings
        assert [words for level, words in headings if level == 1] == ["The Quoin"]
        stories = [words for level, words in headings if level == 2]
        for article in articles:
            assert stories.count(article.title) == 1
            assert digest.public.text.count(article.title) == 1


def test_a_digest_shows_the_facts_of_the_edition() -> None:
    articles = [an_article(slug) for slug in ("taxes", "post", "deposit")]
    football = an_article("football", title="Football")
    edition = an_edition(articles, digest=a_plan(note="First.\n\nSecond."))
    sport = Section(name="Sport", articles=(Assignment(slug=football.slug),))
    edition = replace(
        edition,
        articles=(*articles, football),
        print=replace(edition.print, sections=(*edition.print.sections, sport)),
    )
    digest = made(edition, in_print=InPrint(pages=((football.slug, 9),))).value
    assert digest is not None

    shown = read_mail(digest.public.html).text.replace("\u00a0", " ")
    for words in (
        "The monthly of print, post and press freedom",
        "September 2024 · No. 67 · £3.95",
        "From the editor First. Second.",
        "By Ada Marsh · 1-minute read",
        "Subscribe for £39 a year",
        "In the printed edition On sale 30 August 2024, £3.95. Sport Football, page 9",
        "The Quoin is published by Quoin Press Ltd 12 Forme Yard, London E1 4XX",
    ):
        assert words in shown
    assert digest.subject == "The tax that made papers large"


def test_the_plain_text_part_is_readable() -> None:
    assert snapshot().public.text == (EXPECTED / "digest.txt").read_text(
        encoding="utf-8"
    )


def test_the_html_part_is_as_it_was() -> None:
    """Look at both in a browser; `python -m tests.digest.test_make` takes the new."""
    assert snapshot().public.html == (EXPECTED / "digest.html").read_text(
        encoding="utf-8"
    )


def test_no_line_of_the_text_but_an_address_is_wider_than_72() -> None:
    names = ("Ada Marsh (Quoin Press)", "Tom Reed", "Nell Carver of the Post Office")
    articles = [an_article("a", byline=names, title="A long headline " * 8)]

    text = digest_of(an_edition(articles)).public.text

    assert all(len(line) <= 72 or "https://" in line for line in text.split("\n"))


@BOTH
def test_pictures_come_along_as_files(layout: str) -> None:
    digest = digest_of(layout=layout)

    assert [(picture.name, picture.url) for picture in digest.pictures] == [
        ("press-592.jpg", "https://media.quoin.example/2024-09/press-592.jpg")
    ]
    assert digest.pictures[0].url in digest.public.html


def test_only_pictures_that_the_mail_shows_come_along() -> None:
    articles = [
        an_article("a", pictures=(a_picture(),)),
        an_article("b", pictures=(a_picture(file="images/other.jpg"),)),
    ]

    letter = digest_of(an_edition(articles), layout="a4")

    assert [picture.name for picture in letter.pictures] == ["press-592.jpg"]


@BOTH
def test_a_picture_without_words_is_not_a_link_without_words(layout: str) -> None:
    articles = [an_article("a", pictures=(a_picture(alt=""),))]

    checked = made(an_edition(articles), layout=layout)

    assert [(f.code, f.severity) for f in checked.findings] == [
        ("digest.alt", Severity.WARNING)
    ]


def test_what_the_picture_desk_finds_is_told() -> None:
    fault = error("picture.truncated", "ends early")

    checked = made(lab=SmallLab(findings=(fault,)))

    assert checked.findings == (fault,)


def test_an_edition_without_a_digest_has_none() -> None:
    assert made(an_edition(digest=None)) == Checked(value=None)


def snapshot() -> Digest:
    return digest_of(an_edition(digest=a_plan(note="A note.")))


# --- Copy is data

NAUGHTY = (
    "{{ 7*7 }} {% raw %} {# x #}",
    "<% x %> -name- %recipient% ${x} *|FNAME|*",
    "%%unsubscribe_url%% %%web_url%%",
    '"><script>alert(1)</script>',
    '<mj-raw><img src=x onerror="alert(1)"></mj-raw>',
    "'; </style></p> & &amp; &lt; \\u{a0} C:\\new",
    "Ω 漢字 हिन्दी كَتَبَ ที่ 👩‍🚀 ❤️ e\u0301 hy\u00adphen no\u00a0break",
    "a\u2028b\u200bc\ufeffd\u202ee",
)


class _Skeleton(HTMLParser):
    """Tags with the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "wbr":
            self.seen.append((tag, *sorted(name for name, _ in attrs)))


def skeleton(html: str) -> list[tuple[str, ...]]:
    parser = _Skeleton()
    parser.feed(html)
    return parser.seen


def solid(text: str) -> str:
    """Return text without space and joiners."""
    return "".join(text.replace(WORD_JOINER, "").split())


def everywhere(words: str) -> tuple[Edition, House]:
    """Put words into every field of the copy that the digest shows."""
    body = Copy(blocks=(Paragraph(runs=(Run(text=words), Run(text=words))),))
    articles = [
        an_article(
            slug,
            title=words,
            kicker=words,
            standfirst=words if slug == "a" else "",
            byline=(words,),
            body=body,
            pictures=(a_picture(alt=words),),
        )
        for slug in ("a", "b", "c")
    ]
    plan = a_plan(
        lead=DigestItem(slug=Slug("a")),
        sections=(loose("b", "c"),),
        note=words,
        preheader=words,
        subject=words,
    )
    house = a_house(title=words, strapline=words)
    return an_edition(articles, title=words, price=words, digest=plan), house


@BOTH
@pytest.mark.parametrize("words", NAUGHTY)
def test_naughty_copy_changes_no_tag_and_loses_no_word(words: str, layout: str) -> None:
    plain = made(*everywhere("x"), layout=layout).value
    checked = made(*everywhere(words), layout=layout)

    naughty = checked.value

    assert plain is not None
    assert naughty is not None, checked.findings
    assert skeleton(naughty.public.html) == skeleton(plain.public.html)
    facts = read_mail(naughty.public.html)
    assert solid(words) in solid(facts.text)
    assert facts.images[0].alt == words
    assert solid(words) in solid(naughty.public.text)


@BOTH
@pytest.mark.parametrize("words", NAUGHTY)
def test_exactly_our_three_tokens_are_left_in_a_mail(words: str, layout: str) -> None:
    digest = made(*everywhere(words), layout=layout).value

    assert digest is not None
    # What stands in style sheets and comments of the engine is not copy.
    html = re.sub(r"<style.*?</style>", "", digest.public.html, flags=re.DOTALL)
    for content in (html, digest.public.text):
        assert set(re.findall(r"%%\w+%%", content)) == set(TOKENS.addresses)
        assert not re.search(
            r"\{\{|\}\}|\{%|%\}|\{#|#\}|<%|%>|\$\{|\*\||\|\*|(?<!%)%\w+%(?!%)",
            content.replace("%%", ""),
        )
        assert "-name-" not in content


def test_nothing_active_is_in_a_mail_whatever_the_copy() -> None:
    for words in NAUGHTY:
        digest = made(*everywhere(words)).value

        assert digest is not None
        assert read_mail(digest.public.html).active == []
        assert "<mj-" not in digest.public.html
        assert "<script" not in digest.public.html


def test_an_article_in_another_script_says_so() -> None:
    article = an_article("kitab", lang="ar", direction=Direction.RTL, title="كتاب")

    html = digest_of(an_edition([an_article("a"), article])).public.html

    assert re.search(r'<div\s+class="rtl"\s+lang="ar"\s+dir="rtl"', html) or re.search(
        r'<div\s+lang="ar"\s+dir="rtl"\s+class="rtl"', html
    )


def test_a_control_character_in_copy_is_a_finding() -> None:
    articles = [an_article("a", title="bell \x07")]

    checked = made(an_edition(articles))

    assert checked.value is None
    assert [finding.code for finding in checked.findings] == [
        "digest.control-character"
    ]
    assert str(checked.findings[0].place).startswith("layouts/tabloid/digest/parts")


# --- Slips in a layout


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    """A layout with a very small digest."""
    folder = tmp_path / "layouts" / "small"
    folder.mkdir(parents=True)
    (folder / "digest.txt.j2").write_text("{{ text.digest.title }}\n")
    return folder


def slips(layout: Path, body: str) -> list[Finding]:
    mjml = f'<mjml lang="en-GB" dir="ltr">\n<mj-body>\n{body}\n</mj-body></mjml>\n'
    (layout / "digest.mjml.j2").write_text(mjml)
    return list(made(layout=layout).findings)


def test_a_slip_in_a_layout_is_told_with_its_line(layout: Path) -> None:
    findings = slips(layout, "<mj-section>\n<mj-colum></mj-colum>\n</mj-section>")

    assert [(f.code, str(f.place)) for f in findings] == [
        ("digest.unknown-tag", "layouts/small/digest.mjml.j2:4:1")
    ]


class Refusing:
    """An engine that refuses what it reads from an offset on."""

    def render(self, mjml: str, styles: str) -> str:
        assert styles == ""
        message = "unexpected end"
        raise EngineError(message, offset=mjml.index("<mj-section"))


def test_what_only_the_engine_refuses_is_told_with_its_line(layout: Path) -> None:
    slips(layout, "<mj-section />")

    (finding,) = made(layout=layout, renderer=Refusing()).findings

    assert finding.code == "digest.engine"
    assert str(finding.place) == "layouts/small/digest.mjml.j2:3:1"
    assert "(near '<mj-section />" in finding.message


def test_a_bare_digest_lacks_everything_and_is_told_so(layout: Path) -> None:
    codes = Counter(finding.code for finding in slips(layout, "<mj-section />"))

    assert codes == {
        "digest.frame": 3,
        "digest.heading": 1,
        "digest.unsubscribe": 2,
        "digest.preferences": 2,
        "digest.web-version": 2,
        "digest.address": 2,
        "digest.parity": 6,
    }


def test_a_value_that_is_not_given_stops_with_its_line(layout: Path) -> None:
    with pytest.raises(ManifestError, match=r"layouts/small/digest\.mjml\.j2:3: "):
        slips(layout, "{{ digest.nothing }}")


def test_extreme_nesting_is_a_finding(layout: Path) -> None:
    findings = slips(layout, "<mj-wrapper>" * 20_000 + "</mj-wrapper>" * 20_000)

    assert [finding.code for finding in findings] == ["digest.depth"]


# --- The same bytes


@BOTH
def test_the_same_edition_gives_the_same_bytes(layout: str) -> None:
    assert digest_of(layout=layout) == digest_of(layout=layout)


def test_another_process_gives_the_same_bytes() -> None:
    program = (
        "import hashlib\n"
        "from tests.digest.test_make import digest_of\n"
        "print(hashlib.sha256(repr(digest_of()).encode()).hexdigest())"
    )

    hashes = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            check=True,
            capture_output=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }

    assert len(hashes) == 1


def test_a_digest_fits_gmail_with_twenty_articles_and_pictures() -> None:
    articles = [an_article(f"story-{n}", pictures=(a_picture(),)) for n in range(20)]

    digest = digest_of(an_edition(articles))

    assert len(unescape(digest.public.html).encode()) < 80_000


if __name__ == "__main__":
    (EXPECTED / "digest.txt").write_text(snapshot().public.text, encoding="utf-8")
    (EXPECTED / "digest.html").write_text(snapshot().public.html, encoding="utf-8")
